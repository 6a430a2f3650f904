"""Which column of a spreadsheet gives which field of an application, and which columns have no place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

from competences.text import _
from recruit.applications.rules.words import FIELD_WORDS, JUST_NAME, PERSONAL_STEMS, PERSONAL_WORDS, Field

FIELDS: tuple[Field, ...] = get_args(Field)


@dataclass(frozen=True, slots=True)
class Mapping:
    """For each column of the sheet the field that it gives, or None; a field may have several columns."""

    columns: tuple[Field | None, ...]


class LeftOut(NamedTuple):
    """A column that is not stored, and why."""

    column: str
    reason: str


def propose_mapping(header: Sequence[str]) -> Mapping:
    """Return the likely field of each column; case, spaces, accents and punctuation do not matter."""
    columns = [_field(name) for name in header]
    _settle_names(header, columns)
    dates = [index for index, field in enumerate(columns) if field == "received_on"]
    for index in dates[1:]:
        columns[index] = None
    return Mapping(tuple(columns))


def left_out(header: Sequence[str], mapping: Mapping) -> tuple[LeftOut, ...]:
    """Return every column without a field, and the reason; the sheet has as many columns as the mapping."""
    pairs = zip(header, mapping.columns, strict=True)
    return tuple(LeftOut(name, _reason(name)) for name, field in pairs if field is None)


def _reason(name: str) -> str:
    if is_personal(name):
        return _("personal data that the panel must not see")
    if _field(name) == "received_on":
        return _("another column already gives the date")
    return _("unknown column")


def is_personal(name: str) -> bool:
    """Whether a column of this name tells of a person's life rather than of the application."""
    # "DateOfBirth" and "date_of_birth" are three words each.
    spaced = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", name)
    words = [folded(word) for word in re.split(r"[\W_]+", spaced)]
    whole = "".join(words)
    return not PERSONAL_WORDS.isdisjoint([*words, whole]) or any(stem in whole for stem in PERSONAL_STEMS)


def folded(name: str) -> str:
    """Return the letters and digits of `name` without accents and case: "Prénom " and "PRENOM" are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if character.isalnum())


def _field(name: str) -> Field | None:
    whole = folded(name)
    without_remark = folded(re.sub(r"\([^)]*\)", "", name))
    for key in (whole, without_remark, whole.rstrip("0123456789")):
        for field, words in FIELD_WORDS.items():
            if key in words:
                return field
    return None


def _settle_names(header: Sequence[str], columns: list[Field | None]) -> None:
    """A bare "Name" beside "Vorname" is the family name, and "Nombre" beside "Apellidos" the first name."""
    bare = [index for index, name in enumerate(header) if folded(name) in JUST_NAME]
    if len(bare) != 1:
        return
    if "first_name" in columns and "last_name" not in columns:
        columns[bare[0]] = "last_name"
    elif "last_name" in columns and "first_name" not in columns:
        columns[bare[0]] = "first_name"
