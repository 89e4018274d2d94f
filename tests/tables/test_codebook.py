"""The codebook: in the docs as in the code."""

import pytest
from copies import REPOSITORY

from pilotzones.tables.codebook import CODEBOOK, codebook, codebook_markdown, codebook_page
from pilotzones.tables.columns import Column
from pilotzones.tables.variables import LOOKUP, PANEL


def test_the_page_is_that_of_the_code():
    page = (REPOSITORY / "docs" / "codebook.md").read_text("utf-8")
    assert page == codebook_page(), "run: python -m pilotzones.tables.codebook > docs/codebook.md"


@pytest.mark.parametrize("columns", [LOOKUP, PANEL])
def test_every_variable_that_may_be_missing_says_when(columns):
    table = codebook(columns).set_index("variable")
    assert list(table.index) == [column.name for column in columns]
    measures = [name for name in table.index if name.startswith(("share", "treat", "first"))]
    assert (table.loc[measures, "missing"] != "").all()
    assert (table.loc[table["kind"] == "number", "unit"] != "").all()


def test_values_and_bars_are_written_out():
    column = Column("a", "integer", "x | y", ((0, "no"), (1, "yes")), "km", "never", "counting")
    assert codebook([column]).iloc[0].tolist()[3] == "0: no; 1: yes"
    line = codebook_markdown([column]).splitlines()[-1]
    assert line == r"| `a` | integer | x \| y | 0: no; 1: yes | km | never | counting |"
    assert len(CODEBOOK) == 7
