"""The files that make up the data, and checksums that say whether they are as they were checked."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pilotzones.atlas.boundaries import FILES
from pilotzones.atlas.datapackage import DESCRIPTOR, files_of, read_descriptor

CHECKSUMS = "checksums.json"
REVISIONS = "revisions.csv"


def declared_files(folder: Path) -> list[str]:
    """Name the files that make up the data, in alphabetical order.

    Parameters
    ----------
    folder
        The folder with ``register/``, ``boundaries/`` and ``places/``.

    Returns
    -------
    list of str
        Paths below the folder such as ``register/zones.csv``: the descriptors, the tables that they
        describe, the known files of the boundaries, and ``revisions.csv`` if it is there. What
        else lies there is not part of the data.

    Raises
    ------
    TableError
        If a descriptor is missing or damaged.
    """
    names = {
        part: {DESCRIPTOR, *files_of(read_descriptor(folder / part))}
        for part in ("boundaries", "places", "register")
    }
    names["boundaries"].update(FILES)
    own = [REVISIONS] if (folder / REVISIONS).is_file() else []
    return sorted([*own, *(f"{part}/{name}" for part, files in names.items() for name in files)])


def calculate_checksums(folder: Path) -> dict[str, str]:
    """Calculate the SHA-256 of each declared file; one that cannot be read is left out."""
    return calculate({name: folder / name for name in declared_files(folder)})


def calculate(files: Mapping[str, Path]) -> dict[str, str]:
    """Calculate the SHA-256 of files by their names; one that cannot be read is left out."""
    found = {}
    for name, path in files.items():
        try:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            # whoever reads the file says what is wrong with it
            continue
    return found


def recorded_checksums(folder: Path) -> dict[str, str]:
    """Read the checksums of the data as they were when last checked; empty if there are none."""
    try:
        return dict(json.loads((folder / CHECKSUMS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def changed_files(folder: Path, checksums: Mapping[str, str]) -> list[str]:
    """Name the files that differ from those last checked, also what came or went.

    ``checksums.json`` itself where none are recorded, nothing where all are the same.
    """
    recorded = recorded_checksums(folder)
    return differing(recorded, checksums) if recorded else [CHECKSUMS]


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Name the files of which two sets of checksums differ, also what only one of them has."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def record_checksums(folder: Path, checksums: Mapping[str, str]) -> None:
    """Write the checksums of data that were checked."""
    text = json.dumps(checksums, indent=1) + "\n"
    (folder / CHECKSUMS).write_text(text, encoding="utf-8", newline="\n")


def fingerprint(checksums: Mapping[str, str]) -> str:
    """Reduce checksums to twelve hexadecimal digits, equal for equal data on any machine."""
    lines = "".join(f"{name} {checksum}\n" for name, checksum in sorted(checksums.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]
