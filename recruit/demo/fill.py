"""Fills the demo organisation: each step as the person who would do it, through the real commands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from competences.actor import Actor
from competences.assessments.rules import Mark
from competences.people.reach import Reach
from competences.people.tables import Unit
from competences.role_profiles.tables import RoleProfile
from recruit.applications import commands as applications
from recruit.applications.forms import application
from recruit.consensus import commands as consensus
from recruit.consensus.forms import Agreement
from recruit.decisions import commands as decisions
from recruit.decisions import queries as letters
from recruit.decisions.forms import OutcomeDraft, letter, signature
from recruit.demo import (
    people,
    staff_care,
    staff_cover,
    staff_plans,
    staff_rounds,
    staff_support,
    staff_training,
)
from recruit.demo.cast import DOMAIN, Applicant, Story, faker, plain, story
from recruit.demo.pdf import pdf
from recruit.panels import commands as panels
from recruit.panels.forms import Declaration, InterviewTime
from recruit.piccolo_conf import DB
from recruit.practice import commands as practice
from recruit.practice.rules.sheets import Given, Sheet
from recruit.scorecards import commands as scorecards
from recruit.settings import load
from recruit.vacancies import commands as vacancies
from recruit.vacancies import forms, queries
from recruit.vacancies.rules import Wanted
from recruit.web.forms import Post
from recruit.web.i18n import local

OWN = Reach.OWN
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Stage:
    """A vacancy of the demo with the ids that acting on it needs."""

    id: int
    story: Story
    actors: dict[str, Actor]
    competences: dict[str, int]
    criteria: dict[str, int]
    applications: dict[str, int]

    @property
    def manager(self) -> Actor:
        """Mara manages every vacancy of the demo."""
        return self.actors["mara"]


def typed(**fields: object) -> Post:
    """Return what a form with these fields would have sent."""
    return Post({name: [str(value)] for name, value in fields.items()})


async def fill(progress: Say) -> None:
    """Fill the demo organisation, once: nothing happens when its people are there."""
    if await people.there_already():
        return
    async with DB.transaction():  # all of it, so that a second try begins anew
        progress("people")
        actors = await people.add()
        await _mentor(actors, progress)
        await _adults(actors, progress)
        await _youth(actors, progress)
        await staff_plans.add(actors)
        await staff_rounds.add(actors)
        await staff_cover.add(actors)
        progress("training")
        await staff_training.add(actors)
        progress("care")
        await staff_care.add(actors)
        await staff_support.add(actors)


async def _youth(actors: dict[str, Actor], progress: Say) -> None:
    """In scoring: some submitted, one in progress, one not begun."""
    stage = await _stage("youth", actors, progress, closes=-6)
    await _panel(stage, ("mara", "selin", "paul"), _youth_times())
    await _practise(stage)
    for applicant in stage.story.applicants:
        for member in applicant.scores:
            await _score(stage, applicant, member)


async def _adults(actors: dict[str, Actor], progress: Say) -> None:
    """Revealed; the panel has agreed on two differences."""
    stage = await _stage("adults", actors, progress, closes=-20)
    await _panel(stage, ("mara", "selin", "paul"), _past(7, days=5))
    await _score_all(stage)
    await scorecards.reveal_scores(stage.manager, OWN, stage.id)
    await _agree(stage)


async def _mentor(actors: dict[str, Actor], progress: Say) -> None:
    """Decided and signed, with letters."""
    stage = await _stage("mentor", actors, progress, closes=-45)
    await _panel(stage, ("mara", "ruth", "ingrid"), _past(3, days=25))
    await _score_all(stage)
    await scorecards.reveal_scores(stage.manager, OWN, stage.id)
    await _agree(stage)
    await consensus.accept_unanimous(stage.manager, OWN, stage.id)
    await _decide(stage)


async def _stage(name: str, actors: dict[str, Actor], progress: Say, *, closes: int) -> Stage:
    """Make a vacancy with its criteria and applicants."""
    told = story(name)
    progress(told.title)
    manager = actors["mara"]
    profile = await RoleProfile.objects().get(RoleProfile.title == told.profile)
    unit = await Unit.objects().get(Unit.name == told.unit)
    assert profile is not None, "the starter profiles are loaded first"
    assert unit is not None
    closes_on = date.today() + timedelta(days=closes)
    draft = forms.vacancy(
        typed(title=told.title, unit=unit.id, posts=told.posts, closes_on=closes_on, text=told.text)
    )
    vacancy = (await vacancies.create_vacancy(manager, OWN, profile.id, draft)).subject_id
    choices = {row.code: row.competence_id for row in await queries.competences(profile.version)}
    seen = (await queries.managed(manager, OWN, vacancy)).version_number
    await vacancies.set_criteria(manager, OWN, vacancy, seen, [
        Wanted(choices[row["code"]], Decimal(1), "", row["level"], row["gate"], row["learnable"], row["by"])
        for row in told.criteria
    ])  # fmt: skip
    await vacancies.open_vacancy(manager, OWN, vacancy)
    ids = {row.name: await _apply(manager, vacancy, row, closes_on) for row in told.applicants}
    criteria = {row.code: row.id for row in await queries.criteria(vacancy)}
    return Stage(vacancy, told, actors, choices, criteria, ids)


async def _apply(manager: Actor, vacancy: int, applicant: Applicant, closes_on: date) -> int:
    invented = faker()
    invented.seed_instance(applicant.name)
    sent = typed(
        name=applicant.name,
        email=f"{plain(applicant.name)}@applicants.{DOMAIN}",
        phone=f"0555 01{invented.random_number(digits=4, fix_len=True)}",
        received_on=closes_on - timedelta(days=invented.random_int(1, 16)),
        source=applicant.source,
        notes=applicant.notes,
        adjustments=applicant.adjustments,
    )
    draft = application(sent)
    added = await applications.add_application(manager, OWN, vacancy, draft)
    if applicant.cv:
        paper = pdf([applicant.name, "", *applicant.cv, "", "Invented for the demo."])
        name = f"CV {applicant.name}.pdf"
        await applications.add_document(manager, OWN, load(), added.subject_id, name, paper)
    return added.subject_id


async def _panel(stage: Stage, members: tuple[str, ...], times: list[datetime]) -> None:
    """Ask the members, the first as chair; all declare; set the interviews; open scoring."""
    for place, key in enumerate(members):
        added = await panels.add_member(stage.manager, OWN, stage.id, stage.actors[key].person_id)
        if not place:
            await panels.name_chair(stage.manager, OWN, stage.id, added.subject_id)
        await panels.declare(stage.actors[key], OWN, stage.id, Declaration("none", ""))
    for applied, starts in zip(stage.applications.values(), times, strict=True):
        time = InterviewTime(starts, starts + timedelta(minutes=90), "Room 2")
        await panels.set_interview(stage.manager, OWN, stage.id, applied, time)
    await panels.open_scoring(stage.manager, OWN, stage.id)


async def _practise(stage: Stage) -> None:
    """Submit what members gave for written cases before the first interview."""
    for case, scores in stage.story.practice.items():
        for member, given in scores.items():
            sheet = Sheet(
                0, {code: Given(level, level is None, note) for code, (level, note) in given.items()}
            )
            await practice.save_sheet(stage.actors[member], OWN, stage.id, case, sheet)
            await practice.submit_sheet(stage.actors[member], OWN, stage.id, case)


async def _score_all(stage: Stage) -> None:
    for applicant in stage.story.applicants:
        for member in applicant.scores:
            await _score(stage, applicant, member)


async def _score(stage: Stage, applicant: Applicant, member: str) -> None:
    """Save what a member wrote, and hand it in when nothing is missing."""
    actor, given = stage.actors[member], applicant.scores[member]
    card = await scorecards.start_scorecard(actor, OWN, stage.id, stage.applications[applicant.name])
    for code, (level, evidence) in given.items():
        mark = Mark(stage.competences[code], level, level is None, evidence, 0)
        await scorecards.save_rating(actor, OWN, card, mark)
    if len(given) == len(stage.criteria):
        await scorecards.submit_scorecard(actor, OWN, card)


async def _agree(stage: Stage) -> None:
    """Write down what the panel agreed, and who sees it differently."""
    for row in stage.story.agreed:
        item = (stage.applications[row["applicant"]], stage.criteria[row["code"]])
        said = Agreement(row["level"], row["reason"], 0)
        await consensus.agree(stage.manager, OWN, stage.id, *item, said)
        for member, text in row.get("dissent", {}).items():
            await consensus.dissent(stage.actors[member], OWN, stage.id, *item, text, "")


async def _decide(stage: Stage) -> None:
    """Choose an outcome for each applicant, sign, and write the letters from their drafts."""
    appointed = {}
    for row in stage.story.decisions:
        application_id = stage.applications[row["applicant"]]
        until = date.today() + timedelta(days=row["reserve_days"]) if "reserve_days" in row else None
        draft = OutcomeDraft(row["outcome"], row["reasons"], "", until, 0)
        await decisions.draft_outcome(stage.manager, OWN, stage.id, application_id, draft)
        if row["outcome"] == "appoint":
            appointed[f"starts-{application_id}"] = date.today() + timedelta(days=28)
    starts = [int(key.removeprefix("starts-")) for key in appointed]
    signed = signature(typed(name=stage.manager.name, **appointed), starts)
    await decisions.sign(stage.manager, OWN, stage.id, signed)
    for application_id in stage.applications.values():
        _choice, _candidate, found = await letters.letter(stage.manager, OWN, stage.id, application_id)
        sent = typed(text=found.text, version=found.version)
        await decisions.write_letter(stage.manager, OWN, stage.id, application_id, letter(sent))


def _youth_times() -> list[datetime]:
    """Ilse Brandt two hours ago, Noor Haddad tomorrow, the others on the days before."""
    now = local(datetime.now(UTC)).replace(minute=0, second=0, microsecond=0)
    morning = now.replace(hour=10)
    day = timedelta(days=1)
    ilse = min(now - timedelta(hours=2), now.replace(hour=14)) if now.hour >= 2 else now
    times = [ilse, morning + day, morning.replace(hour=14) - day, morning - day, morning - 2 * day]
    return [time.astimezone(UTC) for time in times]


def _past(count: int, *, days: int) -> list[datetime]:
    """Return interview times on a day in the past, an hour and a quarter apart."""
    morning = local(datetime.now(UTC)).replace(hour=9, minute=0, second=0, microsecond=0)
    first = (morning - timedelta(days=days)).astimezone(UTC)
    return [first + timedelta(minutes=75 * place) for place in range(count)]
