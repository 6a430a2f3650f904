"""Writes of practice."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.text import _
from recruit.panels.tables import PanelMember
from recruit.practice import queries
from recruit.practice.events import PracticeSaved, PracticeSubmitted
from recruit.practice.queries import OwnSheet
from recruit.practice.rules.sheets import Sheet, problems
from recruit.practice.tables import PracticeRating, PracticeScorecard
from recruit.vacancies.tables import State


class Stale(Conflict):
    """The member saved something else on another device or in another tab."""

    def __init__(self, stored: OwnSheet) -> None:
        super().__init__(
            _("This was changed on another device or in another tab. Nothing is lost: choose which to keep.")
        )
        self.stored = stored


async def _open_sheet(actor: Actor, reach: Reach, vacancy_id: int, key: str) -> OwnSheet:
    """Return one's own sheet while it may change; the lock makes two tabs take turns."""
    sheet = await queries.own_sheet(actor, reach, vacancy_id, key)
    await PanelMember.objects().where(PanelMember.id == sheet.here.member_id).lock_rows().first()
    sheet = await queries.own_sheet(actor, reach, vacancy_id, key)
    if sheet.submitted_at is not None:
        raise Conflict(
            _("You have submitted this case; your levels stay as they were. Practise another one.")
        )
    if sheet.here.state == State.CLOSED:
        raise Conflict(_("This vacancy is closed."))
    return sheet


_SAVE = """
INSERT INTO practice_scorecard AS s (member, vignette, version, started_at, saved_at)
VALUES ({}, {}, 1, {}, {})
ON CONFLICT (member, vignette) DO UPDATE SET version = s.version + 1, saved_at = excluded.saved_at
RETURNING id, version
"""

_RATE = """
INSERT INTO practice_rating (scorecard, code, level, no_evidence, note)
SELECT {}, code, level, no_evidence, note
FROM unnest({}::varchar[], {}::smallint[], {}::boolean[], {}::text[]) AS t (code, level, no_evidence, note)
ON CONFLICT (scorecard, code) DO UPDATE
    SET level = excluded.level, no_evidence = excluded.no_evidence, note = excluded.note
"""


@command
async def save_sheet(
    actor: Actor, reach: Reach, vacancy_id: int, key: str, sheet: Sheet
) -> PracticeSaved | None:
    """Save a draft of one's own levels for a case; None when it was saved like that already.

    Raises:
        NotFound: the actor does not sit on this panel, or there is no such case.
        Conflict: the case is submitted, or the vacancy is closed.
        Stale: what is stored is newer than `sheet.version` and different.
    """
    stored = await _open_sheet(actor, reach, vacancy_id, key)
    given = {code: value for code, value in sheet.given.items() if code in stored.given}
    if stored.version and stored.given == given:
        return None
    if stored.version != sheet.version:
        raise Stale(stored)
    now = datetime.now(UTC)
    saved = (await PracticeScorecard.raw(_SAVE, stored.here.member_id, key, now, now))[0]
    await PracticeRating.raw(
        _RATE, saved["id"], list(given), [value.level for value in given.values()],
        [value.no_evidence for value in given.values()], [value.note for value in given.values()],
    )  # fmt: skip
    return PracticeSaved(subject_id=saved["id"], vignette=key, version=saved["version"])


@command
async def submit_sheet(actor: Actor, reach: Reach, vacancy_id: int, key: str) -> PracticeSubmitted:
    """Lock one's own levels for a case as they are saved; from then on its other levels are open.

    Raises:
        Invalid: something is not answered, or a level that needs evidence has none.
        Conflict: it is submitted already, or the vacancy is closed.
    """
    stored = await _open_sheet(actor, reach, vacancy_id, key)
    if missing := problems(stored.items):
        raise Invalid(missing)
    rows = (
        await PracticeScorecard.update({PracticeScorecard.submitted_at: datetime.now(UTC)})
        .where(PracticeScorecard.member == stored.here.member_id, PracticeScorecard.vignette == key)
        .returning(PracticeScorecard.id)
    )
    return PracticeSubmitted(subject_id=rows[0]["id"], vignette=key)
