"""Where the data lie, and the fingerprint that names their version."""

import hashlib
import os
from pathlib import Path

from pilotzones.errors import PilotZonesError

ENVIRONMENT_VARIABLE = "PILOTZONES_GEODATA"


def geodata_dir() -> Path:
    """Find the folder that holds ``register/`` and ``boundaries/``.

    The environment variable ``PILOTZONES_GEODATA`` comes first, then the copy inside an installed
    package, then the folder beside ``src`` in a checkout.

    Returns
    -------
    Path
        An existing folder.

    Raises
    ------
    PilotZonesError
        If none of the places exists.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    here = Path(__file__).resolve()
    places = [Path(named)] if named else [here.parent / "geodata", here.parents[2] / "geodata"]
    for place in places:
        if (place / "register").is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    message = (
        f"no data found (looked for register/ in {looked}); "
        f"set {ENVIRONMENT_VARIABLE} to the folder that holds register/ and boundaries/"
    )
    raise PilotZonesError(message)


def fingerprint(folder: Path) -> str:
    """Hash the names and the bytes of all files below a folder.

    Parameters
    ----------
    folder
        The folder to read.

    Returns
    -------
    str
        Twelve hexadecimal digits of a SHA-256; equal for equal content on any machine.
    """
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
