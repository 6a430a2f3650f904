"""The written cases: each can be scored by its own words, with a level or a reason why there is none."""

import pytest

from competences.frameworks.rules.texts import starter
from competences.scoring.scale import LEVELS
from recruit.practice.rules.cases import CONTENT, VIGNETTES, vignette

CODES = {entry.code for domain in starter("exit_worker").domains for entry in domain.competences}


def spoken(case):
    return " ".join(
        passage.text for entry in case.exchanges for paragraph in entry.answer for passage in paragraph
    )


def test_every_file_is_offered_and_every_case_has_its_file():
    assert {path.stem for path in CONTENT.glob("*.toml")} == set(VIGNETTES)
    assert len(VIGNETTES) == 3


@pytest.mark.parametrize("key", VIGNETTES)
def test_a_case_takes_a_few_minutes_to_read(key):
    case = vignette(key).case
    assert 600 <= case.words <= 900
    assert all(entry.question.endswith(("?", ".")) and entry.answer for entry in case.exchanges)
    assert "*" not in spoken(case)


@pytest.mark.parametrize("key", VIGNETTES)
def test_the_authors_score_five_or_six_competences_over_several_domains(key):
    expected = vignette(key).expected
    assert len(expected) in (5, 6)
    assert set(expected) <= CODES
    assert len({code[0] for code in expected}) >= 3
    assert all(entry.level is None or entry.level in LEVELS for entry in expected.values())
    assert sum(entry.level is None for entry in expected.values()) == 1, (
        "no evidence has to be met in practice"
    )


@pytest.mark.parametrize("key", VIGNETTES)
def test_the_authors_give_reasons_and_quote_only_what_was_said(key):
    chosen = vignette(key)
    said = spoken(chosen.case)
    for code, entry in chosen.expected.items():
        assert 15 <= len(entry.reason.split()) <= 75, code
        quotes = [part.split("”")[0] for part in entry.reason.split("“")[1:]]
        assert all(quote.rstrip(".,") in said for quote in quotes), (code, quotes)


def test_a_case_that_is_read_shows_neither_levels_nor_reasons():
    for key in VIGNETTES:
        chosen = vignette(key)
        assert not any(entry.reason in repr(chosen.case) for entry in chosen.expected.values())
