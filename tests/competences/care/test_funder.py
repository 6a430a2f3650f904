"""What is shared is opened first; totals tell of nobody."""

from collections import defaultdict
from datetime import UTC, date, timedelta
from itertools import product

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.actor import SYSTEM
from competences.care.commands.register import record_entry
from competences.care.commands.sharing import draw_report, set_sharing
from competences.care.queries.funder import funder_report
from competences.care.queries.sharing import allowed, policy
from competences.care.rules.choices import Duty
from competences.care.rules.funder import by_quarter, line, quarters_before
from competences.care.rules.register import EntryDraft, Happened
from competences.care.rules.sharing import Partner, Subject
from competences.coverage.rules.suppression import FEWEST
from competences.errors import Conflict, NotFound
from competences.people.queries import present
from competences.people.reach import Reach

from .conftest import NOW, TODAY


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_no_small_count_is_told_nor_the_total_of_a_small_group(cells):
    told = line("x", cells)
    assert all(count is None or count >= FEWEST for count in (*told.cells, told.total))
    assert all(count in (None, true) for count, true in zip(told.cells, cells, strict=True))
    assert told.total in (None, sum(cells))


@pytest.mark.parametrize("width", [2, 3, 4])
def test_what_is_hidden_cannot_be_derived_from_what_is_told(width):
    """Of every table that is told the same way, each hidden cell has more than one possible value."""
    readings = defaultdict(list)
    for cells in product(range(11), repeat=width):
        told = line("x", cells)
        readings[told.cells, told.total].append(cells)
    for (cells, _total), possible in readings.items():
        for place, count in enumerate(cells):
            if count is None:
                assert len({one[place] for one in possible}) > 1, (cells, possible)


def test_quarters_are_whole_and_before_this_one():
    assert quarters_before(date(2026, 11, 25)) == ((2025, 4), (2026, 1), (2026, 2), (2026, 3))
    assert quarters_before(date(2026, 1, 1)) == ((2025, 1), (2025, 2), (2025, 3), (2025, 4))
    days = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 10, 1)]
    assert by_quarter(days, quarters_before(date(2026, 11, 25))) == (0, 2, 1, 0)


async def opened(*subjects):
    officer = await make.actor(await make.person("Per Privacy", "privacy_officer"))
    pairs = [(Partner.FUNDER, one) for one in subjects]
    await set_sharing(officer, Reach.ALL, pairs, (await policy()).stamp, NOW)
    return officer


async def test_everything_is_shut_until_it_is_opened_and_then_only_that(team):
    assert await allowed(Partner.FUNDER) == frozenset()
    for refused in (funder_report(Reach.ALL, TODAY, UTC), draw_report(team.mara, Reach.ALL)):
        with pytest.raises(Conflict, match="Nothing may be shared"):
            await refused
    await opened(Subject.STAFFING)
    assert [one.subject for one in await funder_report(Reach.ALL, TODAY, UTC)] == [Subject.STAFFING]
    assert await allowed(Partner.MEDIA) == frozenset()
    await draw_report(team.mara, Reach.ALL)


async def test_names_alone_make_no_report(team):
    await opened(Subject.NAMES)
    with pytest.raises(Conflict):
        await funder_report(Reach.ALL, TODAY, UTC)


async def test_totals_are_of_who_works_here(team):
    await opened(Subject.STAFFING, Subject.SUPERVISION, Subject.TRAINING, Subject.INCIDENTS)
    for number in range(5):
        await make.person(f"Youth {number}", unit=team.youth)
    for number in range(3):
        await make.person(f"Adults {number}", unit=team.adults)
    sections = {one.subject: one for one in await funder_report(Reach.ALL, TODAY, UTC)}
    staffing = sections[Subject.STAFFING]
    assert dict(zip(staffing.columns, staffing.lines[0].cells, strict=True)) == {
        "": 4,
        "Adults": 4,
        "Youth": 7,
    }
    assert staffing.lines[0].total == 15
    assert all(one.total is None for one in sections[Subject.INCIDENTS].lines)


async def test_supervision_counts_where_it_took_place_within_six_weeks(team):
    await opened(Subject.SUPERVISION)
    people = [await make.person(f"Youth {number}", manager=team.mara.person_id) for number in range(20)]
    done = [(Happened.DONE, 42)] * 6 + [
        (Happened.DONE, 43),
        (Happened.DECLINED, 2),
        (Happened.OFFERED, 2),
    ] * 2
    for person, (happened, ago) in zip(people, done, strict=False):
        soon = TODAY + timedelta(days=9) if ago == 2 else None
        draft = EntryDraft(Duty.SUPERVISION, happened, TODAY - timedelta(days=ago), soon)
        await record_entry(team.mara, Reach.TEAM, person.id, draft, NOW, TODAY)
    (section,) = await funder_report(Reach.ALL, TODAY, UTC)
    assert section.lines[0].cells[0] == 6


async def test_both_lines_of_training_count_everybody(team):
    await opened(Subject.TRAINING)
    for number in range(8):
        await make.person(f"Youth {number}")
    (section,) = await funder_report(Reach.ALL, TODAY, UTC)
    staff = await present(SYSTEM, Reach.ALL, TODAY)
    assert [one.total for one in section.lines] == [len(staff)] * 2


async def test_only_the_privacy_officer_opens_and_not_with_a_stale_page(team):
    pairs = [(Partner.FUNDER, Subject.STAFFING)]
    with pytest.raises(NotFound):
        await set_sharing(team.mara, Reach.NO, pairs, (await policy()).stamp, NOW)
    officer = await opened()
    stale = (await policy()).stamp
    await set_sharing(officer, Reach.ALL, pairs, stale, NOW)
    with pytest.raises(Conflict):
        await set_sharing(officer, Reach.ALL, [], stale, NOW)
    for refused in (funder_report(Reach.OWN, TODAY, UTC), draw_report(team.daniel, Reach.NO)):
        with pytest.raises(NotFound):
            await refused
