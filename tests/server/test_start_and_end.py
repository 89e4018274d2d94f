"""What the server needs of its surroundings, and what it leaves behind."""

import subprocess
import sys

import httpx
import pytest
from serving import serve


@pytest.mark.long
def test_it_reads_nothing_at_home_and_leaves_no_fonts_behind(tmp_path):
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    # as where the folder may not be read
    (home / ".streamlit" / "secrets.toml").mkdir(parents=True)
    temporary.mkdir()
    with serve(HOME=str(home), TMPDIR=str(temporary)) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert httpx.get(f"{address}/figure.png?dpi=72&size=column", timeout=60).is_success
        assert [*temporary.glob("pilotzones-*")]
    assert not [*temporary.glob("pilotzones-*")]


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has settings for its heaps")
def test_all_threads_take_memory_from_one_heap():
    code = """
import ctypes
import pyarrow
from threading import Thread
from pilotzones.server.memory import share_one_heap

libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
stream = ctypes.c_void_p(libc.fdopen(1, b"w"))

def list_heaps():
    print("heaps:", flush=True)
    libc.malloc_info(0, stream)
    libc.fflush(stream)

share_one_heap()
print(pyarrow.default_memory_pool().backend_name)
list_heaps()
threads = [Thread(target=lambda: [bytearray(10_000) for _ in range(100)]) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
list_heaps()
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    pool, before, after = done.stdout.split("heaps:")
    assert pool.strip() == "system"
    assert 0 < after.count("<heap nr=") == before.count("<heap nr=")
