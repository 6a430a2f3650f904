"""What may be submitted, what comes first, and what the sentences claim."""

import pytest

from recruit.practice.rules.cases import Expected
from recruit.practice.rules.findings import Compared, findings, in_order, panel_finding
from recruit.practice.rules.sheets import Given, Item, problems


def item(code="A2", own=None):
    return Item(code, "Robustness", "Stays steady.", ("a", "b", "c", "d", "e"), own or Given(3))


def compared(own, authors, *others, code="A2"):
    mine = Given(own, own is None)
    voices = (mine, *(Given(level, level is None) for level in others))
    return Compared(item(code, mine), Expected(authors, "Because."), voices)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Given(), "level-A2"),
        (Given(1), "note-A2"),
        (Given(5), "note-A2"),
        (Given(3), None),
        (Given(1, note="He shouted back."), None),
        (Given(no_evidence=True), None),
    ],
)
def test_practice_asks_for_what_a_real_scorecard_asks_for(given, field):
    assert set(problems([item(own=given)])) == ({field} if field else set())


def test_where_levels_lie_two_apart_comes_first_then_where_only_one_saw_evidence():
    rows = [
        compared(3, 3, code="same"),
        compared(None, 4, code="unseen"),
        compared(3, 4, code="one"),
        compared(3, 3, 5, code="colleague"),
        compared(5, 1, code="authors"),
    ]
    assert [row.item.code for row in in_order(rows)] == ["authors", "colleague", "unseen", "same", "one"]


def test_no_evidence_is_neither_a_level_nor_a_difference():
    row = compared(None, 4)
    assert row.difference is None
    assert row.apart == 0
    assert row.evidence_differs
    assert findings([row])[0].startswith("There is no competence")


def test_the_sentences_count_what_is_the_same_and_what_lies_far_apart():
    rows = [compared(3, 3), compared(4, 4), compared(5, 2), compared(None, 3)]
    said = " ".join(findings(rows))
    assert "for 3 competences; for 2 it is the same" in said
    assert "For 1 competence you lie two levels apart or more" in said
    assert "For 1 competence only you or only the authors saw evidence" in said


@pytest.mark.parametrize(
    ("own", "authors", "words"),
    [
        ((3, 4, 2), (3, 4, 2), "neither higher nor lower"),
        ((2, 4, 3), (3, 3, 3), "neither higher nor lower"),
        ((4, 4, 2), (3, 3, 3), "about half a level higher"),
        ((2, 2, 3), (3, 3, 3), "about half a level lower"),
        ((4, 4, 4), (3, 3, 3), "about one level higher"),
        ((1, 2, 3), (2, 3, 4), "about one level lower"),
        ((5, 5, 5), (3, 3, 3), "well over one level higher"),
        ((1, 1, 1), (3, 3, 3), "well over one level lower"),
    ],
)
def test_the_average_difference_from_the_authors_is_said_in_words(own, authors, words):
    rows = [compared(*levels) for levels in zip(own, authors, strict=True)]
    assert any(words in sentence for sentence in findings(rows))


def test_two_competences_bear_no_average():
    assert not any("average" in sentence for sentence in findings([compared(5, 3), compared(5, 3)]))


def test_the_panel_is_compared_from_two_members_on():
    rows = [compared(3, 3, 5), compared(3, 3, 4)]
    assert "Nobody else" in panel_finding(rows, 1)
    assert panel_finding(rows, 2) == (
        "2 members have submitted; for 1 competence their levels lie two apart or more."
    )
    assert "nowhere" in panel_finding(rows[1:], 2)
