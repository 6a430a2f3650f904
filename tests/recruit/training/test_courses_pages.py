"""Courses, page by page: read by all staff, written by trainers, and by nobody else."""

import re
from datetime import date
from html import unescape

import make
import pytest
from make import training

from competences.training.rules.starters import starter
from competences.training.tables import Course, CourseVersion, Material
from recruit.access import Role

PDF = b"%PDF-1.7\n..."
FORM = {
    "code": "N1", "title": "Night calls", "aims": "Calm calls.", "outline": "Role play\n\n Feedback ", "hours": "4,5",
    "refresh_months": "12", "capacity": "8", "assessed_by": ["role-play", "test"], "edition": "1",
}  # fmt: skip


@pytest.fixture
async def jana(as_):
    return await as_(await make.person("Jana Wirth", Role.STAFF, Role.TRAINER))


@pytest.fixture
async def daniel(as_):
    return await as_(await make.person("Daniel Rask", Role.STAFF))


async def id_of(code: str) -> int:
    return (await Course.objects().get(Course.code == code)).id


async def test_every_word_of_a_course_can_be_read_by_staff(daniel, starters):
    listed = unescape((await daniel.get("/training/courses")).text)
    page = unescape((await daniel.get(f"/training/courses/{await id_of('T07')}")).text)
    course = starter("t07")
    for words in (course.title, course.aims, *course.outline, *(row.criteria for row in course.levels)):
        assert words in page
    assert course.title in listed
    for words in (
        "Exit worker",
        "within 90 days",
        "Before lone work",
        "T01",
        "A second trainer looks",
        "every year",
    ):
        assert words in page
    assert "New version" not in page
    assert "Add as trainer" not in page


async def test_a_list_without_courses_says_what_a_course_is(daniel, jana):
    assert "No course is offered" in (await daniel.get("/training/courses")).text
    assert "Write the first one" in (await jana.get("/training/courses")).text


async def test_a_course_is_written_published_and_written_anew(jana, daniel):
    skill = await make.competence_id("E3")
    sent = FORM | {"competence-1": skill, "level-1": "3", "criteria-1": "Sets a limit that holds."}
    answer = await jana.post("/training/courses", data=sent)
    home, edit = "/training/courses/" + str(await id_of("N1")), answer.headers["location"]
    assert edit == f"{home}/versions/1/edit"
    assert (await daniel.get(home)).status_code == 404
    form = (await jana.get(edit)).text
    assert re.search(rf'<option value="{skill}" selected>', form)
    assert "Role play\nFeedback" in form
    assert 'value="4.5"' in form
    await jana.post(f"{home}/versions/1/publication", data={"edition": "1"})
    assert "Sets a limit that holds." in (await daniel.get(home)).text
    assert (await jana.get(edit)).status_code == 409
    again = (await jana.post(f"{home}/versions")).headers["location"]
    assert again == f"{home}/versions/2/edit"
    await jana.post(again, data=sent | {"title": "Calls at night", "earlier_until": "2099-12-31"})
    text = (await jana.get(f"{home}/versions/2/publication")).text
    assert "2099" in text
    assert "<del>" in text
    assert (await daniel.get(f"{home}/versions/2")).status_code == 404
    await jana.post(f"{home}/versions/2/publication", data={"edition": "2"})
    page = (await daniel.get(home)).text
    assert "What version 2 changed" in page
    assert "There is a later version." in (await daniel.get(f"{home}/versions/1")).text


async def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(jana):
    wrong = FORM | {"hours": "many", "competence-1": "", "criteria-1": "Kept words."}
    answer = await jana.post("/training/courses", data=wrong)
    assert answer.status_code == 422
    assert 'id="f-hours-error"' in answer.text
    assert "Kept words." in answer.text
    assert "Choose the competence that these words are about." in answer.text
    await jana.post("/training/courses", data=FORM)
    home = f"/training/courses/{await id_of('N1')}/versions/1"
    await jana.post(f"{home}/edit", data=FORM | {"title": "Mine"})
    late = await jana.post(f"{home}/edit", data=FORM | {"title": "Theirs"})
    assert late.status_code == 409
    assert 'value="Theirs"' in late.text
    assert (await CourseVersion.objects().first()).title == "Mine"
    await jana.post(f"{home}/edit", data=FORM | {"aims": "", "edition": "2"})
    assert "1 thing is missing" in (await jana.get(f"{home}/publication")).text
    assert (await jana.post(f"{home}/publication", data={"edition": "3"})).status_code == 422


async def test_who_needs_it_and_who_may_teach_it(jana):
    version = await training.course()
    home, unit = f"/training/courses/{version.course}", await make.unit("Youth")
    ruth = await make.person("Ruth Okello")
    sent = {"unit": unit.id, "deadline_days": "30", "before_lone_work": "1"}
    assert (await jana.post(f"{home}/requirements", data=sent | {"unit": ""})).status_code == 422
    assert (await jana.post(f"{home}/requirements", data=sent)).headers["location"] == home
    page = (await jana.get(home)).text
    assert "Everybody in Youth" in page
    line = re.search(rf'href="({home}/requirements/\d+)"', page)[1]
    assert 'value="30"' in (await jana.get(line)).text
    await jana.post(line, data=sent | {"deadline_days": "45"})
    assert "within 45 days" in (await jana.get(home)).text
    await jana.post(f"{line}/removal")
    assert "No role and no unit has to have it." in (await jana.get(home)).text
    assert (await jana.post(f"{home}/trainers", data={"person": ""})).status_code == 422
    await jana.post(f"{home}/trainers", data={"person": ruth.id})
    assert f"{home}/trainers/{ruth.id}/removal" in (await jana.get(home)).text
    await jana.post(f"{home}/trainers/{ruth.id}/removal")
    assert "Nobody yet." in (await jana.get(home)).text


async def test_the_next_sessions_stand_on_the_page_of_the_course(daniel):
    version, other = await training.course(), await training.course("Another")
    soon = await training.session(version, date(2099, 3, 4))
    later = await training.session(other, date(2099, 3, 5))
    page = (await daniel.get(f"/training/courses/{version.course}")).text
    assert f'href="/training/sessions/{soon.id}"' in page
    assert f'href="/training/sessions/{later.id}"' not in page
    assert "12 places left" in page


async def test_a_file_comes_back_as_a_download_and_never_inside_a_page(jana, daniel):
    version = await training.course()
    home = f"/training/courses/{version.course}/versions/1/materials"
    wrong = await jana.post(home, data={"title": "x", "url": "javascript:alert(1)"})
    assert wrong.status_code == 422
    page = await jana.post(home, data={"title": "Page"}, files={"file": ("a.pdf", b"<html>")})
    assert page.status_code == 422
    await jana.post(home, data={"title": "Handout"}, files={"file": ("a\r\nb.exe", PDF)})
    await jana.post(home, data={"title": "Reading", "url": "https://example.org"})
    file = await Material.objects().where(Material.kind == "pdf").first()
    answer = await daniel.get(f"{home}/{file.id}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''ab.exe.pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert 'href="https://example.org" rel="noreferrer noopener"' in (await daniel.get(f"/training/courses/{version.course}")).text  # fmt: skip
    await jana.post(f"{home}/{file.id}/removal")
    assert (await daniel.get(f"{home}/{file.id}")).status_code == 404


async def test_the_material_of_a_draft_is_for_those_who_write_it(jana, daniel):
    await jana.post("/training/courses", data=FORM)
    home = f"/training/courses/{await id_of('N1')}/versions/1/materials"
    await jana.post(home, data={"title": "Handout"}, files={"file": ("a.pdf", PDF)})
    file = await Material.objects().first()
    assert (await jana.get(f"{home}/{file.id}")).status_code == 200
    assert (await daniel.get(f"{home}/{file.id}")).status_code == 404


async def test_a_course_is_retired_and_offered_again(jana, daniel):
    version = await training.course("Old ways")
    home = f"/training/courses/{version.course}"
    await jana.post(f"{home}/retirement")
    assert "1 retired course" in (await daniel.get("/training/courses")).text
    assert "Retired: it is not offered any more" in (await daniel.get(home)).text
    await jana.post(f"{home}/retirement", data={"undo": "1"})
    assert "retired course" not in (await daniel.get("/training/courses")).text


async def test_lone_work_needs_are_set_by_who_changes_role_profiles_and_read_by_all(as_, jana):
    mara = await as_(await make.manager())
    role, skill = await make.profile_id("Mentor"), await make.competence_id("E3")
    home = f"/role-profiles/{role}/lone-work"
    assert (await jana.post(home, data={f"level-{skill}": "3"})).status_code == 404
    assert (await mara.post(home, data={f"level-{skill}": "9"})).status_code == 422
    assert (await mara.post(home, data={f"level-{skill}": "3"})).headers["location"] == home
    text = (await jana.get(home)).text
    assert "E3 De-escalation and limits: 3" in text
    assert "<select" not in text
    assert f'href="{home}"' in (await jana.get(f"/role-profiles/{role}")).text


async def test_a_page_takes_few_queries_and_no_more_with_more_courses(jana, queries_of):
    version = await training.course()
    url = f"/training/courses/{version.course}"
    listed, shown = await queries_of(jana, "/training/courses"), await queries_of(jana, url)
    await training.course("Another", required_by="Mentor", builds={"E3": 3, "E4": 3}, after=(version,))
    assert await queries_of(jana, "/training/courses") == listed <= 6
    assert await queries_of(jana, url) == shown <= 12
