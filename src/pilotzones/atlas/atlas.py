"""The atlas: the register and the boundaries together, the thing every face asks."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pilotzones.atlas.boundaries import Boundaries, check_boundaries, load_boundaries
from pilotzones.atlas.places import Places, load_places
from pilotzones.atlas.register import Register, load_register
from pilotzones.atlas.timeline import Stop, stops
from pilotzones.geodata import fingerprint, geodata_dir


@dataclass(frozen=True, eq=False)
class Atlas:
    """All facts of the product.

    Parameters
    ----------
    register
        Zones, documents, events, provinces, policies.
    boundaries
        Polygons and what was measured on them.
    fingerprint
        Twelve hexadecimal digits that change with any byte of the data.
    """

    register: Register
    boundaries: Boundaries
    fingerprint: str

    @cached_property
    def stops(self) -> list[Stop]:
        """The stops of the timeline, in order."""
        return stops(self.register)

    @cached_property
    def places(self) -> Places:
        """Every division and how the zones cover it; loaded when it is first read."""
        return load_places(self.boundaries.folder.parent / "places", self.register, self.boundaries)

    @property
    def data_version(self) -> str:
        """Version of the register and fingerprint of all data, e.g. ``1.0.0+3f9c0a1b2c3d``."""
        return f"{self.register.version}+{self.fingerprint}"


def load_atlas(folder: Path | None = None) -> Atlas:
    """Load and validate everything.

    Parameters
    ----------
    folder
        The folder with ``register/`` and ``boundaries/``; by default that of
        `pilotzones.geodata.geodata_dir`.

    Returns
    -------
    Atlas
        Facts that hold to every rule.

    Raises
    ------
    TableError
        If a table is missing, damaged or breaks a rule.
    BoundaryError
        If a layer of the boundaries is missing, damaged or lacks what the register names.

    Examples
    --------
    >>> atlas = load_atlas()
    >>> [stop.active_after for stop in atlas.stops][:3]
    [1, 13, 35]
    """
    folder = folder or geodata_dir()
    boundaries = load_boundaries(folder / "boundaries")
    register = load_register(folder / "register", boundaries.divisions.index)
    check_boundaries(boundaries, register.zones.index, register.provinces.index)
    return Atlas(register, boundaries, fingerprint(folder))


@cache
def current_atlas() -> Atlas:
    """Load the atlas once for the whole process.

    Returns
    -------
    Atlas
        The facts.

    Raises
    ------
    PilotZonesError
        If the data break a rule; the next call tries again, so mended files are taken up.
    """
    return load_atlas()
