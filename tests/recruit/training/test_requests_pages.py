"""Asking for a course, the answer, and where a yes shows."""

import make
import pytest_asyncio
from make import training

from competences.training.tables import CourseRequest
from recruit.web import kept


@pytest_asyncio.fixture
async def here(as_):
    """Ruth, led by Mara, and a course that nobody requires."""
    kept.forget()
    made = await make.team("Ruth Okello", in_role=1)
    made.course = await training.course("Trauma", code="T10")
    made.ruth = made.people[0]
    made.url = f"/people/{made.ruth.id}/course-requests"
    return made


async def test_a_request_goes_to_the_line_manager_and_its_answer_comes_back(as_, here):
    ruth, mara = await as_(here.ruth), await as_(here.manager)
    form = (await ruth.get(f"{here.url}?course={here.course.course}")).text
    assert f'<option value="{here.course.course}" selected>' in form
    data = {"course": here.course.course, "why": "My clients speak of it."}
    assert (await ruth.post(here.url, data=data)).headers["location"] == here.url
    assert "Waiting" in (await ruth.get(here.url)).text
    assert "My clients speak of it." in (await mara.get("/training/requests")).text
    row = await CourseRequest.objects().first()
    answer = f"/training/requests/{row.id}/answer"
    refused = await mara.post(answer, data={"say": "no", "answer": ""})
    assert (refused.status_code, "Say why not" in refused.text) == (422, True)
    assert (await mara.post(answer, data={"say": "yes", "answer": "In spring."})).status_code == 303
    said = (await ruth.get(here.url)).text
    assert ("Approved" in said, "In spring." in said) == (True, True)


async def test_who_was_told_yes_is_on_the_due_board_of_trainers(as_, here):
    ruth, mara = await as_(here.ruth), await as_(here.manager)
    jana = await as_(await make.person("Jana Wirth", "staff", "trainer"))
    await ruth.post(here.url, data={"course": here.course.course, "why": "My clients speak of it."})
    board = f"/training/due/courses/{here.course.course}"
    assert "Ruth Okello" not in (await jana.get(board)).text
    row = await CourseRequest.objects().first()
    await mara.post(f"/training/requests/{row.id}/answer", data={"say": "yes"})
    listed = (await jana.get(f"{board}?section=asked")).text
    assert ("Ruth Okello" in listed, "My clients" in listed) == (True, False)
    assert f"{board}?section=asked" in (await jana.get("/training/due")).text


async def test_what_was_typed_stays_when_it_cannot_be_asked(as_, here):
    ruth = await as_(here.ruth)
    data = {"course": here.course.course, "why": "My clients speak of it."}
    await ruth.post(here.url, data=data)
    again = await ruth.post(here.url, data=data)
    assert (again.status_code, "You asked for this course already" in again.text) == (409, True)
    empty = await ruth.post(here.url, data={"course": "", "why": "Because."})
    assert (empty.status_code, "Because." in empty.text) == (422, True)


async def test_nobody_asks_for_another_and_strangers_see_no_requests(as_, here):
    mara, stranger = await as_(here.manager), await as_(await make.manager("Selin Aydin"))
    data = {"course": here.course.course, "why": "She needs it."}
    assert (await mara.post(here.url, data=data)).status_code == 404
    assert (await mara.get(here.url)).status_code == 200
    assert (await stranger.get(here.url)).status_code == 404
    assert (await (await as_(here.ruth)).get("/training/requests")).status_code == 404
    assert (await stranger.post("/training/requests/1/answer", data={"say": "yes"})).status_code == 404
