"""Certificates as PDF that a screen reader can read (PDF/UA-1), made without a network."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

TEMPLATE = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True, slots=True)
class Words:
    """What a certificate says beside its facts, in the reader's language."""

    title: str
    subtitle: str
    aims: str
    levels: str
    levels_note: str
    verify: str
    code: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on a certificate; `facts` are pairs of a word and what it is."""

    organisation: str
    person: str
    course: str
    aims: str
    facts: Sequence[tuple[str, str]]
    levels: Sequence[str]
    code: str
    address: str
    language: str
    words: Words


def pdf(certificate: Certificate, made_at: datetime) -> bytes:
    """Return a certificate as a PDF. The same certificate made at the same time gives the same bytes.

    A name in letters that no font on this machine has would be an error under PDF/UA. It is then drawn with boxes in
    the place of these letters, in a PDF that does not claim to be accessible, rather than not at all.
    """
    inputs = {"certificate": json.dumps(asdict(certificate), ensure_ascii=False)}
    try:
        return _compiled(inputs, made_at, ["ua-1"])
    except typst.TypstError:
        return _compiled(inputs, made_at, [])


def _compiled(inputs: dict[str, str], made_at: datetime, standards: list[Literal["ua-1"]]) -> bytes:
    made = int(made_at.timestamp())
    return typst.compile(_template(), sys_inputs=inputs, pdf_standards=[*standards], timestamp=made)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()
