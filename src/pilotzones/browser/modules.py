"""ES modules joined into one script, without a build step.

The modules of ``static`` and its folders import each other by relative name. A file that opens
from a disk has no addresses to import from, and the map's frame loads one script: both get the
modules as one text, in which each keeps a scope of its own.
"""

import posixpath
import re
from functools import partial
from pathlib import Path

_IMPORT = re.compile(
    r"""^import\s+(?:(?:\{(?P<names>[^}]*)\}|\*\s+as\s+(?P<all>\w+)|(?P<default>\w+))\s+from\s+)?"""
    r"""["'](?P<module>\.{1,2}/[^"']+)["'];?""",
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export\s+(?P<default>default\s+)?"
    r"(?P<declaration>(?:const|let|class|(?:async\s+)?function\*?)\s+(?P<name>\w+))",
    re.MULTILINE,
)
# comments in lines of their own, a third of the text; more is left as it is
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def join_modules(folder: Path, entry: str, *, exports: bool = False) -> str:
    """Join a module with all that it imports into one script; see `module_names` for the order.

    The exports of the entry are names of the script, and exports still where it is to be imported
    (``exports``). Raises ValueError for a circle of imports and for a form of import or export
    that no module here uses.
    """
    *before, last = module_names(folder, entry)
    scopes = [_scope(name, _read(folder, name)) for name in before]
    opened = ["const modules = {};"] if before else []
    text = _read(folder, last)
    plain = _IMPORT.sub(partial(_constant, last), text) if exports else _plain(last, text)[0]
    return "\n".join([*opened, *scopes, plain])


def module_names(folder: Path, entry: str) -> list[str]:
    """List a module and all that it imports, each after those that it needs itself."""
    found: list[str] = []
    _visit(folder, entry, found, ())
    return found


def _visit(folder: Path, name: str, found: list[str], path: tuple[str, ...]) -> None:
    if name in path:
        circle = " → ".join([*path, name])
        message = f"modules import each other in a circle: {circle}"
        raise ValueError(message)
    for match in _IMPORT.finditer(_read(folder, name)):
        needed = _imported(name, match)
        if needed not in found:
            _visit(folder, needed, found, (*path, name))
    found.append(name)


def _imported(name: str, match: re.Match[str]) -> str:
    # named from the folder of all modules, whichever module imports it
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), match["module"]))


def _read(folder: Path, name: str) -> str:
    return _COMMENT.sub("", (folder / name).read_text(encoding="utf-8"))


def _scope(name: str, text: str) -> str:
    """Wrap a module into a function that returns its exports."""
    plain, exports = _plain(name, text)
    return f'modules["{name}"] = (() => {{\n{plain}\nreturn {{ {", ".join(exports)} }};\n}})();'


def _plain(name: str, text: str) -> tuple[str, list[str]]:
    """Turn imports into constants and exports into declarations; list the exports."""
    exports = [
        f"default: {match['name']}" if match["default"] else match["name"]
        for match in _EXPORT.finditer(text)
    ]
    plain = _EXPORT.sub(
        lambda match: match["declaration"], _IMPORT.sub(partial(_constant, name), text)
    )
    if left := _LEFT_OVER.search(plain):
        message = f"{name}: cannot join {left.group()!r}"
        raise ValueError(message)
    return plain, exports


def _constant(name: str, match: re.Match[str]) -> str:
    module = f'modules["{_imported(name, match)}"]'
    if match["all"]:
        return f"const {match['all']} = {module};"
    if match["default"]:
        return f"const {match['default']} = {module}.default;"
    if match["names"] is None:
        return ""
    names = re.sub(r"\s+as\s+", ": ", " ".join(match["names"].split()))
    return f"const {{ {names.rstrip(', ')} }} = {module};"
