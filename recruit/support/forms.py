"""What a post about a support plan means. What its texts must hold is the domain's to say."""

from datetime import date

from competences.support.rules.bodies import Basis, Choice, Ended, MeasureKind, Raised, TalkKind
from competences.support.rules.catalogue import NeedText
from competences.support.rules.measures import MeasureDraft
from competences.support.rules.needs import NeedDraft
from competences.support.rules.plans import Agreement
from competences.support.rules.proposals import LONGEST, Proposal
from competences.support.rules.suggestions import AnswerDraft
from competences.support.rules.talks import TalkDraft
from competences.text import _
from recruit.web.forms import Post

FAR = date(1900, 1, 1)


def own_proposal(post: Post, texts: dict[Basis, str]) -> Proposal:
    """Read what somebody asks for themselves; `texts` are those that the page showed."""
    basis = _basis(post)
    if not post.ticked("agreed"):
        post.errors["agreed"] = _("Tick that you agree, or leave the page: then nothing begins.")
    draft = Proposal(Raised.SELF, basis, texts[basis], post.row("lead"), words=_text(post, "words"))
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
    draft = Proposal(Raised(raised or Raised.CONVERSATION), basis, texts[basis], why=_text(post, "why"))
    post.check()
    return person_id or 0, draft


def _basis(post: Post) -> Basis:
    chosen = post.one_of("basis", [one.value for one in Basis], required=_("Choose on what basis."))
    return Basis(chosen or Basis.CONSENT)


def _text(post: Post, name: str) -> str:
    return post.text(name, limit=LONGEST)


def words(post: Post) -> str:
    """Read the worker's own words."""
    value = _text(post, "words")
    post.check()
    return value


def agreement(post: Post) -> Agreement:
    """Read what both keep together: signs, who to call, the way back, and the next days."""
    review_on = post.day("review_on", required=_("Say when you look at the plan again."))
    check_in_on = post.day("check_in_on", required=_("Say when you talk next."))
    draft = Agreement(
        _text(post, "signs"), _text(post, "call"), _text(post, "way_back"), review_on or FAR,
        check_in_on or FAR, edition(post),
    )  # fmt: skip
    post.check()
    return draft


def edition(post: Post) -> int:
    """Read which state of a text the form showed."""
    return post.row("edition") or 0


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


def need(post: Post) -> NeedDraft:
    """Read a need that is taken up from the catalogue."""
    chosen = post.row("need")
    if chosen is None:
        post.errors["need"] = _("Choose a need from the list.")
    draft = NeedDraft(chosen or 0, _text(post, "words"), post.day("review_on"))
    post.check()
    return draft


def answer(post: Post, name: str = "answer") -> str:
    """Read what the worker says to something."""
    value = _text(post, name)
    post.check()
    return value


def next_day(post: Post) -> date:
    """Read when something is looked at next."""
    day = post.day("review_on", required=_("Say when you look at it again."))
    post.check()
    return day or FAR


def measure(post: Post) -> MeasureDraft:
    """Read what is done, by whom, and from when."""
    kind = post.one_of("kind", [one.value for one in MeasureKind], required=_("Choose what it is."))
    from_on = post.day("from_on", required=_("Say from when."))
    draft = MeasureDraft(
        MeasureKind(kind or MeasureKind.OTHER), post.text("title"), _text(post, "what"), post.row("owner"),
        from_on or FAR, post.day("until_on"), post.day("review_on"), post.get("for"), post.ticked("in_place"),
        edition(post),
    )  # fmt: skip
    post.check()
    return draft


def talk(post: Post) -> TalkDraft:
    """Read a talk that took place."""
    kind = post.one_of("kind", [one.value for one in TalkKind], required=_("Choose what it was."))
    held_on = post.day("held_on", required=_("Say on which day you talked."))
    draft = TalkDraft(
        TalkKind(kind or TalkKind.CHECK_IN), held_on or FAR, _text(post, "note"), _text(post, "next_step"),
        post.day("next_on"),
    )  # fmt: skip
    post.check()
    return draft


def reader(post: Post) -> tuple[int, str, date]:
    """Read who is named, why and until when."""
    person = post.row("person")
    if person is None:
        post.errors["person"] = _("Choose somebody from the list.")
    until_on = post.day("until_on", required=_("Say until when, at most twelve months ahead."))
    reason = _text(post, "reason")
    post.check()
    return person or 0, reason, until_on or FAR


def emergency(post: Post) -> tuple[int, str]:
    """Read whose plan is asked for in an emergency, and why."""
    person = post.row("person")
    if person is None:
        post.errors["person"] = _("Choose whom it is about.")
    reason = _text(post, "reason")
    post.check()
    return person or 0, reason


def team_words(post: Post) -> str:
    """Read what the team is to be told, as it was typed or shown."""
    value = post.text("words", limit=400)
    post.check()
    return value


def need_text(post: Post, code: str = "") -> NeedText:
    """Read the words of a need of the catalogue; without `code` that is typed too."""
    typed = code or post.text("code", limit=8).upper()
    text = NeedText(
        typed, post.text("title"), post.text("question"), post.text("why"),
        tuple(row.strip() for row in post.text("measures").split("\n") if row.strip()),
        post.whole("review_months", low=1, high=24, empty=6), post.text("source"),
    )  # fmt: skip
    post.check()
    return text


def choice(post: Post) -> AnswerDraft:
    """Read what somebody says to a suggestion."""
    chosen = post.one_of(
        "choice", [one.value for one in Choice], required=_("Choose what is to become of it.")
    )
    draft = AnswerDraft(
        post.get("rule")[:40], post.get("rests_on"), Choice(chosen or Choice.POSTPONED), _text(post, "reason"),
        post.day("until_on"),
    )  # fmt: skip
    post.check()
    return draft


def arrangement(post: Post) -> tuple[str, date | None]:
    """Read what colleagues are to be told, and until when."""
    words, until_on = post.text("words", limit=400), post.day("until_on")
    post.check()
    return words, until_on
