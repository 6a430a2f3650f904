"""What a post about a round or a talk means."""

from collections.abc import Collection, Sequence
from datetime import date

from competences.assessments.rules.rounds import RoundDraft
from competences.people.queries import Member
from competences.plans.rules import STEPS, ActionDraft
from competences.text import _
from recruit.web.forms import Post

EVERYBODY, NAMED = "everybody", "named"


def round_(post: Post, led: Sequence[Member]) -> RoundDraft:
    """Read a round: everybody whom the actor leads, those of a unit, or those who were ticked."""
    units = {f"unit-{row.unit_id}" for row in led if row.unit_id is not None}
    who = post.one_of("who", {EVERYBODY, NAMED, *units}, required=_("Choose who takes part."))
    ticked = tuple(int(key) for key in post.some_of("person", [str(row.id) for row in led]))
    opens_on = post.day("opens_on", required=_("Enter the first day."))
    closes_on = post.day("closes_on", required=_("Enter the last day."))
    draft = RoundDraft(
        title=post.text("title", required=_("Give the round a title."), limit=120),
        unit_id=int(who.removeprefix("unit-")) if who.startswith("unit-") else None,
        person_ids=tuple(row.id for row in led) if who == EVERYBODY else ticked,
        opens_on=opens_on or date.min,
        closes_on=closes_on or date.max,
        peers=post.ticked("peers"),
    )
    post.check()
    return draft


def last_day(post: Post) -> date:
    """Read the last day of a round."""
    day = post.day("closes_on", required=_("Enter the last day."))
    post.check()
    assert day is not None
    return day


def peers(post: Post, choices: Collection[int]) -> list[int]:
    """Read which colleagues are asked."""
    return [int(key) for key in post.some_of("peer", [str(key) for key in choices])]


def meeting(post: Post) -> tuple[date, date | None]:
    """Read the day of a talk, and the day that the form showed."""
    held_on, was = post.day("held_on", required=_("Enter the day of the talk.")), post.day("was")
    post.check()
    assert held_on is not None
    return held_on, was


def dissent(post: Post) -> str:
    """Read how somebody sees it differently; empty takes it away."""
    text = post.text("dissent", limit=4000)
    post.check()
    return text


def action(post: Post, participant_id: int) -> ActionDraft:
    """Read an action that was agreed in the talk of a participant."""
    draft = ActionDraft(
        competence_id=post.row("competence"),
        step=post.one_of("step", STEPS, required=_("Choose what kind of step it is.")),
        source="talk",
        what=post.text("what", required=_("Say what is to be done."), limit=500),
        owner_id=post.row("owner"),
        due_on=post.day("due_on"),
        participant_id=participant_id,
    )
    post.check()
    return draft
