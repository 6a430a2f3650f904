"""Builders for training: courses, sessions, lists and completions, as they lie in the database."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from competences.frameworks.tables import Competence
from competences.people.tables import Person
from competences.role_profiles.tables import RoleProfile
from competences.training.rules.expiry import expires_on
from competences.training.tables import (
    Completion,
    Course,
    CourseLevel,
    CourseRequirement,
    CourseSession,
    CourseTrainer,
    CourseVersion,
    Enrolment,
    Outcome,
    Prerequisite,
    SessionDay,
    SessionTrainer,
)

LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
_numbers = count(1)


async def course(
    title: str = "De-escalation",
    *,
    builds: dict[str, int] | None = None,
    required_by: str = "",
    deadline_days: int = 90,
    before_lone_work: bool = False,
    after: tuple = (),
    trainers: tuple = (),
    code: str = "",
    **columns,
) -> CourseVersion:
    """A published course, required by a role profile where one is named; `after` are versions that come first."""
    row = Course(code=code or f"X{next(_numbers)}")
    await row.save()
    given = {"hours": 8, "refresh_months": 12, "assessed_by": ["observation"], "aims": "", "outline": ""}
    version = CourseVersion(course=row.id, number=1, title=title, **given | columns)
    await version.save()
    for competence, level in (builds or {}).items():
        found = await Competence.objects().where(
            Competence.code == competence, Competence.version.framework.key == "exit-worker"
        ).first()  # fmt: skip
        await CourseLevel(
            version=version.id, competence=found.id, level=level, criteria="Seen at work."
        ).save()
    for first in after:
        await Prerequisite(version=version.id, course=first.course).save()
    for person in trainers:
        await CourseTrainer(course=row.id, person=person.id).save()
    version.published_at = LONG_AGO
    await version.save([CourseVersion.published_at])
    if required_by:
        profile = await RoleProfile.objects().where(RoleProfile.title == required_by).first()
        await CourseRequirement(
            course=row.id, profile=profile.id, deadline_days=deadline_days, before_lone_work=before_lone_work
        ).save()
    return version


async def newer(version: CourseVersion, published_at: datetime, **columns) -> CourseVersion:
    """The next version of a course."""
    given = {"title": version.title, "hours": 8, "refresh_months": 12, "assessed_by": ["observation"]}
    row = CourseVersion(
        course=version.course, number=version.number + 1, aims="", outline="", published_at=published_at,
        **given | columns,
    )  # fmt: skip
    await row.save()
    return row


async def completion(person: Person, version: CourseVersion, on: date, **columns) -> Completion:
    """A completion with the expiry of its version, as somebody wrote it down."""
    columns = {"origin": "recorded", "expires_on": expires_on(on, version.refresh_months), **columns}
    row = Completion(
        person=person.id, version=version.id, completed_on=on, code=uuid4().hex, recorded_at=datetime.now(UTC),
        recorded_by="Jana Wirth", **columns,
    )  # fmt: skip
    await row.save()
    return row


async def signed(person: Person, version: CourseVersion, on: date, **columns) -> Completion:
    """A completion for which an outcome was signed after a session on that day."""
    listed = await enrolment(await session(version, on), person)
    outcome = Outcome(
        enrolment=listed.id, result="completed", assessed_by="observation", evidence="Seen.",
        signed_at=datetime.now(UTC), trainer=None,
    )  # fmt: skip
    await outcome.save()
    return await completion(person, version, on, origin="session", outcome=outcome.id, **columns)


async def session(
    version: CourseVersion, on: date, *, days: int = 1, capacity: int = 12, trainers: tuple = (), **columns
) -> CourseSession:
    """A session from nine to five in Berlin, on so many days."""
    columns = {"zone": "Europe/Berlin", "place": "Room 2", **columns}
    row = CourseSession(
        version=version.id, capacity=capacity, uid=uuid4().hex, made_at=datetime.now(UTC), **columns
    )
    await row.save()
    for number in range(days):
        day = on + timedelta(days=number)
        await SessionDay(
            session=row.id,
            starts_at=datetime.combine(day, time(9), BERLIN),
            ends_at=datetime.combine(day, time(17), BERLIN),
        ).save()
    for person in trainers:
        await SessionTrainer(session=row.id, person=person.id).save()
    return row


async def enrolment(
    row: CourseSession, person: Person | None, *, place: str = "booked", **columns
) -> Enrolment:
    """Somebody on the list; None with guest= for somebody from a partner."""
    turn = await Enrolment.count().where(Enrolment.session == row.id)
    made = Enrolment(
        session=row.id, person=person.id if person else None, place=place, turn=turn + 1,
        joined_at=datetime.now(UTC), **columns,
    )  # fmt: skip
    await made.save()
    return made
