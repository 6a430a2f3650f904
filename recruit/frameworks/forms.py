"""What a post about a framework draft means."""

from competences.frameworks.rules.texts import CompetenceText, DomainText, QuestionText
from competences.frameworks.tables import Kind
from competences.scoring.scale import LEVELS
from competences.text import _
from recruit.web.forms import Post

#: How many questions a form offers; empty ones are left out.
QUESTIONS = range(1, 6)


def note(post: Post, required: str) -> str:
    """Read what a version changes and why."""
    value = post.text("note", required=required, limit=2000)
    post.check()
    return value


def domain(post: Post) -> DomainText:
    """Read a domain, without its competences."""
    text = DomainText(
        code=_code(post),
        name=_line(post, "name", required=_("Enter the name."), limit=80),
        definition=_line(post, "definition", limit=600),
        competences=(),
    )
    post.check()
    return text


def competence(post: Post) -> CompetenceText:
    """Read a competence with all its words."""
    text = CompetenceText(
        code=_code(post),
        name=_line(post, "name", required=_("Enter the name."), limit=80),
        definition=_line(post, "definition", limit=600),
        kind=post.one_of("kind", [kind.value for kind in Kind], required=_("Choose a type.")),
        learnable=post.ticked("learnable"),
        minimum=post.whole("minimum", low=1, high=5, empty=3),
        indicators=_lines(post, "indicators"),
        anchors=tuple(_line(post, f"anchor-{level}", limit=400) for level in LEVELS),
        questions=tuple(filter(None, (_question(post, number) for number in QUESTIONS))),
        warning_signs=_lines(post, "warning_signs"),
    )
    post.check()
    return text


def _question(post: Post, number: int) -> QuestionText | None:
    words = _line(post, f"question-{number}", limit=600)
    more = _lines(post, f"follow_ups-{number}")
    if not words:
        if more:
            post.errors[f"question-{number}"] = _("These follow-ups have no question.")
        return None
    kind = post.one_of(f"question_kind-{number}", ("behavioural", "situational"))
    return QuestionText(kind or "behavioural", words, more)


def _code(post: Post) -> str:
    value = "".join(post.text("code", required=_("Enter a short code such as A7."), limit=8).split())
    if value and not value.isalnum():
        post.errors.setdefault("code", _("Use letters and figures only."))
    return value


def _line(post: Post, name: str, *, limit: int, required: str = "") -> str:
    return " ".join(post.text(name, required=required, limit=limit).split())


def _lines(post: Post, name: str) -> tuple[str, ...]:
    rows = [" ".join(line.split()) for line in post.text(name, limit=4000).split("\n")]
    return tuple(row for row in rows if row)
