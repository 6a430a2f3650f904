"""Reads for the comparison; every rating comes through the seal."""

from collections.abc import Sequence
from dataclasses import dataclass

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.applications.tables import Application
from recruit.comparison.rules import Asked, Standing, standing
from recruit.panels.queries import MemberRow, Seat, members
from recruit.scorecards.queries.sealed import OpenRating, open_seat, ratings_for
from recruit.vacancies.queries import CriterionRow, criteria


@dataclass(frozen=True, slots=True)
class Board:
    """A vacancy's open scores: members in seat order, criteria, a standing for each applicant."""

    here: Seat
    seats: Sequence[MemberRow]
    criteria: Sequence[CriterionRow]
    asked: Sequence[Asked]
    standings: Sequence[Standing]
    ratings: Sequence[OpenRating]

    def standing(self, application_id: int) -> Standing:
        """Return one applicant's; NotFound for one who was not interviewed for this vacancy."""
        for row in self.standings:
            if row.application_id == application_id:
                return row
        raise NotFound(_("There is no such applicant on this panel’s list."))


async def board(actor: Actor, reach: Reach, vacancy_id: int) -> Board:
    """Return the open scores of a vacancy.

    Raises:
        NotFound: the actor neither manages it nor is a declared member.
        Conflict: the seal is not lifted.
    """
    return await board_for(await open_seat(actor, reach, vacancy_id))


async def board_for(here: Seat) -> Board:
    """Return the open scores for somebody whose seat was checked."""
    ratings = await ratings_for(here)
    scored = {row.member_id for row in ratings}
    seats = [row for row in await members(here.vacancy_id) if row.id in scored]
    rows = await criteria(here.vacancy_id)
    asked = [
        Asked(
            row.id, row.name, row.domain_name, float(row.weight), row.required_level, row.gate, row.learnable
        )
        for row in rows
    ]
    place = {row.id: number for number, row in enumerate(seats)}
    voices: dict[int, dict[int, list[int | None]]] = {}
    for rating in ratings:
        levels = voices.setdefault(rating.application_id, {}).setdefault(
            rating.criterion_id, [None] * len(seats)
        )
        levels[place[rating.member_id]] = rating.level
    standings = [
        standing(
            row["id"], row["name"], withdrawn=row["withdrawn"], asked=asked,
            voices=voices.get(row["id"], {}), members=len(seats),
        )
        for row in await Application.raw(_INTERVIEWED, here.vacancy_id)
    ]  # fmt: skip
    return Board(here, seats, rows, asked, standings, ratings)


_INTERVIEWED = """
SELECT a.id, a.name, a.withdrawn_at IS NOT NULL AS withdrawn
FROM application a JOIN interview i ON i.application = a.id
WHERE a.vacancy = {} ORDER BY lower(a.name), a.id LIMIT 500
"""
