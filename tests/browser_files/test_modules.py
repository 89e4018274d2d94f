"""ES modules joined into one script."""

import re
import shutil
import subprocess

import pytest

from pilotzones.browser.modules import join_modules, module_names

MODULES = {
    "shapes/scale.js": """
export const SCALE = 2;
""",
    "shapes/circle.js": """
import { SCALE } from "./scale.js";
export const area = (r) => SCALE * r;
export class Circle { constructor(r) { this.size = area(r); } }
""",
    "squares/square.js": """
import { area as ofCircle } from "../shapes/circle.js";
// the same name as in circle.js: each module has its own
const SCALE = 10;
export default function square(side) { return SCALE * side + ofCircle(1); }
""",
    "quiet.js": """
globalThis.heard = "quiet";
""",
    "main.js": """
import square from "./squares/square.js";
import "./quiet.js";
import * as circles from "./shapes/circle.js";
import {
  area,
  Circle,
} from "./shapes/circle.js";
export async function late() { return 1; }
console.log([square(3), circles.area(4), area(5), new Circle(6).size, heard].join());
""",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in MODULES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_each_module_comes_once_and_after_what_it_imports(folder):
    assert module_names(folder, "main.js") == [
        "shapes/scale.js",
        "shapes/circle.js",
        "squares/square.js",
        "quiet.js",
        "main.js",
    ]
    assert join_modules(folder, "main.js").count("class Circle") == 1


def test_no_import_and_no_export_is_left(folder):
    assert not re.search(r"^\s*(import|export)\b", join_modules(folder, "main.js"), re.MULTILINE)


def test_a_joined_script_does_what_the_modules_did(folder):
    node = shutil.which("node")
    if not node:
        pytest.skip("the tests in Chromium run the joined script where there is no Node")
    script = join_modules(folder, "main.js")
    done = subprocess.run([node, "-"], input=script, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "32,8,10,12,quiet"


@pytest.mark.parametrize("text", ['export * from "./circle.js";', 'import "elsewhere";'])
def test_what_cannot_be_joined_is_refused(folder, text):
    (folder / "main.js").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="cannot join"):
        join_modules(folder, "main.js")


def test_a_circle_is_refused(folder):
    circle = folder / "shapes/circle.js"
    circle.write_text('import "../main.js";\nimport { late } from "../main.js";')
    path = r"main.js → squares/square.js → shapes/circle.js → main.js"
    with pytest.raises(ValueError, match=path):
        join_modules(folder, "main.js")
