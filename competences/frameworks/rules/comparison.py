"""How two versions differ, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from competences.frameworks.rules.texts import CompetenceText, DomainText
from competences.scoring.scale import LEVELS, level_name
from competences.text import _


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stayed ("same"), were taken out ("out") or came in ("in")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One text that is not as it was. `label` names it for the reader."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A domain or competence that both versions have, and its changes."""

    code: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a later version has more, less or other than an earlier one."""

    added: tuple[CompetenceText, ...]
    removed: tuple[CompetenceText, ...]
    changed: tuple[Changed, ...]
    domains_added: tuple[DomainText, ...]
    domains_removed: tuple[DomainText, ...]
    domains_changed: tuple[Changed, ...]

    @property
    def same(self) -> bool:
        """Nothing differs."""
        return not (self.added or self.removed or self.changed or self.domains_added or self.domains_removed
                    or self.domains_changed)  # fmt: skip


def compare(old: Sequence[DomainText], new: Sequence[DomainText]) -> Comparison:
    """Return how `new` differs from `old`. Competences and domains are the same when their codes are."""
    was, now = _by_code(old), _by_code(new)
    before, after = {row.code: row for row in old}, {row.code: row for row in new}
    return Comparison(
        added=tuple(now[code][1] for code in now if code not in was),
        removed=tuple(was[code][1] for code in was if code not in now),
        changed=_changed((row.code, row.name, _competence(*was[row.code], domain, row))
                         for domain, row in now.values() if row.code in was),
        domains_added=tuple(row for row in new if row.code not in before),
        domains_removed=tuple(row for row in old if row.code not in after),
        domains_changed=_changed((row.code, row.name, _domain(before[row.code], row))
                                 for row in new if row.code in before),
    )  # fmt: skip


def _by_code(domains: Sequence[DomainText]) -> dict[str, tuple[DomainText, CompetenceText]]:
    return {row.code: (domain, row) for domain in domains for row in domain.competences}


def _changed(rows: Iterator[tuple[str, str, Iterator[Change | None]]]) -> tuple[Changed, ...]:
    found = (Changed(code, name, tuple(filter(None, changes))) for code, name, changes in rows)
    return tuple(row for row in found if row.changes)


def _domain(old: DomainText, new: DomainText) -> Iterator[Change | None]:
    yield _text(_("Name"), old.name, new.name)
    yield _text(_("Definition"), old.definition, new.definition)
    if set(_codes(old)) == set(_codes(new)):
        yield _text(_("Order"), " ".join(_codes(old)), " ".join(_codes(new)))


def _codes(domain: DomainText) -> list[str]:
    return [row.code for row in domain.competences]


def _competence(
    was: DomainText, old: CompetenceText, now: DomainText, new: CompetenceText
) -> Iterator[Change | None]:
    if was.code != now.code:
        yield _text(_("Domain"), was.name, now.name)
    yield _text(_("Name"), old.name, new.name)
    yield _text(_("Definition"), old.definition, new.definition)
    yield _text(_("Type"), _kind(old.kind), _kind(new.kind))
    yield _text(_("Learnable in post"), _yes(old.learnable), _yes(new.learnable))
    yield _text(_("Suggested level"), str(old.minimum), str(new.minimum))
    yield from _list(_("Sign"), old.indicators, new.indicators)
    for level, before, after in zip_longest(LEVELS, old.anchors, new.anchors, fillvalue=""):
        yield _text(f"{level} {level_name(int(level))}", str(before), str(after))
    yield from _list(_("Question"), _questions(old), _questions(new))
    yield from _list(_("Warning sign"), old.warning_signs, new.warning_signs)


def _questions(competence: CompetenceText) -> tuple[str, ...]:
    return tuple(
        " – ".join((_question_kind(row.kind), row.text, *row.follow_ups)) for row in competence.questions
    )


def _kind(kind: str) -> str:
    return {"gate": _("gate"), "essential": _("essential"), "trainable": _("can be trained")}[kind]


def _question_kind(kind: str) -> str:
    return {"behavioural": _("What the person did"), "situational": _("What the person would do")}[kind]


def _yes(flag: bool) -> str:
    return _("yes") if flag else _("no")


def _list(label: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change | None]:
    """Pair the entries of two lists: equal ones first, what lies between them in order."""
    for _tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for before, after in zip_longest(old[a:b], new[c:d], fillvalue=""):
            yield _text(label, before, after)


def _text(label: str, old: str, new: str) -> Change | None:
    return None if old.split() == new.split() else Change(label, difference(old, new))


def difference(old: str, new: str) -> tuple[Part, ...]:
    """Return the words of both texts in reading order; what went comes before what came."""
    was, now = old.split(), new.split()
    parts: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", " ".join(was[a:b])))
            continue
        if a < b:
            parts.append(Part("out", " ".join(was[a:b])))
        if c < d:
            parts.append(Part("in", " ".join(now[c:d])))
    return tuple(parts)
