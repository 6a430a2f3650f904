"""Who may teach a course."""

from datetime import date

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid, NotFound
from competences.text import _
from competences.training.commands.courses.checks import locked_course
from competences.training.events.courses import CourseTrainerAdded, CourseTrainerRemoved
from competences.training.queries import courses as queries
from competences.training.tables import CourseTrainer


@command
async def add_trainer(
    actor: Actor, course_id: int, person_id: int | None, today: date
) -> CourseTrainerAdded | None:
    """Say that somebody may teach a course.

    Raises:
        NotFound: there is no such course.
        Invalid: the person does not work here.
    """
    await locked_course(course_id)
    if person_id is None or person_id not in dict(await queries.possible_trainers(today)):
        raise Invalid({"person": _("Choose somebody from the list.")})
    if await CourseTrainer.exists().where(
        CourseTrainer.course == course_id, CourseTrainer.person == person_id
    ):
        return None
    await CourseTrainer(course=course_id, person=person_id).save()
    return CourseTrainerAdded(subject_id=course_id, person_id=person_id)


@command
async def remove_trainer(actor: Actor, course_id: int, person_id: int) -> CourseTrainerRemoved:
    """Say that somebody may not teach a course any more; sessions that they lead stay as they are.

    Raises:
        NotFound: there is no such course, or the person may not teach it.
    """
    await locked_course(course_id)
    gone = await (
        CourseTrainer.delete()
        .where(CourseTrainer.course == course_id, CourseTrainer.person == person_id)
        .returning(CourseTrainer.id)
    )
    if not gone:
        raise NotFound(_("This person is not among those who may teach the course."))
    return CourseTrainerRemoved(subject_id=course_id, person_id=person_id)
