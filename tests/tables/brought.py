"""Tables that a reader brings, as files."""

import io
import zipfile

import xlsxwriter


def workbook(*sheets, hidden=0):
    """A workbook; a sheet is a list of rows, a cell a value or a value with its format."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            if number < hidden:
                sheet.hide()
            elif number == hidden:
                sheet.activate()
                sheet.set_first_sheet()
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    value, look = cell if isinstance(cell, tuple) else (cell, None)
                    style = book.add_format({"num_format": look}) if look else None
                    if look and hasattr(value, "year"):
                        sheet.write_datetime(line, place, value, style)
                    else:
                        sheet.write(line, place, value, style)
    return file.getvalue()


def repacked(content, change):
    """A workbook whose parts (bytes by name) were changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()
