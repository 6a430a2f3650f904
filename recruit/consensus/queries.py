"""Reads of the consensus meeting. They open with the comparison: after the reveal, for its readers."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.comparison.queries import Picture, picture_for
from recruit.consensus.rules import Agreed, Dissented, Item, Key, Progress, items, progress
from recruit.consensus.tables import AgreedLevel
from recruit.panels.queries import Seat
from recruit.scorecards.queries.sealed import open_seat


@dataclass(frozen=True)
class Meeting:
    """Everything that a panel agrees on, and what it agreed so far."""

    picture: Picture
    agreed: dict[Key, Agreed]

    @property
    def here(self) -> Seat:
        """How the reader stands towards the panel."""
        return self.picture.here

    @cached_property
    def items(self) -> list[Item]:
        """Every item, in the order of the meeting."""
        return items(self.picture.standings, self.agreed)

    @cached_property
    def progress(self) -> Progress:
        """How far the meeting is."""
        return progress(self.items)

    def item(self, application_id: int, criterion_id: int) -> Item:
        """One item; NotFound for what the panel does not agree on."""
        for item in self.items:
            if (item.application_id, item.scored.asked.id) == (application_id, criterion_id):
                return item
        raise NotFound(_("There is no such applicant or criterion in this meeting."))


async def meeting(actor: Actor, reach: Reach, vacancy_id: int) -> Meeting:
    """Return the meeting of a vacancy; raises as comparison.queries.picture."""
    return await meeting_for(await open_seat(actor, reach, vacancy_id))


async def meeting_for(here: Seat, *, words: bool = True) -> Meeting:
    """Return the meeting for somebody whose open seat was checked; without `words` no evidence."""
    return Meeting(await picture_for(here, words=words), await agreed_levels(here))


_AGREED = """
SELECT g.id, g.application AS application_id, g.criterion AS criterion_id, g.level, g.reason,
       g.agreed_at AS at, g.agreed_by AS by, g.version,
       coalesce((SELECT jsonb_agg(jsonb_build_array(d.member, p.name, d.text, d.written_at) ORDER BY d.id)
                 FROM dissent d JOIN panel_member m ON m.id = d.member JOIN person p ON p.id = m.person
                 WHERE d.agreed = g.id), '[]') AS dissents
FROM agreed_level g JOIN application a ON a.id = g.application
WHERE a.vacancy = {}
"""


async def agreed_levels(here: Seat) -> dict[Key, Agreed]:
    """Return what is agreed so far, by application and criterion. For callers that hold an open seat."""
    rows = [_agreed(row) for row in await AgreedLevel.raw(_AGREED, here.vacancy_id)]
    return {(row.application_id, row.criterion_id): row for row in rows}


def _agreed(row: dict[str, Any]) -> Agreed:
    said = []
    for member, name, text, written in json.loads(row.pop("dissents")):
        written_at = datetime.fromisoformat(written)
        said.append(Dissented(member, name, text, written_at, before=written_at < row["at"]))
    return Agreed(**row, dissents=tuple(said))
