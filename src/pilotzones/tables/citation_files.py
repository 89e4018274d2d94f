"""References as files for programs that manage them."""

from pilotzones.parameters import CITATION_FORMATS
from pilotzones.tables.files import Format

CITATION_FILES = dict(
    zip(
        CITATION_FORMATS,
        (
            Format("bib", "application/x-bibtex; charset=utf-8"),
            Format("ris", "application/x-research-info-systems; charset=utf-8"),
            Format("json", "application/vnd.citationstyles.csl+json"),
        ),
        strict=True,
    )
)


def ending_of(file_format: str) -> str:
    """Return the ending of a file in a format, which for references is not the format's name."""
    return CITATION_FILES[file_format].name if file_format in CITATION_FILES else file_format
