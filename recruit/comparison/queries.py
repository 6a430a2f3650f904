"""Reads of what a panel scored, after the reveal. Ratings come through the seal only."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.comparison.rules import SILENT, Asked, Scored, Standing, Voice
from recruit.panels.queries import InterviewRow, MemberRow, Seat, interviews, members
from recruit.panels.tables import PanelMember
from recruit.scorecards.queries.sealed import open_seat, ratings_for
from recruit.vacancies.queries import criteria

Voices = dict[int, dict[int, dict[int, Voice]]]


@dataclass(frozen=True)
class Picture:
    """A vacancy after the reveal: who scored whom, and how. `voters` sit in seat order."""

    here: Seat
    asked: list[Asked]
    members: list[MemberRow]
    voters: list[MemberRow]
    interviews: list[InterviewRow]
    voices: Voices  # by application, criterion, member

    @cached_property
    def standings(self) -> list[Standing]:
        """Everybody on the panel's list who has not withdrawn, in the order of the interviews."""
        return [self._standing(row) for row in self.interviews if not row.withdrawn]

    def standing(self, application_id: int) -> Standing:
        """One applicant, withdrawn or not; NotFound for one who is not on the panel's list."""
        for row in self.interviews:
            if row.application_id == application_id:
                return self._standing(row)
        raise NotFound(_("There is no such applicant on the panel’s list."))

    def _standing(self, row: InterviewRow) -> Standing:
        voices = self.voices.get(row.application_id, {})
        seats = [member.id for member in self.voters]
        scored = (
            Scored(asked, tuple(voices.get(asked.id, {}).get(seat, SILENT) for seat in seats))
            for asked in self.asked
        )
        return Standing(row.application_id, row.name, tuple(scored))

    @property
    def missing(self) -> list[MemberRow]:
        """Members whose scores are not in although they were due: the seal was lifted without them."""
        return [member for member in self.voters if member.submitted < member.due]


async def picture(
    actor: Actor, reach: Reach, vacancy_id: int, *, only: int = 0, words: bool = True
) -> Picture:
    """Return everything that the panel of a vacancy scored; of one application with `only`.

    Without `words` evidence stays in the database, where a page does not show it.

    Raises:
        NotFound: the actor neither manages the vacancy nor is a declared member of its panel.
        Conflict: the seal is not lifted.
    """
    return await picture_for(await open_seat(actor, reach, vacancy_id), only=only, words=words)


async def picture_for(here: Seat, *, only: int = 0, words: bool = True) -> Picture:
    """Return the picture for somebody whose open seat was checked."""
    people = sorted(await members(here.vacancy_id), key=lambda member: member.id)
    voices: Voices = defaultdict(lambda: defaultdict(dict))
    for row in await ratings_for(here, only=only, words=words):
        voice = Voice(row.level, row.no_evidence, row.evidence, given=True)
        voices[row.application_id][row.criterion_id][row.member_id] = voice
    return Picture(
        here=here,
        asked=await _asked(here.vacancy_id),
        members=people,
        voters=[row for row in people if _counts(here, row)],
        interviews=await interviews(here, only=only),
        voices=voices,
    )


_STAMP = """
SELECT md5(concat_ws(' ',
    (SELECT string_agg(concat_ws('|', ap.id, ap.name, ap.withdrawn_at), ' ' ORDER BY ap.id)
     FROM application ap JOIN interview i ON i.application = ap.id WHERE ap.vacancy = {}),
    (SELECT string_agg(concat_ws('|', m.id, p.name, m.left_at), ' ' ORDER BY m.id)
     FROM panel_member m JOIN person p ON p.id = m.person WHERE m.vacancy = {}))) AS stamp
"""


async def stamp(here: Seat) -> str:
    """Return what changes with a picture after the reveal, digested: scores and criteria are fixed by then."""
    rows = await PanelMember.raw(_STAMP, here.vacancy_id, here.vacancy_id)
    return f"{here.posts} {here.revealed_early} {rows[0]['stamp']}"


def _counts(here: Seat, member: MemberRow) -> bool:
    """Whether a member had a voice at the reveal; leaving later does not take it away."""
    return member.left_at is None or (here.revealed_at is not None and member.left_at > here.revealed_at)


async def _asked(vacancy_id: int) -> list[Asked]:
    return [
        Asked(
            row.id, row.competence_id, row.code, row.name, row.domain_code, row.domain_name,
            float(row.weight), row.required_level, row.gate, row.learnable,
        )
        for row in await criteria(vacancy_id)
    ]  # fmt: skip
