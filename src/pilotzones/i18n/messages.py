"""Messages about values of the address, in the reader's language."""

from pilotzones.errors import Problem
from pilotzones.i18n.language import Language


def problem_message(language: Language, problem: Problem) -> str:
    """Describe a value that was ignored or replaced.

    Parameters
    ----------
    language
        The reader's language.
    problem
        The value, the reason, and what is used instead.

    Returns
    -------
    str
        One sentence.
    """
    t = language
    template = {
        "not a date": t._("“%(parameter)s=%(value)s” is not a date (%(used)s) and was ignored."),
        "before the first document": t._(
            "“%(parameter)s=%(value)s” is before the first document; showing %(used)s."
        ),
        "in the future": t._("“%(parameter)s=%(value)s” is in the future; showing %(used)s."),
        "after the other day": t._(
            "“%(parameter)s=%(value)s” is after %(used)s; the two days were exchanged."
        ),
        "unknown province": t._(
            "“%(parameter)s=%(value)s” is not the code of a provincial division and was ignored."
        ),
        "unknown border region": t._(
            "“%(parameter)s=%(value)s” is not the code of a border region and was ignored."
        ),
        "unknown batch": t._("“%(parameter)s=%(value)s” is not a batch and was ignored."),
        "unknown status": t._("“%(parameter)s=%(value)s” is not a status and was ignored."),
        "unknown shading": t._("“%(parameter)s=%(value)s” is not a way to shade and was ignored."),
        "not a distance": t._("“%(parameter)s=%(value)s” is not a distance (%(used)s km)."),
        "not between two days": t._(
            "“%(parameter)s=%(value)s” was ignored: two days are compared, and a zone has a "
            "status on each."
        ),
        "unknown zone": t._("“%(parameter)s=%(value)s” is not a zone and was ignored."),
        "unknown language": t._("“%(parameter)s=%(value)s” is not a language of this site."),
        "too long": t._(
            "“%(parameter)s=%(value)s” is too long; only the first %(used)s characters count."
        ),
        "too many values": t._(
            "The address has too many values; only the first %(used)s were read."
        ),
        "given twice": t._("“%(parameter)s=%(value)s” was ignored; %(used)s counts instead."),
        "unknown parameter": t._("“%(parameter)s” is not a parameter of this site."),
    }[problem.reason]
    return template % {
        "parameter": problem.parameter,
        "value": problem.value,
        "used": problem.hint,
    }
