"""The words for what a plan holds, in the reader's language, and how far a measure is."""

from datetime import date
from enum import StrEnum

from competences.support.queries.parts import MeasureView, Parts
from competences.support.queries.plans import Plan
from competences.support.rules.bodies import Basis, Choice, Ended, MeasureKind, Raised, TalkKind
from competences.support.rules.suggestions import Rule
from competences.text import _


class State(StrEnum):
    """How a measure stands on a day."""

    ARRANGE = "arrange"
    LATE = "late"
    IN_PLACE = "in-place"
    DONE = "done"


def state_of(row: MeasureView, today: date) -> tuple[State, date | None]:
    """Return how a measure stands on a day, with the day that this rests on.

    What is not in place yet is late from the day on which it was to begin; otherwise as soon as its review or
    its last day has passed.
    """
    if row.done_on is not None:
        return State.DONE, row.done_on
    if (since := row.overdue(today)) is not None:
        return State.LATE, since
    if row.body.in_place:
        return State.IN_PLACE, row.review_on
    return (State.LATE if row.from_on < today else State.ARRANGE), row.from_on


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()


def measure_name(kind: MeasureKind) -> str:
    """Return a kind of measure."""
    return {
        MeasureKind.SUPERVISION: _("Supervision"),
        MeasureKind.TANDEM: _("Work in twos"),
        MeasureKind.CASE_MATCHING: _("Being asked first about certain cases"),
        MeasureKind.OPT_OUT: _("Saying no to a case without a reason"),
        MeasureKind.MEDIA: _("Guidance before talking to the media"),
        MeasureKind.DISCLOSURE: _("A plan for what is told of the own story"),
        MeasureKind.SECURITY: _("Safety at home, on the way and online"),
        MeasureKind.ADVICE: _("Advice on vetting, law or debt"),
        MeasureKind.CAREER: _("A path beyond this role"),
        MeasureKind.OTHER: _("Something else"),
    }[kind]


def talk_name(kind: TalkKind) -> str:
    """Return what a talk was for."""
    return {
        TalkKind.CHECK_IN: _("Check-in"),
        TalkKind.DEBRIEF: _("After a hard day"),
        TalkKind.EARLY_TALK: _("Early talk"),
        TalkKind.WAY_BACK: _("Way back after a setback"),
    }[kind]


def talk_hint(kind: TalkKind) -> str:
    """Return when a kind of talk fits."""
    return {
        TalkKind.CHECK_IN: _("How it goes, as agreed."),
        TalkKind.DEBRIEF: _("Something was hard; it is looked back on together."),
        TalkKind.EARLY_TALK: _(
            "One of the agreed signs showed, or something else. It is asked about plainly."
        ),
        TalkKind.WAY_BACK: _("After a pause or a setback: the next step back, and by when."),
    }[kind]


def basis_name(basis: Basis) -> str:
    """Return a legal basis."""
    return {
        Basis.CONSENT: _("Consent"),
        Basis.EMPLOYMENT: _("Duties of the employer under employment law"),
    }[basis]


def raised_name(raised: Raised) -> str:
    """Return how it came up."""
    return {
        Raised.SELF: _("The person asked for it themselves."),
        Raised.CONVERSATION: _("It came up in a conversation."),
    }[raised]


def ended_name(ended: Ended) -> str:
    """Return why a plan is closed."""
    return {
        Ended.WITHDRAWN: _("Consent was withdrawn"),
        Ended.AGREED: _("Both agreed that it had done its work"),
        Ended.LEFT: _("The person left"),
    }[ended]


def named(plan: Plan, parts: Parts, *, own: bool) -> list[str]:
    """Return who can open a plan now; the reader themselves is "you" where it is theirs."""
    worker = _("you") if own else plan.person
    leads = [plan.lead] if plan.lead else []
    return [worker, *leads, *(row.person for row in parts.readers if row.open)]


#: How many lines of its log a plan shows at once, as the query has it.
ENTRIES = 50


def event_name(name: str) -> str:
    """Return what somebody did with a plan."""
    return _EVENTS().get(name, name)


def _EVENTS() -> dict[str, str]:
    return {
        "support-plan.proposed": _("proposed this plan"),
        "support-plan.agreed": _("agreed to this plan"),
        "support-plan.declined": _("declined this plan"),
        "support-plan.opened": _("opened this plan"),
        "support-plan.changed": _("changed the days, the signs or the support lead"),
        "support-words.changed": _("changed their own words"),
        "support-cases.declared": _("said which cases are close to home"),
        "support-consent.withdrawn": _("withdrew consent"),
        "support-plan.closed": _("closed this plan"),
        "support-reader.named": _("named somebody to read it"),
        "support-reader.agreed": _("agreed to a reader"),
        "support-reader.ended": _("ended somebody’s reading"),
        "support-emergency.opened": _("used emergency access"),
        "support-need.taken": _("took up a need"),
        "support-need.answered": _("answered a need"),
        "support-need.reviewed": _("looked at a need again"),
        "support-need.ended": _("ended a need"),
        "support-measure.added": _("added support"),
        "support-measure.changed": _("changed something that was agreed"),
        "support-measure.ended": _("ended something that was agreed"),
        "support-team-words.asked": _("asked what the team may be told"),
        "support-team-words.agreed": _("agreed to what the team is told"),
        "support-team-words.declined": _("kept something from the team"),
        "support-talk.recorded": _("recorded a check-in"),
        "support-suggestion.answered": _("answered a suggestion"),
        "support-suggestion.commented": _("said something to a suggestion"),
    }


def kinds() -> list[tuple[str, str]]:
    """Return (key, name) of what may be done."""
    return [(kind.value, measure_name(kind)) for kind in MeasureKind]


def talks() -> list[tuple[str, str, str]]:
    """Return (key, name, when it fits) of talks."""
    return [(kind.value, talk_name(kind), talk_hint(kind)) for kind in TalkKind]


def open_needs(parts: Parts) -> list[tuple[str, str]]:
    """Return (uid, title) of needs that have not ended."""
    return [(need.uid, need.body.title) for need in parts.needs if need.ended_at is None]


def owners(plan: Plan, parts: Parts) -> list[tuple[int, str]]:
    """Return (id, name) of those who may see to something: they can read the plan."""
    lead = [(plan.lead_id, plan.lead)] if plan.lead_id and plan.lead else []
    readers = [(row.person_id, row.person) for row in parts.readers if row.open]
    return list(dict([(plan.person_id, plan.person), *lead, *readers]).items())


def rule_name(rule: str) -> str:
    """Return what a suggestion is about, in a few words."""
    return {
        Rule.FIRST_MONTHS: _("The first two years"),
        Rule.NO_QUALIFICATION: _("No course done yet"),
        Rule.COURSE_MISSING: _("Courses that are missing"),
        Rule.NO_OUTSIDE_SUPERVISION: _("Supervision from outside"),
        Rule.WORKS_ALONE: _("Cases taken alone"),
        Rule.CASE_MIRRORS: _("A case close to home"),
        Rule.OWN_PUBLICITY: _("An appearance in public"),
        Rule.STORY_OFTEN: _("The own story, told often"),
        Rule.INCIDENT: _("Something that happened"),
        Rule.ADDRESS_OPEN: _("The home address"),
        Rule.REVIEW_OVERDUE: _("A review that is overdue"),
    }[Rule(rule)]


def choice_name(choice: Choice | None) -> str:
    """Return what became of a suggestion."""
    return {
        Choice.ACCEPTED: _("taken up"),
        Choice.POSTPONED: _("put off"),
        Choice.DISMISSED: _("set aside"),
        None: _("open"),
    }[choice]
