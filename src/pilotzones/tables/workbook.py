"""Reads a workbook in a process of its own: bytes on standard input, rows as JSON on the output.

The library takes memory for every cell between the first and the last, and ends the process where
there is not enough: a small file with one cell far away would end a server. This module imports
nothing of the package, so that it starts at once.
"""

import json
import sys
from datetime import datetime, time
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

# of the whole process
MEMORY = 2**30
# Excel shows no more digits of a number
DIGITS = 15


def main(most_rows: int, most_columns: int, most_cells: int) -> None:
    """Write the size of the first visible sheet with content, and its rows if they are not many."""
    limit_memory()
    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    found = {"rows": [], "height": 0, "width": 0}
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.end is None:
            continue
        height, width = (last + 1 for last in sheet.end)
        found |= {"height": height, "width": width}
        if height <= most_rows and width <= most_columns and height * width <= most_cells:
            rows = sheet.to_python(skip_empty_area=False)
            found["rows"] = [[shown(cell) for cell in row] for row in rows]
        break
    json.dump(found, sys.stdout)


def shown(cell: object) -> str:
    """Write a cell as a person sees it: whole numbers without a point, days as ``YYYY-MM-DD``."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{cell:.{DIGITS}g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return str(cell.date())
    return str(cell)


def limit_memory() -> None:
    """Bound the memory of this process, and write none of it to disk if it fails."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
