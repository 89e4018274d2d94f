"""The versions of the data side by side: what each changed, and whether it may."""

from collections.abc import Iterator
from itertools import pairwise

from pilotzones.atlas.atlas import Atlas
from pilotzones.atlas.checksums import REVISIONS
from pilotzones.atlas.datapackage import DESCRIPTOR
from pilotzones.atlas.releases import major
from pilotzones.atlas.revisions import Revision, changed_past, read_revisions, revisions_between
from pilotzones.atlas.violations import Violation, fail


def with_missing(present: Atlas) -> list[Revision]:
    """Return every change from version to version, with the reasons that are written already."""
    known = {one.bare: one for one in read_revisions(present.home / REVISIONS)}
    return [known.get(one, one) for one in _all(present)]


def check_revisions(present: Atlas) -> None:
    """Check that each change is recorded with its reason, and that no past day changed in silence.

    A TableError names what lacks.
    """
    fail([*_unexplained(present), *_silent(present)])


def _all(present: Atlas) -> Iterator[Revision]:
    for earlier, later in _pairs(present):
        yield from revisions_between(earlier.files, later.files, later.register.version)


def _pairs(present: Atlas) -> Iterator[tuple[Atlas, Atlas]]:
    yield from pairwise(present.at(version) for version in present.versions)


def _unexplained(present: Atlas) -> Iterator[Violation]:
    recorded = {one.bare: one for one in read_revisions(present.home / REVISIONS)}
    for one in _all(present):
        if not recorded.pop(one, one).explained:
            rule = "each change has a row with its reason in both languages; 'pilotzones "
            rule += "revisions --write' adds the rows"
            yield Violation(REVISIONS, None, None, str(one), rule)
    compared = {later.register.version for _, later in _pairs(present)}
    for one in (one for one in recorded if one.version in compared):
        yield Violation(REVISIONS, None, None, str(one), "no such change was made")


def _silent(present: Atlas) -> Iterator[Violation]:
    for earlier, later in _pairs(present):
        then, now = earlier.register.version, later.register.version
        changed = changed_past(earlier.register, later.register)
        if changed and major(now) <= major(then):
            names = ", ".join(changed[:10])
            rule = f"changes the past of {names}; that needs the version {major(then) + 1}.0.0"
            yield Violation(f"register/{DESCRIPTOR}", None, "version", now, rule)
