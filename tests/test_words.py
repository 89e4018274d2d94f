"""Plain English: words that were replaced once do not come back.

Read are the documents, the docstrings, comments and texts of the code, the templates, and the
comments of scripts and style sheets. The list is short on purpose: each of these words has a
plainer one, which is given beside it.
"""

import ast
import io
import re
import tokenize

import pytest
from copies import REPOSITORY

PLAINER = {
    # colours may be told apart
    r"(?:tell|tells|told|telling)(?! apart)": "show, describe, return, report",
    r"bear|bears|borne": "carry, have, show",
    r"whatever": "any, regardless of",
    r"nobody": "no one; or say who it is",
    r"at hand": "available",
    r"as (?:is|was) said": "as described",
    r"what (?:is|was) asked": "what is requested",
    r"stands for": "is, represents",
}
WORDS = re.compile(rf"\b({'|'.join(PLAINER)})\b", re.IGNORECASE)
# words in their true meaning: (end of the file's path, the text around it)
ALLOWED: set[tuple[str, str]] = set()

DOCUMENTS = [
    *REPOSITORY.glob("*.md"),
    *REPOSITORY.glob("docs/*.md"),
    REPOSITORY / "bench/README.md",
]
CODE = [REPOSITORY / "app.py", *REPOSITORY.glob("pages/*.py"), *REPOSITORY.glob("src/**/*.py")]
TEMPLATES = [*REPOSITORY.glob("src/**/templates/*.html")]
BROWSER = [*REPOSITORY.glob("src/**/static/**/*.js"), *REPOSITORY.glob("src/**/static/**/*.css")]


@pytest.mark.parametrize(
    "path",
    sorted([*DOCUMENTS, *CODE, *TEMPLATES, *BROWSER]),
    ids=lambda path: str(path.relative_to(REPOSITORY)),
)
def test_plain_words(path):
    text = path.read_text("utf-8")
    found = [
        f"{path.relative_to(REPOSITORY)}:{line}: {match[0]!r} in {prose.strip()!r}; {plainer(match[0])}"
        for line, prose in PROSE.get(path.suffix, lines)(text)
        for match in WORDS.finditer(without_code(prose))
        if not any(path.match(f"**/{end}") and around in prose for end, around in ALLOWED)
    ]
    assert not found, "\n" + "\n".join(found)


def test_the_words_are_found():
    python = (
        'def f():\n    """Tell it."""\n    # whatever\n    return told(f"at hand {bear}", "told")\n'
    )
    found = [(line, WORDS.findall(prose)) for line, prose in python_prose(python)]
    assert [(line, words) for line, words in found if words] == [
        (3, ["whatever"]),
        (2, ["Tell"]),
        (4, ["at hand"]),
    ]
    assert [line for line, _ in comments("let told;\n/* one\n nobody */\nf(); // tell")] == [
        2,
        3,
        4,
    ]
    assert not WORDS.findall(without_code("the key `told` and ``bear``; a bearing, foretold"))


def plainer(word):
    return next(
        better for words, better in PLAINER.items() if re.fullmatch(words, word, re.IGNORECASE)
    )


def without_code(text):
    return re.sub(r"(`+)[^`]*\1", "", text)


def lines(text):
    """Each line of a document; what is fenced is code."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        fenced ^= line.startswith("```")
        if not fenced:
            yield number, line


def python_prose(text):
    """Comments, docstrings and texts of more than one word, line by line."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield from enumerate(node.value.splitlines(), node.lineno)


def comments(text):
    """The lines of the comments of a script or a style sheet."""
    for match in re.finditer(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", text, re.DOTALL):
        first = text.count("\n", 0, match.start()) + 1
        yield from enumerate(match[0].splitlines(), first)


PROSE = {".py": python_prose, ".js": comments, ".css": comments}
