"""Reads of a panel: who sits where, what is still missing, never what anybody scored."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.access import Role
from recruit.panels.tables import PanelMember
from recruit.vacancies.tables import State


@dataclass(frozen=True, slots=True)
class Seat:
    """How somebody stands towards a vacancy's panel: its manager, a member, or both."""

    vacancy_id: int
    title: str
    state: str
    version_id: int
    posts: int
    manager_id: int
    manager_name: str
    manages: bool
    member_id: int | None
    chair: bool
    declared_at: datetime | None
    scoring_opened_at: datetime | None
    revealed_at: datetime | None
    revealed_early: str
    signed_at: datetime | None

    @property
    def scores(self) -> bool:
        """A member who has declared and scoring is under way."""
        return self.declared and self.state == State.SCORING and self.revealed_at is None

    @property
    def declared(self) -> bool:
        """A member who accepted confidentiality and declared conflicts (rule 2)."""
        return self.member_id is not None and self.declared_at is not None

    @property
    def informed(self) -> bool:
        """Whether this person may see who applied."""
        return self.manages or self.declared


_SEAT = """
SELECT v.id, v.title, v.state, v.version, v.posts, v.manager, p.name AS manager_name,
       v.scoring_opened_at, v.revealed_at, v.revealed_early, v.signed_at,
       m.id AS member, m.chair, m.declared_at
FROM vacancy v JOIN person p ON p.id = v.manager
LEFT JOIN panel_member m ON m.vacancy = v.id AND m.person = {} AND m.left_at IS NULL
WHERE v.id = {}
"""


async def seat(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    """Return how `actor` stands towards this vacancy.

    Raises:
        NotFound: they neither manage it nor sit on its panel, or no longer do.
    """
    rows = await PanelMember.raw(_SEAT, actor.person_id, vacancy_id) if reach and actor.person_id else []
    if rows:
        row = rows[0]
        manages = row["manager"] == actor.person_id and Role.HIRING_MANAGER in actor.roles
        if manages or row["member"] is not None:
            return Seat(
                row["id"], row["title"], row["state"], row["version"], row["posts"], row["manager"],
                row["manager_name"], manages, row["member"], bool(row["chair"]), row["declared_at"],
                row["scoring_opened_at"], row["revealed_at"], row["revealed_early"], row["signed_at"],
            )  # fmt: skip
    raise NotFound(_("There is no such panel, or you are not on it."))


async def managed_seat(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    """Return the seat of whoever manages this vacancy; NotFound for everybody else."""
    here = await seat(actor, reach, vacancy_id)
    if not here.manages:
        raise NotFound(_("There is no such vacancy, or you do not manage it."))
    return here


async def informed_seat(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    """Return the seat of a manager or a member who has declared; NotFound before that (rule 2)."""
    here = await seat(actor, reach, vacancy_id)
    if not here.informed:
        raise NotFound(_("Accept confidentiality and declare conflicts of interest first."))
    return here


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member's progress as dots: four yes-or-no steps and a count, no scores."""

    id: int
    person_id: int
    name: str
    external: str
    chair: bool
    conflict: str
    mitigation: str
    declared_at: datetime | None
    left_at: datetime | None
    started: int
    submitted: int
    due: int


_MEMBERS = """
SELECT m.id, m.person, p.name, p.external, m.chair, m.conflict, m.mitigation, m.declared_at, m.left_at,
       count(s.id) FILTER (WHERE s.recused_at IS NULL) AS started,
       count(a.submitted_at) FILTER (WHERE s.recused_at IS NULL) AS submitted,
       (SELECT count(*) FROM interview i JOIN application ap ON ap.id = i.application
        WHERE ap.vacancy = m.vacancy AND ap.withdrawn_at IS NULL)
       - count(s.id) FILTER (WHERE s.recused_at IS NOT NULL) AS due
FROM panel_member m JOIN person p ON p.id = m.person
LEFT JOIN scorecard s ON s.member = m.id
     AND EXISTS (SELECT FROM interview i JOIN application ap ON ap.id = i.application
                 WHERE i.application = s.application AND ap.withdrawn_at IS NULL)
LEFT JOIN assessment a ON a.id = s.assessment
WHERE m.vacancy = {}
GROUP BY m.id, p.id ORDER BY m.left_at IS NOT NULL, m.id
"""


async def members(vacancy_id: int) -> list[MemberRow]:
    """Return everybody who sits or sat on a panel, in the order they joined.

    For callers that hold a Seat of this vacancy.
    """
    rows = await PanelMember.raw(_MEMBERS, vacancy_id)
    return [MemberRow(**{("person_id" if key == "person" else key): row[key] for key in row}) for row in rows]


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """An application on the panel's list, and where one member's scorecard for it stands."""

    application_id: int
    name: str
    interviewed: bool
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    withdrawn: bool
    scorecard_id: int | None
    recused: bool
    submitted_at: datetime | None


_INTERVIEWS = """
SELECT ap.id AS application_id, ap.name, i.id IS NOT NULL AS interviewed, i.starts_at, i.ends_at,
       coalesce(i.place, '') AS place, ap.withdrawn_at IS NOT NULL AS withdrawn,
       s.id AS scorecard_id, s.recused_at IS NOT NULL AS recused, a.submitted_at
FROM application ap
LEFT JOIN interview i ON i.application = ap.id
LEFT JOIN scorecard s ON s.application = ap.id AND s.member = {}
LEFT JOIN assessment a ON a.id = s.assessment
WHERE ap.vacancy = {} AND (i.id IS NOT NULL OR {}) AND ({} = 0 OR ap.id = {})
ORDER BY i.id IS NULL, i.starts_at NULLS LAST, lower(ap.name), ap.id
LIMIT {}
"""


async def interviews(here: Seat, *, everybody: bool = False, only: int = 0) -> list[InterviewRow]:
    """Return the interviews of a vacancy in the order of their times.

    With `everybody`, applications without an interview follow; with `only`, just that application.

    Holds the scorecard of the seat's own member, nobody else's. Empty before declaring (rule 2).
    """
    if not here.informed:
        return []
    rows = await PanelMember.raw(_INTERVIEWS, here.member_id, here.vacancy_id, everybody, only, only, 300)
    return [InterviewRow(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A panel that somebody sits on, as their list shows it."""

    vacancy_id: int
    title: str
    state: str
    chair: bool
    declared: bool
    due: int
    submitted: int
    first_at: datetime | None
    revealed: bool


_PANELS = """
SELECT v.id AS vacancy_id, v.title, v.state, m.chair, m.declared_at IS NOT NULL AS declared,
       count(i.id) FILTER (WHERE ap.withdrawn_at IS NULL AND s.recused_at IS NULL) AS due,
       count(a.submitted_at) FILTER (WHERE ap.withdrawn_at IS NULL AND s.recused_at IS NULL) AS submitted,
       min(i.starts_at) FILTER (WHERE a.submitted_at IS NULL) AS first_at,
       v.revealed_at IS NOT NULL AS revealed
FROM panel_member m JOIN vacancy v ON v.id = m.vacancy
LEFT JOIN application ap ON ap.vacancy = v.id
LEFT JOIN interview i ON i.application = ap.id
LEFT JOIN scorecard s ON s.application = ap.id AND s.member = m.id
LEFT JOIN assessment a ON a.id = s.assessment
WHERE m.person = {} AND m.left_at IS NULL AND v.state <> 'draft'
GROUP BY m.id, v.id ORDER BY v.state = 'closed', v.id DESC LIMIT 200
"""


async def panels(actor: Actor, reach: Reach) -> list[PanelRow]:
    """Return the panels that `actor` sits on, newest first."""
    rows = await PanelMember.raw(_PANELS, actor.person_id) if reach else []
    return [PanelRow(**row) for row in rows]


async def candidates_for_panel(vacancy_id: int) -> list[tuple[int, str]]:
    """Return (person id, name) of those with an open account who are not on this panel yet."""
    rows = await PanelMember.raw(
        "SELECT p.id, p.name FROM person p JOIN account a ON a.person = p.id"
        " WHERE a.closed_at IS NULL AND (a.ends_at IS NULL OR a.ends_at > now())"
        " AND a.roles && ARRAY['staff', 'external']::varchar[]"
        " AND NOT EXISTS (SELECT FROM panel_member m"
        "   WHERE m.vacancy = {} AND m.person = p.id AND m.left_at IS NULL)"
        " ORDER BY lower(p.name) LIMIT 500",
        vacancy_id,
    )
    return [(row["id"], row["name"]) for row in rows]


async def member_seat(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    """Return the seat of a member, declared or not yet; NotFound for a manager who does not sit on it."""
    here = await seat(actor, reach, vacancy_id)
    if here.member_id is None:
        raise NotFound(_("There is no such panel, or you are not on it."))
    return here


async def interview(actor: Actor, reach: Reach, vacancy_id: int, application_id: int) -> InterviewRow:
    """Return one application of a vacancy that the actor manages, with its interview if there is one."""
    here = await managed_seat(actor, reach, vacancy_id)
    rows = await interviews(here, everybody=True, only=application_id)
    if application_id and rows:
        return rows[0]
    raise NotFound(_("There is no such application to this vacancy."))
