"""The latest figures, kept up to a number of bytes, by a tag of their input."""

import hashlib
from collections import OrderedDict
from functools import cache
from importlib.metadata import version
from threading import Lock
from urllib.parse import urlencode

from pilotzones.atlas import Atlas
from pilotzones.build import build
from pilotzones.figure.options import FigureOptions
from pilotzones.query.answer import Answer
from pilotzones.query.view import View

MAX_BYTES = 64 * 2**20

# packages on which the bytes of a figure depend
_LIBRARIES = ("matplotlib", "pillow", "shapely", "pyproj", "justmytype-intl-cjk")


class ByteCache:
    """Bytes by key, at most `limit` of them in all; the least recently used go first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """Return the content of a key, ``None`` if it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep a content, unless it alone is larger than the limit."""
        with self._lock:
            self._size += len(content) - len(self._kept.pop(key, b""))
            self._kept[key] = content
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])

    @property
    def size(self) -> int:
        """Number of bytes kept."""
        return self._size


_cache = ByteCache(MAX_BYTES)


def figure_etag(atlas: Atlas, view: View, options: FigureOptions, permalink: str = "") -> str:
    """Return the entity tag of a figure, without drawing it.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.
    options
        Size, resolution, format, title, labels.
    permalink
        Address of the View, written below the figure; may be empty.

    Returns
    -------
    str
        A strong entity tag with its quotes; it differs for other data, versions or options.
    """
    choices = urlencode([*view.pairs(), *options.pairs()])
    parts = [*_versions(), atlas.data_version, choices, permalink]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f'"{digest[:24]}"'


@cache
def _versions() -> tuple[str, ...]:
    # each is read from a file
    return (build(), *(f"{name} {version(name)}" for name in _LIBRARIES))


def kept_figure(tag: str) -> bytes | None:
    """Return the figure of an entity tag if it is among the latest ones, else ``None``."""
    return _cache.get(tag)


def figure_bytes(
    atlas: Atlas, view: View, options: FigureOptions, permalink: str = "", *, tag: str
) -> bytes:
    """Return a figure, drawn unless it is among the latest ones.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day or the two days, the filters, the language.
    options
        Size, resolution, format, title, labels.
    permalink
        Address of the View, written below the figure; may be empty.
    tag
        From `figure_etag`, for the same input; the figure is kept under it.

    Returns
    -------
    bytes
        A PNG, SVG or PDF.

    Raises
    ------
    BoundaryError
        If a layer of the boundaries is missing or damaged.
    OSError
        If fonts cannot be written to the folder for temporary files.
    """
    from pilotzones.figure.save import one_at_a_time, save  # noqa: PLC0415 - imports matplotlib

    content = _cache.get(tag)
    if content is None:
        # another request may have drawn the same figure meanwhile
        with one_at_a_time:
            content = _cache.get(tag) or save(Answer(atlas, view), options, permalink)
            _cache.put(tag, content)
    return content
