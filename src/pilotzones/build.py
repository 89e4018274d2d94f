"""Which code this is: two builds of one version may answer differently."""

import hashlib
from functools import cache
from pathlib import Path

_DIGITS = 12
_CODE = (".py", ".js", ".css", ".html", ".svg", ".po", ".mo")
# beside the code in an installed package; data have a fingerprint of their own
_DATA = "geodata"


@cache
def build() -> str:
    """Return twelve hexadecimal digits that change with the version and any byte of the code."""
    return fingerprint_of_code(Path(__file__).parent)


def fingerprint_of_code(package: Path) -> str:
    """Return twelve hexadecimal digits of the files of a package, in any place the same."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if path.suffix in _CODE and name.parts[0] != _DATA:
            digest.update(f"{name.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
