"""Messages about values of the address, in the reader's language."""

from pilotzones.errors import Problem, TableTooLargeError, UnreadableTableError
from pilotzones.i18n.language import Language


def problem_message(t: Language, problem: Problem) -> str:
    """Describe in one sentence a value that was ignored or replaced, and what is used instead."""
    template = {
        "not a date": t._("“%(parameter)s=%(value)s” is not a date (%(used)s) and was ignored."),
        "before the first document": t._(
            "“%(parameter)s=%(value)s” is before the first document; %(used)s is shown instead."
        ),
        "in the future": t._(
            "“%(parameter)s=%(value)s” is in the future; %(used)s is shown instead."
        ),
        "after the other day": t._(
            "“%(parameter)s=%(value)s” is after %(used)s; the two days were swapped."
        ),
        "unknown province": t._(
            "“%(parameter)s=%(value)s” is not the code of a province and was ignored."
        ),
        "unknown region": t._("“%(parameter)s=%(value)s” is not a region and was ignored."),
        "unknown border region": t._(
            "“%(parameter)s=%(value)s” is not the code of a border region and was ignored."
        ),
        "unknown batch": t._("“%(parameter)s=%(value)s” is not a batch and was ignored."),
        "unknown status": t._("“%(parameter)s=%(value)s” is not a status and was ignored."),
        "unknown match": t._(
            "“%(parameter)s=%(value)s” is not a way to combine filters and was ignored."
        ),
        "unknown colouring": t._(
            "“%(parameter)s=%(value)s” is not a way to colour zones and was ignored."
        ),
        "unknown shading": t._(
            "“%(parameter)s=%(value)s” is not a way to shade provinces and was ignored."
        ),
        "not a distance": t._(
            "“%(parameter)s=%(value)s” is not a distance in the range %(used)s km."
        ),
        "not between two days": t._(
            "“%(parameter)s=%(value)s” was ignored: a comparison of two days has no filter "
            "by status."
        ),
        "unknown zone": t._("“%(parameter)s=%(value)s” is not a zone and was ignored."),
        **dict.fromkeys(
            ("unknown place", "name of several places"),
            t._("“%(parameter)s=%(value)s” is not the code or name of one place and was ignored."),
        ),
        **dict.fromkeys(
            ("unknown choice", "unknown size", "unknown style", "unknown choice of labels"),
            t._("“%(parameter)s=%(value)s” is not a choice (%(used)s) and was ignored."),
        ),
        "not a whole number": t._("“%(parameter)s=%(value)s” is no number and was ignored."),
        "out of range": t._(
            "“%(parameter)s=%(value)s” is not in the range %(used)s and was ignored."
        ),
        "not a year of a panel": t._(
            "“%(parameter)s=%(value)s” is not a year in the range %(used)s."
        ),
        "after the other year": t._(
            "“%(parameter)s=%(value)s” is after %(used)s; the two years were swapped."
        ),
        "not a part of the map": t._(
            "“%(parameter)s=%(value)s” is not a part of the map (%(used)s) and was ignored."
        ),
        "unknown language": t._(
            "“%(parameter)s=%(value)s” is not a language of this site and was ignored."
        ),
        "unknown version": t._(
            "“%(parameter)s=%(value)s” is not a version of the data (%(used)s); the present one "
            "is shown instead."
        ),
        "too long": t._(
            "“%(parameter)s=%(value)s” is too long; only the first %(used)s characters are used."
        ),
        "too many values": t._(
            "The address has too many values; “%(parameter)s=%(value)s” and all behind it were "
            "ignored."
        ),
        "given twice": t._("“%(parameter)s=%(value)s” was ignored; %(used)s is used instead."),
        "unknown parameter": t._(
            "“%(parameter)s” is not a parameter of this site and was ignored."
        ),
    }[problem.reason]
    return template % {
        "parameter": problem.parameter,
        "value": problem.value,
        "used": problem.hint,
    }


def table_message(t: Language, error: TableTooLargeError | UnreadableTableError) -> str:
    """Say why a reader's table cannot be taken, where in it, and what to do."""
    template = {
        "bytes": t._("The file is too large: at most %(limit)s bytes are taken."),
        "rows": t._("The table has too many rows: at most %(limit)s are taken."),
        "columns": t._("The table has too many columns: at most %(limit)s are taken."),
        "cells": t._("The table has too many cells: at most %(limit)s are taken."),
        "characters in a cell": t._(
            "Row %(row)s has a cell that is too long: at most %(limit)s characters are taken."
        ),
        "bytes when unpacked": t._(
            "The workbook is too large when unpacked: at most %(limit)s bytes are taken."
        ),
        "sessions": t._(
            "The server has as many tables in memory as it has room for. Try again in a few "
            "minutes."
        ),
        "empty": t._("The file is empty."),
        "no rows": t._("The table has names of columns but no rows below them."),
        "password": t._(
            "The workbook is protected by a password. Save it as XLSX without a password."
        ),
        "old workbook": t._("The file is an old Excel workbook (.xls). Save it as XLSX."),
        "format": t._("The file is in the format %(format)s. Save it as XLSX or CSV."),
        "web page": t._("The file is a web page or XML, no table. Save it as XLSX or CSV."),
        "encoding": t._("Line %(row)s is no text in UTF-8 or GB18030. Save the file as UTF-8."),
        "no text": t._("Line %(row)s has bytes that are no text. Save the file as XLSX or CSV."),
        "width": t._(
            "Row %(row)s has %(cells)s cells, the row of names has %(names)s. A cell that "
            "contains the delimiter or a line break must be in quotes; remove lines above the "
            "names and below the table."
        ),
        "quotes": t._(
            "Row %(row)s has a quotation mark that is not closed, or not doubled within quotes."
        ),
        "damaged": t._("The workbook is damaged, or its cells lie too far apart."),
        "archive": t._("The file is an archive, but no XLSX workbook."),
    }[error.kind]
    return template % error.facts
