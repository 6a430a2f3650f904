"""What a post about a support plan itself means. What its texts must hold is the domain's to say."""

from datetime import date

from competences.support.rules.bodies import Basis, Ended, Raised
from competences.support.rules.plans import Agreement
from competences.support.rules.proposals import Proposal
from competences.text import _
from recruit.support.forms.texts import FAR, edition, text
from recruit.web.forms import Post


def own_proposal(post: Post, texts: dict[Basis, str]) -> Proposal:
    """Read what somebody asks for themselves; `texts` are those that the page showed."""
    basis = _basis(post)
    if not post.ticked("agreed"):
        post.errors["agreed"] = _("Tick that you agree, or leave the page: then nothing begins.")
    draft = Proposal(Raised.SELF, basis, texts[basis], post.row("lead"), words=text(post, "words"))
    post.check()
    return draft


def proposal(post: Post, texts: dict[Basis, str]) -> tuple[int, Proposal]:
    """Read what a support lead proposes to whom."""
    person_id = post.row("person")
    if person_id is None:
        post.errors["person"] = _("Choose with whom you talked.")
    basis = _basis(post)
    raised = post.one_of(
        "raised", [one.value for one in Raised], required=_("Say how it came up that support would help.")
    )
    draft = Proposal(Raised(raised or Raised.CONVERSATION), basis, texts[basis], why=text(post, "why"))
    post.check()
    return person_id or 0, draft


def _basis(post: Post) -> Basis:
    chosen = post.one_of("basis", [one.value for one in Basis], required=_("Choose on what basis."))
    return Basis(chosen or Basis.CONSENT)


def words(post: Post) -> str:
    """Read the worker's own words."""
    value = text(post, "words")
    post.check()
    return value


def agreement(post: Post) -> Agreement:
    """Read what both keep together: signs, who to call, the way back, and the next days."""
    review_on = post.day("review_on", required=_("Say when you look at the plan again."))
    check_in_on = post.day("check_in_on", required=_("Say when you talk next."))
    draft = Agreement(
        text(post, "signs"), text(post, "call"), text(post, "way_back"), review_on or FAR,
        check_in_on or FAR, edition(post),
    )  # fmt: skip
    post.check()
    return draft


def references(post: Post) -> list[str]:
    """Read references of cases, one in each line."""
    value = post.text("references", limit=2000)
    post.check()
    return value.replace(",", "\n").split("\n")


def ended(post: Post) -> Ended:
    """Read why a plan is closed."""
    chosen = post.one_of(
        "ended", [Ended.AGREED.value, Ended.LEFT.value], required=_("Say why the plan is closed.")
    )
    post.check()
    return Ended(chosen)


def lead(post: Post, people: list[tuple[int, str]]) -> int:
    """Read which support lead was chosen."""
    chosen = post.row("lead")
    if chosen not in dict(people):
        post.errors["lead"] = _("Choose a support lead from the list.")
    post.check()
    return chosen or 0


def emergency(post: Post) -> tuple[int, str]:
    """Read whose plan is asked for in an emergency, and why."""
    person = post.row("person")
    if person is None:
        post.errors["person"] = _("Choose whom it is about.")
    reason = text(post, "reason")
    post.check()
    return person or 0, reason


def hold(post: Post) -> tuple[int, date | None]:
    """Read for whom a legal hold is, and until when; no day lifts it."""
    person, until = post.row("person"), post.day("until")
    if person is None:
        post.errors["person"] = _("Choose whom it is about.")
    post.check()
    return person or 0, until
