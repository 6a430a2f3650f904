"""Differences first."""

from competences.assessments.rules.talks import Talk, TalkItem, View, differences_first, missing


def item(code: str, own: int | None, manager: int | None, *, gate: bool = False, **columns) -> TalkItem:
    return TalkItem(
        competence_id=1, code=code, name=code, definition="", domain_code="A", domain_name="A", version=0,
        saved_at=None, anchors=(), required_level=3, gate=gate, peers=None, own=View(own, own is None, ""),
        manager=View(manager, manager is None, ""),
        **{"level": None, "no_evidence": False, "evidence": "", **columns},
    )  # fmt: skip


def test_the_largest_difference_comes_first_then_one_sided_ones_then_gates():
    rows = [
        item("same", 3, 3),
        item("gate", 4, 4, gate=True),
        item("one", None, 4),
        item("two", 2, 4),
        item("small", 2, 3),
    ]
    assert [row.code for row in differences_first(rows)] == ["two", "small", "one", "gate", "same"]


def test_a_talk_is_whole_with_a_day_a_level_each_and_a_sentence_for_each_level():
    talk = Talk(None, None, None, "", "", 1)
    rows = [
        item("none", 3, 3),
        item("bare", 3, 3, level=3),
        item("whole", 3, 3, level=3, evidence="Seen."),
        item("unseen", 3, 3, no_evidence=True),
    ]
    found = missing(talk, rows)
    assert len(found) == 3
    assert found[1].startswith("none: Agree")
    assert found[2].startswith("bare: Write")
