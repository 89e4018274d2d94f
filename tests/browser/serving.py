"""Start the app as a process of its own."""

import io
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from copies import REPOSITORY
from PIL import Image

START_SECONDS = 60


@contextmanager
def serve(
    geodata: Path | None = None,
    base_path: str = "",
    app: Path = REPOSITORY / "app.py",
    port: int | None = None,
    *,
    writes: bool = True,
    **environment: str,
) -> Iterator[str]:
    """Start the app, on a free port by default; yield its address without a slash at the end."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.baseUrlPath", base_path] if base_path else []
    environment = {**os.environ, "PILOTZONES_WARM_UP": "off", **environment}
    if geodata:
        environment["PILOTZONES_GEODATA"] = str(geodata)
    # from another folder: the app must not depend on where it is started
    with subprocess.Popen(
        command,
        cwd="/",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=None if writes else _write_nothing,  # noqa: PLW1509 - it only sets a limit
    ) as server:
        address = f"http://127.0.0.1:{port}" + (f"/{base_path}" if base_path else "")
        try:
            _wait_for(server, f"{address}/_stcore/health")
            yield address
        finally:
            server.terminate()
            server.communicate(timeout=20)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _write_nothing() -> None:
    # as on a read-only disk: no file may grow beyond nothing
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _wait_for(server: subprocess.Popen, address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    server.kill()
    output = server.communicate()[0].decode(errors="replace")
    message = f"the server did not start:\n{output}"
    raise RuntimeError(message)


def colour_at(page, shape) -> tuple[int, int, int]:
    """Look at the pixel in the middle of a shape."""
    box = shape.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    shot = page.screenshot(clip={"x": round(x), "y": round(y), "width": 1, "height": 1})
    return Image.open(io.BytesIO(shot)).convert("RGB").getpixel((0, 0))


def send_day(page, day: str) -> None:
    """Let the map show a day, as the page around it does."""
    page.evaluate(
        """day => [...document.querySelectorAll("iframe")]
             .forEach((frame) => frame.contentWindow.PilotZones?.showDay(day))""",
        day,
    )
