"""Where the data lie."""

import os
from pathlib import Path

from pilotzones.errors import PilotZonesError

ENVIRONMENT_VARIABLE = "PILOTZONES_GEODATA"


def geodata_dir(folder: str | Path | None = None) -> Path:
    """Find the folder that holds ``register/`` and ``boundaries/``.

    Parameters
    ----------
    folder
        The folder, if it is known. Otherwise the environment variable ``PILOTZONES_GEODATA`` comes
        first, then the copy inside an installed package, then the folder beside ``src`` in a
        checkout.

    Returns
    -------
    Path
        An existing folder.

    Raises
    ------
    PilotZonesError
        If none of the places exists.
    """
    named = folder or os.environ.get(ENVIRONMENT_VARIABLE)
    here = Path(__file__).resolve()
    places = (
        [Path(named).absolute()]
        if named
        else [here.parent / "geodata", here.parents[2] / "geodata"]
    )
    for place in places:
        if (place / "register").is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    message = f"no data found: there is no register/ in {looked}"
    if not folder:
        message += f"; set {ENVIRONMENT_VARIABLE} to the folder with register/ and boundaries/"
    raise PilotZonesError(message)


def maintained_geodata() -> Path:
    """Find the data of the checkout one stands in, else those of `geodata_dir`."""
    if not os.environ.get(ENVIRONMENT_VARIABLE):
        for place in (Path.cwd(), *Path.cwd().parents):
            if (place / "geodata" / "register").is_dir() and (place / "src/pilotzones").is_dir():
                return place / "geodata"
    return geodata_dir()
