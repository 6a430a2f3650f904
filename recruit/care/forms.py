"""What posts about the care for staff mean. But for one sealed reason there is no free text: days and choices."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from competences.care.rules.cases import CaseDraft, Decision, DecisionDraft, Hazard, Precaution
from competences.care.rules.choices import Duty, Gathering, Incident, Load
from competences.care.rules.incidents import IncidentDraft
from competences.care.rules.media import Answer, Asked, DutyDraft, Medium
from competences.care.rules.meetings import MeetingDraft
from competences.care.rules.names import LONGEST_REASON, ExceptionDraft
from competences.care.rules.register import Basis, EntryDraft, Happened
from competences.care.rules.sharing import PAIRS, Partner, Subject
from competences.errors import Invalid
from competences.text import _
from recruit.web.forms import Post

E = TypeVar("E", bound=StrEnum)
MOST_EDITIONS = 10**6


def entry(post: Post) -> EntryDraft:
    """Read what happened to a duty."""
    duty = _choice(post, "duty", Duty, _("Choose what it is about."))
    happened = _choice(post, "happened", Happened, _("Choose what happened."))
    on = _day(post, "on", _("Enter the day."))
    next_on = post.day("next_on")
    basis = post.one_of("basis", list(Basis))
    post.check()
    return EntryDraft(
        duty, happened, on, next_on, outside=post.ticked("outside"), basis=Basis(basis) if basis else None
    )


def load(post: Post) -> Load:
    """Read how somebody's workload is."""
    chosen = _choice(post, "load", Load, _("Choose how it is."))
    post.check()
    return chosen


def people(post: Post, name: str = "people") -> frozenset[int]:
    """Read which people were ticked."""
    typed = [one for one in post.values.get(name, []) if one.isascii() and one.isdigit() and len(one) < 10]
    return frozenset(int(one) for one in typed)


def meeting(post: Post) -> MeetingDraft:
    """Read a meeting and who was there."""
    gathering = _choice(post, "gathering", Gathering, _("Choose what it was."))
    held_on = _day(post, "held_on", _("Enter the day."))
    post.check()
    return MeetingDraft(gathering, post.row("unit"), held_on, people(post))


def edition(post: Post) -> int:
    """Read which edition a form showed."""
    number = post.whole("edition", low=0, high=MOST_EDITIONS, empty=0)
    post.check()
    return number


def incident(post: Post) -> IncidentDraft:
    """Read what kind of thing happened to whom, and when."""
    kind = _choice(post, "kind", Incident, _("Choose what kind of thing happened."))
    at = moment(post, "happened_at")
    return IncidentDraft(kind, at, people(post))


def moment(post: Post, name: str) -> datetime:
    """Read a moment that has to be there."""
    at = post.moment(name)
    if at is None and name not in post.errors:
        post.errors[name] = _("Enter day and time.")
    post.check()
    return at or datetime.min.replace(tzinfo=UTC)


def day(post: Post, name: str) -> date:
    """Read a day that has to be there."""
    found = _day(post, name, _("Enter the day."))
    post.check()
    return found


def name_exception(post: Post) -> ExceptionDraft:
    """Read from when until when, and why: the one text here, which is sealed."""
    from_on = _day(post, "from_on", _("Enter the first day."))
    until_on = _day(post, "until_on", _("Enter the day on which it is looked at again."))
    reason = post.text(
        "reason", required=_("Say in a few sentences why. It is sealed."), limit=LONGEST_REASON
    )
    post.check()
    return ExceptionDraft(from_on, until_on, reason)


def case(post: Post) -> CaseDraft:
    """Read what was considered."""
    discussed_on = _day(post, "discussed_on", _("Enter the day."))
    review_on = _day(post, "review_on", _("Enter the day on which you look at it again."))
    number = post.whole("edition", low=0, high=MOST_EDITIONS, empty=0)
    post.check()
    return CaseDraft(
        reference=post.get("reference"),
        unit_id=post.row("unit"),
        discussed_on=discussed_on,
        review_on=review_on,
        hazards=tuple(Hazard(one) for one in post.some_of("hazards", list(Hazard))),
        measures=tuple(Precaution(one) for one in post.some_of("measures", list(Precaution))),
        person_ids=people(post),
        edition=number,
    )


def decision(post: Post) -> DecisionDraft:
    """Read a decision and who takes it on; for each person "tandem" or "alone"."""
    chosen = _choice(post, "decision", Decision, _("Choose what you decide."))
    review_on = _day(post, "review_on", _("Enter the day on which you look at it again."))
    number = post.whole("edition", low=0, high=MOST_EDITIONS, empty=0)
    post.check()
    takes, alone = people(post, "takes"), people(post, "alone")
    return DecisionDraft(chosen, takes | alone, alone, people(post, "respected"), review_on, number)


def spokesperson(post: Post) -> DutyDraft:
    """Read who speaks to the media on which days."""
    from_on = _day(post, "from_on", _("Enter the first day."))
    until_on = _day(post, "until_on", _("Enter the last day."))
    post.check()
    return DutyDraft(post.row("person") or 0, from_on, until_on)


def appearance(post: Post) -> Asked:
    """Read who is asked to appear where and when."""
    medium = _choice(post, "medium", Medium, _("Choose where."))
    planned_on = _day(post, "planned_on", _("Enter the day."))
    post.check()
    return Asked(post.row("person") or 0, medium, planned_on)


def answer(post: Post) -> Answer:
    """Read what the person decided."""
    chosen = post.one_of("answer", list(Answer))
    if not chosen:
        raise Invalid({"answer": _("Choose one of the options.")})
    return Answer(chosen)


def sharing(post: Post) -> frozenset[tuple[Partner, Subject]]:
    """Read which subjects are ticked for which kind of partner."""
    return frozenset((partner, subject) for partner, subject in PAIRS if post.ticked(f"{partner}-{subject}"))


def _choice(post: Post, name: str, options: type[E], required: str) -> E:
    """Read one of an enumeration; the first stands in until the post is checked."""
    chosen = post.one_of(name, list(options), required=required)
    return options(chosen) if chosen else next(iter(options))


def _day(post: Post, name: str, required: str) -> date:
    """Read a day; the first of all days stands in until the post is checked."""
    return post.day(name, required=required) or date.min
