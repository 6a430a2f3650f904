"""Which column of a spreadsheet, or part of a statement, gives what of a completion."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from competences.training.rules.completions import Numbered
from recruit.applications.rules.columns import folded
from recruit.applications.rules.words import FIELD_WORDS

#: What a column can give. `object` is the address of the course in the system that it comes from.
FIELDS = ("name", "email", "course", "object", "date", "expiry", "issuer", "result", "statement")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# English, German, French, Swedish and Spanish: letters only, no case, no accents.
_WORDS = {
    "name": FIELD_WORDS["name"]
    | _words("person people employee staff colleague learner user mitarbeiter mitarbeiterin teilnehmer"),
    "email": FIELD_WORDS["email"] | _words("workaddress workmail dienstadresse username emailaddress mbox"),
    "course": _words(
        "course coursecode coursename coursetitle training module activity kurs kursname kurscode schulung cours"
        " formation kursnamn utbildning curso"
    ),
    "object": _words("object courseid objectid activityid"),
    "date": _words(
        "date day on completed completedon completiondate datecompleted timecompleted completiontime finished"
        " passedon datum tag am abgeschlossen abgeschlossenam abschlussdatum jour fecha dia dag slutford"
    ),
    "expiry": _words("expiry expires expireson expirydate validuntil until gultigbis ablauf expiration giltigtill"),
    "issuer": _words("issuer provider organisation organization issuedby anbieter aussteller fournisseur utfardare"),
    "result": _words("result status state completionstatus outcome verb ergebnis resultat resultado"),
    "statement": _words("statement statementid xapiid"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """A course that completions can be of, with its published versions."""

    course_id: int
    code: str
    title: str
    versions: tuple[Numbered, ...]


def proposed(header: Sequence[str]) -> tuple[str, ...]:
    """Return what each column likely gives: a field, or nothing."""
    columns: list[str] = []
    for name in header:
        field = next((field for field, words in _WORDS.items() if folded(name) in words), "")
        columns.append("" if field in columns else field)
    return tuple(columns)


def chosen(header: Sequence[str], columns: Sequence[str] | None) -> tuple[str, ...]:
    """Return what each column becomes: as chosen, where these choices fit the header, else as proposed."""
    if columns is None or len(columns) != len(header):
        return proposed(header)
    return tuple(column if column in FIELDS else "" for column in columns)


def meant(text: str, known: Collection[KnownCourse]) -> KnownCourse | None:
    """Return the one course that a text means by code, by title, by both, or at the end of an address; else None."""
    whole = folded(text)
    first = folded(text.split(maxsplit=1)[0]) if text.strip() else ""
    last = folded(text.rstrip("/").rsplit("/", 1)[-1]) if "/" in text else ""
    ways = (
        [one for one in known if whole and whole in (folded(one.code), folded(one.title), folded(one.code + one.title))],
        # "T04: our own words": a code has a number, other words at the front seldom do
        [one for one in known if any(map(str.isdigit, first)) and first == folded(one.code)],
        [one for one in known if last and last in (folded(one.code), folded(one.title))],
    )  # fmt: skip
    found = next(filter(None, ways), [])
    return found[0] if len(found) == 1 else None
