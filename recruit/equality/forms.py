"""What a post of equality answers means."""

from dataclasses import dataclass

from competences.text import _
from recruit.equality.rules import OPTIONS, Question
from recruit.web.forms import Post

REMOVE = "remove"
MOST = 999_999_999


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as it is to be; an empty one removes what is stored. `version` is what the form had seen."""

    application_id: int
    question: Question
    answer: str
    version: int

    @property
    def field(self) -> str:
        """The name of the form's field."""
        return field(self.question, self.application_id)


def field(question: str, application_id: int) -> str:
    """Return the name of the field for one answer."""
    return f"{question}-{application_id}"


def entries(post: Post) -> list[Entry]:
    """Read the answers that were chosen; a field left alone is no entry."""
    found = []
    for application_id in post.rows("applicant"):
        for question, options in OPTIONS.items():
            name = field(question, application_id)
            chosen = post.one_of(name, (*options, REMOVE))
            version = post.whole(f"version-{name}", low=0, high=MOST, empty=0)
            if chosen:
                answer = "" if chosen == REMOVE else chosen
                found.append(Entry(application_id, question, answer, version))
    if any(entry.answer for entry in found) and not post.ticked("voluntary"):
        post.errors["voluntary"] = _("Confirm that the applicants gave these answers on the voluntary form.")
    post.check()
    return found
