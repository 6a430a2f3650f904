"""Writes of equality answers."""

from collections.abc import Sequence

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.equality import queries
from recruit.equality.events import AnswersRecorded
from recruit.equality.forms import Entry
from recruit.equality.queries import Stored
from recruit.equality.tables import EqualityAnswer
from recruit.vacancies.tables import Vacancy


@command
async def record_answers(
    actor: Actor, reach: Reach, vacancy_id: int, entries: Sequence[Entry]
) -> AnswersRecorded | None:
    """Enter, change or remove answers; None when all were like that already.

    Raises:
        NotFound: the answers are not the actor's to enter, or an applicant is not of this vacancy.
        Conflict: the vacancy is signed or closed, or the applicant withdrew: answers can only be removed.
        Invalid: an answer was recorded or removed by somebody else since the form was made.
    """
    await Vacancy.objects().where(Vacancy.id == vacancy_id).lock_rows().first()
    vacancy = await queries.entered(actor, reach, vacancy_id)
    stored = await queries.stored(vacancy_id, [entry.application_id for entry in entries])
    if any(entry.application_id not in stored for entry in entries):
        raise NotFound(_("There is no such applicant to this vacancy."))
    changes = [
        entry
        for entry in entries
        if stored[entry.application_id].answers.get(entry.question, "") != entry.answer
    ]
    for entry in changes:
        if entry.answer and not (vacancy.open and not stored[entry.application_id].withdrawn):
            raise Conflict(_("Answers can only be removed now, no longer entered."))
    if stale := {entry.field: _meanwhile() for entry in changes if _is_stale(entry, stored)}:
        raise Invalid(stale)
    for entry in changes:
        await _write(entry)
    return AnswersRecorded(subject_id=vacancy_id, answers=len(changes)) if changes else None


def _is_stale(entry: Entry, stored: dict[int, Stored]) -> bool:
    return stored[entry.application_id].versions.get(entry.question, 0) != entry.version


def _meanwhile() -> str:
    return _(
        "Somebody recorded or removed this answer in the meantime. Choose again if yours is to replace it."
    )


async def _write(entry: Entry) -> None:
    """Part of a command."""
    if not entry.answer:
        await EqualityAnswer.delete().where(
            EqualityAnswer.application == entry.application_id, EqualityAnswer.question == entry.question
        )
        return
    await EqualityAnswer.raw(
        "INSERT INTO equality_answer AS e (application, question, answer, version) VALUES ({}, {}, {}, 1)"
        " ON CONFLICT (application, question) DO UPDATE SET answer = excluded.answer, version = e.version + 1",
        entry.application_id, entry.question, entry.answer,
    )  # fmt: skip
