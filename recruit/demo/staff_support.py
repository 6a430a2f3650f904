"""One support plan, of somebody invented: Daniel asked for it, Ruth keeps it with him. Through the commands of the two."""

from datetime import UTC, date, datetime, timedelta

from competences.actor import Actor
from competences.people.reach import Reach
from competences.support.commands import check_ins, measures, needs, plans
from competences.support.queries.catalogue import offered
from competences.support.rules.bodies import Basis, MeasureKind, Raised, TalkKind
from competences.support.rules.measures import MeasureDraft
from competences.support.rules.needs import NeedDraft
from competences.support.rules.plans import Agreement
from competences.support.rules.proposals import Proposal, basis_text
from competences.support.rules.talks import TalkDraft
from recruit.keys import ring
from recruit.settings import load
from recruit.web.i18n import today

WORDS = (
    "I get on with people whom others find hard to sit with. What tires me is being asked for my own story. Ask me"
    " early when something touches the town I come from, and let me choose."
)


async def add(actors: dict[str, Actor]) -> None:
    """Begin the plan, agree on a need and three measures, and hold two talks."""
    daniel, ruth, keys = actors["daniel"], actors["ruth"], ring(load())
    assert ruth.person_id
    assert daniel.person_id
    asked = Proposal(Raised.SELF, Basis.CONSENT, basis_text(Basis.CONSENT), ruth.person_id, words=WORDS)
    begun = await plans.propose_plan(
        daniel, keys, Reach.OWN, daniel.person_id, asked, _now(), [ruth.person_id]
    )
    plan = begun.subject_id
    signs = Agreement(
        "Goes quiet, skips lunch with the team, takes every late call.",
        "Ask plainly and in private. Then call Ruth.",
        "A week without casework on full pay, then a talk of the three of us.",
        _in(40), _in(9), 1,
    )  # fmt: skip
    await plans.change_plan(daniel, keys, plan, signs, _now())
    need = next(row for row in await offered() if row.code == "F5")
    await needs.take_need(
        ruth, keys, plan, NeedDraft(need.version_id, "We talked about it in September."), _now()
    )
    for kind, title, what, from_on, review_on, in_place in (
        (MeasureKind.OTHER, "A talk after hard meetings", "Twenty minutes with Ruth on the same day. Either can call it.", -60, 9, True),
        (MeasureKind.CASE_MATCHING, "What touches the old town", "Daniel is asked first and can say no without a reason.", -60, 40, True),
        (MeasureKind.SUPERVISION, "Supervision from outside", "Every month, with somebody who is not his manager. A new one has to be found.", -9, 5, False),
    ):  # fmt: skip
        draft = MeasureDraft(
            kind, title, what, ruth.person_id, _in(from_on), None, _in(review_on), "", in_place
        )
        await measures.add_measure(ruth, keys, plan, draft, _now())
    for days, note, agreed in (
        (
            27,
            "A journalist called the office. The spokesperson took it, and Daniel knew within the hour.",
            "",
        ),
        (13, "A good week, two first meetings.", "One late call a week at most."),
    ):
        talk = TalkDraft(TalkKind.CHECK_IN, _in(-days), note, agreed, _in(9))
        await check_ins.record_check_in(ruth, keys, plan, talk, _now())


def _in(days: int) -> date:
    return today() + timedelta(days=days)


def _now() -> datetime:
    return datetime.now(UTC)
