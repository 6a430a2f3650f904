"""Builders: what a test needs, in one call, through the real commands wherever there is one."""

import asyncio
from collections.abc import Awaitable, Coroutine
from datetime import UTC, date, datetime, timedelta
from itertools import count

from competences.actor import Actor
from competences.frameworks.tables import FrameworkVersion
from competences.people.tables import Person, Unit
from recruit.access import Role
from recruit.accounts.tables import Account, Session
from recruit.web.session import fingerprint, new_secret

_numbers = count(1)


def forget() -> None:
    """Start numbering anew; called before each test."""
    global _numbers
    _numbers = count(1)


async def unit(name: str = "Youth") -> Unit:
    """A unit."""
    found = await Unit.objects().where(Unit.name == name).first()
    if found is None:
        found = Unit(name=name)
        await found.save()
    return found


async def person(name: str = "", *roles: str, **columns) -> Person:
    """A person with an account that has `roles` (staff when none are named)."""
    number = next(_numbers)
    name = name or f"Person {number}"
    row = Person(name=name, email=f"p{number}@test.example", **columns)
    await row.save()
    await Account(person=row.id, email=row.email, roles=list(roles or (Role.STAFF,))).save()
    return row


async def actor(row: Person) -> Actor:
    """The actor that a person is when signed in."""
    account = await Account.objects().where(Account.person == row.id).first()
    return Actor(row.id, row.name, frozenset(account.roles), account.id)


async def session_of(row: Person) -> str:
    """A cookie for a live session of this person."""
    account = await Account.objects().where(Account.person == row.id).first()
    secret, now = new_secret(), datetime.now(UTC)
    await Session(
        account=account.id,
        token=fingerprint(secret),
        started_at=now,
        seen_at=now,
        ends_at=now + timedelta(hours=1),
    ).save()
    return secret


async def manager(name: str = "Mara Keller") -> Person:
    """A hiring and line manager."""
    return await person(name, Role.STAFF, Role.HIRING_MANAGER, Role.LINE_MANAGER)


async def framework(key: str = "exit-worker") -> FrameworkVersion:
    """The first published version of a starter framework."""
    return (
        await FrameworkVersion.objects()
        .where(FrameworkVersion.framework.key == key, FrameworkVersion.number == 1)
        .first()
    )


async def vacancy(manager_row: Person | None = None, codes: tuple[str, ...] = ("A1", "B4", "E3"), **columns):
    """An open vacancy that asks for `codes` of the exit worker framework."""
    from competences.frameworks.tables import Competence
    from recruit.vacancies.tables import Criterion, State, Vacancy

    manager_row = manager_row or await manager()
    version = await framework()
    row = Vacancy(
        title=columns.pop("title", "Exit worker, youth team"), manager=manager_row.id, version=version.id,
        state=columns.pop("state", State.OPEN.value), text="", **columns,
    )  # fmt: skip
    await row.save()
    for competence in await Competence.objects().where(
        Competence.version == version.id, Competence.code.is_in(list(codes))
    ):
        await Criterion(
            vacancy=row.id, competence=competence.id, gate=competence.kind == "gate", learnable=competence.learnable,
            assessed_by=["interview"],
        ).save()  # fmt: skip
    return row


async def application(vacancy_row, name: str = "Ilse Brandt", **columns):
    """An application that is on the panel's list."""
    from recruit.applications.tables import Application
    from recruit.panels.tables import Interview

    row = Application(vacancy=vacancy_row.id, name=name, added_at=datetime.now(UTC), **columns)
    await row.save()
    await Interview(application=row.id).save()
    return row


async def member(vacancy_row, person_row: Person, *, chair: bool = False, declared: bool = True):
    """A seat on the panel."""
    from recruit.panels.tables import PanelMember

    now = datetime.now(UTC)
    row = PanelMember(
        vacancy=vacancy_row.id, person=person_row.id, chair=chair, invited_at=now,
        declared_at=now if declared else None, conflict="none" if declared else "",
    )  # fmt: skip
    await row.save()
    return row


class Panel:
    """A vacancy in scoring: a manager, two or three scorers of whom the first chairs, applicants."""

    vacancy = manager = None
    people: list
    members: list
    applications: list


async def panel(scorers: int = 2, applicants: int = 1, **columns) -> Panel:
    """Everything that scoring needs, opened through the real command."""
    from competences.people.reach import Reach
    from recruit.panels import commands

    made = Panel()
    made.manager = await manager()
    made.vacancy = await vacancy(made.manager, **columns)
    made.people = [await person(name) for name in ("Selin Aydın", "Paul Novak", "Ruth Okello")[:scorers]]
    made.members = [await member(made.vacancy, row, chair=not place) for place, row in enumerate(made.people)]
    made.applications = [
        await application(made.vacancy, name)
        for name in ("Ilse Brandt", "Noor Haddad", "Jonas Weber")[:applicants]
    ]
    await commands.open_scoring(await actor(made.manager), Reach.OWN, made.vacancy.id)
    return made


async def started(made: Panel, scorer: int = 0, applicant: int = 0) -> int:
    """The id of a scorecard that a member began."""
    from competences.people.reach import Reach
    from recruit.scorecards import commands

    who = await actor(made.people[scorer])
    return await commands.start_scorecard(who, Reach.OWN, made.vacancy.id, made.applications[applicant].id)


async def scored(
    made: Panel, levels: dict[str, int | None], scorer: int = 0, applicant: int = 0, evidence: str = ""
) -> int:
    """A scorecard with `levels` by code saved (None for no evidence); not submitted."""
    from competences.assessments.rules import Mark
    from competences.frameworks.tables import Competence
    from competences.people.reach import Reach
    from recruit.scorecards import commands

    card = await started(made, scorer, applicant)
    who = await actor(made.people[scorer])
    for code, level in levels.items():
        competence = await Competence.objects().get(
            (Competence.version == made.vacancy.version) & (Competence.code == code)
        )
        words = evidence or f"Said something about {code}."
        await commands.save_rating(who, Reach.OWN, card, Mark(competence.id, level, level is None, words, 0))
    return card


async def submitted(
    made: Panel, levels: dict[str, int | None], scorer: int = 0, applicant: int = 0, evidence: str = ""
) -> int:
    """A scorecard that was handed in."""
    from competences.people.reach import Reach
    from recruit.scorecards import commands

    card = await scored(made, levels, scorer, applicant, evidence)
    await commands.submit_scorecard(await actor(made.people[scorer]), Reach.OWN, card)
    return card


async def revealed(
    scorers: int = 2, applicants: int = 1, levels: dict[str, int | None] | None = None
) -> Panel:
    """A panel whose scores are open: everybody gave everybody the same `levels`."""
    from competences.people.reach import Reach
    from recruit.scorecards import commands

    made = await panel(scorers, applicants)
    for scorer in range(scorers):
        for applicant in range(applicants):
            await submitted(made, levels or {"A1": 4, "B4": 3, "E3": 3}, scorer, applicant)
    await commands.reveal_scores(await actor(made.manager), Reach.OWN, made.vacancy.id)
    return made


async def started_id(made: Panel, scorer: int = 0, applicant: int = 0) -> int:
    """The id of a scorecard that exists already, whatever the vacancy's state."""
    from recruit.panels.tables import Scorecard

    card = await Scorecard.objects().get(
        (Scorecard.member == made.members[scorer].id)
        & (Scorecard.application == made.applications[applicant].id)
    )
    return card.id


async def while_open(first: Awaitable, second: Coroutine) -> asyncio.Task:
    """Return some work that was begun while other work was done and not kept yet; then that is kept."""
    done, go = asyncio.Event(), asyncio.Event()

    async def open_() -> None:
        async with Person._meta.db.transaction():
            await first
            done.set()
            await go.wait()

    before = asyncio.create_task(open_())
    await done.wait()
    task = asyncio.create_task(second)
    while not task.done() and not await Person.raw("SELECT 1 FROM pg_locks WHERE NOT granted"):
        continue
    go.set()
    await before
    return task


async def without_version(version_id: int) -> None:
    """Take a framework version away whatever its state: frameworks outlive each test."""
    from recruit.piccolo_conf import DB

    competences = f"SELECT id FROM competence WHERE version = {version_id}"
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "SET session_replication_role = replica;"
            f" DELETE FROM anchor WHERE competence IN ({competences});"
            f" DELETE FROM question WHERE competence IN ({competences});"
            f" DELETE FROM competence WHERE version = {version_id}; DELETE FROM domain WHERE version = {version_id};"
            f" DELETE FROM framework_version WHERE id = {version_id}; SET session_replication_role = DEFAULT"
        )


async def opened(*applicants: tuple[dict[str, int | None], ...], early: str = "", **columns) -> Panel:
    """A panel whose scores are open: for each applicant one dict of levels by code per member."""
    from competences.people.reach import Reach
    from recruit.scorecards import commands

    made = await panel(len(applicants[0]), len(applicants), **columns)
    for applicant, cards in enumerate(applicants):
        for scorer, levels in enumerate(cards):
            if levels:
                await submitted(made, levels, scorer, applicant)
    await commands.reveal_scores(await actor(made.manager), Reach.OWN, made.vacancy.id, early)
    return made


async def criterion_id(made: Panel, code: str) -> int:
    """The criterion of a vacancy for one competence."""
    from recruit.vacancies.tables import Criterion

    row = await Criterion.objects().get(
        (Criterion.vacancy == made.vacancy.id) & (Criterion.competence.code == code)
    )
    return row.id


async def agreed(made: Panel, code: str, level: int | None, applicant: int = 0, reason: str = "Seen twice."):
    """A level that the manager wrote down for the panel."""
    from competences.people.reach import Reach
    from recruit.consensus import commands
    from recruit.consensus.forms import Agreement

    return await commands.agree(
        await actor(made.manager), Reach.OWN, made.vacancy.id, made.applications[applicant].id,
        await criterion_id(made, code), Agreement(level, reason, 0),
    )  # fmt: skip


async def decided(made: Panel, applicant: int, outcome: str, **fields):
    """A drafted outcome with reasons."""
    from competences.people.reach import Reach
    from recruit.decisions import commands
    from recruit.decisions.forms import OutcomeDraft

    draft = OutcomeDraft(
        outcome=outcome, reasons=fields.get("reasons", "Clear and kind."),
        departure_reason=fields.get("departure_reason", ""), reserve_until=fields.get("reserve_until"),
        version=fields.get("version", 0),
    )  # fmt: skip
    return await commands.draft_outcome(
        await actor(made.manager), Reach.OWN, made.vacancy.id, made.applications[applicant].id, draft
    )


async def open_panel(
    levels, people: list[Person] | None = None, codes=("A1", "B4", "E3"), names=(), boss: Person | None = None
) -> Panel:
    """A panel whose scores are open, written straight into the tables: for many applicants at once.

    `levels[applicant][member]` holds a level or None for each criterion; None for a member without a scorecard.
    """
    from competences.assessments.tables import Assessment, Kind, Rating
    from recruit.panels.tables import Scorecard
    from recruit.vacancies.tables import Criterion, State, Vacancy

    made, now, handed_in = Panel(), datetime.now(UTC), []
    made.manager = boss or await manager()
    made.vacancy = await vacancy(made.manager, codes)
    made.people = people or [await person(f"Member {place + 1}") for place in range(len(levels[0]))]
    made.members = [await member(made.vacancy, row, chair=not place) for place, row in enumerate(made.people)]
    made.applications = [
        await application(made.vacancy, names[place] if names else f"Applicant {place + 1}")
        for place in range(len(levels))
    ]
    wanted = await Criterion.select(Criterion.competence).where(Criterion.vacancy == made.vacancy.id).order_by(
        Criterion.id
    )  # fmt: skip
    for applicant, cards in zip(made.applications, levels, strict=True):
        for seat, row in zip(made.members, cards, strict=True):
            if row is None:
                continue
            assessment = Assessment(kind=Kind.PANEL.value, version=made.vacancy.version, started_at=now)
            await assessment.save()
            handed_in.append(assessment.id)
            await Scorecard(
                member=seat.id, application=applicant.id, assessment=assessment.id, recusal=""
            ).save()
            await Rating.insert(
                *(
                    Rating(
                        assessment=assessment.id, competence=asked["competence"], level=level,
                        no_evidence=level is None, evidence="", saved_at=now,
                    )
                    for asked, level in zip(wanted, row, strict=True)
                )
            )  # fmt: skip
    await Assessment.update({Assessment.submitted_at: now}).where(Assessment.id.is_in(handed_in))
    await Vacancy.update(
        {Vacancy.state: State.SCORING.value, Vacancy.scoring_opened_at: now, Vacancy.revealed_at: now}
    ).where(Vacancy.id == made.vacancy.id)
    return made


async def practised(
    made: Panel, scorer: int = 0, case: str = "windle", submit: bool = True, **levels: int | None
) -> None:
    """A member's levels for a written case, by code: 3 where none is given, None for no evidence."""
    from competences.people.reach import Reach
    from recruit.practice import commands, queries
    from recruit.practice.rules.sheets import Given, Sheet

    who = await actor(made.people[scorer])
    sheet = await queries.own_sheet(who, Reach.OWN, made.vacancy.id, case)
    chosen = {item.code: levels.get(item.code, 3) for item in sheet.items}
    given = {code: Given(level, level is None, f"{who.name} heard {code}.") for code, level in chosen.items()}
    await commands.save_sheet(who, Reach.OWN, made.vacancy.id, case, Sheet(sheet.version, given))
    if submit:
        await commands.submit_sheet(who, Reach.OWN, made.vacancy.id, case)


async def signed(applicants, **columns) -> Panel:
    """A signed vacancy, written straight into the tables.

    `applicants`: for each (gender, age, outcome); "" for no answer, and for who was not interviewed.
    """
    from recruit.applications.tables import Application
    from recruit.decisions.tables import Decision
    from recruit.equality.tables import EqualityAnswer
    from recruit.panels.tables import Interview
    from recruit.vacancies.tables import State, Vacancy

    made, now = Panel(), datetime.now(UTC)
    made.manager = await manager()
    made.vacancy = await vacancy(made.manager, **columns)
    made.people = [await person("Selin Aydın"), await person("Paul Novak")]
    made.members = [await member(made.vacancy, row, chair=not place) for place, row in enumerate(made.people)]
    made.applications = []
    for place, (gender, age, outcome) in enumerate(applicants):
        row = Application(vacancy=made.vacancy.id, name=f"Applicant {place + 1}", added_at=now)
        await row.save()
        made.applications.append(row)
        for question, answer in (("gender", gender), ("age", age)):
            if answer:
                await EqualityAnswer(application=row.id, question=question, answer=answer).save()
        if outcome:
            await Interview(application=row.id).save()
            await Decision(
                application=row.id,
                outcome=outcome,
                reasons="",
                departure_reason="",
                decided_by="",
                decided_at=now,
            ).save()
    await Vacancy.update(
        {
            Vacancy.state: State.DECIDED.value, Vacancy.scoring_opened_at: now, Vacancy.revealed_at: now,
            Vacancy.signed_at: now, Vacancy.signed_by: made.manager.name,
        }
    ).where(Vacancy.id == made.vacancy.id)  # fmt: skip
    return made


async def profile_id(title: str) -> int:
    """A role profile that comes with the package."""
    from competences.role_profiles.tables import RoleProfile

    return (await RoleProfile.objects().get(RoleProfile.title == title)).id


async def levels(
    person_row: Person,
    levels: dict[str, int | None],
    at: datetime,
    kind: str = "agreed",
    key: str = "exit-worker",
    version: FrameworkVersion | None = None,
) -> int:
    """A submitted assessment of somebody: levels by code of a starter framework, None for no evidence."""
    from competences.assessments.tables import Assessment, Rating
    from competences.frameworks.tables import Competence

    version = version or await framework(key)
    row = Assessment(kind=kind, version=version.id, person=person_row.id, started_at=at)
    await row.save()
    for code, level in levels.items():
        competence = await Competence.objects().get(
            (Competence.version == version.id) & (Competence.code == code)
        )
        await Rating(
            assessment=row.id, competence=competence.id, level=level, no_evidence=level is None,
            evidence="Seen twice.", saved_at=at,
        ).save()  # fmt: skip
    await Assessment.update({Assessment.submitted_at: at}).where(Assessment.id == row.id)
    return row.id


class Team:
    """A line manager and the people whom they lead, all of one unit."""

    manager = unit = None
    people: list


async def team(*names: str, role: str = "Exit worker", in_role: int = 2) -> Team:
    """A team of which the first `in_role` have a role since the beginning of 2026."""
    from datetime import date

    from competences.people.reach import Reach
    from competences.role_profiles.commands import assign_role

    made = Team()
    made.manager = await manager()
    made.unit = await unit()
    made.people = [
        await person(name, manager=made.manager.id, unit=made.unit.id)
        for name in names or ("Ada", "Ben", "Cy")
    ]
    leader, profile = await actor(made.manager), await profile_id(role)
    for row in made.people[:in_role]:
        await assign_role(leader, Reach.TEAM, row.id, profile, date(2026, 1, 1))
    return made


class Round:
    """A round that is open today: a line manager, people and, by person, who is in it."""

    id: int
    manager = None
    people: list
    participants: dict[int, int]

    def of(self, person_row: Person) -> int:
        """The participant that a person is."""
        return self.participants[person_row.id]


async def opened_round(
    people: tuple[str | Person, ...] = ("Yusuf Yılmaz",),
    codes: tuple[str, ...] = ("A1", "B4", "E3"),
    **columns,
) -> Round:
    """A round of a few competences, each needed at level 4; a whole role would ask for many."""
    from competences.assessments import tables

    made, version, today = Round(), await framework(), date.today()
    made.manager = columns.pop("manager", None) or await manager()
    made.people = [
        row if isinstance(row, Person) else await person(row, manager=made.manager.id) for row in people
    ]
    row = tables.Round(
        title=columns.pop("title", "Autumn round"), opens_on=today - timedelta(days=1), closes_on=today + timedelta(days=13),
        opened_by=made.manager.id, **columns,
    )  # fmt: skip
    await row.save()
    made.id, made.participants = row.id, {}
    profile = await profile_id("Exit worker")
    for person_row in made.people:
        entry = tables.Participant(
            round=row.id, person=person_row.id, manager=made.manager.id, profile=profile, version=version.id
        )
        await entry.save()
        made.participants[person_row.id] = entry.id
        for code in codes:
            competence = await competence_id(code)
            await tables.Target(
                participant=entry.id, competence=competence, required_level=4, gate=code == "B4"
            ).save()
    await tables.Round.update({tables.Round.opened_at: datetime.now(UTC)}).where(tables.Round.id == row.id)
    return made


async def competence_id(code: str) -> int:
    """A competence of the exit worker framework."""
    from competences.frameworks.tables import Competence

    version = await framework()
    return (await Competence.objects().get((Competence.version == version.id) & (Competence.code == code))).id


async def answered(
    made: Round, assessor: Person, about: Person, levels: dict[str, int | None], words: str = "Did so twice."
) -> int:
    """An assessment of somebody in a round with `levels` by code; not shared."""
    from competences.assessments.commands import answers
    from competences.assessments.rules import Mark
    from competences.people.reach import Reach

    who, now = await actor(assessor), datetime.now(UTC)
    key = await answers.start_assessment(who, Reach.TEAM, made.of(about), date.today(), now)
    for code, level in levels.items():
        mark = Mark(await competence_id(code), level, level is None, words, 0)
        await answers.save_answer(who, Reach.TEAM, key, mark, date.today(), now)
    return key


async def shared(
    made: Round, assessor: Person, about: Person, levels: dict[str, int | None], words: str = "Did so twice."
) -> int:
    """An assessment of somebody in a round that was handed in."""
    from competences.assessments.commands import answers
    from competences.people.reach import Reach

    key = await answered(made, assessor, about, levels, words)
    now = datetime.now(UTC)
    await answers.share_assessment(await actor(assessor), Reach.TEAM, key, date.today(), now)
    return key


async def opened_talk(own: dict[str, int | None], manager_: dict[str, int | None]) -> Round:
    """A round of one person in which both have shared."""
    made = await opened_round()
    await shared(made, made.people[0], made.people[0], own, "OWN words")
    await shared(made, made.manager, made.people[0], manager_, "MANAGER words")
    return made
