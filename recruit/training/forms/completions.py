"""What a post about a completion means."""

from collections.abc import Mapping

from competences.files import LARGEST
from competences.training.queries.completions import CompletionFilter
from competences.training.rules.completions import CompletionDraft
from recruit.web.forms import Post, row_id
from recruit.web.lists import search_words

#: What a list can be narrowed to.
STATES = ("waits", "in-date", "expired", "withdrawn")


def draft(post: Post, *, person_id: int | None = None, external: bool | None = None) -> CompletionDraft:
    """Read a completion. Whose it is and where it is from are read too, unless they are known already."""
    elsewhere = post.get("kind") == "external" if external is None else external
    found = CompletionDraft(
        person_id=post.row("person") if person_id is None else person_id,
        course_id=post.row("course"),
        completed_on=post.day("completed_on"),
        external=elsewhere,
        issuer=post.text("issuer", limit=160) if elsewhere else "",
        ends_on=post.day("ends_on") if elsewhere else None,
    )
    post.check()
    return found


async def paper(post: Post) -> tuple[str, bytes] | None:
    """Read the file of a certificate; None where none was sent. One byte too many is enough to refuse it."""
    file = post.files.get("file")
    return (file.filename, await file.read(LARGEST + 1)) if file else None


def asked(query: Mapping[str, str]) -> CompletionFilter:
    """Read from an address which completions a list shows; what is strange narrows nothing."""
    state = query.get("state", "")
    return CompletionFilter(
        course_id=row_id(query.get("course")) or 0,
        state=state if state in STATES else "",
        search=search_words(query.get("search")),
    )
