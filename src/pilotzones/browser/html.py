"""HTML from the templates, every value escaped."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pilotzones.i18n import Language, translations


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("pilotzones.browser"),
        autoescape=True,
        # the templates stay as they are while a server runs
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    # a global, because the macros that templates import see nothing else
    environment.globals["language"] = Language(lang)
    return environment


def render(template: str, language: Language, **values: Any) -> str:  # noqa: ANN401 - values of a template
    """Fill a file of ``templates`` with values, which are escaped, and return its HTML."""
    html = _environment(language.code).get_template(template).render(**values)
    # sent on each run: the white space between the tags would be a fifth of it
    return " ".join(html.split())
