"""Two rounds of the demo team: one that ended in confirmed talks, and one under way with everybody elsewhere."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from competences.actor import Actor
from competences.assessments.commands import answers, rounds, talks
from competences.assessments.queries import own
from competences.assessments.queries import rounds as queries
from competences.assessments.queries.places import side
from competences.assessments.queries.talks import talk_of
from competences.assessments.rules import Mark
from competences.assessments.rules.rounds import RoundDraft
from competences.people.reach import Reach
from competences.plans.commands import add_action
from competences.plans.rules import ActionDraft

TEAM = Reach.TEAM
#: Level, and an example where there is one. What is not named is a 3 without one.
Said = dict[str, tuple[int | None, str]]

SELIN: Said = {
    "B4": (3, "I answered a client’s message late at night once, and said so in supervision the same week."),
    "D1": (4, "I close each case with a written hand-over that the next colleague can use."),
    "E1": (4, "A client who had broken off came back after I had named what went wrong between us."),
    "E3": (4, "In the March talk I ended the conversation at the agreed limit and offered another day."),
}
SELIN_BY_MARA: Said = {
    "B4": (4, "Names her limits before they are tested, and brought the late message up by herself."),
    "D1": (4, "Her hand-overs are the ones that others take as a model."),
    "E1": (5, "Showed two colleagues how she mends a strain in the contact; both use it since."),
    "E3": (4, "Calm and clear in the March talk."),
}
PAUL: Said = {
    "A2": (4, "I came back to work after the attack on our office and asked for help when I needed it."),
    "B4": (2, "I still find it hard not to give my private number."),
    "C3": (4, "I explain what I must pass on before a client begins to tell."),
    "D2": (3, ""),
    "E3": (2, "I let a talk run on although I felt that it was turning."),
}
PAUL_BY_MARA: Said = {
    "A2": (4, "Steady, and open about what is hard."),
    "B4": (3, "Gave the private number once, a year ago; since then he keeps to the office phone."),
    "C3": (4, "Explains duties in plain words, heard it twice."),
    "D2": (None, ""),
    "E3": (2, "Needs a plan for ending a talk that turns."),
}
YUSUF: Said = {
    "B1": (4, "I ask people how they want to be addressed, and keep to it."),
    "C3": (1, "I do not know yet what I may tell the police."),
    "E3": (2, "I have only watched two such talks."),
}
COLLEAGUES = {"selin": {"B4": 3, "E3": 3}, "ruth": {"B4": 3, "E3": 2}, "yusuf": {"A2": 4, "B4": 4, "E3": 3}}


@dataclass(frozen=True, slots=True)
class Occasion:
    """A round with the day and moment on which somebody acts in it, and who is in it by person."""

    day: date
    now: datetime
    participants: dict[int, int]

    def of(self, who: Actor) -> int:
        """Return which participant somebody is."""
        return self.participants[who.person_id or 0]


async def add(actors: dict[str, Actor]) -> None:
    """Hold both rounds as Mara, who leads everybody, and as the people themselves."""
    await _closed(actors)
    await _under_way(actors)


async def _closed(actors: dict[str, Actor]) -> None:
    """Closed; Selin's talk gave her levels."""
    mara, selin = actors["mara"], actors["selin"]
    here = await _open(mara, "Round of the youth team", [selin], days_ago=75, peers=False)
    await _answer(here, selin, selin, SELIN, support="B4")
    await _answer(here, mara, selin, SELIN_BY_MARA)
    place, now = here.of(selin), here.now + timedelta(days=20)
    await talks.accept_shared_levels(mara, TEAM, place, now)
    items = await _items(mara, here, selin)
    for code, level, words in (
        ("B4", 4, "The late message was an exception that she raised herself; her limits hold."),
        ("E1", 4, "Mends strains herself; teaching it to the whole team comes next."),
    ):
        await talks.agree_level(mara, TEAM, place, Mark(items[code], level, False, words, 0), now)
    day = here.day + timedelta(days=19)
    await talks.note_meeting(mara, TEAM, place, day, None, day, now)
    await talks.dissent(
        selin,
        TEAM,
        place,
        "I would keep professional distance at 3 until the new phone rule has run for half a year.",
        "",
        now,
    )
    what = "Show the team how to mend a strain in the contact, in two team meetings."
    step = ActionDraft(
        items["E1"], "coaching", "talk", what, selin.person_id, date.today() + timedelta(days=25),
        participant_id=place,
    )  # fmt: skip
    await add_action(mara, TEAM, selin.person_id or 0, step, now)
    for who in (selin, mara):
        version = (await talk_of(await side(who, TEAM, place))).version
        await talks.confirm_talk(who, TEAM, place, version, now + timedelta(hours=1))


async def _under_way(actors: dict[str, Actor]) -> None:
    """Open: Paul's talk can be held, Yusuf has shared, Daniel has begun, Ruth has not."""
    mara, paul, yusuf, daniel = (actors[key] for key in ("mara", "paul", "yusuf", "daniel"))
    here = await _open(
        mara, "Round of both teams", [paul, yusuf, daniel, actors["ruth"]], days_ago=6, peers=True
    )
    asked = [actors[key].person_id or 0 for key in COLLEAGUES]
    await rounds.name_peers(mara, TEAM, here.of(paul), asked, here.day)
    for key, levels in COLLEAGUES.items():
        await _answer(here, actors[key], paul, {code: (level, "") for code, level in levels.items()})
    await _answer(here, paul, paul, PAUL, support="E3")
    await _answer(here, mara, paul, PAUL_BY_MARA)
    await _answer(here, yusuf, yusuf, YUSUF, support="C3")
    await _answer(here, daniel, daniel, {"B1": (4, "I greet everybody by name."), "D1": (4, "")}, whole=False)


async def _open(mara: Actor, title: str, people: list[Actor], *, days_ago: int, peers: bool) -> Occasion:
    day = date.today() - timedelta(days=days_ago)
    now = datetime.now(UTC) - timedelta(days=days_ago)
    ids = tuple(row.person_id or 0 for row in people)
    draft = RoundDraft(title, None, ids, day, day + timedelta(days=17), peers)
    opened = await rounds.open_round(mara, TEAM, draft, day, now)
    rows = await queries.participants(mara, TEAM, opened.subject_id)
    return Occasion(day, now, {row.person_id: row.id for row in rows})


async def _answer(
    here: Occasion, who: Actor, about: Actor, said: Said, *, support: str = "", whole: bool = True
) -> None:
    """Answer what is said, and everything else with a 3 when the assessment is `whole`; then it is shared."""
    key = await answers.start_assessment(who, TEAM, here.of(about), here.day, here.now)
    for code, competence in (await _items(who, here, about, key)).items():
        if code in said or whole:
            level, words = said.get(code, (3, ""))
            mark = Mark(competence, level, level is None, words, 0, code == support)
            await answers.save_answer(who, TEAM, key, mark, here.day, here.now)
    if whole:
        await answers.share_assessment(who, TEAM, key, here.day, here.now + timedelta(hours=1))


async def _items(who: Actor, here: Occasion, about: Actor, key: int = 0) -> dict[str, int]:
    """Return the competences that somebody is asked about, by code."""
    key = key or await answers.start_assessment(who, TEAM, here.of(about), here.day, here.now)
    sheet = await own.sheet(await own.own(who, TEAM, key))
    return {item.code: item.competence_id for item in sheet.items}
