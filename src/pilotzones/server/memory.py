"""Memory that is no longer used goes back to the system."""

import ctypes
import gc
import sys


def release_memory() -> None:
    """Give back what glibc keeps after much was freed at once, as at the end of the start."""
    gc.collect()
    if sys.platform == "linux":
        # other C libraries of Linux have no such function and keep less
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
