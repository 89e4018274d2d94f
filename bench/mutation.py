"""Change the code in one place at a time, and count the changes that the tests notice.

Each change lies in a statement of a function below ``src/pilotzones/atlas`` and ``query``: another
comparison, operator, number, text or truth value, or a condition turned round. What
loads and checks the data is left out (its tests break the data instead). A sample of the changes is
run in a copy of the checkout, each against the tests named after its module, and what these do not
notice against those of the core and of HTTP.

    .venv/bin/python bench/mutation.py --sample 120 --seed 1
"""

import argparse
import ast
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import geopandas  # noqa: F401 - loaded once for all forks
import hypothesis
import pandera.pandas  # noqa: F401
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "src/pilotzones"
ROOMS = ("atlas", "query")
# what reads files and holds them to rules
LEFT_OUT = {
    "datapackage.py",
    "rules.py",
    "violations.py",
    "checksums.py",
    "history.py",
    "releases.py",
    "revisions.py",
}
# functions that do so
LOADING = ("load_", "check_", "_broken", "_expect", "_names", "_missing", "_damaged", "_at", "path")
COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
# a change may make a loop endless; the tests of a change that stays take some minutes
SECONDS = 2400
OTHERWISE = "tests/query/test_zones.py"
WIDER = [
    "tests/query/test_view.py",
    "tests/server/test_api.py",
    "tests/server/test_places_over_http.py",
    "tests/server/test_facts_over_http.py",
    "tests/query",
    "tests/atlas",
    "tests/test_agreement.py",
]
OPTIONS = (
    "--assert=plain",
    "-x",
    "-q",
    "-n",
    "0",
    "-p",
    "no:cacheprovider",
    "--hypothesis-profile",
    "few",
)
hypothesis.settings.register_profile("few", max_examples=10, deadline=None, database=None)


def changed(node: ast.AST) -> ast.AST | None:
    """Return what a node is changed to, ``None`` for one that is left as it is."""
    new: ast.AST | None = None
    match node:
        case ast.Compare(left, [operator], right):
            new = ast.Compare(left, [COMPARISONS[type(operator)]()], right)
        case ast.BinOp(left, operator, right) if type(operator) in OPERATORS:
            new = ast.BinOp(left, OPERATORS[type(operator)](), right)
        case ast.BoolOp(operator, values):
            new = ast.BoolOp(OPERATORS[type(operator)](), values)
        case ast.UnaryOp(ast.Not() | ast.Invert(), operand):
            new = operand
        case ast.IfExp(test, body, other):
            new = ast.IfExp(test, other, body)
        case ast.If(test, body, other):
            new = ast.If(ast.UnaryOp(ast.Not(), test), body, other)
        case ast.Constant(bool() as truth):
            new = ast.Constant(not truth)
        case ast.Constant(int() as number):
            new = ast.Constant(number + 1)
        case ast.Constant(str() as text) if text:
            new = ast.Constant(text + "x")
    return new


def places(tree: ast.Module) -> Iterator[tuple[int, ast.AST]]:
    """Yield the nodes in functions that may be changed, with their number in the tree."""
    inside = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and not function.name.startswith(LOADING):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            inside |= {id(node) for statement in body for node in ast.walk(statement)}
            # types say nothing at run time
            for part in ast.walk(function):
                if isinstance(part, ast.AnnAssign):
                    inside -= {id(node) for node in ast.walk(part.annotation)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in inside and changed(node):
            yield number, node


def mutants() -> list[tuple[Path, int]]:
    """List every place that may be changed, as a file and the number of a node."""
    files = [path for room in ROOMS for path in sorted((ROOT / PACKAGE / room).glob("*.py"))]
    return [
        (path.relative_to(ROOT), number)
        for path in files
        if path.name not in LEFT_OUT
        for number, _ in places(ast.parse(path.read_text("utf-8")))
    ]


def mutate(source: str, number: int) -> tuple[str, str]:
    """Change one node; return the new source and what was changed."""
    tree = ast.parse(source)
    old = [*ast.walk(tree)][number]
    new = ast.copy_location(changed(old), old)

    class Change(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    tree = ast.fix_missing_locations(Change().visit(tree))
    before, after = (ast.unparse(node).splitlines()[0] for node in (old, new))
    return ast.unparse(tree), f"line {old.lineno}: {before}  ->  {after}"


class WithoutCopies:
    """Leaves out the tests that copy all data and break them: they are about loading."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop them."""
        items[:] = [item for item in items if "geodata" not in item.fixturenames]


def nearest(path: Path) -> list[str]:
    """Name the tests of a module, or those of the zones where it has none of its own."""
    own = Path("tests") / path.parent.name / f"test_{path.name}"
    return [str(own)] if (ROOT / own).exists() else [OTHERWISE]


def noticed(copy: Path, tests: list[str]) -> bool:
    """Run tests in a fork, which has the libraries loaded; whether one of them fails."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        os.chdir(copy)
        sys.path[:0] = [str(copy / "src")]
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        # a failure of the run itself counts too: the code could not be imported
        os._exit(pytest.main([*OPTIONS, *tests], plugins=[WithoutCopies()]) != 0)
    return os.waitpid(child, 0)[1] != 0


def main() -> None:
    """Run a sample and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=120, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1, help="which of them")
    arguments = parser.parse_args()
    every = mutants()
    sample = random.Random(arguments.seed).sample(every, min(arguments.sample, len(every)))
    print(f"{len(sample)} of {len(every)} changes, seed {arguments.seed}")
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", ".cache", "__pycache__")
        shutil.copytree(ROOT, copy, ignore=ignored)
        if noticed(copy, [f"tests/{room}" for room in ROOMS]):
            sys.exit("the tests fail on the code as it is")
        for path, number in sample:
            source = (ROOT / path).read_text("utf-8")
            mutant, change = mutate(source, number)
            (copy / path).write_text(mutant, "utf-8")
            if not (noticed(copy, nearest(path)) or noticed(copy, WIDER)):
                survived += 1
                print(f"survived: {path}, {change}", flush=True)
            (copy / path).write_text(source, "utf-8")
    killed = len(sample) - survived
    print(f"{killed} of {len(sample)} noticed: {killed / len(sample):.0%}")


if __name__ == "__main__":
    main()
