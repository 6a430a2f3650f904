"""What a post about a panel means."""

from dataclasses import dataclass
from datetime import datetime

from competences.errors import Invalid
from competences.text import _
from recruit.panels.tables import Conflict
from recruit.web.forms import Post


@dataclass(frozen=True, slots=True)
class Declaration:
    """A member's declaration: none, mitigated (then how), withdraws."""

    conflict: str
    mitigation: str


def declaration(post: Post) -> Declaration:
    """Read a declaration; without accepting confidentiality only withdrawing is possible."""
    conflict = post.one_of("conflict", list(Conflict), required=_("Choose what applies to you."))
    mitigation = post.text("mitigation", limit=1000)
    if conflict == Conflict.MITIGATED and not mitigation:
        post.errors["mitigation"] = _("Say how you and the chair deal with it.")
    if conflict != Conflict.WITHDRAWS and not post.ticked("confidential"):
        post.errors["confidential"] = _("Accept confidentiality, or withdraw from the panel.")
    post.check()
    return Declaration(conflict, mitigation)


@dataclass(frozen=True, slots=True)
class InterviewTime:
    """When and where, in UTC; all may be open still."""

    starts_at: datetime | None
    ends_at: datetime | None
    place: str


def interview_time(post: Post) -> InterviewTime:
    """Read the time of an interview."""
    time = InterviewTime(post.moment("starts_at"), post.moment("ends_at"), post.text("place", limit=160))
    post.check()
    if time.starts_at and time.ends_at and time.ends_at <= time.starts_at:
        raise Invalid({"ends_at": _("The interview ends before it starts.")})
    return time
