"""The figures drawn last, kept up to a number of bytes, each with a tag that names its input."""

import hashlib
from collections import OrderedDict
from functools import cache
from importlib.metadata import version
from threading import Lock
from urllib.parse import urlencode

from pilotzones.atlas import Atlas
from pilotzones.figure.options import FigureOptions
from pilotzones.query.answer import Answer
from pilotzones.query.view import View

MAX_BYTES = 64 * 2**20

# whatever changes the bytes of a figure
_LIBRARIES = ("pilotzones", "matplotlib", "pillow", "shapely", "pyproj", "justmytype-intl-cjk")


class Store:
    """Bytes by key; those that were not asked for the longest go first.

    Parameters
    ----------
    limit
        Most bytes to keep.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """Look up what is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep something, unless it alone is more than there is room for."""
        with self._lock:
            self._size += len(content) - len(self._kept.pop(key, b""))
            self._kept[key] = content
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._size


_store = Store(MAX_BYTES)


def figure_etag(atlas: Atlas, view: View, options: FigureOptions, permalink: str = "") -> str:
    """Name a figure by its input, without drawing it.

    Parameters
    ----------
    answer
        What is shown.
    options
        Size, resolution, format, title, labels.
    permalink
        Address of the View, written below the figure; may be empty.

    Returns
    -------
    str
        A strong entity tag with its quotes; another one for other data, versions or choices.
    """
    choices = urlencode([*view.pairs(), *options.pairs()])
    parts = [*_versions(), atlas.data_version, choices, permalink]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f'"{digest[:24]}"'


@cache
def _versions() -> tuple[str, ...]:
    # each is read from a file
    return tuple(f"{name} {version(name)}" for name in _LIBRARIES)


def kept_figure(tag: str) -> bytes | None:
    """Look up a figure among those drawn last, by its entity tag."""
    return _store.get(tag)


def figure_bytes(
    atlas: Atlas, view: View, options: FigureOptions, permalink: str = "", *, tag: str
) -> bytes:
    """Draw a figure, or take it from those drawn last.

    Parameters
    ----------
    answer
        What is shown.
    options
        Size, resolution, format, title, labels.
    permalink
        Address of the View, written below the figure; may be empty.
    tag
        What `figure_etag` makes of these; the figure is kept under it.

    Returns
    -------
    bytes
        The file.
    """
    from pilotzones.figure.save import drawing, save  # noqa: PLC0415 - imports matplotlib

    content = _store.get(tag)
    if content is None:
        # whoever waited for the same figure finds it drawn
        with drawing:
            content = _store.get(tag) or save(Answer(atlas, view), options, permalink)
            _store.put(tag, content)
    return content
