"""Style sheets as they are sent: behind the colours of the palette, which they use."""

import re
from functools import cache
from pathlib import Path

from pilotzones.palette import css_properties

_STATIC_DIR = Path(__file__).parent / "static"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# what only the live page has: of no use to a still
_LIVE = re.compile(r"/\* live: .*?/\* all \*/", re.DOTALL)
# what needs no space beside it, wherever it stands
_MARK = re.compile(r"\s*([{};])\s*")


def style_sheet(*names: str) -> str:
    """Join style sheets of ``static``, with the custom properties ``--pz-…`` defined."""
    texts = [(_STATIC_DIR / name).read_text(encoding="utf-8") for name in names]
    return "".join([css_properties(), *texts])


@cache
def inline_style(*names: str) -> str:
    """Join style sheets of ``static`` for a still: without comments, gaps and what opens."""
    text = "".join((_STATIC_DIR / name).read_text(encoding="utf-8") for name in names)
    text = _LIVE.sub("", text)
    return _MARK.sub(r"\1", " ".join(_COMMENT.sub("", text).split()))
