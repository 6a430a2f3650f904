"""Reads for the decision, the report and the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from competences.actor import SYSTEM, Actor
from competences.assessments.queries import levels_of
from competences.errors import Conflict, NotFound
from competences.gaps.rules.standing import Gap, gaps
from competences.people.reach import Reach
from competences.role_profiles.queries import AskedRow
from competences.text import _
from recruit.comparison.rules import Standing, in_order, with_agreed
from recruit.consensus.queries import Meeting, meeting_for
from recruit.consensus.rules import Item, same_reason
from recruit.decisions.rules import Candidate, Decided, Point, composed, departures, not_ready
from recruit.decisions.tables import Decision, Outcome
from recruit.panels.queries import Seat
from recruit.scorecards.queries.sealed import open_seat


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report says of the vacancy beyond the seat."""

    signed_by: str
    framework: str
    number: int


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as it was written; version 0 for none."""

    text: str = ""
    version: int = 0
    written_at: datetime | None = None


@dataclass(frozen=True)
class Choice:
    """Everything that a decision is taken on, in the order of gates and agreed levels."""

    here: Seat
    meeting: Meeting
    facts: Facts
    candidates: Sequence[Candidate]
    letters: dict[int, LetterText]

    @cached_property
    def departures(self) -> dict[int, list[str]]:
        """Why outcomes need an explanation, by application."""
        return departures(self.candidates, self.here.posts)

    @property
    def missing(self) -> list[str]:
        """What keeps the decision from being signed."""
        return not_ready(self.candidates, self.departures)

    @property
    def appointed(self) -> list[Candidate]:
        """Whom the drafts appoint."""
        return [row for row in self.candidates if row.appointed]

    @property
    def by_outcome(self) -> list[Candidate]:
        """The candidates as the report tells them: who is appointed, who is in reserve, who is not."""
        order = [outcome.value for outcome in Outcome]
        return sorted(self.candidates, key=lambda row: order.index(row.decided.outcome))

    @property
    def before(self) -> list[Standing]:
        """How applicants stood before the panel talked."""
        return in_order(self.meeting.picture.standings)

    @property
    def changed(self) -> list[Item]:
        """Items whose agreed level is not what all members had given, and those with a different view."""
        return [
            item
            for item in self.meeting.items
            if item.agreed and (item.agreed.level != item.scored.unanimous or item.agreed.dissents)
        ]

    @property
    def accepted(self) -> int:
        """How many items were agreed as all members had given them."""
        return self.meeting.progress.agreed - len(self.changed)

    def candidate(self, application_id: int) -> Candidate:
        """Return one candidate; NotFound for who was not interviewed or withdrew."""
        for row in self.candidates:
            if row.application_id == application_id:
                return row
        raise NotFound(_("There is no such applicant to decide about."))


async def choice(actor: Actor, reach: Reach, vacancy_id: int) -> Choice:
    """Return what the manager decides on.

    Raises:
        NotFound: the actor does not manage the vacancy.
        Conflict: the scores are sealed still.
    """
    here = await open_seat(actor, reach, vacancy_id)
    if not here.manages:
        raise NotFound(_("There is no such vacancy, or you do not manage it."))
    return await _choice_for(here)


async def report(actor: Actor, reach: Reach, vacancy_id: int) -> Choice:
    """Return what the report shows, for the manager and the panel, once the decision is signed."""
    here = await open_seat(actor, reach, vacancy_id)
    if here.signed_at is None:
        raise Conflict(_("The decision is not signed yet. The report appears then."))
    return await _choice_for(here)


async def letter(
    actor: Actor, reach: Reach, vacancy_id: int, application_id: int
) -> tuple[Choice, Candidate, LetterText]:
    """Return the letter to one applicant; a draft from what was agreed when none is written.

    Raises:
        Conflict: there is no outcome yet that a letter could tell.
    """
    found = await choice(actor, reach, vacancy_id)
    row = found.candidate(application_id)
    if application_id in found.letters:
        return found, row, found.letters[application_id]
    if not row.decided.outcome:
        raise Conflict(_("Choose an outcome for this applicant first. The letter tells it."))
    agreed = found.meeting.agreed
    points = [
        Point(scored.asked.name, "" if stored.reason == same_reason() else stored.reason, not scored.under)
        for scored in row.standing.criteria
        if (stored := agreed.get((application_id, scored.asked.id))) and stored.level is not None
    ]
    return found, row, LetterText(composed(found.here.title, found.here.manager_name, row, points))


# One round trip for the facts and all drafts: at least one row, whose application may be null.
_DECIDED = """
SELECT v.signed_by, f.title AS framework, w.number, a.id AS application, d.outcome, d.reasons,
       d.departure_reason, d.reserve_until, d.version, d.decided_by AS by, d.decided_at AS at,
       d.person AS person_id, l.text, l.version AS letter_version, l.written_at
FROM vacancy v JOIN framework_version w ON w.id = v.version JOIN framework f ON f.id = w.framework
LEFT JOIN (application a JOIN interview i ON i.application = a.id) ON a.vacancy = v.id
LEFT JOIN decision d ON d.application = a.id
LEFT JOIN letter l ON l.application = a.id
WHERE v.id = {}
"""
_DRAFT = (
    "outcome", "reasons", "departure_reason", "reserve_until", "version", "by", "at", "person_id",
)  # fmt: skip


async def _choice_for(here: Seat) -> Choice:
    meeting = await meeting_for(here, words=False)
    rows = await Decision.raw(_DECIDED, here.vacancy_id)
    drafts = {row["application"]: row for row in rows if row["version"] is not None}
    return Choice(
        here=here,
        meeting=meeting,
        facts=Facts(rows[0]["signed_by"], rows[0]["framework"], rows[0]["number"]),
        candidates=_candidates(meeting, drafts),
        letters={
            row["application"]: LetterText(row["text"], row["letter_version"], row["written_at"])
            for row in rows
            if row["letter_version"] is not None
        },
    )


def _candidates(meeting: Meeting, drafts: dict[int, dict[str, Any]]) -> list[Candidate]:
    agreed: dict[int, dict[int, int | None]] = {}
    for (application_id, criterion_id), row in meeting.agreed.items():
        agreed.setdefault(application_id, {})[criterion_id] = row.level
    standings = (with_agreed(row, agreed.get(row.application_id, {})) for row in meeting.picture.standings)
    return [
        Candidate(
            standing=row,
            open=len(row.criteria) - len(agreed.get(row.application_id, {})),
            decided=_decided(drafts.get(row.application_id)),
        )
        for row in in_order(standings)
    ]


def _decided(row: dict[str, Any] | None) -> Decided:
    return Decided(**{name: row[name] for name in _DRAFT}) if row else Decided()


_ASKED = """
SELECT coalesce(w.profile, 0) AS profile_id, c.id AS competence_id, v.id AS version_id,
       v.framework AS framework_id, f.key AS framework_key, c.code, c.name, d.code AS domain_code,
       d.name AS domain, c.kind, k.required_level, k.gate, k.learnable
FROM criterion k JOIN vacancy w ON w.id = k.vacancy JOIN competence c ON c.id = k.competence
JOIN domain d ON d.id = c.domain JOIN framework_version v ON v.id = c.version
JOIN framework f ON f.id = v.framework
WHERE k.vacancy = {} ORDER BY d.position, c.position, c.code
"""


async def to_learn(vacancy_id: int, person_id: int, today: date) -> list[Gap]:
    """Return, for the command that signs, what a new colleague lacks of the vacancy and can learn in post."""
    asked = [AskedRow(**row) for row in await Decision.raw(_ASKED, vacancy_id)]
    found = gaps(asked, await levels_of(SYSTEM, Reach.ALL, person_id), today)
    return [gap for gap in found if gap.open and gap.asked.learnable]
