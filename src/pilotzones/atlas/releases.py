"""Released versions of the data, which are kept and never change.

``geodata/releases/VERSION`` holds the register and the revisions as they were, and the checksums of
all files of that version. The other files are shared with the data of today as long as these have
them unchanged; one that changed later lies in the folder of the last version that had it, under its
own name.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilotzones.atlas.checksums import (
    CHECKSUMS,
    REVISIONS,
    calculate,
    calculate_checksums,
    differing,
    fingerprint,
    record_checksums,
    recorded_checksums,
)
from pilotzones.atlas.datapackage import read_descriptor
from pilotzones.errors import TableError

FOLDER = "releases"
# by version, in the order of release
FINGERPRINTS = "fingerprints.json"


def released_fingerprints(home: Path) -> dict[str, str]:
    """Read the fingerprint of each released version, the first first; empty if there is none."""
    path = home / FOLDER / FINGERPRINTS
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, RecursionError) as error:
        message = f"{path} cannot be read ({error}); restore it from the repository"
        raise TableError(message) from error


def major(version: str) -> int:
    """Read the first number of a version; 0 where it is none."""
    first = version.partition(".")[0]
    return int(first) if first.isascii() and first.isdigit() else 0


def release_files(home: Path, version: str) -> dict[str, Path]:
    """Find the files of a released version by their names, such as ``register/zones.csv``.

    TableError if any byte is not as it was released.
    """
    recorded = recorded_checksums(home / FOLDER / version)
    if fingerprint(recorded) != released_fingerprints(home).get(version):
        message = (
            f"{home / FOLDER / version / CHECKSUMS} is not as released; "
            "restore it from the repository"
        )
        raise TableError(message)
    paths = {name: _place(home, version, name) for name in recorded}
    if changed := differing(recorded, calculate(paths)):
        message = (
            f"{', '.join(changed)} of the released version {version} changed; put what was "
            f"released into {home / FOLDER / version}: git has it under the tag v{version}"
        )
        raise TableError(message)
    return paths


def _place(home: Path, version: str, name: str) -> Path:
    released = [*released_fingerprints(home)]
    later = [version] if _is_own(name) else released[released.index(version) :]
    kept = (home / FOLDER / one / name for one in later)
    return next((path for path in kept if path.is_file()), home / name)


def _is_own(name: str) -> bool:
    """Whether each release has the file in its own folder."""
    return name.startswith("register/") or name == REVISIONS


def keep_release(home: Path) -> str:
    """Keep the data of a folder as a released version and return its number.

    TableError if another state of this version has been released.
    """
    version = str(read_descriptor(home / "register").get("version"))
    checksums, released = calculate_checksums(home), released_fingerprints(home)
    own = fingerprint(checksums)
    if released.get(version, own) != own:
        raise TableError(_changed(home, version))
    folder = home / FOLDER / version
    for name in checksums:
        if _is_own(name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(home / name, folder / name)
    record_checksums(folder, checksums)
    text = json.dumps(released | {version: own}, indent=1) + "\n"
    (home / FOLDER / FINGERPRINTS).write_text(text, encoding="utf-8", newline="\n")
    return version


@contextmanager
def keeping_releases(home: Path) -> Iterator[None]:
    """Keep for the releases what the block changes of the files that they share with today's."""
    latest = next(reversed(released_fingerprints(home)), "")
    recorded = recorded_checksums(home / FOLDER / latest) if latest else {}
    shared = {name: home / name for name in recorded if not _is_own(name)}
    before = {
        name: shared[name].read_bytes()
        for name, checksum in calculate(shared).items()
        if checksum == recorded[name]
    }
    yield
    now = calculate(shared)
    for name, content in before.items():
        if now.get(name) != recorded[name]:
            path = home / FOLDER / latest / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def check_releases(home: Path) -> None:
    """Check that every release is as it was, and that a change has a version of its own.

    A TableError names what changed.
    """
    for version in released_fingerprints(home):
        release_files(home, version)
    version = str(read_descriptor(home / "register").get("version"))
    released = released_fingerprints(home).get(version)
    if released and released != fingerprint(calculate_checksums(home)):
        raise TableError(_changed(home, version))


def _changed(home: Path, version: str) -> str:
    recorded, now = recorded_checksums(home / FOLDER / version), calculate_checksums(home)
    names = ", ".join(differing(recorded, now))
    return (
        f"version {version} is released, and {names} changed since: raise the version "
        "in register/datapackage.json and describe the change in register/changelog.csv"
    )
