"""Texts for readers, in their language: the one way from a message to a sentence."""

from contextvars import ContextVar
from gettext import NullTranslations

#: The catalogue of whoever is being answered; the web layer sets it for each request.
catalogue: ContextVar[NullTranslations] = ContextVar("catalogue", default=NullTranslations())  # noqa: B039


def _(message: str, /, **values: object) -> str:
    """Return `message` in the reader's language, its %(name)s places filled from `values`."""
    text = catalogue.get().gettext(message)
    return text % values if values else text


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the plural form that `count` asks for; %(count)s is filled too."""
    return catalogue.get().ngettext(one, many, count) % {"count": count, **values}
