"""Writes of rounds: who is asked, until when, and which colleagues as well."""

from collections.abc import Collection
from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.events import PeersAsked, RoundMoved, RoundOpened
from competences.assessments.queries.places import side
from competences.assessments.queries.rounds import peers_of, round_of
from competences.assessments.rules.rounds import FEWEST_PEERS, RoundDraft, draft_errors, why_closed
from competences.assessments.tables import Assessment, Kind, Participant, Round
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.queries import Member, led_people, managers
from competences.people.reach import Reach
from competences.role_profiles.queries import RoleRow, roles_of
from competences.text import _, _n


@command
async def open_round(
    actor: Actor, reach: Reach, draft: RoundDraft, today: date, now: datetime
) -> RoundOpened:
    """Open a round among those whom the actor leads; people without a role are left out.

    Each person's role, framework version and targets are copied, so that nothing reaches them later (rule 8).

    Raises:
        NotFound: the actor leads nobody.
        Invalid: title, days or people cannot be used.
    """
    if reach < Reach.TEAM:
        raise NotFound(_("Only a line manager opens rounds."))
    errors = draft_errors(draft)
    if draft.closes_on < today:
        errors.setdefault("closes_on", _("Choose today or a later day."))
    people = _chosen(draft, await led_people(actor, reach, today))
    roles = await roles_of(actor, reach, [row.id for row in people], today)
    if not roles:
        errors.setdefault("who", _("None of these people has a role yet. Set their roles first."))
    if errors:
        raise Invalid(errors)
    row = Round(
        title=draft.title.strip(), unit=draft.unit_id, opens_on=draft.opens_on, closes_on=draft.closes_on,
        peers=draft.peers, opened_by=actor.person_id,
    )  # fmt: skip
    await row.save()
    for role in roles.values():
        await _take_in(row.id, role, actor)
    await _check_asked(row.id)
    await Round.update({Round.opened_at: now}).where(Round.id == row.id)
    return RoundOpened(subject_id=row.id, title=row.title, people=len(roles))


def _chosen(draft: RoundDraft, led: Collection[Member]) -> list[Member]:
    if draft.unit_id is not None:
        return [row for row in led if row.unit_id == draft.unit_id]
    return [row for row in led if row.id in draft.person_ids]


_TARGETS = """
INSERT INTO target (participant, competence, required_level, gate, learnable)
SELECT {}, k.competence, k.required_level, k.gate, k.learnable FROM profile_criterion k WHERE k.profile = {}
"""


async def _take_in(round_id: int, role: RoleRow, actor: Actor) -> None:
    row = Participant(
        round=round_id, person=role.person_id, manager=actor.person_id, profile=role.profile_id,
        version=role.version_id,
    )  # fmt: skip
    await row.save()
    await Participant.raw(_TARGETS, row.id, role.profile_id)


async def _check_asked(round_id: int) -> None:
    rows = await Participant.raw(
        "SELECT r.title FROM participant t JOIN role_profile r ON r.id = t.profile"
        " WHERE t.round = {} AND NOT EXISTS (SELECT FROM target g WHERE g.participant = t.id) LIMIT 1",
        round_id,
    )
    if rows:
        raise Invalid({"who": _("The role “%(role)s” asks for no competence yet.", role=rows[0]["title"])})


@command
async def set_last_day(
    actor: Actor, reach: Reach, round_id: int, closes_on: date, today: date
) -> RoundMoved | None:
    """Give a round more days, or end it with a day that is today or later.

    Raises:
        NotFound: there is no such round, or none of the actor's people is in it.
        Conflict: somebody else opened it, and leads people in it still.
        Invalid: the day is past, or before the first.
    """
    here = await round_of(actor, reach, round_id)
    if not here.movable:
        raise Conflict(
            _("Only %(name)s, who opened the round, changes its last day.", name=here.opener or "")
        )
    if closes_on == here.closes_on:
        return None
    if closes_on < max(today, here.opens_on):
        raise Invalid({"closes_on": _("Choose today or a later day.")})
    await Round.update({Round.closes_on: closes_on}).where(Round.id == round_id)
    return RoundMoved(subject_id=round_id, closes_on=closes_on)


@command
async def name_peers(
    actor: Actor, reach: Reach, participant_id: int, person_ids: Collection[int], today: date
) -> PeersAsked | None:
    """Ask colleagues how they see somebody; those who were asked before stay asked.

    Raises:
        NotFound: the actor is not the person's line manager.
        Conflict: the round asks no colleagues, is not open, or the person and a line manager have shared already.
        Invalid: there would be fewer than three, or somebody cannot be asked.
    """
    here = await side(actor, reach, participant_id)
    if here.kind != "manager":
        raise NotFound(_("Only the line manager asks colleagues."))
    if not here.peers or here.read_before:
        raise Conflict(_("Colleagues are not asked here, or not any more."))
    if closed := why_closed(here.opens_on, here.closes_on, today):
        raise Conflict(closed)
    await Participant.objects().where(Participant.id == participant_id).lock_rows().first()
    asked = {key for key, _name in await peers_of(participant_id)}
    could = {key for key, _name in await managers(without=here.person_id)} - {actor.person_id}
    new = set(person_ids) - asked
    if not new <= could:
        raise Invalid({"peers": _("Choose colleagues from the list.")})
    if len(asked | new) < FEWEST_PEERS:
        raise Invalid({"peers": _n(
            "Ask at least %(count)s colleague.",
            "Ask at least %(count)s colleagues, so that nobody can tell who gave what.", FEWEST_PEERS,
        )})  # fmt: skip
    if not new:
        return None
    await Assessment.insert(*(
        Assessment(kind=Kind.PEER.value, version=here.version_id, person=here.person_id, assessor=key,
                   participant=participant_id)
        for key in sorted(new)
    ))  # fmt: skip
    return PeersAsked(subject_id=participant_id, asked=len(asked | new))
