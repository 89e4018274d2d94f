"""Labels are Markdown to Streamlit, and show what they were given."""

import pytest

from pilotzones.dashboard.notices import plain_label


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/login",
        "www.evil.example",
        "me@evil.example",
        "[log in](https://evil.example)",
        ":material/home: :streamlit: -> <- -- >= != ~= &copy; <b> $x$ `y` *z*",
        "zones.csv – Zones (v1.0)",
        "越南（3）",
    ],
)
def test_a_label_reads_the_same_and_holds_no_markup(text):
    label = plain_label(text)
    shown = label.replace("\\", "").replace("\N{WORD JOINER}", "")
    assert shown == text
    for sign in ("://", "www.", "@e", "->", "--", ":m", "&copy;", "](", "<b>"):
        assert sign not in label
