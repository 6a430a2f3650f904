"""xAPI statements: what is completed, what is taken back, and what is none."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from competences.training.rules.completions import Counts, Numbered
from recruit.sheets.sheet import Unreadable
from recruit.training.rules.columns import KnownCourse, meant, proposed
from recruit.training.rules.exports import ExportRow, statements
from recruit.training.rules.importing import Kept, Reader, Somebody, plan
from recruit.training.rules.statements import HEADER, looks_like_statements, sheet_of

ADL = "http://adlnet.gov/expapi/verbs/"
TODAY = date(2026, 11, 25)
SELIN = Somebody(1, "Selin Aydın", "selin@test.example")
KNOWN = [
    KnownCourse(10, "T04", "De-escalation", (Numbered(40, 1, date(2025, 1, 1)), Numbered(41, 2, date(2026, 6, 1)))),
    KnownCourse(11, "T09", "First aid for the mind", (Numbered(90, 1, date(2025, 1, 1)),)),
]  # fmt: skip


def day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def statement(verb="completed", number=1, name="De-escalation", mbox="selin@test.example", **more):
    return {
        "id": str(UUID(int=number)), "actor": {"mbox": f"mailto:{mbox}"}, "verb": {"id": ADL + verb},
        "object": {"id": "https://lms.example/courses/T04", "definition": {"name": {"de": "Anders", "en": name}}},
        "timestamp": "2026-05-31T23:30:00Z", **more,
    }  # fmt: skip


def planned(found, kept=()):
    sheet = sheet_of(json.dumps(found).encode(), day_of)
    return plan(sheet, Reader(proposed(HEADER), [SELIN], KNOWN, TODAY, None), kept)


def test_completed_and_passed_are_taken_with_the_version_of_their_day():
    late = statement("passed", 2, timestamp="2026-06-01T00:30:00Z")
    accepted = planned([statement(), late]).accepted
    assert [(row.brought.version_id, row.brought.completed_on.isoformat()) for row in accepted] == [
        (40, "2026-05-31"), (41, "2026-06-01")
    ]  # fmt: skip
    assert accepted[0].brought.statement == str(UUID(int=1))


@pytest.mark.parametrize(
    "found",
    [
        statement(result={"success": False}),
        statement("passed", result={"completion": False}),
        statement("failed"),
        statement("attempted"),
    ],
)
def test_what_is_not_finished_is_passed_over_with_the_reason(found):
    made = planned([found])
    assert (made.accepted, made.rejected) == ((), ())
    assert made.passed[0].reason.startswith("It is not completed: ")


def test_a_voided_statement_brings_nothing():
    voiding = statement("voided", 2, object={"objectType": "StatementRef", "id": str(UUID(int=1)).upper()})
    made = planned([statement(), voiding])
    assert made.accepted == ()
    assert made.passed[0].reason == "The statement was voided."


def test_a_statement_voided_after_it_was_imported_has_to_be_withdrawn_by_hand():
    kept = [Kept(1, 10, date(2026, 5, 31), str(UUID(int=1)), name="Selin Aydın")]
    voiding = statement("voided", 2, object={"objectType": "StatementRef", "id": str(UUID(int=1)).upper()})
    for found in ([voiding], [statement(), voiding]):  # stores export the voided one as well, or leave it out
        made = planned(found, kept)
        assert [row.reason for row in made.rejected] == [
            "The statement was voided after it was imported. The completion is here and has to be withdrawn by hand:"
            " T04, Selin Aydın."
        ]
    assert planned([voiding], [kept[0]._replace(counts=False)]).rejected == ()


def test_half_of_a_letter_is_no_error():
    made = planned(
        [statement(id="\ud800", actor={"name": "Selin \udfff"}), statement(number=2, name="\ud83d")]
    )
    assert made.rejected[0].reason == "Nobody who works here is Selin ?."
    assert len(made.accepted) == 1


def test_a_statement_that_came_before_is_not_taken_again_on_whatever_day():
    kept = [Kept(1, 10, date(2020, 1, 1), str(UUID(int=1)))]
    made = planned([statement()], kept)
    assert (made.accepted, len(made.passed)) == ((), 1)
    assert planned([statement(), statement(number=2)]).passed[0].reason.startswith("It is here already")


def test_what_was_withdrawn_comes_again_only_as_another_statement():
    kept = [Kept(1, 10, date(2026, 5, 31), str(UUID(int=1)), counts=False)]
    assert planned([statement()], kept).accepted == ()
    assert len(planned([statement(number=2)], kept).accepted) == 1


def test_somebody_is_also_known_by_the_digest_of_the_address():
    digest = "5f63aad1b3f3a1bbcd4b0d5d2d5b0ed3d1e0a4bb"
    stranger = statement(actor={"mbox_sha1sum": digest})
    known = statement(number=2, actor={"mbox_sha1sum": _sha1("mailto:selin@test.example").upper()})
    account = statement(number=3, actor={"account": {"homePage": "https://lms.example", "name": "7"}})
    made = planned([stranger, known, account])
    assert [row.line for row in made.accepted] == [2]
    assert [row.line for row in made.rejected] == [1, 3]


def _sha1(text: str) -> str:
    from hashlib import sha1

    return sha1(text.encode()).hexdigest()


def test_unknown_people_and_courses_have_to_be_corrected():
    made = planned([
        statement(mbox="eve@test.example"),
        statement(number=2, object={"id": "https://lms.example/x"}),
        statement(number=3, timestamp="yesterday"),
        statement(number=4, timestamp="2027-01-01T00:00:00Z"),
    ])  # fmt: skip
    assert made.accepted == ()
    assert [row.reason.split(":")[0] for row in made.rejected] == [
        "Nobody who works here is eve@test.example.", "No one course is meant by https", "Not a date",
        "The date 2027-01-01 is in the future.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"[", b"7", b'"x"', b"\xff[]", b"[" * 100_000, b'{"statements": 4}', b"[1, }"]
)
def test_what_is_no_json_of_statements_is_refused_as_a_whole(content):
    with pytest.raises(Unreadable):
        sheet_of(content, day_of)


@pytest.mark.parametrize(
    "found",
    [1, None, "x", [], {}, {"id": 4}, {"actor": []}, {"verb": "x"}, {"object": {"definition": {"name": 3}}},
     {"timestamp": 4}, {"timestamp": "9999-12-31T23:59:59-14:00"}, {"actor": {"mbox": {}}}],
)  # fmt: skip
def test_strange_statements_are_named_and_break_nothing(found):
    made = planned([found, statement()])
    assert [row.line for row in made.accepted] == [2]
    assert len(made.rejected) + len(made.passed) == 1


def test_the_shapes_in_which_stores_export_statements():
    one = json.dumps(statement()).encode()
    for content in (one, b"[" + one + b"]", b'{"statements": [' + one + b'], "more": ""}', one + b"\n" + one):
        assert sheet_of(content, day_of).rows[0].cells[0] == str(UUID(int=1))
    assert looks_like_statements(one, "export.txt")
    assert not looks_like_statements(b"Name,Course\n", "export.csv")


@pytest.mark.parametrize(
    ("text", "course"),
    [("T04", 10), ("de-escalation", 10), ("T04: our own words", 10), ("T04 De-escalation", 10),
     ("https://lms.example/courses/t09/", 11), ("First aid", None), ("", None), ("https://lms.example", None)],
)  # fmt: skip
def test_which_course_is_meant(text, course):
    found = meant(text, KNOWN)
    assert (found.course_id if found else None) == course


def test_what_is_exported_comes_in_again_once():
    row = ExportRow(
        "Selin Aydın", "selin@test.example", None, 10, "T04", "De-escalation", 2, date(2026, 10, 1), None,
        "session", "", Counts.IN_DATE, "0" * 32,
    )  # fmt: skip
    found = statements([row], "https://test.example")
    assert found == statements([row], "https://test.example")
    accepted = planned(found).accepted[0]
    assert (accepted.brought.person_id, accepted.brought.completed_on) == (1, date(2026, 10, 1))
