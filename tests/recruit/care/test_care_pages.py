"""Pages of care: what each role sees, and that each form leads where it should."""

from datetime import UTC, date, datetime, timedelta

import make
import pytest
import pytest_asyncio

from competences.audit.queries import entries
from competences.care.commands.arrangements import set_arrangement
from recruit.access import Role

TODAY = date.today()


@pytest_asyncio.fixture
async def house(as_):
    """Mara leads Daniel and Selin; Ruth is a support lead; Per is privacy officer."""

    class House:
        pass

    made = House()
    made.unit = await make.unit("Youth")
    made.mara = await make.manager()
    made.daniel = await make.person("Daniel Rask", manager=made.mara.id, unit=made.unit.id)
    made.selin = await make.person("Selin Aydın", manager=made.mara.id, unit=made.unit.id)
    made.ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
    made.per = await make.person("Per Privacy", Role.PRIVACY_OFFICER)
    made.as_mara, made.as_daniel = await as_(made.mara), await as_(made.daniel)
    made.as_ruth, made.as_per = await as_(made.ruth), await as_(made.per)
    return made


async def posted(client, url, follow=True, **fields):
    return await client.post(url, data=fields, follow_redirects=follow)


async def test_the_register_is_the_line_managers_and_everybody_has_their_own_page(house):
    answer = await house.as_mara.get("/care")
    assert "Daniel Rask" in answer.text
    assert f"/care-records/new?duty=supervision&amp;person={house.daniel.id}" in answer.text
    own = await house.as_daniel.get("/care", follow_redirects=True)
    assert str(own.url).endswith(f"/people/{house.daniel.id}/care")
    assert "Selin" not in own.text
    assert (await house.as_daniel.get(f"/people/{house.selin.id}/care")).status_code == 404
    assert (await house.as_ruth.get(f"/people/{house.selin.id}/care")).status_code == 200
    assert (await house.as_per.get("/care")).status_code == 404


async def test_supervision_is_recorded_for_several_people_with_boxes(house):
    answer = await posted(
        house.as_mara, "/care-records", duty="supervision", happened="done", on=str(TODAY),
        people=[str(house.daniel.id), str(house.selin.id)],
    )  # fmt: skip
    assert answer.status_code == 200
    assert str(answer.url).endswith("/care")
    page = (await house.as_mara.get("/care?show=supervision")).text
    assert "Daniel Rask" not in page
    wrong = await posted(house.as_mara, "/care-records", duty="check-up", happened="done", on=str(TODAY))
    assert wrong.status_code == 422
    sheet = await house.as_mara.get("/care/register.xlsx")
    assert sheet.content[:2] == b"PK"
    (drawn,) = await entries(event="care-register.drawn")
    assert drawn.actor == "Mara Keller"


async def test_a_meeting_is_recorded_with_everybody_ticked(house):
    page = (await house.as_mara.get("/meetings/new")).text
    assert page.count('name="people"') == page.count('" checked> <span><bdi>') == 2
    await posted(
        house.as_mara, "/meetings", gathering="safe-space", held_on=str(TODAY), unit=str(house.unit.id),
        people=[str(house.daniel.id)],
    )  # fmt: skip
    assert "Safe-space session" in (await house.as_daniel.get("/meetings")).text


async def test_an_incident_shows_the_hours_that_are_left(house):
    at = f"{TODAY - timedelta(days=1)}T12:00"
    answer = await posted(
        house.as_mara, "/incidents", kind="threat", happened_at=at, people=[str(house.daniel.id)]
    )
    assert "hours left" in answer.text
    today = (await house.as_mara.get("/")).text
    assert "Debrief with" in today
    assert "of 72 hours" in today
    assert "Daniel" not in (await house.as_ruth.get("/")).text


async def test_the_workload_is_said_by_the_person(house):
    answer = await posted(house.as_daniel, "/workload", load="too-much")
    assert "Too much" in answer.text
    assert "Too much" in (await house.as_mara.get("/care")).text
    assert 'action="/workload"' not in (await house.as_mara.get(f"/people/{house.daniel.id}/care")).text


async def test_before_a_case_an_arrangement_stands_beside_the_name_and_a_tick_is_needed(house):
    words = "Nothing from the harbour."
    daniel = await make.actor(house.daniel)
    await set_arrangement(daniel, words, TODAY, datetime.now(UTC), about_cases=True)
    both = [str(house.daniel.id), str(house.selin.id)]
    fields = {
        "reference": "A-2026-14", "discussed_on": str(TODAY), "review_on": str(TODAY + timedelta(days=60)),
        "people": both, "hazards": ["others"], "unit": str(house.unit.id), "edition": "0",
    }  # fmt: skip
    named = await posted(house.as_mara, "/cases", **{**fields, "reference": "Daniel R."})
    assert named.status_code == 422
    assert "could be somebody’s name" in named.text
    page = await posted(house.as_mara, "/cases", **fields)
    case = str(page.url).rsplit("/", 1)[1]
    assert words in page.text
    assert words not in (await house.as_daniel.get(f"/cases/{case}")).text
    decision = {
        "decision": "take",
        "takes": both,
        "review_on": fields["review_on"],
        "edition": "1",
    }
    url = f"/cases/{case}/decision"
    assert (await posted(house.as_mara, url, **decision)).status_code == 409
    alone = {**decision, "alone": str(house.daniel.id), "respected": str(house.daniel.id)}
    assert (await posted(house.as_mara, url, **alone)).status_code == 409
    done = await posted(house.as_mara, url, **decision, respected=str(house.daniel.id))
    assert "Takes it on with a colleague" in done.text
    assert (await posted(house.as_daniel, url, **decision)).status_code == 404


async def test_only_the_person_answers_for_an_appearance(house):
    page = await posted(
        house.as_mara, "/appearances", person=str(house.daniel.id), medium="radio",
        planned_on=str(TODAY + timedelta(days=9)),
    )  # fmt: skip
    url = str(page.url)
    assert "I agree" not in page.text
    await posted(house.as_mara, f"{url}/guidance", guided_on=str(TODAY))
    assert (await posted(house.as_mara, f"{url}/answer", answer="agreed")).status_code == 404
    assert "Decide about an appearance" in (await house.as_daniel.get("/")).text
    assert "Agreed" in (await posted(house.as_daniel, f"{url}/answer", answer="agreed")).text


async def test_why_another_name_is_read_by_the_person_and_support_leads_only(house):
    why = "Somebody asked for them at the door."
    await posted(
        house.as_ruth, f"/people/{house.daniel.id}/name-exceptions", from_on=str(TODAY),
        until_on=str(TODAY + timedelta(days=90)), reason=why,
    )  # fmt: skip
    page = (await house.as_daniel.get(f"/people/{house.daniel.id}/care")).text
    url = page.split('href="/name-exceptions/')[1].split('"')[0]
    url = f"/name-exceptions/{url}"
    assert why in (await house.as_daniel.get(url)).text
    assert why in (await house.as_ruth.get(url)).text
    assert (await house.as_mara.get(url)).status_code == 404
    seen = (await house.as_mara.get(f"/people/{house.daniel.id}/care")).text
    assert "Another name from" in seen
    assert "/reason" not in seen


async def test_the_report_for_funders_is_refused_until_the_privacy_officer_opens_something(house):
    assert "Nothing may be shared" in (await house.as_mara.get("/funder-report")).text
    refused = await house.as_mara.get("/funder-report/totals.xlsx")
    assert refused.status_code == 409
    assert "privacy officer" in refused.text
    page = (await house.as_per.get("/sharing")).text
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    await posted(house.as_per, "/sharing", **{"stamp": stamp, "funder-staffing": "1", "police-names": "1"})
    assert await entries(event="funder-report.drawn") == []
    report = (await house.as_mara.get("/funder-report")).text
    assert len(await entries(event="funder-report.drawn")) == 1
    assert "How many people work where" in report
    assert "Daniel" not in report
    assert (await house.as_mara.get("/funder-report/totals.xlsx")).content[:2] == b"PK"
    assert len(await entries(event="funder-report.drawn")) == 2
    assert "<form class=" in (await house.as_daniel.get("/sharing")).text
    assert 'type="checkbox"' not in (await house.as_daniel.get("/sharing")).text
    assert (await house.as_daniel.get("/funder-report")).status_code == 404


@pytest.mark.parametrize("url", ["/care", "/care?show=open", "/meetings", "/incidents", "/cases", "/media"])
async def test_lists_take_at_most_eight_queries(house, queries_of, url):
    assert await queries_of(house.as_ruth, url) <= 8
