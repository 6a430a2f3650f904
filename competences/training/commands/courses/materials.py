"""Links and files of a version; they may be renewed after it was published."""

from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid, NotFound
from competences.files import checked_kind, name_of_kind
from competences.text import _
from competences.training.events.courses import MaterialAdded, MaterialRemoved
from competences.training.rules.courses import is_link
from competences.training.tables import CourseVersion, Material


@command
async def add_link(actor: Actor, version_id: int, title: str, url: str, now: datetime) -> MaterialAdded:
    """Add an address of the web to a version.

    Raises:
        NotFound: there is no such version.
        Invalid: there is no title, or the address is none of the web.
    """
    course_id = await _course_of(version_id)
    url, errors = url.strip(), _untitled(title)
    if not is_link(url) or len(url) > 2000:
        errors["url"] = _("Enter an address that begins with https:// or http://.")
    if errors:
        raise Invalid(errors)
    row = Material(version=version_id, title=title.strip(), url=url, added_at=now)
    await row.save()
    return MaterialAdded(subject_id=course_id, material=row.id, kind="")


@command
async def add_file(
    actor: Actor, version_id: int, title: str, name: str, content: bytes, now: datetime
) -> MaterialAdded:
    """Add a file to a version; what it is, its content says.

    Raises:
        NotFound: there is no such version.
        Invalid: there is no title, or the file is empty, too large or none of the kinds that are taken.
    """
    course_id = await _course_of(version_id)
    if errors := _untitled(title):
        raise Invalid(errors)
    kind = checked_kind(content, "file")
    row = Material(
        version=version_id, title=title.strip(), url="", name=name_of_kind(name, kind), kind=kind,
        size=len(content), content=content, added_at=now,
    )  # fmt: skip
    await row.save()
    return MaterialAdded(subject_id=course_id, material=row.id, kind=kind)


@command
async def remove_material(actor: Actor, version_id: int, material_id: int) -> MaterialRemoved:
    """Take a link or a file away from a version.

    Raises:
        NotFound: there is no such version, or it has no such material.
    """
    course_id = await _course_of(version_id)
    gone = await (
        Material.delete()
        .where(Material.id == material_id, Material.version == version_id)
        .returning(Material.id)
    )
    if not gone:
        raise NotFound(_("There is no such material."))
    return MaterialRemoved(subject_id=course_id, material=material_id)


def _untitled(title: str) -> dict[str, str]:
    wanted = 0 < len(title.strip()) <= 160
    return {} if wanted else {"title": _("Say what it is, in at most 160 characters.")}


async def _course_of(version_id: int) -> int:
    row = await CourseVersion.select(CourseVersion.course).where(CourseVersion.id == version_id).first()
    if row is None:
        raise NotFound(_("There is no such version of a course."))
    return int(row["course"])
