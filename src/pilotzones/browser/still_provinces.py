"""The map of the provinces in a still: shaded, with the legend that the live map has."""

from typing import Any

from pilotzones.browser.still_map import Row
from pilotzones.browser.still_paths import still_provinces
from pilotzones.query.answer import Answer
from pilotzones.query.shading import (
    class_labels,
    count_line,
    province_amounts,
    shade_provinces,
    shades,
)
from pilotzones.query.sight import Sight
from pilotzones.query.zones import provinces_asked


def provinces_values(
    answer: Answer, words: dict[str, Any], sight: Sight | None = None
) -> dict[str, Any]:
    """Return the values for the template that differ from those of a map of zones."""
    t, shade = answer.language, answer.view.shade
    table = province_amounts(answer)
    classes = {adcode: found.step for adcode, found in shade_provinces(table, shade).items()}
    labels, numbers = class_labels(table, shade, t), [*classes.values()]
    colours = {step: f"var(--pz-class-{step})" for step in range(len(labels))}
    return {
        "picture": still_provinces(answer, classes, sight),
        "colours": colours,
        "mode": "provinces",
        "map_count": count_line(answer, table),
        "key_classes": "pz-key has-chosen" if provinces_asked(answer) else "pz-key",
        "legend_title": shades(t)[shade],
        "legend": [
            Row("", text, numbers.count(step), text, colours[step])
            for step, text in enumerate(labels)
        ],
        "signs": [("is-chosen", words["map"]["chosen_province"])],
    }
