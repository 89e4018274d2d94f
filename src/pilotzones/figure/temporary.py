"""The folder for the fonts of this process, apart from what loads matplotlib."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path


@cache
def font_folder() -> str:
    """Make the folder; it is removed at the end of the process."""
    # matplotlib takes fonts from files only; a folder of this process needs no trust in others
    folder = tempfile.mkdtemp(prefix="pilotzones-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def new_folder() -> Path:
    """Make an empty folder in it, also after something has cleaned up."""
    if not Path(font_folder()).exists():
        font_folder.cache_clear()
    return Path(tempfile.mkdtemp(dir=font_folder()))


def remove_font_folder() -> None:
    """Remove the folder now, before a signal ends the process without its last steps."""
    if font_folder.cache_info().currsize:
        shutil.rmtree(font_folder(), ignore_errors=True)
