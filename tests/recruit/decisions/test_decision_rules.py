"""Departures and what keeps a decision from being signed, without a database."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from recruit.comparison.rules import Asked, Scored, Standing, Voice
from recruit.decisions.rules import Candidate, Decided, Point, composed, departures, not_ready

OUTCOMES = ("", "appoint", "appoint_with_plan", "reserve", "decline")


def candidate(number, outcome, level=3, *, gate=None, open_=0, learnable=False, **fields) -> Candidate:
    rows = [
        Scored(
            Asked(1, 1, "B1", "Listening", "B", "B", 1, 3, False, learnable), (Voice(level, given=True),) * 2
        )
    ]
    if gate is not None:
        rows.append(
            Scored(
                Asked(2, 2, "A1", "Integrity", "A", "A", 0.0001, 3, True, False),
                (Voice(gate, given=True),) * 2,
            )
        )
    return Candidate(Standing(number, f"Applicant {number}", tuple(rows)), open_, Decided(outcome, **fields))


def test_a_gate_not_met_has_to_be_explained_by_whoever_is_chosen():
    for outcome in ("appoint", "appoint_with_plan", "reserve"):
        assert departures([candidate(1, outcome, gate=2)], 1) == {1: ["A gate is not met: Integrity."]}
    for outcome in ("decline", ""):
        assert departures([candidate(1, outcome, gate=2)], 1) == {}
    assert departures([candidate(1, "appoint", gate=3)], 1) == {}


def test_passing_over_a_higher_level_has_to_be_explained():
    rows = [
        candidate(1, "decline", 5),
        candidate(2, "reserve", 4),
        candidate(3, "appoint", 3),
        candidate(4, "decline", 3),
    ]
    assert departures(rows, 1) == {
        3: [
            "Applicant 1 has a higher agreed level and is not appointed.",
            "Applicant 2 has a higher agreed level and is not appointed.",
        ]
    }


def test_whoever_does_not_meet_a_gate_is_not_passed_over():
    assert departures([candidate(1, "decline", 5, gate=1), candidate(2, "appoint", 3)], 1) == {}


def test_more_appointments_than_posts_have_to_be_explained_from_the_last():
    rows = [candidate(1, "appoint", 5), candidate(2, "appoint_with_plan", 4), candidate(3, "appoint", 3)]
    assert departures(rows, 1) == {2: ["There is 1 post only."], 3: ["There is 1 post only."]}
    assert departures(rows, 3) == {}


@given(
    st.lists(
        st.tuples(st.sampled_from(OUTCOMES), st.integers(1, 5), st.sampled_from([None, 2, 4])), max_size=6
    )
)
def test_declining_and_leaving_open_never_need_an_explanation(rows):
    found = [candidate(n, outcome, level, gate=gate) for n, (outcome, level, gate) in enumerate(rows)]
    for row in found:
        if row.decided.outcome in ("", "decline"):
            assert row.application_id not in departures(found, 1)


def test_an_outcome_reasons_a_date_agreement_and_explanations_are_needed():
    def missing(row):
        return not_ready([row], departures([row], 1))

    assert missing(candidate(1, "")) == ["Applicant 1: choose an outcome and write the reasons."]
    assert missing(candidate(1, "", reasons="x")) == ["Applicant 1: choose an outcome."]
    assert missing(candidate(1, "decline")) == ["Applicant 1: write the reasons."]
    assert missing(candidate(1, "decline", reasons="x")) == []
    assert missing(candidate(1, "decline", reasons="x", open_=3)) == [], (
        "what was not talked about may stay open"
    )
    assert missing(candidate(1, "reserve", reasons="x")) == ["Applicant 1: say until when the reserve holds."]
    assert missing(candidate(1, "reserve", reasons="x", reserve_until=date(2027, 1, 1))) == []
    assert missing(candidate(1, "appoint", reasons="x", open_=2)) == [
        "Applicant 1: 2 criteria are not agreed yet."
    ]
    assert missing(candidate(1, "appoint", reasons="x", gate=1)) == [
        "Applicant 1: explain why you depart from gates or order."
    ]
    assert missing(candidate(1, "appoint", reasons="x", gate=1, departure_reason="y")) == []
    assert not_ready([], {}) == ["Nobody was interviewed."]


def test_what_can_be_learnt_in_post_is_for_the_plan():
    row = candidate(1, "appoint_with_plan", 2, learnable=True)
    assert [scored.asked.name for scored in row.to_learn] == ["Listening"]
    assert row.short == []
    unknown = candidate(1, "appoint_with_plan", None, learnable=True)
    assert [scored.asked.name for scored in unknown.to_learn] == ["Listening"]
    assert candidate(1, "appoint_with_plan", 3, learnable=True).to_learn == []
    assert [scored.asked.name for scored in candidate(1, "appoint", 2).short] == ["Listening"]
    assert candidate(1, "appoint", 3).short == []


def test_a_letter_tells_the_outcome_strengths_first_and_no_number():
    row = candidate(1, "decline", reasons="Somebody had more nights in a shelter.")
    text = composed(
        "Mentor",
        "Mara",
        row,
        [Point("Calm", "Left the room twice.", False), Point("Warmth", "Greeted all.", True)],
    )
    assert (
        text.index("decided not to offer")
        < text.index("Somebody had more")
        < text.index("Warmth: Greeted all.")
    )
    assert text.index("Warmth") < text.index("Calm: Left the room twice.")
    assert not any(sign.isdigit() for sign in text.replace("Applicant 1", ""))
    for outcome, words in (("appoint", "glad to offer"), ("reserve", "reserve list")):
        assert words in composed("Mentor", "Mara", candidate(1, outcome), [])
