"""Equality data is off unless somebody switched it on: no page, no link, no entry."""

import make

from recruit.access import Role
from recruit.equality.tables import EqualityAnswer
from recruit.settings import load


async def test_it_is_off_by_default_and_then_there_is_no_such_page(as_, monkeypatch):
    made = await make.signed([("woman", "", "decline")] * 12)
    here = f"/vacancies/{made.vacancy.id}"
    officer = await as_(await make.person("Per Privacy", Role.PRIVACY_OFFICER))
    manager = await as_(made.manager)
    missing = await officer.get("/there-is-nothing-here")
    for address in ("/equality", f"{here}/equality", f"{here}/impact"):
        answer = await officer.get(address)
        assert (answer.status_code, len(answer.text)) == (404, len(missing.text))
    assert (await manager.get(f"{here}/impact")).status_code == 404
    number = made.applications[0].id
    form = {"applicant": str(number), f"age-{number}": "30-39", "voluntary": "1"}
    assert (await officer.post(f"{here}/equality", data=form)).status_code == 404
    assert not await EqualityAnswer.exists().where(EqualityAnswer.question == "age")
    assert "/equality" not in (await officer.get("/")).text
    assert "/impact" not in (await manager.get(f"{here}/decision")).text
    assert not load().equality
    monkeypatch.setenv("RECRUIT_EQUALITY", "1")
    assert load().equality
