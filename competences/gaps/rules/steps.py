"""Steps that would close a gap, each with its reason. They are offered; the two who talk decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from competences.gaps.rules.standing import Gap, Stands
from competences.text import _

#: Frameworks that come with the package have these domains; others go by the type of the competence.
_LETTERED = ("exit-worker", "leader")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step of one of plans.rules.STEPS, as it would be written into the plan, and why it may help."""

    step: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Course:
    """A course that is offered, and the competences that it builds, by code of their framework."""

    code: str
    title: str
    framework: str
    builds: tuple[str, ...]


def suggestions(gap: Gap, courses: Sequence[Course]) -> list[Suggestion]:
    """Return what would help with a gap, the most fitting first; nothing where there is nothing to close.

    Args:
        courses: What is offered, as training.queries.courses.catalogue returns it.
    """
    if gap.stands is Stands.MET:
        return []
    if gap.stands in (Stands.UNKNOWN, Stands.DUE):
        return [_look(gap)]
    found = [*_ways(gap), *_courses(gap, courses)]
    if (gap.asked.gate or gap.short > 1) and "supervision" not in {row.step for row in found}:
        found.append(_supervision(gap))
    return found


def induction_step(gap: Gap, courses: Sequence[Course]) -> Suggestion:
    """Return the step that a new colleague begins with: a course where one builds the competence."""
    offered = suggestions(gap, courses)
    return next((row for row in offered if row.step == "course"), offered[0])


def _look(gap: Gap) -> Suggestion:
    what = _("Look at “%(name)s” together in the next talk.", name=gap.asked.name)
    if gap.stands is Stands.DUE:
        reason = _("The level was given more than two years ago. It counts, and deserves a fresh look.")
    else:
        reason = _("There is no level yet, so nobody can say whether there is a gap.")
    return Suggestion("other", what, reason)


def _courses(gap: Gap, courses: Sequence[Course]) -> Iterator[Suggestion]:
    for course in courses:
        if course.framework == gap.asked.framework_key and gap.asked.code in course.builds:
            yield Suggestion(
                "course",
                _("Take the course “%(title)s”.", title=course.title),
                _("It builds this competence. A level rises when somebody has seen it at work afterwards."),
            )


def _ways(gap: Gap) -> Iterator[Suggestion]:
    """What helps goes by what kind of thing is to be learnt."""
    lettered = gap.asked.framework_key in _LETTERED
    way = _BY_DOMAIN.get(gap.asked.domain_code) if lettered else _BY_TYPE.get(gap.asked.kind)
    for step in way or ("coaching",):
        yield _STEPS[step](gap)


def _shadowing(gap: Gap) -> Suggestion:
    return Suggestion(
        "shadowing",
        _("Work beside somebody who is strong in “%(name)s”, and talk it through.", name=gap.asked.name),
        _("This is learnt by doing it next to somebody who can."),
    )


def _coaching(gap: Gap) -> Suggestion:
    return Suggestion(
        "coaching",
        _("Practise “%(name)s” with a colleague as coach, on real situations.", name=gap.asked.name),
        _("This grows with practice and feedback over weeks, not in a classroom."),
    )


def _reading(gap: Gap) -> Suggestion:
    return Suggestion(
        "reading",
        _("Read up on “%(name)s”, and tell the team what changes in practice.", name=gap.asked.name),
        _("Knowledge can begin with reading. Telling others shows what has been understood."),
    )


def _supervision(gap: Gap) -> Suggestion:
    if gap.asked.gate:
        reason = _("The role asks for this from the first day, so it should not wait for a course.")
    elif gap.short > 1:
        reason = _("More than one level is missing: somebody should accompany the way there.")
    else:
        reason = _("Attitudes change by thinking about one's own work with somebody from outside.")
    return Suggestion(
        "supervision", _("Bring “%(name)s” to supervision, with an example.", name=gap.asked.name), reason
    )


_STEPS = {"shadowing": _shadowing, "coaching": _coaching, "reading": _reading, "supervision": _supervision}
_BY_DOMAIN = {
    "A": ("coaching",),
    "B": ("supervision",),
    "C": ("reading",),
    "D": ("shadowing",),
    "E": ("shadowing", "coaching"),
}
_BY_TYPE = {"gate": ("supervision",), "essential": ("shadowing",), "trainable": ("coaching",)}
