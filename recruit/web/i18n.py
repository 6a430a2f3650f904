"""Language, dates and numbers for whoever is being answered."""

import gettext
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_timezone
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from competences.text import _, _n, catalogue

FOLDER = Path(__file__).parents[1] / "locale"
SOURCE = "en"
#: Every language that has a catalogue, and English, which the texts are written in.
LANGUAGES = (SOURCE, *sorted(path.name for path in FOLDER.glob("*") if (path / "LC_MESSAGES").is_dir()))

locale: ContextVar[Locale] = ContextVar("locale", default=Locale("en", "GB"))  # noqa: B039  never changed


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", FOLDER, [language], fallback=True)


@cache
def _locale(language: str) -> Locale:
    return Locale("en", "GB") if language == SOURCE else Locale.parse(language)


def speak(chosen: str, accepted: str = "") -> None:
    """Answer from now on in `chosen`, else in the best language of an Accept-Language header."""
    language = chosen if chosen in LANGUAGES else _negotiated(accepted)
    catalogue.set(_catalogue(language))
    locale.set(_locale(language))


@cache
def _negotiated(accepted: str) -> str:
    wanted = [part.split(";")[0].strip().replace("-", "_") for part in accepted.split(",")]
    return negotiate_locale(wanted, LANGUAGES) or SOURCE


def language_names() -> list[tuple[str, str]]:
    """Return (code, own name) of each language."""
    return [(code, (Locale.parse(code).get_display_name() or code).capitalize()) for code in LANGUAGES]


def local(moment: datetime) -> datetime:
    """Return `moment` in the organisation's time zone: RECRUIT_TIMEZONE, else the machine's."""
    return moment.astimezone(_zone())


def today() -> date:
    """Return which day it is in the organisation."""
    return local(datetime.now(UTC)).date()


@cache
def _zone() -> ZoneInfo | None:
    import os  # noqa: PLC0415  read once

    name = os.environ.get("RECRUIT_TIMEZONE", "")
    return ZoneInfo(name) if name else None


def zone_name() -> str:
    """Return the name of the organisation's time zone, such as Europe/Berlin."""
    return str(getattr(_zone() or get_timezone(), "key", "UTC"))


def midnight(day: date) -> datetime:
    """Return when `day` begins in the organisation's time zone."""
    zone = _zone() or datetime.now().astimezone().tzinfo
    return datetime.combine(day, time(), zone)


def long_date(day: date) -> str:
    """Return "23 November 2026"."""
    return format_date(_day(day), "long", locale=locale.get())


def short_date(day: date) -> str:
    """Return "23 Nov"; with the year when it is not this one."""
    day = _day(day)
    skeleton = "MMMd" if day.year == datetime.now().year else "yMMMd"
    return _formatted(skeleton, day, locale.get())


def month(day: date) -> str:
    """Return "Nov 2026"."""
    return _formatted("yMMM", day.replace(day=1), locale.get())


@lru_cache(maxsize=4096)  # a matrix of training shows hundreds, again and again
def _formatted(skeleton: str, day: date, language: Locale) -> str:
    return str(format_skeleton(skeleton, day, locale=language))


def weekday_date(day: date) -> str:
    """Return "Monday 23 November 2026"."""
    return format_date(_day(day), "full", locale=locale.get())


def clock(moment: datetime | time) -> str:
    """Return "10:42"."""
    value = local(moment) if isinstance(moment, datetime) else moment
    return format_time(value, "short", locale=locale.get(), tzinfo=get_timezone(value.tzinfo))


def number(value: float | Decimal, places: int = 1) -> str:
    """Return `value` with a fixed count of decimals, as the reader writes them."""
    return _number(value, places, locale.get())


@lru_cache(maxsize=4096)  # a comparison shows hundreds, of which few differ
def _number(value: float | Decimal, places: int, language: Locale) -> str:
    return format_decimal(value, format="#,##0." + "0" * places if places else "#,##0", locale=language)


def listed(names: Iterable[str]) -> Markup:
    """Return names as a list in a sentence: "Daniel, Ruth and Mara"."""
    parts = [f"<bdi>{escape(name)}</bdi>" for name in names]
    return Markup(format_list(parts, locale=locale.get()))  # noqa: S704  each name is escaped


def in_days(day: date, today: date) -> str:
    """Return "today", "tomorrow", "in 4 days", "3 days ago"."""
    count = (_day(day) - today).days
    if count == 0:
        return _("today")
    if count == 1:
        return _("tomorrow")
    if count > 1:
        return _n("in %(count)s day", "in %(count)s days", count)
    return _n("%(count)s day ago", "%(count)s days ago", -count)


def ago(day: date, today: date) -> str:
    """Return how long ago a day was: "today", "12 days ago", "3 months ago", "2 years ago"."""
    past = today - _day(day)
    if past.days < 31:
        return in_days(day, today)
    return str(
        format_timedelta(-past, add_direction=True, granularity="month", threshold=2, locale=locale.get())
    )


def _day(day: date) -> date:
    return local(day).date() if isinstance(day, datetime) else day
