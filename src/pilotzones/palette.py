"""All colours of maps, figures, charts and pages, light and dark.

Style sheets use the custom properties of `css_properties`; `.streamlit/config.toml` cannot, and a
test compares it with these. Colours that differ in meaning are distinguishable with every kind of
colour blindness, which a test measures.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Choropleth:
    """Fills of the classes of a choropleth, the lowest first, and the ink of a number on each.

    Lightness alone distinguishes the classes. ``none`` is for a value of zero.
    """

    fills: tuple[str, ...]
    inks: tuple[str, ...]
    none: str
    none_ink: str


@dataclass(frozen=True)
class Theme:
    """Colours of one theme, each as ``#rrggbb``, or ``#rrggbbaa`` where it is translucent."""

    # ground of a map
    sea: str
    land: str
    neighbour: str
    neighbour_line: str
    province_line: str
    outline: str
    # zones
    zone_line: str
    new_line: str
    # the halo of what is selected: a hue that nothing else has
    chosen: str
    # where one document stands out: its zones, and all earlier ones
    accent: str
    earlier: str
    gained: str
    lost: str
    kept: str
    revoked: str
    no_batch: str
    # text and its backgrounds
    ink: str
    muted: str
    link: str
    warning: str
    caution: str
    caution_ink: str
    page: str
    ground: str
    panel: str
    # around the letters of a name
    halo: str
    rule: str
    choropleth: Choropleth

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield names, as they follow ``--pz-`` in a style sheet, and colours."""
        for field in fields(self):
            colour = getattr(self, field.name)
            if isinstance(colour, str):
                yield field.name.replace("_", "-"), colour
        classes = self.choropleth
        fills, inks = (classes.none, *classes.fills), (classes.none_ink, *classes.inks)
        for number, (fill, ink) in enumerate(zip(fills, inks, strict=True)):
            yield f"class-{number}", fill
            yield f"class-{number}-ink", ink


LIGHT = Theme(
    sea="#f7f8f8",
    land="#ebe9e3",
    neighbour="#f2f1ee",
    neighbour_line="#dddad3",
    province_line="#ffffff",
    outline="#8f8a80",
    zone_line="#ffffff",
    new_line="#1d2124",
    chosen="#a3005c",
    accent="#f0a202",
    earlier="#8fb1cc",
    gained="#0f766e",
    # pale, so that it differs from gained in black and white; its outline is that of revoked
    lost="#e9b49c",
    kept="#c3bfb6",
    revoked="#c2410c",
    no_batch="#767676",
    ink="#23282d",
    muted="#5b6168",
    link="#1a5a8a",
    warning="#b23a0b",
    caution="#fdf6d8",
    caution_ink="#6b4f00",
    page="#fdfcfa",
    ground="#fdfcfa",
    panel="#fdfcfaee",
    halo="#ffffffe6",
    rule="#dcd8d0",
    choropleth=Choropleth(
        fills=("#d8e6d2", "#b2d3bc", "#7db7a9", "#43908f", "#17546b"),
        inks=("#23282d", "#23282d", "#23282d", "#ffffff", "#ffffff"),
        none="#f4f3ef",
        none_ink="#5b6168",
    ),
)
DARK = Theme(
    sea="#12171b",
    land="#2b3238",
    neighbour="#1a2025",
    neighbour_line="#2f373d",
    province_line="#12171b",
    outline="#77818a",
    zone_line="#12171b",
    new_line="#ffffff",
    chosen="#ff5fae",
    accent="#ffc24d",
    earlier="#456a88",
    gained="#5eead4",
    lost="#e2672a",
    kept="#5d666e",
    revoked="#ff9a5c",
    no_batch="#767676",
    ink="#eceae5",
    muted="#b3bac0",
    link="#8cc4ea",
    warning="#ff9a5c",
    caution="#3a3213",
    caution_ink="#ffe9a3",
    page="#15191d",
    ground="#171c21",
    panel="#171c21ee",
    halo="#12171be6",
    rule="#3a4249",
    # on a dark ground more is lighter
    choropleth=Choropleth(
        fills=("#24414a", "#2c5b64", "#3a7f80", "#63ab9b", "#b9e2c4"),
        inks=("#eceae5", "#eceae5", "#eceae5", "#12171b", "#12171b"),
        none="#1f262b",
        none_ink="#b3bac0",
    ),
)

# for print in black and white: what differs in meaning differs in lightness or in pattern
GREY = replace(
    LIGHT,
    sea="#ffffff",
    land="#f1f1f1",
    neighbour="#fafafa",
    neighbour_line="#d8d8d8",
    outline="#808080",
    new_line="#000000",
    chosen="#000000",
    accent="#626262",
    earlier="#b8b8b8",
    gained="#626262",
    lost="#ffffff",
    kept="#c4c4c4",
    revoked="#3f3f3f",
    no_batch="#767676",
    ink="#111111",
    muted="#4d4d4d",
    rule="#d4d4d4",
    choropleth=Choropleth(
        fills=("#e3e3e3", "#c2c2c2", "#9a9a9a", "#6b6b6b", "#333333"),
        inks=("#111111", "#111111", "#111111", "#ffffff", "#ffffff"),
        none="#ffffff",
        none_ink="#4d4d4d",
    ),
)
# groups of a chart, in the order of `CHART_COLOURS`
CHART_GREYS = ("#1c1c1c", "#b5b5b5", "#6e6e6e", "#dedede")

# a figure is printed: white paper, and the same white, a little translucent, around letters
PAPER = "#ffffff"
HALO = "#ffffffd9"

# groups of a chart in either theme: Okabe and Ito, in an order that differs in lightness in print
CHART_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7")

# nine points of viridis (perceptually even, safe for colour-blind readers), darkest first
VIRIDIS = (
    "#440154",
    "#472d7b",
    "#3b528b",
    "#2c728e",
    "#21918c",
    "#28ae80",
    "#5ec962",
    "#addc30",
    "#fde725",
)


def batch_colours(count: int) -> list[str]:
    """Sample viridis evenly: `count` (at least 1) colours ``#rrggbb``, the darkest first."""
    last = len(VIRIDIS) - 1
    return [_mix(i / max(1, count - 1) * last) for i in range(count)]


def batch_greys(count: int) -> list[str]:
    """Space greys evenly: `count` (at least 1) colours ``#rrggbb``, the darkest first."""
    dark, light = 0x2B, 0xE6
    steps = [round(dark + (light - dark) * i / max(1, count - 1)) for i in range(count)]
    return [f"#{step:02x}{step:02x}{step:02x}" for step in steps]


def tints(colour: str, ground: str, count: int) -> list[str]:
    """Mix a colour with the ground that it lies on: `count` colours, the faintest first."""
    pairs = [*zip(_channels(ground), _channels(colour), strict=True)]
    shares = [(place + 1) / count for place in range(count)]
    return [
        "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)
        for share in shares
    ]


def css_properties() -> str:
    """Write the colours of both themes as a style sheet of custom properties ``--pz-<name>``.

    Dark are the elements below ``data-theme="dark"`` and, where a browser knows ``light-dark()``,
    those whose ``color-scheme`` is dark.
    """
    light, dark = dict(LIGHT.named()), dict(DARK.named())
    either = {name: f"light-dark({light[name]},{dark[name]})" for name in light}
    return (
        f":root,:host{_block(light)}\n"
        f"@supports (color:light-dark(#000,#fff)){{:root,:host{_block(either)}}}\n"
        f'[data-theme="light"]{_block(light)}\n'
        f'[data-theme="dark"]{_block(dark)}\n'
    )


def _block(colours: dict[str, str]) -> str:
    return "{" + "".join(f"--pz-{name}:{colour};" for name, colour in colours.items()) + "}"


def is_dark(colour: str) -> bool:
    """Whether white is seen better on a colour than black."""
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 140  # noqa: PLR2004 - of 255


def _mix(position: float) -> str:
    lower = min(int(position), len(VIRIDIS) - 2)
    share = position - lower
    pairs = zip(_channels(VIRIDIS[lower]), _channels(VIRIDIS[lower + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
