"""The atlas: the register and the boundaries together, the thing every face asks."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, wraps
from inspect import signature
from pathlib import Path
from typing import ParamSpec, TypeVar

from pilotzones.atlas.boundaries import Boundaries, check_boundaries, load_boundaries
from pilotzones.atlas.checksums import (
    CHECKSUMS,
    REVISIONS,
    calculate_checksums,
    changed_files,
    declared_files,
    fingerprint,
)
from pilotzones.atlas.places import Place, Places, load_places
from pilotzones.atlas.register import Register, load_earlier_register, load_register
from pilotzones.atlas.releases import FOLDER, release_files, released_fingerprints
from pilotzones.atlas.revisions import Revision, read_revisions
from pilotzones.atlas.soundness import check_soundness
from pilotzones.atlas.timeline import Stop, stops
from pilotzones.errors import NotAnAtlasError, Problem, not_a_text, refuse
from pilotzones.geodata import geodata_dir
from pilotzones.text import excerpt, listed

_log = logging.getLogger(__name__)

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


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
    files
        Where each file of this version lies, by its name below the folder of the data.
    current
        The atlas of the present data, of which this is an earlier version; ``None`` if it is that.
    """

    register: Register
    boundaries: Boundaries
    fingerprint: str
    trusted: bool = False
    files: Mapping[str, Path] = field(default_factory=dict)
    current: "Atlas | None" = None

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
        elsewhere = _elsewhere(self.home, self.files, "places")
        if self.current and not elsewhere:
            # the tables are large, and the same
            shared = self.current.places
            tables = shared.names, shared.former, shared.doubtful_cover, shared.official_names
            return Places(self.register, self.boundaries, *tables)
        return load_places(
            self.home / "places",
            self.register,
            self.boundaries,
            check=not self.trusted,
            elsewhere=elsewhere,
        )

    def place(self, name: str, *, division_level: str | None = None) -> Place:
        """Find the one place that a code or a name means, as `pilotzones.lookup` does.

        Parameters
        ----------
        name
            A code of GB/T 2260, or a name in Chinese, English or pinyin; former codes and names
            count, too.
        division_level
            Only places of this level: ``"province"``, ``"prefecture"`` or ``"county"``.

        Returns
        -------
        Place
            Code, names and level, and its status on any day.

        Raises
        ------
        InvalidValueError
            If several places have the name or none has it, and then the message names those, or the
            closest; or if there is no such level.

        Examples
        --------
        >>> from datetime import date
        >>> place = load_atlas().place("佛山")
        >>> place.adcode, place.name_en, place.status_on(date(2019, 12, 31))
        ('440600', 'Foshan', 'whole')
        """
        from pilotzones.atlas.matching import match_place  # noqa: PLC0415 - most name no place

        match, rows = match_place(self.places, name, division_level), self.places.rows
        if not match.adcode:
            known = tuple(f"{code} {rows[code]['name_zh']}" for code in match.candidates)
            remedy = "" if known else "a code of GB/T 2260, or a name in Chinese, English or pinyin"
            shown = excerpt(str(name))
            refuse([Problem("place", shown, match.refusal, allowed=remedy, closest=known)])
        row = rows[match.adcode]
        names = {name: str(row[name]) for name in ("name_zh", "name_en", "name_pinyin", "level")}
        larger = {name: str(row[name]) for name in ("province_adcode", "prefecture_adcode")}
        return Place(
            match.adcode,
            **names,
            **larger,
            area_km2=float(row["area_km2"]),
            placed_by=match.placed_by,
            places=self.places,
        )

    @cached_property
    def revisions(self) -> list[Revision]:
        """What each version changed, up to this one; none in version 1.0.0."""
        path = self.files.get(REVISIONS)
        return read_revisions(path) if path else []

    @property
    def revisions_of_version(self) -> list[Revision]:
        """What this version changed in the one before."""
        return [one for one in self.revisions if one.version == self.register.version]

    @property
    def home(self) -> Path:
        """The folder of the data, with ``register/``, ``boundaries/`` and ``releases/``."""
        return self.boundaries.folder.parent

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version that `at` knows, the first first; the last is that of today."""
        today = (self.current or self).register.version
        return (*(v for v in released_fingerprints(self.home) if v != today), today)

    def at(self, version: str) -> "Atlas":
        """Return the atlas of a version of the data.

        Parameters
        ----------
        version
            Version of the register, such as ``"1.0.0"``.

        Returns
        -------
        Atlas
            The facts of that version. Versions share the boundaries as long as these are the same.

        Raises
        ------
        InvalidValueError
            If there is no such version; the message names those that there are.
        TableError
            If a file is not as it was released.

        Examples
        --------
        >>> load_atlas().at("1.0.0").register.version
        '1.0.0'
        """
        refuse([not_a_text("data", version)])
        today = self.current or self
        released = released_fingerprints(self.home)
        if released.get(version, today.fingerprint) == today.fingerprint:
            if version == today.register.version:
                return today
            allowed = ", ".join(self.versions)
            refuse([Problem("data", excerpt(version), "unknown version", allowed=allowed)])
        return _load_release(today, version)

    @property
    def data_version(self) -> str:
        """Version of the register and fingerprint of all data, e.g. ``1.0.0+3f9c0a1b2c3d``."""
        return f"{self.register.version}+{self.fingerprint}"


def load_atlas(
    folder: str | Path | None = None, *, version: str | None = None, check: bool = False
) -> Atlas:
    """Load everything.

    Data that match the checksums recorded beside them were checked when these were written, and
    are read without a further check. All others are held to every rule.

    Parameters
    ----------
    folder
        The folder with ``register/`` and ``boundaries/``; by default that of
        `pilotzones.geodata.geodata_dir`.
    version
        A released version of the register, such as ``"1.0.0"``, which answers as it did then; by
        default that of today.
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
    InvalidValueError
        If there is no such version.
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
    changed = changed_files(folder, checksums)
    trusted = not check and not changed
    if changed and not check and changed != [CHECKSUMS]:
        _log.warning(
            "the data in %s are not as they were last checked: %s; restore them, or run "
            "'pilotzones check --write' if the change is meant",
            *(folder, listed(changed)),
        )
    boundaries = load_boundaries(folder / "boundaries", check=not trusted)
    known_adcodes = boundaries.divisions.index
    register = load_register(folder / "register", known_adcodes, check=not trusted)
    if not trusted:
        check_boundaries(boundaries, register.zones.index, register.provinces.index)
        check_soundness(boundaries, register.zones["adcodes"].to_dict())
    files = {name: folder / name for name in declared_files(folder)}
    atlas = Atlas(register, boundaries, fingerprint(checksums), trusted, files)
    return atlas.at(version) if version else atlas


@lru_cache(maxsize=8)
def _load_release(today: Atlas, version: str) -> Atlas:
    home, files = today.home, release_files(today.home, version)
    register = load_earlier_register(home / FOLDER / version / "register", home / "register")
    elsewhere = _elsewhere(home, files, "boundaries")
    boundaries = today.boundaries
    if elsewhere:
        boundaries = load_boundaries(home / "boundaries", check=False, elsewhere=elsewhere)
    released = released_fingerprints(home)[version]
    return Atlas(register, boundaries, released, trusted=True, files=files, current=today)


def _elsewhere(home: Path, files: Mapping[str, Path], part: str) -> dict[str, Path]:
    """Find the files of a folder of the data that lie in another, by their names in it."""
    names = (name for name in files if name.startswith(f"{part}/") and files[name] != home / name)
    return {name.partition("/")[2]: files[name] for name in names}


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


def takes_atlas(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Let a function say so where its atlas is something else, such as a register."""
    place = [*signature(function).parameters].index("atlas")

    @wraps(function)
    def checked(*given: _Given.args, **named: _Given.kwargs) -> _Answer:
        atlas = given[place] if len(given) > place else named.get("atlas")
        if not isinstance(atlas, Atlas) and (len(given) > place or "atlas" in named):
            raise NotAnAtlasError(atlas)
        return function(*given, **named)

    return checked
