"""What a post about one competence means, and how saving it is answered: for every form with levels."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Response
from litestar.plugins.htmx import HTMXRequest

from competences.assessments.commands.saving import Stale
from competences.assessments.rules import Item, Mark, fingerprint
from competences.errors import Conflict, Invalid
from competences.text import _
from recruit.web.forms import Post
from recruit.web.render import page

LONGEST = 8000
#: Saves one mark; returns the new version, or None when nothing changed.
Save = Callable[[Mark], Awaitable[int | None]]


def mark(post: Post, competence_id: int) -> Mark:
    """Read one competence. Radio 1..5, 0 for no evidence, nothing for unanswered."""
    chosen = post.one_of(f"level-{competence_id}", ("0", "1", "2", "3", "4", "5"))
    evidence = post.text(f"evidence-{competence_id}", limit=LONGEST)
    version = post.whole(f"version-{competence_id}", low=0, high=999_999_999, empty=0)
    if f"level-{competence_id}" in post.errors:
        post.errors[f"level-{competence_id}"] = _("Choose a level from 1 to 5, or no evidence.")
    post.check()
    level = int(chosen) if chosen not in ("", "0") else None
    support = post.ticked(f"support-{competence_id}")
    return Mark(competence_id, level, chosen == "0", evidence, version, support)


def touched(post: Post, item: Item) -> bool:
    """Return whether somebody changed this item on the page that they sent."""
    if not post.has(f"version-{item.competence_id}"):
        return False
    if post.get(f"keep-{item.competence_id}") == "theirs":
        return False
    return fingerprint(mark(post, item.competence_id)) != post.get(f"was-{item.competence_id}")


async def save_touched(
    form: Post, items: Sequence[Item], save: Save
) -> tuple[dict[int, Item], dict[str, str]]:
    """Save each changed item by itself; return what was stale, by competence, and what was wrong."""
    stale: dict[int, Item] = {}
    errors: dict[str, str] = {}
    for item in items:
        try:
            if touched(form, item):
                await save(mark(form, item.competence_id))
        except Stale as error:
            stale[item.competence_id] = error.stored
        except Invalid as error:
            errors |= error.fields
    return stale, errors


async def nothing_more() -> Mapping[str, Any]:
    """Return what a page shows beside "saved" where saving changes nothing else on it."""
    return {}


async def autosaved(
    request: HTMXRequest, form: Post, competence_id: int, save: Save, *,
    saved: str = "shared/_rating_saved.html", more: Callable[[], Awaitable[Mapping[str, Any]]] = nothing_more,
) -> Response[Any]:  # fmt: skip
    """With htmx: save one competence and say so beside it. `more` reads what the template `saved` adds."""
    try:
        sent = mark(form, competence_id)
        version = await save(sent)
    except Stale as error:
        return page(request, "shared/_rating_conflict.html", status=409, item=error.stored, mark=sent)
    except (Conflict, Invalid) as error:
        status = 409 if isinstance(error, Conflict) else 422
        return page(request, "shared/_rating_not_saved.html", status=status, why=str(error))
    return page(
        request, saved, competence_id=competence_id, mark=sent, version=version or max(sent.version, 1),
        at=datetime.now(UTC), headers={"HX-Trigger": f'{{"saved": {{"competence": {competence_id}}}}}'}, **await more(),
    )  # fmt: skip
