"""Each packaged anchor can be said by the person whose work it is."""

import pytest

from competences.frameworks.rules.own_words import in_own_words
from competences.frameworks.rules.texts import STARTERS, starter

ALL = [
    competence for name in STARTERS for domain in starter(name).domains for competence in domain.competences
]


@pytest.mark.parametrize("competence", ALL, ids=lambda row: row.code)
def test_each_level_has_a_sentence_in_the_first_person_that_is_no_longer_but_for_the_i(competence):
    said = in_own_words(competence.anchors)
    assert len(set(said)) == 5
    for sentence, anchor in zip(said, competence.anchors, strict=True):
        assert sentence.startswith("I ")
        assert sentence.endswith(".")
        assert len(sentence) <= len(anchor) + len("I ")


def test_no_sentence_stands_twice():
    said = [sentence for competence in ALL for sentence in in_own_words(competence.anchors)]
    assert len(said) == len(set(said)) == 180


@pytest.mark.parametrize("level", range(5))
def test_one_changed_word_of_one_level_leaves_no_sentence_of_the_competence(level):
    anchors = list(ALL[0].anchors)
    anchors[level] = anchors[level].replace(" the ", " a ") + " Always."
    assert in_own_words(anchors) == ()


def test_anchors_of_an_organisation_have_no_sentences():
    assert in_own_words(("Never.", "Seldom.", "Often.", "Mostly.", "Always.")) == ()
    assert in_own_words(()) == ()


def test_line_breaks_and_spaces_change_no_word():
    spaced = [anchor.replace(" ", "\n  ") + " " for anchor in ALL[0].anchors]
    assert in_own_words(spaced) == in_own_words(ALL[0].anchors)
