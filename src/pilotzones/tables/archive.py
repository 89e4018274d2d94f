"""The whole data as one archive: the register, a Frictionless data package, and the boundaries."""

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache

from pilotzones.atlas import Atlas
from pilotzones.atlas.datapackage import DESCRIPTOR
from pilotzones.credits import LICENCE, LICENCE_URL
from pilotzones.errors import BoundaryError
from pilotzones.tables.package import package_descriptor
from pilotzones.tables.release_metadata import LICENCE_FILE, indented, licences

FOLDERS = ("register", "boundaries")

# the earliest time that an archive can hold; with true times the bytes would not repeat
LONG_AGO = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16

README = """\
# Pilot Zone Atlas: data {version}

All facts behind the atlas of China's cross-border e-commerce pilot zones.

`datapackage.json` says what each table, each column and each layer is; open it or this archive with
Frictionless. `LICENCE.md` has the terms.

- `register/`: the facts, with a `datapackage.json` of their own. Licence: {licence}
  ({licence_url}). Please cite: *Pilot Zone Atlas, data {version}*.
- `boundaries/`: polygons to locate the zones, and what was measured on them, the tables again
  described by a `datapackage.json`. They are **not** under
  the licence above: `boundaries/NOTICE.md` has the terms of their sources, whom to name, and what
  they are no evidence of; `boundaries/provenance.json` has every step from the sources.
- `places/`: names of the divisions, former ones too. `revisions.csv`: what each version changed,
  and why.

What is true on a day follows from `register/events.csv`: an event counts from the day on which its
document was published (`register/documents.csv`).
"""


@lru_cache(maxsize=2)
def data_package(atlas: Atlas) -> bytes:
    """Pack all files of the data with what describes them as a zip archive; the bytes repeat.

    BoundaryError if a file can no longer be read.
    """
    terms = {"version": atlas.data_version, "licence": LICENCE, "licence_url": LICENCE_URL}
    files = read_files(atlas)
    files |= {
        DESCRIPTOR: indented(package_descriptor(atlas, files)),
        LICENCE_FILE: licences().encode(),
    }
    readme = {"README.md": README.format(**terms).encode()}
    return pack(readme | {name: files[name] for name in sorted(files)})


def read_files(atlas: Atlas) -> dict[str, bytes]:
    """Read every file of the data; BoundaryError if one can no longer be read."""
    try:
        return {name: atlas.files[name].read_bytes() for name in sorted(atlas.files)}
    except OSError as error:
        message = f"{error.filename} cannot be read ({error.strerror}); restore it"
        raise BoundaryError(message) from error


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files as a zip archive, in their order; the bytes repeat."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            _add(archive, name, content)
    return file.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.external_attr = READABLE
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
