"""The comparison and one applicant's scores, for whom and when."""

import make
import pytest

from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from recruit.comparison import queries
from recruit.panels import commands as panels
from recruit.panels.forms import Declaration
from recruit.panels.tables import PanelMember
from recruit.piccolo_conf import DB

OWN = Reach.OWN
ILSE = ({"A1": 2, "B4": 4, "E3": 4}, {"A1": 4, "B4": 4, "E3": None})
NOOR = ({"A1": 2, "B4": 5, "E3": 5}, {"A1": 2, "B4": 5, "E3": 5})


def pages(made):
    base = f"/vacancies/{made.vacancy.id}"
    return f"{base}/comparison", f"{base}/applications/{made.applications[0].id}/scores"


async def test_before_the_reveal_nobody_compares_and_no_score_is_in_the_answer(as_, db):
    made = await make.panel()
    await make.submitted(made, {"A1": 1, "B4": 5, "E3": 2}, 0, evidence="MARKER")
    for row in (*made.people, made.manager):
        client = await as_(row)
        for address in pages(made):
            answer = await client.get(address)
            assert answer.status_code == 409
            assert "MARKER" not in answer.text
        with pytest.raises(Conflict, match="sealed"):
            await queries.picture(await make.actor(row), OWN, made.vacancy.id)


async def test_strangers_and_members_who_have_not_declared_find_nothing(as_, db):
    made = await make.opened(ILSE)
    late = await make.person("Late Member")
    await make.member(made.vacancy, late, declared=False)
    for row in (late, await make.person("Stranger"), await make.manager("Other Manager")):
        client = await as_(row)
        for address in pages(made):
            assert (await client.get(address)).status_code == 404
        with pytest.raises(NotFound):
            await queries.picture(await make.actor(row), OWN, made.vacancy.id)
    with pytest.raises(NotFound):
        await queries.picture(await make.actor(made.manager), Reach.NO, made.vacancy.id)


async def test_the_panel_and_the_manager_compare_after_the_reveal(as_, db):
    made = await make.opened(ILSE, NOOR)
    for row in (*made.people, made.manager):
        client = await as_(row)
        for address in pages(made):
            answer = await client.get(address)
            assert answer.status_code == 200
            assert "Ilse Brandt" in answer.text


async def test_a_member_who_leaves_after_the_reveal_loses_access_and_keeps_a_voice(as_, db):
    made = await make.opened(ILSE)
    leaver = made.people[1]
    await panels.declare(await make.actor(leaver), OWN, made.vacancy.id, Declaration("withdraws", ""))
    assert (await (await as_(leaver)).get(pages(made)[0])).status_code == 404
    picture = await queries.picture(await make.actor(made.manager), OWN, made.vacancy.id)
    assert [row.name for row in picture.voters] == ["Selin Aydın", "Paul Novak"]


async def test_a_member_taken_off_before_the_reveal_has_no_voice(db):
    made = await make.panel(3)
    for scorer in range(3):
        await make.submitted(made, {"A1": 4, "B4": 3, "E3": 3}, scorer)
    boss = await make.actor(made.manager)
    await panels.remove_member(boss, OWN, made.vacancy.id, made.members[2].id, "ill")
    from recruit.scorecards.commands import reveal_scores

    await reveal_scores(boss, OWN, made.vacancy.id)
    picture = await queries.picture(boss, OWN, made.vacancy.id)
    assert len(picture.voters) == 2
    assert all(len(row.voices) == 2 for row in picture.standings[0].criteria)


async def test_a_gate_not_met_comes_first_with_the_gate_and_by_whom(as_, db):
    made = await make.opened(
        ({"A1": 3, "B4": 1, "E3": 1}, {"A1": 3, "B4": 1, "E3": 1}), NOOR, codes=("A1", "B4", "E3")
    )
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "SET session_replication_role = replica; UPDATE criterion SET gate = (SELECT c.code = 'A1' FROM competence c"
            " WHERE c.id = competence); SET session_replication_role = DEFAULT"
        )
    text = (await (await as_(made.manager)).get(pages(made)[0])).text
    assert text.index("A gate is not met") < text.index("All gates are met")
    assert text.index("Noor Haddad") < text.index("Ilse Brandt")
    band = text[text.index("A gate is not met") : text.index("All gates are met")]
    assert "below 3 for" in band
    assert "Selin Aydın" in band
    assert "Paul Novak" in band


async def test_no_evidence_is_shown_as_coverage(as_, db):
    made = await make.opened(({"A1": 4, "B4": 3, "E3": None}, {"A1": 4, "B4": 3, "E3": None}))
    text = (await (await as_(made.people[0])).get(pages(made)[0])).text
    assert "2 of 3 scored" in text
    assert "<b>3.5</b>" in text


async def test_a_difference_of_two_leads_to_its_evidence(as_, db):
    made = await make.opened(ILSE)
    client = await as_(made.people[0])
    text = (await client.get(pages(made)[0])).text
    link = f"/vacancies/{made.vacancy.id}/consensus/{made.applications[0].id}/{await make.criterion_id(made, 'A1')}"
    assert f'href="{link}"' in text
    item = await client.get(link)
    assert item.status_code == 200
    assert "Said something about A1." in item.text


async def test_the_scores_of_one_applicant_hold_everybodys_evidence_and_nobody_elses(as_, db):
    made = await make.panel(2, 2)
    for scorer in range(2):
        await make.submitted(made, {"A1": 4, "B4": 3, "E3": None}, scorer, 0, evidence=f"ILSE{scorer}")
        await make.submitted(made, {"A1": 4, "B4": 3, "E3": 3}, scorer, 1, evidence=f"NOOR{scorer}")
    from recruit.scorecards.commands import reveal_scores

    await reveal_scores(await make.actor(made.manager), OWN, made.vacancy.id)
    text = (await (await as_(made.people[1])).get(pages(made)[1])).text
    assert "ILSE0" in text
    assert "ILSE1" in text
    assert "NOOR" not in text
    assert "No evidence" in text


async def test_an_early_reveal_says_so_and_who_is_missing(as_, db):
    made = await make.opened(
        ({"A1": 4, "B4": 3, "E3": 3}, {"A1": 4, "B4": 3, "E3": 3}, {}), early="Ruth fell ill."
    )
    for address in pages(made):
        text = (await (await as_(made.manager)).get(address)).text
        assert "The seal was lifted early." in text
        assert "Ruth fell ill." in text
        assert "Ruth Okello</bdi> (1 scorecard)" in text
    picture = await queries.picture(await make.actor(made.manager), OWN, made.vacancy.id)
    assert not any(row.given for scored in picture.standings[0].criteria for row in scored.voices[2:])


async def test_somebody_who_withdrew_is_not_compared(as_, db):
    made = await make.opened(ILSE, NOOR)
    async with DB.pool.acquire() as connection:
        await connection.execute(
            f"UPDATE application SET withdrawn_at = now() WHERE id = {made.applications[1].id}"
        )
    text = (await (await as_(made.manager)).get(pages(made)[0])).text
    assert "Noor Haddad" not in text


@pytest.mark.parametrize("address", ["x", "0", "-1", "99999999999999999999"])
async def test_addresses_of_no_vacancy_or_applicant_are_not_found(as_, db, address):
    made = await make.opened(ILSE)
    client = await as_(made.manager)
    assert (await client.get(f"/vacancies/{address}/comparison")).status_code == 404
    assert (
        await client.get(f"/vacancies/{made.vacancy.id}/applications/{address}/scores")
    ).status_code == 404


async def test_an_applicant_of_another_vacancy_is_not_found(as_, db):
    made = await make.opened(ILSE)
    other = await make.vacancy(made.manager, title="Another")
    stranger = await make.application(other, "Somebody Else")
    answer = await (await as_(made.manager)).get(
        f"/vacancies/{made.vacancy.id}/applications/{stranger.id}/scores"
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("page", ["1", "2", "-1", "x", "99999999999999", ""])
async def test_strange_page_numbers_show_a_page(as_, db, page):
    made = await make.opened(ILSE)
    answer = await (await as_(made.manager)).get(pages(made)[0], params={"page": page})
    assert answer.status_code == 200
    assert "Ilse Brandt" in answer.text


async def test_two_hundred_applicants_take_no_more_queries_than_one_and_twenty_five_a_page(as_, db):
    made = await make.opened(ILSE)
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "INSERT INTO application (vacancy, name, email, phone, source, notes, adjustments, added_at)"
            f" SELECT {made.vacancy.id}, 'Applicant ' || n, '', '', '', '', '', now() FROM generate_series(1, 199) n;"
            f" INSERT INTO interview (application) SELECT a.id FROM application a WHERE a.vacancy = {made.vacancy.id}"
            " AND NOT EXISTS (SELECT FROM interview i WHERE i.application = a.id)"
        )
    client = await as_(made.manager)
    counted = []
    original = DB._run_in_pool

    async def counting(query, args=None):
        counted.append(query)
        return await original(query, args or [])

    DB._run_in_pool = counting
    try:
        first = await client.get(pages(made)[0])
    finally:
        del DB._run_in_pool
    assert 3 < len(counted) <= 8, counted
    assert first.text.count('role="rowheader"><a ') == 25
    assert "Page 1 of 8" in first.text
    last = await client.get(pages(made)[0], params={"page": "8"})
    assert last.text.count('role="rowheader"><a ') == 25


async def test_declaring_late_is_checked_each_time(as_, db):
    made = await make.opened(ILSE)
    client = await as_(made.people[0])
    await PanelMember.update({PanelMember.declared_at: None}).where(PanelMember.id == made.members[0].id)
    assert (await client.get(pages(made)[0])).status_code == 404
