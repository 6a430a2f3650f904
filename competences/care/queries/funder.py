"""The report for funders: totals of what may be shared with them. Support plans are no part of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, tzinfo

from competences.actor import SYSTEM
from competences.care.queries.register import facts_of
from competences.care.queries.sharing import allowed
from competences.care.rules.choices import Duty, Incident
from competences.care.rules.funder import Section, by_quarter, line, quarters_before, split
from competences.care.rules.intervals import Span
from competences.care.rules.sharing import Partner, Subject, check_shared
from competences.care.tables import StaffIncident
from competences.errors import NotFound
from competences.people import queries as people
from competences.people.queries import Member
from competences.people.reach import Reach
from competences.text import _
from competences.training.queries.standing import standings

#: Supervision counts for so long; a day that was offered, declined or set does not.
SUPERVISED = Span(days=42)


async def funder_report(reach: Reach, today: date, zone: tzinfo | None) -> list[Section]:
    """Return totals of every subject that may be shared with funders.

    Args:
        zone: Where an incident has its day.

    Raises:
        NotFound: this is not for the actor.
        Conflict: nothing may be shared with funders.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
    subjects = await allowed(Partner.FUNDER) - {Subject.NAMES}
    check_shared(subjects)
    staff = await people.present(SYSTEM, Reach.ALL, today)
    sections = []
    if Subject.STAFFING in subjects:
        sections.append(_staffing(staff))
    if Subject.TRAINING in subjects:
        sections.append(await _training(staff, today))
    if Subject.SUPERVISION in subjects:
        sections.append(await _supervision(staff, today))
    if Subject.INCIDENTS in subjects:
        sections.append(await _incidents(today, zone))
    return sections


def _staffing(staff: Sequence[Member]) -> Section:
    counted = Counter(one.unit or "" for one in staff)
    units = tuple(sorted(counted, key=str.casefold))
    return Section(Subject.STAFFING, units, (line("staff", [counted[unit] for unit in units]),))


async def _training(staff: Sequence[Member], today: date) -> Section:
    rows = await standings(SYSTEM, Reach.ALL, today)
    lacking = {row.person_id for row in rows if row.required and not row.in_date(today)}
    booked = {row.person_id for row in rows if row.booked_on}
    lines = (
        split("in-date", [one.id not in lacking for one in staff]),
        split("booked", [one.id in booked for one in staff]),
    )
    return Section(Subject.TRAINING, ("yes", "no"), lines)


async def _supervision(staff: Sequence[Member], today: date) -> Section:
    facts = await facts_of([one.id for one in staff], today)
    held = [facts[one.id].held(Duty.SUPERVISION).done_on for one in staff]
    in_time = [done_on is not None and SUPERVISED.after(done_on) >= today for done_on in held]
    return Section(Subject.SUPERVISION, ("yes", "no"), (split("supervision", in_time),))


async def _incidents(today: date, zone: tzinfo | None) -> Section:
    quarters = quarters_before(today)
    rows = await StaffIncident.raw(
        "SELECT kind, happened_at FROM staff_incident WHERE happened_at >= {}::date - 2",
        date(quarters[0][0], quarters[0][1] * 3 - 2, 1),
    )
    days = {
        kind: [row["happened_at"].astimezone(zone).date() for row in rows if row["kind"] == kind.value]
        for kind in Incident
    }
    lines = tuple(line(kind.value, by_quarter(days[kind], quarters)) for kind in Incident)
    return Section(Subject.INCIDENTS, tuple(f"{year}-{quarter}" for year, quarter in quarters), lines)
