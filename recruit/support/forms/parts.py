"""What a post about a part of a support plan means: needs, measures, talks, readers, suggestions; and arrangements."""

from datetime import date

from competences.support.rules.bodies import Choice, MeasureKind, TalkKind
from competences.support.rules.measures import MeasureDraft
from competences.support.rules.needs import NeedDraft
from competences.support.rules.suggestions import AnswerDraft
from competences.support.rules.talks import TalkDraft
from competences.text import _
from recruit.support.forms.texts import FAR, edition, text
from recruit.web.forms import Post


def need(post: Post) -> NeedDraft:
    """Read a need that is taken up from the catalogue."""
    chosen = post.row("need")
    if chosen is None:
        post.errors["need"] = _("Choose a need from the list.")
    draft = NeedDraft(chosen or 0, text(post, "words"), post.day("review_on"))
    post.check()
    return draft


def answer(post: Post, name: str = "answer") -> str:
    """Read what the worker says to something."""
    value = text(post, name)
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
        MeasureKind(kind or MeasureKind.OTHER), post.text("title"), text(post, "what"), post.row("owner"),
        from_on or FAR, post.day("until_on"), post.day("review_on"), post.get("for"), post.ticked("in_place"),
        edition(post),
    )  # fmt: skip
    post.check()
    return draft


def team_words(post: Post) -> str:
    """Read what the team is to be told, as it was typed or shown."""
    value = post.text("words", limit=400)
    post.check()
    return value


def talk(post: Post) -> TalkDraft:
    """Read a talk that took place."""
    kind = post.one_of("kind", [one.value for one in TalkKind], required=_("Choose what it was."))
    held_on = post.day("held_on", required=_("Say on which day you talked."))
    draft = TalkDraft(
        TalkKind(kind or TalkKind.CHECK_IN), held_on or FAR, text(post, "note"), text(post, "next_step"),
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
    reason = text(post, "reason")
    post.check()
    return person or 0, reason, until_on or FAR


def choice(post: Post) -> AnswerDraft:
    """Read what somebody says to a suggestion."""
    chosen = post.one_of(
        "choice", [one.value for one in Choice], required=_("Choose what is to become of it.")
    )
    draft = AnswerDraft(
        post.get("rule")[:40], post.get("rests_on"), Choice(chosen or Choice.POSTPONED), text(post, "reason"),
        post.day("until_on"),
    )  # fmt: skip
    post.check()
    return draft


def arrangement(post: Post) -> tuple[str, date | None]:
    """Read what colleagues are to be told, and until when."""
    words, until_on = post.text("words", limit=400), post.day("until_on")
    post.check()
    return words, until_on
