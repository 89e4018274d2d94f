"""Cut a font to some characters and one weight, in a process of its own.

The 17 MB of the font and what is made of them take some 60 MB, which go with the process, and it
holds up no other thread. Run as a script, so that it needs fontTools alone.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def cut_font(
    source: Path, target: Path, characters: Iterable[str], weight: int, style: str
) -> None:
    """Write the characters of a variable font, at one weight, to a file that is named like it.

    An OSError says why it cannot be done.
    """
    order = {
        "source": str(source),
        "target": str(target),
        "characters": sorted(map(ord, characters)),
        "weight": weight,
        "style": style,
    }
    # without the folder of this script or of the reader, whose files could have any name
    command = [sys.executable, "-P", __file__]
    done = subprocess.run(  # noqa: S603 - this interpreter and this file
        command, input=json.dumps(order), capture_output=True, text=True, check=False
    )
    if done.returncode or not target.is_file():
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        message = f"the font for figures cannot be written: {reason}"
        raise OSError(message)


def _main() -> None:
    from fontTools import subset  # noqa: PLC0415 - in that process alone
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    order = json.load(sys.stdin)
    target = Path(order["target"])
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=order["characters"])
    with TTFont(order["source"], lazy=True, recalcTimestamp=False) as font:
        cutter.subset(font)
        axes = {"wght": order["weight"]}
        instancer.instantiateVariableFont(font, axes, inplace=True, optimize=False)
        for record in font["name"].names:
            if record.nameID in {1, 3, 4, 6, 16}:
                record.string = target.stem
            elif record.nameID in {2, 17}:
                record.string = order["style"]
        font.save(target)


if __name__ == "__main__":
    _main()
