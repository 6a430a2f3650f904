"""The page of levels before and after courses."""

import re
from datetime import UTC, date, datetime, timedelta

import make
from make import training


async def test_a_trainer_reads_of_groups_only_and_no_cause_is_claimed(as_):
    client = await as_(await make.person("Jana Wirth", "staff", "trainer"))
    version = await training.course("De-escalation", builds={"E3": 3})
    other = await training.course("Talking", builds={"E2": 3})
    noon = datetime(2025, 3, 1, 12, tzinfo=UTC)
    for before, after in [(1, 3), (2, 3), (2, 2), (2, 3), (3, 3)]:
        person = await make.person()
        await make.levels(person, {"E3": before}, noon - timedelta(days=60))
        await make.levels(person, {"E3": after}, noon + timedelta(days=183))
        await training.completion(person, version, noon.date())
        await training.completion(person, other, date(2025, 4, 1))
    text = (await client.get("/training/effects")).text
    assert "0.80" in text
    assert re.search(r"range \(9 in 10\) 0\.\d\d to 1\.\d\d<", text)
    assert "1 not shown" in text  # of the other course no level was given
    assert "do not say that a course made anything better" in text
    for word in ("improved", "thanks to", "effect of", "because of the course"):
        assert word not in text


async def test_only_trainers_open_it(as_):
    for roles in (("staff",), ("staff", "line_manager"), ("staff", "hiring_manager"), ("administrator",)):
        client = await as_(await make.person("Somebody", *roles))
        assert (await client.get("/training/effects")).status_code == 404
