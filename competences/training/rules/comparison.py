"""What a version of a course says otherwise than the one before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from competences.frameworks.rules.comparison import Change, difference
from competences.text import _
from competences.training.rules.courses import way_name


@dataclass(frozen=True, slots=True)
class CourseWords:
    """A version of a course as words. `levels` are (code, name, level, criteria); `firsts` codes of courses."""

    title: str
    aims: str
    outline: tuple[str, ...]
    hours: Decimal
    refresh_months: int | None
    moderated: bool
    assessed_by: tuple[str, ...]
    capacity: int
    levels: tuple[tuple[str, str, int, str], ...]
    firsts: tuple[str, ...]


def changes(old: CourseWords, new: CourseWords) -> list[Change]:
    """Return what differs, in the order of the page."""
    found = [*_texts(old, new), *_outline(old.outline, new.outline), *_levels(old, new)]
    return [Change(label, difference(was, now)) for label, was, now in found if was.split() != now.split()]


def _texts(old: CourseWords, new: CourseWords) -> Iterator[tuple[str, str, str]]:
    yield _("Title"), old.title, new.title
    yield _("Aims"), old.aims, new.aims
    yield _("Hours"), f"{old.hours.normalize():f}", f"{new.hours.normalize():f}"
    yield _("Months until it is refreshed"), _months(old), _months(new)
    yield _("Assessed by"), _ways(old), _ways(new)
    yield _("A second trainer looks at each outcome"), _yes(old.moderated), _yes(new.moderated)
    yield _("Places"), str(old.capacity), str(new.capacity)
    yield _("Comes after"), ", ".join(old.firsts), ", ".join(new.firsts)


def _months(words: CourseWords) -> str:
    return _("no end") if words.refresh_months is None else str(words.refresh_months)


def _ways(words: CourseWords) -> str:
    return ", ".join(way_name(way) for way in words.assessed_by)


def _yes(flag: bool) -> str:
    return _("yes") if flag else _("no")


def _outline(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Pair the lines: equal ones first, what lies between them in order."""
    for _tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for before, after in zip_longest(old[a:b], new[c:d], fillvalue=""):
            yield _("Line of the outline"), before, after


def _levels(old: CourseWords, new: CourseWords) -> Iterator[tuple[str, str, str]]:
    """The same code is the same competence in each version of its framework."""
    was, now = ({row[0]: row for row in words.levels} for words in (old, new))
    for code in [*now, *(code for code in was if code not in now)]:
        _code, name, *_rest = now.get(code) or was[code]
        before, after = (rows[code][2:] if code in rows else ("", "") for rows in (was, now))
        yield _("Level in %(name)s", name=name), str(before[0]), str(after[0])
        yield _("What shows it in %(name)s", name=name), str(before[1]), str(after[1])
