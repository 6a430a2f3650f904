"""The frameworks that come with the package are whole."""

from collections import Counter

import pytest

from competences.frameworks.rules.completeness import missing
from competences.frameworks.rules.texts import STARTERS, starter

TEXTS = [starter(name) for name in STARTERS]
ALL = [competence for text in TEXTS for domain in text.domains for competence in domain.competences]
ANCHORS = [anchor for competence in ALL for anchor in competence.anchors]


def test_there_are_thirty_and_six():
    assert [sum(len(domain.competences) for domain in text.domains) for text in TEXTS] == [30, 6]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.key)
def test_a_starter_could_be_published(text):
    assert missing(text) == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.key)
def test_domains_and_competences_stand_in_the_order_of_their_codes(text):
    assert [domain.code for domain in text.domains] == sorted({domain.code for domain in text.domains})
    for domain in text.domains:
        codes = [competence.code for competence in domain.competences]
        assert codes == sorted(set(codes))


@pytest.mark.parametrize("competence", ALL, ids=lambda row: row.code)
def test_a_competence_says_what_each_level_looks_like_in_eight_to_twenty_words(competence):
    assert len(competence.anchors) == 5
    wrong = [anchor for anchor in competence.anchors if not 8 <= len(anchor.split()) <= 20]
    assert not wrong


@pytest.mark.parametrize("competence", ALL, ids=lambda row: row.code)
def test_a_competence_has_two_questions_with_follow_ups(competence):
    assert [question.kind for question in competence.questions] == ["behavioural", "situational"]
    assert all(len(question.follow_ups) >= 2 for question in competence.questions)


@pytest.mark.parametrize("competence", ALL, ids=lambda row: row.code)
def test_a_competence_is_described(competence):
    assert competence.definition
    assert competence.indicators
    assert competence.warning_signs
    assert competence.kind in ("gate", "essential", "trainable")
    assert 1 <= competence.minimum <= 5


@pytest.mark.parametrize(
    "texts",
    [
        ANCHORS,
        [competence.code for competence in ALL],
        [competence.definition for competence in ALL],
        [question.text for competence in ALL for question in competence.questions],
    ],
    ids=["anchors", "codes", "definitions", "questions"],
)
def test_nothing_stands_twice(texts):
    assert [text for text, count in Counter(map(str.casefold, texts)).items() if count > 1] == []
