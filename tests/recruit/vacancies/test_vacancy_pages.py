"""Vacancies: from a role profile to frozen criteria."""

import make
import pytest

from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.role_profiles.tables import ProfileCriterion, RoleProfile
from recruit.vacancies import commands, queries
from recruit.vacancies.tables import Vacancy

OWN = Reach.OWN


async def created(client) -> int:
    profile = await RoleProfile.objects().get(RoleProfile.title == "Exit worker")
    answer = await client.post(
        "/vacancies", data={"profile": profile.id, "title": "Exit worker, youth", "posts": "2"}
    )
    assert answer.status_code == 303
    return int(answer.headers["location"].split("/")[2])


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
    sent = {f"in-{keep}": "1", f"weight-{keep}": "2", f"required-{keep}": "3"}
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
    many = {f"in-{row.competence_id}": "1" for row in (await queries.competences(version))[:9]}
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
    answer = await client.post(f"/vacancies/{made.vacancy.id}/criteria", data={f"in-{keep}": "1"})
    assert answer.status_code == 409


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
    "query", ["page=0", "page=x", "page=999999999999", "state=nonsense", "search=%25_%27%00"]
)
async def test_the_list_bears_any_question(as_, db, query):
    assert (await (await as_(await make.manager())).get(f"/vacancies?{query}")).status_code == 200
