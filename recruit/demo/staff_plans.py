"""Roles, earlier levels and development plans of the demo people."""

from datetime import UTC, date, datetime, timedelta

from competences.actor import Actor
from competences.assessments.commands import record_agreed_levels, supersede_level
from competences.assessments.queries import history_of
from competences.assessments.rules import AgreedRating
from competences.frameworks.tables import Competence
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.plans.commands import add_action, end_action
from competences.plans.rules import ActionDraft, Ending
from competences.role_profiles.commands import assign_role
from competences.role_profiles.tables import RoleProfile

TEAM = Reach.TEAM
ROLES = {
    "Head of programme": "Exit-programme leader",
    "Exit worker": "Exit worker",
    "Mentor": "Mentor",
    "Coordinator": "Coordinator",
    "Family counsellor": "Exit worker",
    "Street worker": "Exit worker",
}
#: Levels of three years ago, by person: some were given anew since, others are due for a fresh look.
EARLIER = {
    "daniel": {"A1": 4, "C1": 3, "E2": 3, "E3": 2, "E6": 3},
    "selin": {"B4": 3, "C3": 2, "D1": 3, "E3": 3},
}


async def add(actors: dict[str, Actor]) -> None:
    """Set roles and plans as Mara, who leads everybody, and as the people themselves."""
    mara = actors["mara"]
    profiles = {
        row["title"]: row
        for row in await RoleProfile.select(RoleProfile.id, RoleProfile.title, RoleProfile.version)
    }
    for person in await Person.objects().where(Person.external == ""):
        if title := ROLES.get(person.post):
            first = person.started_on or date.today()
            await assign_role(mara, TEAM, person.id, profiles[title]["id"], first)
    version = profiles["Exit worker"]["version"]
    rows = await Competence.select(Competence.id, Competence.code).where(Competence.version == version)
    ids = {row["code"]: row["id"] for row in rows}
    await _earlier(actors, version, ids)
    await _plans(actors, ids)


async def _earlier(actors: dict[str, Actor], version: int, ids: dict[str, int]) -> None:
    """Keep what panels agreed long ago, and one level that was written down for the wrong person."""
    mara, now = actors["mara"], datetime.now(UTC)
    for key, levels in EARLIER.items():
        said = [AgreedRating(ids[code], level, "At the appointment.") for code, level in levels.items()]
        person = actors[key].person_id or 0
        await record_agreed_levels(mara, person, version, said, now - timedelta(days=3 * 365 + 20))
    paul = actors["paul"].person_id or 0
    wrong = [AgreedRating(ids["E3"], 5, "")]
    await record_agreed_levels(mara, paul, version, wrong, now - timedelta(days=30))
    newest = next(row for row in await history_of(mara, TEAM, paul) if row.code == "E3")
    reason = "Written down for the wrong person."
    await supersede_level(mara, TEAM, paul, newest.rating_id, reason, now - timedelta(days=29))


async def _plans(actors: dict[str, Actor], ids: dict[str, int]) -> None:
    """Give Yusuf, who is new, and Daniel a plan with steps at each stage."""
    now, today = datetime.now(UTC), date.today()
    mara, yusuf, daniel = actors["mara"], actors["yusuf"], actors["daniel"]
    for who, code, step, what, owner, days in (
        (yusuf, "C3", "course", "Take the course “Law, data protection and confidentiality”.", mara, 10),
        (
            yusuf,
            "E3",
            "shadowing",
            "Sit in on two difficult talks with Selin, and talk them through.",
            yusuf,
            -4,
        ),
        (yusuf, "B6", "reading", "Read the house rules on what is shared with whom.", yusuf, -20),
        (daniel, "B5", "supervision", "Bring one stuck situation to supervision each month.", daniel, 30),
    ):
        draft = ActionDraft(ids[code], step, "gap", what, owner.person_id, today + timedelta(days=days))
        person = who.person_id or 0
        made = await add_action(mara, TEAM, person, draft, now - timedelta(days=45))
        if code == "B6":
            result = "Explains it to clients in the first talk, in plain words; Selin has heard him do it."
            await end_action(yusuf, TEAM, made.subject_id, Ending(result, False, 1), now - timedelta(days=12))
