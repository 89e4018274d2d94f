"""Little memory at rest: one heap for all threads, and what is no longer used is given back."""

import ctypes
import gc
import sys

# numbers of glibc's malloc.h
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
_LARGE_BYTES = 1024 * 1024


def share_one_heap() -> None:
    """Let all threads, and Arrow, take memory from one heap, and large blocks from the system.

    Else glibc keeps a heap for each thread and ever larger blocks, and Arrow a pool of its own, of
    which `release_memory` gets little back.
    """
    _glibc("mallopt", _M_ARENA_MAX, 1)
    _glibc("mallopt", _M_MMAP_THRESHOLD, _LARGE_BYTES)
    # only a pandas that keeps texts in Arrow has loaded it
    if arrow := sys.modules.get("pyarrow"):
        arrow.set_memory_pool(arrow.system_memory_pool())


def release_memory() -> None:
    """Give back what glibc keeps after much was freed at once, as at the end of the start."""
    gc.collect()
    _glibc("malloc_trim", 0)


def _glibc(name: str, *values: int) -> None:
    # other C libraries have no such functions and keep less
    function = getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    if function:
        function(*values)
