"""What a spreadsheet of levels would bring: whose, which, from when, and why a row is refused."""

from datetime import date

import pytest

from recruit.coverage.rules.columns import Known, chosen, meant, proposed
from recruit.coverage.rules.importing import Reader, Somebody, plan
from recruit.sheets.reading import read

TODAY = date(2026, 11, 25)
DAY = date(2025, 5, 1)
KNOWN = [
    Known(1, 7, 3, "Exit worker", "E1", "Working alliance"),
    Known(2, 7, 3, "Exit worker", "A2", "Robustness"),
    Known(3, 8, 4, "Leader", "L2", "Robustness"),
]
PEOPLE = [
    Somebody(1, "Ilse Brandt", "ilse@test.example"),
    Somebody(2, "Noor Haddad", None),
    Somebody(3, "Ann Lee", "ann@test.example"),
    Somebody(4, "Ann Lee", "lee@test.example"),
]


def planned(text: str, *, stored=frozenset(), order=None, columns=None):
    sheet = read(text.encode(), "levels.csv")
    reader = Reader(chosen(sheet.header, columns, KNOWN), PEOPLE, KNOWN, TODAY, DAY, order)
    return plan(sheet, reader, stored)


def levels(text: str, **more) -> list[tuple[int, int, int, date]]:
    return [
        (one.person_id, one.competence_id, one.level, one.given_on)
        for row in planned(text, **more).accepted
        for one in row.levels
    ]


def reasons(text: str, **more) -> list[str]:
    return [row.reason for row in planned(text, **more).rejected]


def test_people_by_competences_by_code_by_name_or_by_both():
    header = ["Mitarbeiterin", "E1 Working alliance", "A2: our words", "Post", "working  ALLIANCE"]
    assert proposed(header, KNOWN) == ("name", "competence-1", "competence-2", "", "")
    text = "Name,E1,A2,Post\nilse  BRANDT,4,-,Mentor\nNoor Haddad,2 Beginning,strong,\n"
    assert levels(text) == [(1, 1, 4, DAY), (2, 1, 2, DAY), (2, 2, 4, DAY)]


def test_one_level_in_each_row_with_its_day_and_what_it_rests_on():
    text = "Name;Competence;Level;Date;Comment\nNoor Haddad;E1;5;2026-02-03;Seen twice\n"
    (row,) = planned(text).accepted
    assert (row.levels[0].given_on, row.levels[0].evidence, row.levels[0].version_id) == (
        date(2026, 2, 3), "Seen twice", 7,
    )  # fmt: skip


def test_a_name_that_several_competences_have_means_none():
    assert meant("Robustness", KNOWN) is None
    assert meant("L2 Robustness", KNOWN) == KNOWN[2]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Ann Lee,,4", "Several people are called Ann Lee"),
        ("Nobody Here,,4", "There is nobody called Nobody Here"),
        (",nobody@test.example,4", "There is nobody called nobody@test.example"),
        (",,4", "It names nobody"),
        ("Noor Haddad,ilse@test.example,4", "The address belongs to Ilse Brandt"),
        ("Noor Haddad,,0", "0 is no level of 1 to 5 (E1)"),
        ("Noor Haddad,,3.5", "3.5 is no level"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_the_reason(row, reason):
    (said,) = reasons(f"Name,E-Mail,E1\n{row}\n")
    assert reason in said


def test_an_address_tells_two_of_one_name_apart():
    assert levels("Name,E-Mail,E1\nAnn Lee,LEE@test.example,4.0\n") == [(4, 1, 4, DAY)]


def test_a_day_that_can_be_read_in_two_ways_or_is_still_to_come_refuses_the_row():
    text = "Name,Date,E1\nNoor Haddad,3/4/2026,4\n"
    assert "can mean two days" in reasons(text)[0]
    assert levels(text, order="dmy") == [(2, 1, 4, date(2026, 4, 3))]
    assert "in the future" in reasons("Name,Date,E1\nNoor Haddad,2027-01-01,4\n")[0]


def test_the_same_level_twice_in_the_file_or_imported_before_is_refused():
    text = "Name,E1\nNoor Haddad,4\nNoor Haddad,3\n"
    assert reasons(text) == ["Line 2 gives the same levels on the same day."]
    assert len(reasons(text, stored={(2, 3, "E1", DAY)})) == 2


def test_empty_rows_bring_nothing_and_columns_that_mean_nothing_are_left_out():
    found = planned("Name,E1,Post\nNoor Haddad,,Mentor\n")
    assert (found.idle, found.levels, [one.column for one in found.left_out]) == (1, 0, ["Post"])


@pytest.mark.parametrize("text", ["E1\n4\n5\n", "Name,Post\nNoor Haddad,Mentor\n"])
def test_without_people_or_levels_it_says_what_to_choose(text):
    found = planned(text)
    assert found.problem
    assert not found.accepted
