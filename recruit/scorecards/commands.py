"""Writes of scores."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.assessments.commands.saving import WRITE, explain, filling, keep_submission
from competences.assessments.rules import Mark, problems
from competences.assessments.tables import Assessment, Kind, Rating, Submission
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.panels.queries import Seat, interviews, member_seat, seat
from recruit.panels.rules import FEWEST
from recruit.panels.tables import PanelMember, Scorecard
from recruit.scorecards.events import (
    MemberRecused,
    RatingSaved,
    ScorecardReopened,
    ScorecardStarted,
    ScorecardSubmitted,
    ScoresRevealed,
)
from recruit.scorecards.queries import cards, sealed
from recruit.vacancies.tables import Vacancy


async def start_scorecard(actor: Actor, reach: Reach, vacancy_id: int, application_id: int) -> int:
    """Return the id of the member's scorecard for an application, begun now if it was not before."""
    here = await _scoring_seat(actor, reach, vacancy_id)
    assert here.member_id is not None
    if found := await cards.started(here.member_id, application_id):
        return found
    return (await _start(actor, here, application_id)).subject_id


async def _scoring_seat(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    here = await member_seat(actor, reach, vacancy_id)
    if not here.declared:
        raise NotFound(_("Accept confidentiality and declare conflicts of interest first."))
    if not here.scores:
        raise Conflict(_("Scoring is not open for this vacancy."))
    return here


@command
async def _start(actor: Actor, here: Seat, application_id: int) -> ScorecardStarted:
    # Locking the member makes two tabs that begin at once take turns.
    await PanelMember.objects().where(PanelMember.id == here.member_id).lock_rows().first()
    listed = await interviews(here, only=application_id)
    if not listed or not listed[0].interviewed or listed[0].withdrawn:
        raise NotFound(_("This applicant is not on the panel’s list."))
    if listed[0].scorecard_id is None:
        assessment = Assessment(
            kind=Kind.PANEL.value,
            version=here.version_id,
            assessor=actor.person_id,
            started_at=datetime.now(UTC),
        )
        await assessment.save()
        card = Scorecard(member=here.member_id, application=application_id, assessment=assessment.id)
        await card.save()
        return ScorecardStarted(subject_id=card.id, application=application_id)
    return ScorecardStarted(subject_id=listed[0].scorecard_id, application=application_id)


# One statement: is this my open card, is the criterion asked for, is the version the one I saw; write.
# The lock on the assessment makes a save and a submission take turns.
_SAVE = f"""
WITH card AS (
    SELECT a.id AS assessment, k.competence
    FROM scorecard s
    JOIN panel_member m ON m.id = s.member
    JOIN assessment a ON a.id = s.assessment
    JOIN application ap ON ap.id = s.application
    JOIN vacancy v ON v.id = ap.vacancy
    JOIN criterion k ON k.vacancy = v.id AND k.competence = {{}}
    WHERE s.id = {{}} AND m.person = {{}} AND m.left_at IS NULL AND m.declared_at IS NOT NULL
      AND s.recused_at IS NULL AND a.submitted_at IS NULL AND ap.withdrawn_at IS NULL
      AND v.state = 'scoring' AND v.revealed_at IS NULL
    FOR UPDATE OF a
)
{WRITE}"""  # noqa: S608  constants only


@command
async def save_rating(actor: Actor, reach: Reach, scorecard_id: int, mark: Mark) -> RatingSaved | None:
    """Save one criterion of one's own open scorecard; None when it was saved like that already.

    Raises:
        NotFound: the scorecard is not the actor's, or the vacancy does not ask for this competence.
        Conflict: the scorecard is submitted, or scoring is over.
        Stale: what is stored is newer than `mark.version` and different.
    """
    if not reach:
        raise NotFound(_("There is no such scorecard, or it is not yours."))
    rows = await Rating.raw(
        _SAVE, mark.competence_id, scorecard_id, actor.person_id, *filling(mark, datetime.now(UTC))
    )
    if rows:
        return RatingSaved(subject_id=scorecard_id, competence=mark.competence_id, version=rows[0]["version"])
    card = await cards.own(actor, reach, scorecard_id)
    locked = "" if card.open else _("Your scores are locked. What you wrote since then was not saved.")
    explain((await cards.sheet(card)).items, mark, locked)
    return None


@command
async def submit_scorecard(actor: Actor, reach: Reach, scorecard_id: int) -> ScorecardSubmitted:
    """Lock one's own scorecard and keep it as it is now (rule 3).

    Raises:
        Invalid: something is not answered, or a level that needs evidence has none.
        Conflict: it is locked already, or scoring is over.
    """
    card = await cards.own(actor, reach, scorecard_id)
    # A reveal at the same moment waits, or makes us see that scoring is over.
    await Vacancy.raw("SELECT id FROM vacancy WHERE id = {} FOR SHARE", card.vacancy_id)
    assessment = await Assessment.objects().where(Assessment.id == card.assessment_id).lock_rows().first()
    card = await cards.own(actor, reach, scorecard_id)  # as it is now that nobody else can write
    assert assessment is not None
    if not card.open:
        raise Conflict(_("This scorecard is locked already."))
    items = (await cards.sheet(card)).items
    if missing := problems(items):
        raise Invalid(missing)
    number = await keep_submission(assessment.id, items, datetime.now(UTC))
    return ScorecardSubmitted(subject_id=scorecard_id, number=number)


@command
async def reopen_scorecard(
    actor: Actor, reach: Reach, vacancy_id: int, scorecard_id: int, reason: str
) -> ScorecardReopened:
    """Let a member change a submitted scorecard again; the chair does, with a reason (rule 3)."""
    if scorecard_id not in {card.id for card in await sealed.submitted_cards(actor, reach, vacancy_id)}:
        raise NotFound(_("There is no such submitted scorecard."))
    reason = reason.strip()[:500]
    if not reason:
        raise Invalid({f"reason-{scorecard_id}": _("Say why it is reopened. The log keeps the reason.")})
    await Vacancy.objects().where(Vacancy.id == vacancy_id).lock_rows().first()
    here = await seat(actor, reach, vacancy_id)
    if here.revealed_at is not None:
        raise Conflict(_("The scores are revealed; scorecards stay as they were."))
    card = await Scorecard.objects().get(Scorecard.id == scorecard_id)
    assert card is not None
    now = datetime.now(UTC)
    await Submission.update(
        {Submission.reopened_at: now, Submission.reopened_by: actor.name, Submission.reopened_reason: reason}
    ).where(Submission.assessment == card.assessment, Submission.reopened_at.is_null())
    await Assessment.update({Assessment.submitted_at: None}).where(Assessment.id == card.assessment)
    return ScorecardReopened(subject_id=scorecard_id, reason=reason)


@command
async def recuse(actor: Actor, reach: Reach, scorecard_id: int, reason: str) -> MemberRecused:
    """Step back from one applicant: the member's scores for them do not count (rule 2)."""
    card = await cards.own(actor, reach, scorecard_id)
    if not card.open:
        raise Conflict(_("This scorecard is locked. Ask the chair to reopen it first."))
    if not reason.strip():
        raise Invalid({"recusal": _("Say in a few words why you do not score this applicant.")})
    await Scorecard.update(
        {Scorecard.recused_at: datetime.now(UTC), Scorecard.recusal: reason.strip()[:500]}
    ).where(Scorecard.id == scorecard_id)  # fmt: skip
    return MemberRecused(subject_id=scorecard_id, application=card.application_id)


@command
async def reveal_scores(
    actor: Actor, reach: Reach, vacancy_id: int, early_reason: str = ""
) -> ScoresRevealed:
    """Lift the seal: by the chair or the manager when all is in, early by the manager with a reason.

    Raises:
        Conflict: scorecards are missing, or fewer than two members score (rules 1 and 9).
    """
    here = await seat(actor, reach, vacancy_id)
    if not (here.manages or (here.chair and here.declared)):
        raise NotFound(_("Only the chair or the manager reveals the scores."))
    vacancy = await Vacancy.objects().where(Vacancy.id == vacancy_id).lock_rows().first()
    assert vacancy is not None
    if vacancy.state != "scoring" or vacancy.revealed_at is not None:
        raise Conflict(_("There is nothing to reveal: scoring is not open, or the scores are open already."))
    missing = await sealed.missing_scorecards(vacancy_id)
    early = early_reason.strip()[:1000] if here.manages else ""
    if missing and not early:
        raise Conflict(await sealed.why_sealed(here))
    await _check_enough_scorers(vacancy_id)
    vacancy.revealed_at, vacancy.revealed_early = datetime.now(UTC), early if missing else ""
    await vacancy.save([Vacancy.revealed_at, Vacancy.revealed_early])
    return ScoresRevealed(
        subject_id=vacancy_id, early=bool(missing), reason=early if missing else "", missing=missing
    )


async def _check_enough_scorers(vacancy_id: int) -> None:
    rows = await Scorecard.raw(
        "SELECT count(DISTINCT m.id) AS scorers FROM panel_member m JOIN scorecard s ON s.member = m.id"
        " JOIN assessment a ON a.id = s.assessment"
        " WHERE m.vacancy = {} AND m.left_at IS NULL AND s.recused_at IS NULL AND a.submitted_at IS NOT NULL",
        vacancy_id,
    )
    if rows[0]["scorers"] < FEWEST:
        raise Conflict(_("At least two members must have submitted scores. A panel of one cannot reveal."))
