"""Vacancies: from a role profile to frozen criteria."""

from decimal import Decimal

import asyncpg
import make
import pytest

from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks.tables import FrameworkVersion
from competences.people.reach import Reach
from competences.role_profiles.tables import ProfileCriterion, RoleProfile
from recruit.vacancies import commands, queries, rules
from recruit.vacancies.forms import VacancyDraft
from recruit.vacancies.rules import Wanted
from recruit.vacancies.tables import Criterion, State, Vacancy

OWN = Reach.OWN


async def created(client) -> int:
    profile = await RoleProfile.objects().get(RoleProfile.title == "Exit worker")
    answer = await client.post(
        "/vacancies", data={"profile": profile.id, "title": "Exit worker, youth", "posts": "2"}
    )
    assert answer.status_code == 303
    return int(answer.headers["location"].split("/")[2])


def asking(competence_id: int, by: str = "interview") -> dict[str, str]:
    """What the form sends for one competence that is ticked."""
    return {f"in-{competence_id}": "1", f"required-{competence_id}": "3", f"by-{competence_id}": by}


async def test_a_vacancy_starts_with_what_its_role_profile_asks_for(as_, db):
    boss = await make.manager()
    vacancy = await created(await as_(boss))
    asked = {row.competence_id: (row.required_level, row.gate) for row in await queries.criteria(vacancy)}
    profile = await RoleProfile.objects().get(RoleProfile.title == "Exit worker")
    rows = await ProfileCriterion.objects().where(ProfileCriterion.profile == profile.id)
    assert asked == {row.competence: (row.required_level, row.gate) for row in rows}
    assert len(asked) >= 6


async def test_unequal_weights_need_a_reason(as_, db):
    client = await as_(await make.manager())
    vacancy = await created(client)
    keep = (await queries.criteria(vacancy))[0].competence_id
    sent = {**asking(keep), f"weight-{keep}": "2", "version_number": "1"}
    refused = await client.post(f"/vacancies/{vacancy}/criteria", data=sent)
    assert refused.status_code == 422
    assert "Say why this weighs" in refused.text
    accepted = await client.post(
        f"/vacancies/{vacancy}/criteria", data={**sent, f"weight_reason-{keep}": "Most of the work."}
    )
    assert accepted.status_code == 303
    assert [(row.competence_id, row.weight) for row in await queries.criteria(vacancy)] == [(keep, 2)]


async def test_more_than_eight_scored_in_one_interview_is_warned_about(as_, db):
    client = await as_(await make.manager())
    vacancy = await created(client)
    version = (await Vacancy.objects().get(Vacancy.id == vacancy)).version
    many = {"version_number": "1"}
    for row in (await queries.competences(version))[:9]:
        many |= asking(row.competence_id)
    assert "eight is the most" not in (await client.get(f"/vacancies/{vacancy}/criteria")).text
    await client.post(f"/vacancies/{vacancy}/criteria", data=many)
    assert (
        "9 criteria are scored in one interview" in (await client.get(f"/vacancies/{vacancy}/criteria")).text
    )


async def test_criteria_are_read_only_once_scoring_is_open(as_, db):
    made = await make.panel()
    client = await as_(made.manager)
    keep = (await queries.criteria(made.vacancy.id))[0].competence_id
    page = await client.get(f"/vacancies/{made.vacancy.id}/criteria")
    assert "are fixed" in page.text
    assert 'type="checkbox"' not in page.text
    answer = await client.post(
        f"/vacancies/{made.vacancy.id}/criteria", data={**asking(keep), "version_number": "1"}
    )
    assert answer.status_code == 409
    assert "scored alike" in answer.text
    assert len(await queries.criteria(made.vacancy.id)) == 3


async def test_a_stale_form_overwrites_nothing(as_, db):
    client = await as_(await make.manager())
    vacancy = await created(client)
    first = {"title": "First", "posts": "1", "version_number": "1"}
    assert (await client.post(f"/vacancies/{vacancy}/edit", data=first)).status_code == 303
    assert (
        await client.post(f"/vacancies/{vacancy}/edit", data={**first, "title": "Second"})
    ).status_code == 409
    assert (await Vacancy.objects().get(Vacancy.id == vacancy)).title == "First"


async def test_strangers_find_no_vacancy(as_, db):
    made = await make.panel()
    other = await make.manager("Other Manager")
    client = await as_(other)
    for address in (
        "",
        "/edit",
        "/criteria",
        "/closing",
        "/import",
        "/applications/new",
        "/applications.csv",
    ):
        assert (await client.get(f"/vacancies/{made.vacancy.id}{address}")).status_code == 404, address
    assert "Exit worker" not in (await client.get("/vacancies")).text
    with pytest.raises(NotFound):
        await commands.open_vacancy(await make.actor(other), OWN, made.vacancy.id)


async def test_closing_without_a_decision_needs_a_reason(as_, db):
    client = await as_(await make.manager())
    vacancy = await created(client)
    assert (await client.post(f"/vacancies/{vacancy}/closing", data={"reason": " "})).status_code == 422
    assert (
        await client.post(f"/vacancies/{vacancy}/closing", data={"reason": "No money."})
    ).status_code == 303


async def test_a_vacancy_is_handed_to_another_hiring_manager_and_to_nobody_else(as_, db):
    boss, other, worker = await make.manager(), await make.manager("Other Manager"), await make.person()
    client = await as_(boss)
    vacancy = await created(client)
    for wrong in (worker.id, boss.id, 0):
        assert (
            await client.post(f"/vacancies/{vacancy}/manager", data={"manager": wrong})
        ).status_code == 422
    assert (await client.post(f"/vacancies/{vacancy}/manager", data={"manager": other.id})).status_code == 303
    assert (await client.get(f"/vacancies/{vacancy}")).status_code == 404
    assert (await (await as_(other)).get(f"/vacancies/{vacancy}")).status_code == 200


async def test_opening_happens_once(db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss, state="draft")
    who = await make.actor(boss)
    await commands.open_vacancy(who, OWN, vacancy.id)
    with pytest.raises(Conflict):
        await commands.open_vacancy(who, OWN, vacancy.id)


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=-1",
        "page=99999",
        "page=999999999999",
        "state=nonsense",
        "search=%25_%27%00",
        "search=" + "x" * 9000,
    ],
)
async def test_the_list_bears_any_question(as_, db, query):
    assert (await (await as_(await make.manager())).get(f"/vacancies?{query}")).status_code == 200


def wanted(competence_id: int, **changes) -> Wanted:
    return Wanted(**{
        "competence_id": competence_id, "weight": Decimal(1), "weight_reason": "", "required_level": 3,
        "gate": False, "learnable": False, "assessed_by": ["interview"], **changes,
    })  # fmt: skip


async def test_the_command_itself_refuses_criteria_once_scoring_is_open(db):
    made = await make.panel()
    keep = (await queries.criteria(made.vacancy.id))[0].competence_id
    with pytest.raises(Conflict, match="scored alike"):
        await commands.set_criteria(
            await make.actor(made.manager), OWN, made.vacancy.id, 1, [wanted(keep, required_level=5)]
        )


async def test_the_database_refuses_criteria_once_scoring_is_open(db):
    made = await make.panel()
    with pytest.raises(asyncpg.PostgresError, match="fixed once scoring has opened"):
        await Criterion.update({Criterion.required_level: 5}).where(Criterion.vacancy == made.vacancy.id)


@pytest.mark.parametrize(("state", "opened"), [("scoring", True), ("closed", False), ("closed", True)])
def test_criteria_are_fixed_from_the_opening_of_scoring(state, opened):
    with pytest.raises(Conflict):
        rules.check_criteria_open(state, scoring_opened=opened)


@pytest.mark.parametrize("state", ["draft", "open"])
def test_criteria_may_change_before(state):
    rules.check_criteria_open(state, scoring_opened=False)


async def test_the_facts_of_a_closed_vacancy_stay(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss, state=State.CLOSED.value)
    client = await as_(boss)
    sent = {"title": "Other", "posts": "1", "version_number": "1"}
    assert (await client.post(f"/vacancies/{vacancy.id}/edit", data=sent)).status_code == 409
    keep = (await queries.criteria(vacancy.id))[0].competence_id
    sent = {**asking(keep), "version_number": "1"}
    assert (await client.post(f"/vacancies/{vacancy.id}/criteria", data=sent)).status_code == 409
    assert 'type="checkbox"' not in (await client.get(f"/vacancies/{vacancy.id}/criteria")).text


async def test_two_people_do_not_overwrite_each_others_criteria(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    one, two, _three = [row.competence_id for row in await queries.criteria(vacancy.id)]
    url = f"/vacancies/{vacancy.id}/criteria"
    first = await client.post(url, data={**asking(one), "version_number": "1"})
    assert first.status_code == 303
    assert (await client.post(url, data={**asking(two), "version_number": "1"})).status_code == 409
    assert [row.competence_id for row in await queries.criteria(vacancy.id)] == [one]


async def test_saving_what_is_stored_changes_and_logs_nothing(db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    who = await make.actor(boss)
    same = [
        wanted(row.competence_id, gate=row.gate, learnable=row.learnable)
        for row in await queries.criteria(vacancy.id)
    ]
    assert await commands.set_criteria(who, OWN, vacancy.id, 999, same) is None
    facts = VacancyDraft(vacancy.title, None, 1, None, "", 999)
    assert await commands.change_vacancy(who, OWN, vacancy.id, facts) is None
    assert await AuditEntry.count().where(AuditEntry.subject == "vacancy") == 0


async def test_every_step_of_a_vacancy_is_logged(as_, db):
    client, other = await as_(await make.manager()), await make.manager("Other Manager")
    vacancy = await created(client)
    keep = (await queries.criteria(vacancy))[0].competence_id
    await client.post(f"/vacancies/{vacancy}/edit", data={"title": "New", "posts": 1, "version_number": 1})
    await client.post(f"/vacancies/{vacancy}/criteria", data={**asking(keep), "version_number": 2})
    await client.post(f"/vacancies/{vacancy}/opening")
    await client.post(f"/vacancies/{vacancy}/closing", data={"reason": "No money."})
    await client.post(f"/vacancies/{vacancy}/manager", data={"manager": other.id})
    rows = (
        await AuditEntry.select(AuditEntry.event)
        .where(AuditEntry.subject == "vacancy")
        .order_by(AuditEntry.id)
    )
    assert [row["event"] for row in rows] == [
        "vacancy.created", "vacancy.changed", "vacancy.criteria-changed", "vacancy.opened", "vacancy.closed",
        "vacancy.handed-over",
    ]  # fmt: skip


async def test_criteria_of_another_framework_are_refused(db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    leader = (
        await make.framework("leader")
        or await FrameworkVersion.objects().where(FrameworkVersion.id != vacancy.version).first()
    )
    foreign = (await queries.competences(leader.id))[0].competence_id
    with pytest.raises(Invalid, match="this framework version"):
        await commands.set_criteria(await make.actor(boss), OWN, vacancy.id, 1, [wanted(foreign)])


async def test_a_criterion_that_nobody_assesses_is_asked_again_with_what_was_ticked(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    rows = await queries.criteria(vacancy.id)
    keep = rows[0].competence_id
    answer = await client.post(
        f"/vacancies/{vacancy.id}/criteria", data={f"in-{keep}": "1", f"required-{keep}": "3"}
    )
    assert answer.status_code == 422
    assert f'href="#f-by-{keep}"' in answer.text
    assert f'name="in-{keep}" value="1" checked' in answer.text
    assert f'name="in-{rows[1].competence_id}" value="1" checked' not in answer.text, (
        "unticked stays unticked"
    )
    assert f'name="gate-{keep}" value="1" checked' not in answer.text, "unticked stays unticked"


@pytest.mark.parametrize(
    "hostile",
    [
        {"required": "9"}, {"required": "x"}, {"required": "-1"}, {"weight": "0"}, {"weight": "1e99"},
        {"weight": "NaN"}, {"weight": "\x00"}, {"by": "telepathy"}, {"required": "99999999999"},
    ],
    ids=str,
)  # fmt: skip
async def test_hostile_criteria_are_refused_in_words(as_, db, hostile):
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    client = await as_(boss)
    keep = (await queries.criteria(vacancy.id))[0].competence_id
    sent = {
        **asking(keep),
        "version_number": "1",
        **{f"{key}-{keep}": value for key, value in hostile.items()},
    }
    assert (await client.post(f"/vacancies/{vacancy.id}/criteria", data=sent)).status_code == 422
    assert len(await queries.criteria(vacancy.id)) == 3


@pytest.mark.parametrize(
    "hostile",
    [
        {}, {"title": "x" * 161}, {"posts": "0"}, {"posts": "99999999999"}, {"posts": "many"},
        {"closes_on": "yesterday"}, {"closes_on": "2101-01-01"}, {"closes_on": "1899-12-31"}, {"unit": "99999999"}, {"profile": "99999999999"}, {"profile": "-1"},
    ],
    ids=str,
)  # fmt: skip
async def test_a_hostile_vacancy_is_asked_again(as_, db, hostile):
    client = await as_(await make.manager())
    profile = await RoleProfile.objects().get(RoleProfile.title == "Exit worker")
    sent = {"title": "Exit worker", "posts": "1", "profile": profile.id, **hostile} if hostile else {}
    assert (await client.post("/vacancies", data=sent)).status_code == 422
    assert await Vacancy.count() == 0


@pytest.mark.parametrize("number", ["99999999999", "-1", "0", "1e3", "abc", "9" * 400])
async def test_a_strange_number_is_a_page_that_does_not_exist(as_, db, number):
    client = await as_(await make.manager())
    for address in ("", "/edit", "/criteria", "/closing", "/import"):
        assert (await client.get(f"/vacancies/{number}{address}")).status_code == 404
    assert (await client.post(f"/vacancies/{number}/opening")).status_code == 404


async def test_a_draft_that_asks_for_nothing_does_not_open(as_, db):
    boss = await make.manager()
    vacancy = await make.vacancy(boss, codes=("nothing",), state="draft")
    answer = await (await as_(boss)).post(f"/vacancies/{vacancy.id}/opening")
    assert answer.status_code == 409
    assert "Choose its criteria first" in answer.text


async def test_a_vacancy_starts_from_a_published_version_only(db):
    boss = await make.manager()
    published = await make.framework()
    draft = FrameworkVersion(framework=published.framework, number=99, note="")
    await draft.save()
    profile = RoleProfile(title="From a draft", version=draft.id, purpose="")
    await profile.save()
    try:
        assert "From a draft" not in dict(await queries.profiles()).values()
        with pytest.raises(Invalid):
            await commands.create_vacancy(
                await make.actor(boss), OWN, profile.id, VacancyDraft("Title", None, 1, None, "", 0)
            )
    finally:
        await profile.remove()
        await draft.remove()


async def test_search_takes_signs_of_the_database_for_letters(as_, db):
    boss = await make.manager()
    await make.vacancy(boss, title="100 % remote_work")
    await make.vacancy(boss, title="Plain")
    client = await as_(boss)
    for typed in ("%25", "_", "100 %25"):
        found = (await client.get(f"/vacancies?search={typed}")).text
        assert ("remote_work" in found, "Plain" in found) == (True, False)


async def test_the_list_is_paged_and_knows_how_far_it_goes(as_, db):
    boss = await make.manager()
    for number in range(103):
        await make.vacancy(boss, codes=("nothing",), title=f"Vacancy {number:03}")
    client = await as_(boss)
    page = (await client.get("/vacancies?page=2")).text
    assert "Page 2 of 3" in page
    assert "Vacancy 052" in page
    assert "Vacancy 102" not in page
    assert "Vacancy 102" in (await client.get("/vacancies?page=77")).text, "past the end is the first page"


async def test_counts_leave_out_who_withdrew(db):
    made = await make.panel(applicants=3)
    who = await make.actor(made.manager)
    from recruit.applications.commands import set_withdrawn

    await set_withdrawn(who, OWN, made.applications[0].id, True)
    [row] = (await queries.vacancies(who, OWN)).rows
    assert (row.applications, row.posts) == (2, 1)


async def test_nobody_else_changes_a_vacancy(db):
    made = await make.panel()
    stranger = await make.actor(await make.manager("Other Manager"))
    facts = VacancyDraft("Mine", None, 1, None, "", 1)
    for attempt in (
        commands.change_vacancy(stranger, OWN, made.vacancy.id, facts),
        commands.set_criteria(stranger, OWN, made.vacancy.id, 1, []),
        commands.open_vacancy(stranger, OWN, made.vacancy.id),
        commands.close_vacancy(stranger, OWN, made.vacancy.id, "Because."),
        commands.hand_over(stranger, OWN, made.vacancy.id, stranger.person_id),
        queries.managed(stranger, OWN, made.vacancy.id),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert (await queries.vacancies(stranger, OWN)).total == 0
