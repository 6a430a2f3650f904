"""When a version is complete, and how two versions differ."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.frameworks.rules.comparison import compare, difference
from competences.frameworks.rules.completeness import missing
from competences.frameworks.rules.texts import (
    CompetenceText,
    DomainText,
    FrameworkText,
    QuestionText,
    starter,
)

WORDS = st.text(st.sampled_from("ab cé\n"), max_size=20)
QUESTIONS = st.builds(
    QuestionText,
    st.sampled_from(["behavioural", "situational"]),
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
)
LISTS = st.lists(WORDS, max_size=3).map(tuple)


def competences(code: str):
    return st.builds(
        CompetenceText, st.just(code), WORDS, WORDS, st.sampled_from(["gate", "essential", "trainable"]),
        st.booleans(), st.integers(1, 5), LISTS, st.lists(WORDS, min_size=5, max_size=5).map(tuple),
        st.lists(QUESTIONS, max_size=2).map(tuple), LISTS,
    )  # fmt: skip


@st.composite
def frameworks(draw):
    domains = []
    for code in draw(st.lists(st.sampled_from("ABC"), unique=True)):
        numbers = draw(st.lists(st.integers(1, 3), unique=True))
        rows = tuple(draw(competences(f"{code}{number}")) for number in numbers)
        domains.append(DomainText(code, draw(WORDS), draw(WORDS), rows))
    return FrameworkText("key", "Title", "", tuple(domains))


ONE = CompetenceText(
    "A1", "Integrity", "Keeps promises.", "gate", False, 3, ("Says no.",),
    ("breaks them", "forgets them", "keeps them", "mends them", "teaches it"),
    (QuestionText("behavioural", "When did you break a promise?", ("Why?",)),), ("Boasts.",),
)  # fmt: skip


def of(*rows: CompetenceText) -> FrameworkText:
    return FrameworkText("key", "Title", "", (DomainText("A", "Characteristics", "", rows),))


def test_a_whole_version_lacks_nothing():
    assert missing(of(ONE)) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (FrameworkText("key", "Title", "", ()), "no domain"),
        (of(), "Characteristics has no competence"),
        (of(replace(ONE, definition=" ")), "A1 Integrity has no definition"),
        (of(replace(ONE, anchors=("a", "b", " ", "d", "e"))), "level 3, Capable"),
        (of(replace(ONE, anchors=("a", "b", "c", "d"))), "level 5, Leading"),
        (of(replace(ONE, questions=())), "no question"),
        (of(replace(ONE, questions=(QuestionText("behavioural", " ", ()),))), "no question"),
        (of(replace(ONE, anchors=("a", "b", "c", "Keeps  them.", "keeps them"))), "two levels: look at A1"),
        (of(ONE, replace(ONE, code="A2", anchors=tuple("fghij"))), "Two competences are called Integrity"),
        (of(ONE, replace(ONE, code="A2", name="Other")), "A1, A2"),
    ],
)
def test_each_gap_is_named(text, sentence):
    assert any(sentence in line for line in missing(text)), missing(text)


@given(frameworks())
def test_a_version_does_not_differ_from_itself(text):
    assert compare(text.domains, text.domains).same


@given(WORDS, WORDS)
def test_the_words_of_both_versions_can_be_read_back(old, new):
    parts = difference(old, new)
    assert " ".join(part.text for part in parts if part.kind != "in") == " ".join(old.split())
    assert " ".join(part.text for part in parts if part.kind != "out") == " ".join(new.split())


@given(frameworks(), frameworks())
def test_what_was_added_one_way_was_removed_the_other(old, new):
    there, back = compare(old.domains, new.domains), compare(new.domains, old.domains)
    assert set(there.added) == set(back.removed)
    assert {row.code for row in there.changed} == {row.code for row in back.changed}
    assert there.same == back.same


@given(frameworks(), frameworks())
def test_every_change_shows_a_word_that_went_or_came(old, new):
    for row in compare(old.domains, new.domains).changed:
        for change in row.changes:
            assert {part.kind for part in change.parts} & {"in", "out"}


def test_one_changed_word_is_all_that_is_marked():
    old = starter("exit_worker")
    first = old.domains[0].competences[0]
    other = replace(first, definition=first.definition + " Always.")
    new = replace(
        old,
        domains=(
            replace(old.domains[0], competences=(other, *old.domains[0].competences[1:])),
            *old.domains[1:],
        ),
    )
    (changed,) = compare(old.domains, new.domains).changed
    (change,) = changed.changes
    assert [(part.kind, part.text) for part in change.parts if part.kind != "same"] == [("in", "Always.")]


def test_a_competence_that_moved_to_another_domain_says_so():
    moved = FrameworkText("key", "Title", "", (DomainText("B", "Attitude", "", (ONE,)),))
    (changed,) = compare(of(ONE).domains, moved.domains).changed
    assert [(change.label, [part.text for part in change.parts]) for change in changed.changes] == [
        ("Domain", ["Characteristics", "Attitude"])
    ]
