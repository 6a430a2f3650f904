"""Which column of a spreadsheet gives what of somebody's levels."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recruit.applications.rules.columns import folded
from recruit.applications.rules.words import FIELD_WORDS

#: What a column can give beside the level in one competence.
FIELDS = ("name", "email", "competence", "level", "date", "evidence")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# English, German, French, Swedish and Spanish: letters only, no case, no accents.
_WORDS = {
    "name": FIELD_WORDS["name"] | _words("person people employee staff colleague mitarbeiter mitarbeiterin"),
    "email": FIELD_WORDS["email"] | _words("workaddress workmail dienstadresse"),
    "competence": _words("competence competency code kompetenz kompetens competencia"),
    "level": _words("level niveau stufe niva nivel rating"),
    "date": _words("date day on given givenon assessedon datum tag am jour fecha dia dag"),
    "evidence": _words("evidence comment note notes reason beleg bemerkung preuve motif belagg evidencia"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A competence in the newest version of its framework."""

    competence_id: int
    version_id: int
    framework_id: int
    framework: str
    code: str
    name: str

    @property
    def field(self) -> str:
        """What a column of this competence becomes."""
        return f"competence-{self.competence_id}"


def proposed(header: Sequence[str], known: Collection[Known]) -> tuple[str, ...]:
    """Return what each column likely gives: a field, a competence, or nothing."""
    columns: list[str] = []
    for name in header:
        one = meant(name, known)
        field = one.field if one else next((f for f, words in _WORDS.items() if folded(name) in words), "")
        columns.append("" if field in columns else field)
    return tuple(columns)


def chosen(header: Sequence[str], columns: Sequence[str] | None, known: Collection[Known]) -> tuple[str, ...]:
    """Return what each column becomes: as chosen, where these choices fit the header, else as proposed."""
    if columns is None or len(columns) != len(header):
        return proposed(header, known)
    possible = {*FIELDS, *(one.field for one in known)}
    return tuple(column if column in possible else "" for column in columns)


def meant(text: str, known: Collection[Known]) -> Known | None:
    """Return the one competence that a text means by code, by name or by both; None for none or several."""
    whole = folded(text)
    first = folded(text.split(maxsplit=1)[0]) if text.strip() else ""
    ways = (
        [one for one in known if whole in (folded(one.code), folded(one.name), folded(one.code + one.name))],
        # "E1: our own words": a code has a number, other words at the front seldom do
        [one for one in known if first == folded(one.code) and any(map(str.isdigit, first))],
    )
    found = next(filter(None, ways), [])
    return found[0] if len(found) == 1 else None
