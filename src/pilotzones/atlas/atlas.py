"""The atlas: the register and the boundaries together, the thing every face asks."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pilotzones.atlas.boundaries import Boundaries, check_boundaries, load_boundaries
from pilotzones.atlas.checksums import calculate_checksums, fingerprint, recorded_checksums
from pilotzones.atlas.places import Places, load_places
from pilotzones.atlas.register import Register, load_register
from pilotzones.atlas.timeline import Stop, stops
from pilotzones.geodata import geodata_dir


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
    trusted
        Whether the data were read without a check, as they match their recorded checksums.
    """

    register: Register
    boundaries: Boundaries
    fingerprint: str
    trusted: bool = False

    def __repr__(self) -> str:
        folder = self.boundaries.folder.parent
        return f"<Atlas {self.data_version}: {len(self.register.zones)} zones, from {folder}>"

    @cached_property
    def stops(self) -> list[Stop]:
        """The stops of the timeline, in order."""
        return stops(self.register)

    @cached_property
    def places(self) -> Places:
        """Every division and how the zones cover it; loaded when it is first read."""
        folder = self.boundaries.folder.parent / "places"
        return load_places(folder, self.register, self.boundaries, check=not self.trusted)

    @property
    def data_version(self) -> str:
        """Version of the register and fingerprint of all data, e.g. ``1.0.0+3f9c0a1b2c3d``."""
        return f"{self.register.version}+{self.fingerprint}"


def load_atlas(folder: str | Path | None = None, *, check: bool = False) -> Atlas:
    """Load everything.

    Data that match the checksums recorded beside them were checked when these were written, and
    are read without a further check. All others are held to every rule.

    Parameters
    ----------
    folder
        The folder with ``register/`` and ``boundaries/``; by default that of
        `pilotzones.geodata.geodata_dir`.
    check
        Whether to hold the data to every rule even if their checksums match.

    Returns
    -------
    Atlas
        Facts that hold to every rule.

    Raises
    ------
    PilotZonesError
        If there is no such folder.
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
    folder = geodata_dir(folder)
    checksums = calculate_checksums(folder)
    trusted = not check and checksums == recorded_checksums(folder)
    boundaries = load_boundaries(folder / "boundaries", check=not trusted)
    known_adcodes = boundaries.divisions.index
    register = load_register(folder / "register", known_adcodes, check=not trusted)
    if not trusted:
        check_boundaries(boundaries, register.zones.index, register.provinces.index)
    return Atlas(register, boundaries, fingerprint(checksums), trusted)


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
