"""Part of the commands that save and hand in: the same statement and the same record for every kind."""

import json
from collections.abc import Sequence
from datetime import datetime

from competences.assessments.rules import Item, Mark, same
from competences.assessments.tables import Assessment, Submission
from competences.errors import Conflict, NotFound
from competences.text import _

#: The end of a statement whose `card` holds the assessment and the competence when both are open to the
#: actor: write, if the version is the one that was seen. Takes what `filling` returns.
WRITE = """
INSERT INTO rating AS r (assessment, competence, level, no_evidence, evidence, support, version, saved_at)
SELECT assessment, competence, {}, {}, {}, {}, 1, {} FROM card
ON CONFLICT (assessment, competence) DO UPDATE
    SET level = excluded.level, no_evidence = excluded.no_evidence, evidence = excluded.evidence,
        support = excluded.support, version = r.version + 1, saved_at = excluded.saved_at
    WHERE r.version = {} AND (r.level, r.no_evidence, r.evidence, r.support)
          IS DISTINCT FROM (excluded.level, excluded.no_evidence, excluded.evidence, excluded.support)
RETURNING r.version
"""


def filling(mark: Mark, now: datetime) -> tuple[object, ...]:
    """Return what fills the places of WRITE."""
    return mark.level, mark.no_evidence, mark.evidence, mark.support, now, mark.version


class Stale(Conflict):
    """Somebody, perhaps the same person on another device, saved something else first."""

    def __init__(self, stored: Item) -> None:
        super().__init__(
            _("This was changed on another device or in another tab. Nothing is lost: choose which to keep.")
        )
        self.stored = stored


def explain(items: Sequence[Item], mark: Mark, locked: str) -> None:
    """Raise why nothing was written, or return when there was nothing to write.

    Args:
        items: What is asked, as it is stored now.
        mark: What was to be written.
        locked: The sentence when nothing may be written any more, or "".
    """
    found = next((item for item in items if item.competence_id == mark.competence_id), None)
    if found is None:
        raise NotFound(_("That competence is not asked for here."))
    if same(found, mark):
        return
    if locked:
        raise Conflict(locked)
    raise Stale(found)


async def keep_submission(assessment_id: int, items: Sequence[Item], now: datetime) -> int:
    """Part of a command: lock an assessment and keep it as it is now; return the number of the version."""
    number: int = 1 + await Submission.count().where(Submission.assessment == assessment_id)
    kept = [
        {
            "competence": item.competence_id,
            "level": item.level,
            "no_evidence": item.no_evidence,
            "evidence": item.evidence,
            "support": item.support,
        }
        for item in items
    ]
    await Submission(
        assessment=assessment_id, number=number, submitted_at=now, ratings=json.dumps(kept)
    ).save()
    await Assessment.update({Assessment.submitted_at: now}).where(Assessment.id == assessment_id)
    return number
