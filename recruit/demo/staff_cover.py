"""Leader levels, what a unit needs, and delegations of the demo people."""

from datetime import UTC, date, datetime, timedelta

from competences.actor import Actor
from competences.assessments.commands import record_agreed_levels
from competences.assessments.rules import AgreedRating
from competences.coverage.commands import delegate, end_delegation, set_needs, stamp_of
from competences.coverage.rules.cover import Need
from competences.coverage.rules.leadership import DelegationDraft
from competences.frameworks.tables import Competence, FrameworkVersion
from competences.people.reach import Reach
from competences.people.tables import Unit

TEAM = Reach.TEAM
LEADERS = {
    "mara": {"L1": 4, "L2": 4, "L3": 3, "L6": 2},
    "selin": {"L2": 4, "L5": 4, "L6": 3},
    "paul": {"L3": 4, "L1": 3, "L5": 3},
    "daniel": {"L3": 4, "L6": 4, "L2": 3},
    "jana": {"L4": 3, "L1": 4, "L5": 2},
}
NEEDS = {"C3": (3, 3), "E3": (3, 4), "E4": (3, 2)}


async def add(actors: dict[str, Actor]) -> None:
    """Record leadership and needs as Mara does, who leads everybody."""
    mara, today = actors["mara"], date.today()
    await _leaders(actors)
    unit = await Unit.objects().get(Unit.name == "Youth")
    worker = await FrameworkVersion.objects().get(
        (FrameworkVersion.framework.key == "exit-worker") & (FrameworkVersion.number == 1)
    )
    assert unit is not None
    assert worker is not None
    needs = {(worker.framework, code): Need(*need, given=True) for code, need in NEEDS.items()}
    await set_needs(mara, TEAM, unit.id, needs, stamp_of({}), today)
    await _delegations(actors, today)


async def _leaders(actors: dict[str, Actor]) -> None:
    version = (
        await FrameworkVersion.objects()
        .where(FrameworkVersion.framework.key == "leader", FrameworkVersion.state == "published")
        .order_by(FrameworkVersion.number, ascending=False)
        .first()
    )
    assert version is not None, "the starter frameworks are loaded first"
    rows = await Competence.select(Competence.id, Competence.code).where(Competence.version == version.id)
    ids = {row["code"]: row["id"] for row in rows}
    for place, (key, levels) in enumerate(LEADERS.items()):
        said = [AgreedRating(ids[code], level, "") for code, level in levels.items()]
        at = datetime.now(UTC) - timedelta(days=60 + 9 * place)
        await record_agreed_levels(actors["mara"], actors[key].person_id or 0, version.id, said, at)


async def _delegations(actors: dict[str, Actor], today: date) -> None:
    """One whose review is near, one that lasts, and one that ended."""
    mara, day = actors["mara"], timedelta(days=1)
    for key, code, since, review, note in (
        ("selin", "L5", 170, 12, "Who may read what in the client records, and what we tell the police."),
        ("daniel", "L6", 40, 140, "First call after a threat, and the talk with the team the day after."),
        ("paul", "L3", 400, 30, "What we say to newspapers, and who says it."),
    ):
        draft = DelegationDraft(
            actors[key].person_id, None, code, today - since * day, today + review * day, note
        )
        made = await delegate(mara, TEAM, draft, today)
        if key == "paul":
            await end_delegation(mara, TEAM, made.subject_id, today - 20 * day)
