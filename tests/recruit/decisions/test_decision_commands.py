"""Drafts, the signature and what it does, the letter; by whom and when."""

import asyncio
from datetime import date

import asyncpg
import make
import pytest

from competences.actor import SYSTEM
from competences.assessments.tables import Assessment, Rating
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.plans.queries import actions_of
from competences.role_profiles.queries import role_of
from competences.role_profiles.tables import RoleHolder
from recruit.access import Role
from recruit.accounts.tables import Account
from recruit.applications.tables import Application
from recruit.consensus.commands import accept_unanimous
from recruit.decisions import commands, queries
from recruit.decisions.forms import LetterDraft, OutcomeDraft, Signature
from recruit.decisions.tables import Decision
from recruit.piccolo_conf import DB
from recruit.vacancies.tables import Vacancy

OWN = Reach.OWN
STRONG = ({"A1": 4, "B4": 4, "E3": 4},) * 2
FAIR = ({"A1": 3, "B4": 3, "E3": 3},) * 2
UNMET = ({"A1": 2, "B4": 5, "E3": 5},) * 2


async def sign(made, name="Mara Keller", starts=None, who=None):
    actor = await make.actor(who or made.manager)
    return await commands.sign(actor, OWN, made.vacancy.id, Signature(name, starts or {}))


async def ready(*applicants):
    """Everything agreed; the first appointed, the others declined."""
    made = await make.opened(*applicants)
    await accept_unanimous(await make.actor(made.manager), OWN, made.vacancy.id)
    for place in range(len(applicants)):
        await make.decided(made, place, "decline" if place else "appoint")
    return made


async def signed_at(made):
    return (await Vacancy.objects().get(Vacancy.id == made.vacancy.id)).signed_at


async def test_only_the_manager_decides(db):
    made = await make.opened(STRONG)
    application = made.applications[0].id
    draft = OutcomeDraft("decline", "x", "", None, 0)
    for row in (*made.people, await make.manager("Other Manager"), await make.person("Stranger")):
        who = await make.actor(row)
        for act in (
            queries.choice(who, OWN, made.vacancy.id),
            queries.letter(who, OWN, made.vacancy.id, application),
            commands.draft_outcome(who, OWN, made.vacancy.id, application, draft),
            commands.sign(who, OWN, made.vacancy.id, Signature(row.name)),
            commands.write_letter(who, OWN, made.vacancy.id, application, LetterDraft("x", 0)),
        ):
            with pytest.raises(NotFound):
                await act
    assert await Decision.count() == 0


async def test_nothing_is_decided_before_the_reveal(db):
    made = await make.panel()
    with pytest.raises(Conflict, match="sealed"):
        await make.decided(made, 0, "decline")
    with pytest.raises(Conflict, match="sealed"):
        await sign(made)


async def test_a_draft_may_have_gaps_and_the_signature_says_which(db):
    made = await make.opened(STRONG, FAIR)
    await make.decided(made, 0, "appoint", reasons="")
    with pytest.raises(Invalid) as refused:
        await sign(made)
    for sentence in (
        "Ilse Brandt: write the reasons.",
        "Ilse Brandt: 3 criteria are not agreed yet.",
        "Noor Haddad: choose an outcome and write the reasons.",
    ):
        assert sentence in refused.value.fields["decision"]
    assert await signed_at(made) is None
    assert await Person.count().where(Person.name == "Ilse Brandt") == 0


async def test_a_stale_draft_overwrites_nothing(db):
    made = await make.opened(STRONG)
    await make.decided(made, 0, "decline", reasons="First.")
    with pytest.raises(commands.StaleDraft) as stale:
        await make.decided(made, 0, "appoint", reasons="Second.")
    assert (stale.value.stored.outcome, stale.value.stored.reasons, stale.value.stored.version) == (
        "decline",
        "First.",
        1,
    )
    assert await make.decided(made, 0, "decline", reasons="First.") is None, "the same again is no conflict"
    await make.decided(made, 0, "appoint", reasons="Second.", version=1)
    assert (await Decision.select(Decision.reasons).first())["reasons"] == "Second."


async def test_of_five_drafts_at_once_one_is_kept(db):
    made = await make.opened(STRONG)
    answers = await asyncio.gather(
        *(make.decided(made, 0, "decline", reasons=f"Reason {n}.") for n in range(5)), return_exceptions=True
    )
    assert sum(isinstance(answer, commands.StaleDraft) for answer in answers) == 4
    assert await Decision.count() == 1


async def test_an_applicant_of_elsewhere_or_who_withdrew_cannot_be_decided(db):
    made = await make.opened(STRONG)
    other = await make.vacancy(made.manager, title="Another")
    made.applications.append(await make.application(other, "Foreign"))
    with pytest.raises(NotFound):
        await make.decided(made, 1, "appoint")
    async with DB.pool.acquire() as connection:
        await connection.execute("UPDATE application SET withdrawn_at = now()")
    with pytest.raises(NotFound):
        await make.decided(made, 0, "appoint")
    with pytest.raises(Invalid, match="Nobody was interviewed"):
        await sign(made)


async def test_the_name_has_to_be_typed_in_full(db):
    made = await ready(STRONG)
    for name in ("", "Mara", "mara kelle", "Paul Novak"):
        with pytest.raises(Invalid, match="Type your name"):
            await sign(made, name)
    assert await signed_at(made) is None
    await sign(made, "  mara   KELLER ")
    assert await signed_at(made) is not None


async def test_signing_makes_the_appointed_staff_with_the_agreed_levels(db):
    made = await make.opened(({"A1": 4, "B4": 2, "E3": 4}, {"A1": 4, "B4": 4, "E3": 4}), FAIR)
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "UPDATE application SET email = 'ilse@example.org' WHERE name = 'Ilse Brandt'"
        )
    await accept_unanimous(await make.actor(made.manager), OWN, made.vacancy.id)
    await make.agreed(made, "B4", 3, reason="Grew since.")
    await make.decided(made, 0, "appoint")
    await make.decided(made, 1, "decline")
    await sign(made, starts={made.applications[0].id: date(2027, 1, 4)})
    person = await Person.objects().get(Person.name == "Ilse Brandt")
    assert (person.email, person.post, person.manager, person.started_on) == (
        "ilse@example.org", made.vacancy.title, made.manager.id, date(2027, 1, 4),
    )  # fmt: skip
    assessment = await Assessment.objects().get(Assessment.person == person.id)
    assert (assessment.kind, assessment.version, assessment.submitted_at is not None) == (
        "agreed",
        made.vacancy.version,
        True,
    )
    rows = await Rating.select(Rating.competence.code, Rating.level, Rating.evidence).where(
        Rating.assessment == assessment.id
    )
    assert {row["competence.code"]: row["level"] for row in rows} == {"A1": 4, "B4": 3, "E3": 4}
    assert "Grew since." in {row["evidence"] for row in rows}
    decisions = await Decision.select(Decision.person, Decision.decided_by).order_by(Decision.application)
    assert [row["person"] for row in decisions] == [person.id, None]
    vacancy = await Vacancy.objects().get(Vacancy.id == made.vacancy.id)
    assert (vacancy.state, vacancy.signed_by) == ("decided", "Mara Keller")


async def test_when_one_appointment_fails_nothing_is_signed(db):
    made = await ready(STRONG, FAIR)
    async with DB.pool.acquire() as connection:
        await connection.execute(
            f"UPDATE application SET email = '{made.people[0].email}' WHERE name = 'Ilse Brandt'"
        )
    with pytest.raises(Conflict, match="staff record"):
        await sign(made)
    assert await signed_at(made) is None
    assert await Person.count().where(Person.name == "Ilse Brandt") == 0


async def test_a_departure_is_explained_before_signing(db):
    made = await ready(UNMET)
    with pytest.raises(Invalid, match="explain why"):
        await sign(made)
    await make.decided(made, 0, "appoint", departure_reason="References were clear.", version=1)
    await sign(made)
    row = await AuditEntry.objects().get(AuditEntry.event == "decision.signed")
    assert '"departures": 1' in row.details


async def test_an_agreed_level_decides_about_a_gate_before_the_mean_does(db):
    made = await ready(UNMET)
    from recruit.consensus import commands as consensus
    from recruit.consensus.forms import Agreement

    at = (made.vacancy.id, made.applications[0].id, await make.criterion_id(made, "A1"))
    await consensus.agree(await make.actor(made.manager), OWN, *at, Agreement(3, "References were clear.", 1))
    await sign(made)


async def test_a_signed_decision_does_not_change_by_command_or_in_the_database(db):
    made = await ready(STRONG)
    await sign(made)
    with pytest.raises(Conflict, match="signed"):
        await make.decided(made, 0, "decline", version=1)
    with pytest.raises(Conflict, match="signed"):
        await sign(made)
    async with DB.pool.acquire() as connection:
        for statement in (
            "UPDATE decision SET outcome = 'decline'",
            "DELETE FROM decision",
            "UPDATE vacancy SET signed_by = 'x'",
        ):
            with pytest.raises(asyncpg.PostgresError, match="signed"):
                await connection.execute(statement)


async def test_two_signatures_at_once_appoint_once(db):
    made = await ready(STRONG)
    answers = await asyncio.gather(*(sign(made) for _n in range(4)), return_exceptions=True)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 3
    assert await Person.count().where(Person.name == "Ilse Brandt") == 1


async def test_agreeing_and_signing_at_once_take_turns(db):
    made = await ready(STRONG)
    from recruit.consensus import commands as consensus
    from recruit.consensus.forms import Agreement

    at = (made.vacancy.id, made.applications[0].id, await make.criterion_id(made, "A1"))
    who = await make.actor(made.people[0])
    answers = await asyncio.gather(
        sign(made), consensus.agree(who, OWN, *at, Agreement(5, "Late.", 1)), return_exceptions=True
    )
    assert all(not isinstance(answer, Exception) or isinstance(answer, Conflict) for answer in answers), (
        answers
    )
    found = (
        await Rating.select(Rating.level).where(
            Rating.competence.code == "A1", Rating.assessment.kind == "agreed"
        )
    )[0]
    level = (await queries.report(who, OWN, made.vacancy.id)).meeting.agreed[at[1], at[2]].level
    assert found["level"] == level, "what is signed is what became the first assessment"


async def test_the_log_of_decisions_holds_no_outcome_and_no_words(db):
    made = await ready(STRONG)
    await make.decided(made, 0, "appoint", reasons="MARKER", version=1)
    await sign(made)
    rows = await AuditEntry.select().where(AuditEntry.event.like("decision.%"))
    assert {row["event"] for row in rows} == {"decision.drafted", "decision.signed"}
    assert all("MARKER" not in row["details"] and "decline" not in row["details"] for row in rows)


async def test_the_report_is_for_the_panel_after_the_signature(db):
    made = await ready(STRONG)
    for row in (*made.people, made.manager):
        with pytest.raises(Conflict, match="not signed"):
            await queries.report(await make.actor(row), OWN, made.vacancy.id)
    await sign(made)
    for row in (*made.people, made.manager):
        assert (await queries.report(await make.actor(row), OWN, made.vacancy.id)).candidates
    for row in (await make.person("Stranger"), await make.manager("Other Manager")):
        with pytest.raises(NotFound):
            await queries.report(await make.actor(row), OWN, made.vacancy.id)


async def test_a_letter_begins_from_what_was_agreed_and_is_then_kept(db):
    made = await make.opened(STRONG)
    who, at = await make.actor(made.manager), (made.vacancy.id, made.applications[0].id)
    with pytest.raises(Conflict, match="Choose an outcome"):
        await queries.letter(who, OWN, *at)
    await make.agreed(made, "A1", 4, reason="Kept every promise that she told of.")
    await accept_unanimous(who, OWN, made.vacancy.id)
    await make.decided(made, 0, "decline")
    _found, _row, draft = await queries.letter(who, OWN, *at)
    assert "Kept every promise" in draft.text
    assert "– Professional distance\n" in draft.text, "what nobody talked about is named without a reason"
    assert "All members" not in draft.text
    assert draft.version == 0
    await commands.write_letter(who, OWN, *at, LetterDraft("Dear Ilse.", 0))
    assert await commands.write_letter(who, OWN, *at, LetterDraft("Dear Ilse.", 0)) is None
    with pytest.raises(commands.StaleLetter) as stale:
        await commands.write_letter(who, OWN, *at, LetterDraft("Other tab.", 0))
    assert stale.value.stored.text == "Dear Ilse."
    await commands.write_letter(who, OWN, *at, LetterDraft("Other tab.", 1))
    _found, _row, kept = await queries.letter(who, OWN, *at)
    assert (kept.text, kept.version) == ("Other tab.", 2)


async def test_a_new_colleague_has_role_and_induction_plan_from_day_one(db, starters):
    profile = await make.profile_id("Exit worker")
    codes = ("A1", "B4", "C1", "C2", "E3")
    made = await make.opened(({"A1": 4, "B4": 2, "C1": 1, "C2": None, "E3": 5},) * 2, codes=codes)
    await Vacancy.update({Vacancy.profile: profile}).where(Vacancy.id == made.vacancy.id)
    await accept_unanimous(await make.actor(made.manager), OWN, made.vacancy.id)
    await make.agreed(made, "C2", None)
    await make.decided(made, 0, "appoint_with_plan", departure_reason="Learns fast.")
    first = date(2099, 1, 31)
    await sign(made, starts={made.applications[0].id: first})
    person = await Person.objects().get(Person.name == "Ilse Brandt")
    role = await role_of(SYSTEM, Reach.ALL, person.id, first)
    assert (role.title, role.from_on) == ("Exit worker", first)
    plan = await actions_of(await make.actor(made.manager), Reach.TEAM, person.id)
    assert [(row.code, row.step, row.due_on) for row in plan] == [
        ("B4", "course", date(2099, 4, 30)),
        ("C1", "course", date(2099, 7, 31)),
        ("C2", "other", date(2099, 7, 31)),  # agreed that nobody could say: looked at in a talk
    ]
    assert {(row.source, row.owner) for row in plan} == {("induction", "Mara Keller")}


async def test_who_will_not_read_the_plan_does_not_see_to_its_steps(db):
    made = await ready(({"A1": 4, "B4": 2, "E3": 5},) * 2)
    await make.decided(made, 0, "appoint_with_plan", departure_reason="Learns fast.", version=1)
    await Account.update({Account.roles: [Role.HIRING_MANAGER]}).where(Account.person == made.manager.id)
    await sign(made)
    person = await Person.objects().get(Person.name == "Ilse Brandt")
    plan = await actions_of(SYSTEM, Reach.ALL, person.id)
    assert [(row.code, row.owner) for row in plan] == [("B4", "Ilse Brandt")]


async def test_nobody_becomes_a_colleague_by_halves(db):
    made = await ready(({"A1": 4, "B4": 4, "E3": 5},) * 2)
    profile = await make.profile_id("Exit worker")
    await Vacancy.update({Vacancy.profile: profile}).where(Vacancy.id == made.vacancy.id)
    colleague = await make.person("Ilse Brandt", post="Mentor")
    await Application.update({Application.email: colleague.email}, force=True)
    await RoleHolder(person=colleague.id, profile=profile, from_on=date(2099, 1, 1)).save()
    with pytest.raises(Invalid, match="Ilse Brandt: Another role begins after this day"):
        await sign(made)
    assert await signed_at(made) is None
    assert (await Person.objects().get(Person.id == colleague.id)).post == "Mentor"
