"""The words of a need in the catalogue. Needs are what an employer owes; nobody is scored by them."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from competences.errors import Invalid
from competences.support.rules.proposals import LONGEST
from competences.text import _

CONTENT = Path(__file__).parents[1] / "content" / "needs"
CODE = re.compile(r"[A-Z]{1,3}[0-9]{1,3}")
#: Codes that come with the package; own needs take others.
OURS = re.compile(r"F[0-9]+")


@dataclass(frozen=True, slots=True)
class NeedText:
    """What is written about a need: what to ask, why it matters, what may help, how often it is looked at again."""

    code: str
    title: str
    question: str
    why: str
    measures: tuple[str, ...]
    review_months: int
    source: str


def starters() -> list[NeedText]:
    """Return the needs that come with the package, F1 to F14."""
    texts = [
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in CONTENT.iterdir()
        if file.suffix == ".toml"
    ]
    needs = [
        NeedText(
            one["code"], one["title"], one["question"], one["why"], tuple(one["measures"]), one["review_months"],
            one["source"],
        )
        for one in texts
    ]  # fmt: skip
    return sorted(needs, key=lambda need: int(need.code[1:]))


def check_code(code: str) -> None:
    """Refuse a code for an own need that cannot be used.

    Raises:
        Invalid: it is no code, or looks like one that comes with the package.
    """
    if not CODE.fullmatch(code) or OURS.fullmatch(code):
        raise Invalid(
            {
                "code": _(
                    "Enter one to three capital letters and a number, such as Y1. F is for the needs that come with"
                    " Recruit."
                )
            }
        )


def missing(text: NeedText) -> dict[str, str]:
    """Return what a need lacks before it can be published, by field."""
    errors = {}
    if not text.title.strip() or len(text.title) > 120:
        errors["title"] = _("Enter a title of at most 120 characters.")
    if not text.question.strip():
        errors["question"] = _("Enter what to ask the person.")
    if not text.why.strip():
        errors["why"] = _("Say why it matters.")
    if not any(one.strip() for one in text.measures):
        errors["measures"] = _("Enter what may help, one in each line.")
    if not text.source.strip():
        errors["source"] = _("Say where this comes from; your own experience is a source too.")
    return {**errors, **unusable(text)}


def unusable(text: NeedText) -> dict[str, str]:
    """Return what cannot even be kept in a draft, by field."""
    errors = {}
    if len(text.title) > 120:
        errors["title"] = _("Enter a title of at most 120 characters.")
    if not 1 <= text.review_months <= 24:
        errors["review_months"] = _("Enter a number of months from 1 to 24.")
    for field in ("question", "why", "source"):
        if len(getattr(text, field)) > LONGEST:
            errors[field] = _("At most %(most)s characters.", most=LONGEST)
    if sum(map(len, text.measures)) > LONGEST:
        errors["measures"] = _("At most %(most)s characters.", most=LONGEST)
    return errors
