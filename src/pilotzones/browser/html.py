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
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    return environment


def render(template: str, language: Language, **values: Any) -> str:  # noqa: ANN401 - values of a template
    """Fill a template of ``templates``; every value is escaped.

    Parameters
    ----------
    template
        Name of the file.
    language
        The language.
    **values
        What the template asks for.

    Returns
    -------
    str
        HTML.
    """
    html = _environment(language.code).get_template(template).render(language=language, **values)
    # each run sends it anew: white space between the tags would be a fifth of it
    return " ".join(html.split())
