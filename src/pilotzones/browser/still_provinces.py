"""The map of the provinces in a still: shaded, with the legend that the live map has."""

from dataclasses import dataclass
from typing import Any

from pilotzones.browser.still_map import Row, StillMap
from pilotzones.browser.still_paths import Picture, still_inset, still_provinces
from pilotzones.query.shading import (
    class_labels,
    count_line,
    province_amounts,
    shade_provinces,
    shades,
)
from pilotzones.query.zones import provinces_asked


@dataclass(frozen=True)
class ProvinceMap(StillMap):
    """The provinces of all of China, shaded, without zones."""

    def inset(self) -> Picture:
        """Draw the South China Sea without zones."""
        return still_inset(self.answer, zones=False)

    def drawn(self) -> dict[str, Any]:
        """Return the shaded provinces and the classes of their amounts."""
        answer, t, shade = self.answer, self.answer.language, self.answer.view.shade
        table = province_amounts(answer)
        classes = {adcode: found.step for adcode, found in shade_provinces(table, shade).items()}
        labels, numbers = class_labels(table, shade, t), [*classes.values()]
        colours = {step: f"var(--pz-class-{step})" for step in range(len(labels))}
        return {
            "picture": still_provinces(answer, classes, self.sight),
            "colours": colours,
            "mode": "provinces",
            "map_count": count_line(answer, table),
            "key_classes": "pz-key has-chosen" if provinces_asked(answer) else "pz-key",
            "legend_title": shades(t)[shade],
            "legend": [
                Row("", text, numbers.count(step), text, colours[step])
                for step, text in enumerate(labels)
            ],
            "signs": [("is-chosen", self.words["map"]["chosen_province"])],
        }
