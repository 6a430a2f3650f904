"""The reference cases in full, then what they do not hold."""

import codecs
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruit.applications.rules.columns import folded
from recruit.applications.rules.importing import (
    FIELDS,
    ImportPlan,
    Mapping,
    key,
    left_out,
    plan,
    propose_mapping,
    report,
    safe_link,
)
from recruit.applications.rules.values import addresses, phone, read_date
from recruit.sheets.reading import read
from recruit.sheets.sheet import MAX_ROWS, Sheet, Unreadable

PERSONAL, UNKNOWN = "personal data that the panel must not see", "unknown column"


def cases_folder() -> Path:
    """The reference cases lie beside the project; RECRUIT_CASES names another folder of the same shape."""
    given = os.environ.get("RECRUIT_CASES")
    folder = Path(given) if given else Path(__file__).parents[3] / "../shared/cases"
    return folder / "imports" if (folder / "imports").is_dir() else folder


FOLDER = cases_folder()
EXPECTED = (
    json.loads((FOLDER / "expected.json").read_text("utf-8")) if (FOLDER / "expected.json").exists() else []
)
needs_cases = pytest.mark.skipif(not EXPECTED, reason=f"no reference cases in {FOLDER}")
JUDGED = {
    "file", "encoding", "delimiter", "rows", "ok", "ok_min", "rejected", "records", "warnings", "must",
    "alternative_ok", "source",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A case read and planned as its first preview would be."""

    content: bytes
    sheet: Sheet
    plan: ImportPlan
    report: dict

    def fields(self, line: int) -> dict | None:
        return next((row["fields"] for row in self.report["accepted"] if row["line"] == line), None)

    def cells(self, line: int) -> dict[str, str]:
        row = next(row for row in self.sheet.rows if row.line == line)
        return {folded(name): cell for name, cell in zip(self.sheet.header, row.cells, strict=True)}

    def kinds(self) -> list[tuple[int | None, str]]:
        return [(warning["line"], warning["kind"]) for warning in self.report["warnings"]]

    @property
    def left_out(self) -> dict[str, str]:
        return {column["column"]: column["reason"] for column in self.report["left_out"]}


def outcome(content: bytes, name: str = "people.csv") -> Outcome:
    sheet = read(content, name)
    planned = plan(sheet, propose_mapping(sheet.header))
    return Outcome(content, sheet, planned, json.loads(json.dumps(report(sheet, planned))))


@needs_cases
@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_reference_case(case):
    content = (FOLDER / case["file"]).read_bytes()
    if case["rows"] == 0:
        with pytest.raises(Unreadable) as refusal:
            read(content, case["file"])
        assert any(words in str(refusal.value).lower() for words in ("the file is empty", "no rows"))
        return
    found = outcome(content, case["file"])
    judge_reading(case, found)
    judge_rows(case, found)
    judge_records(case, found)
    judge_warnings(case, found)
    MUSTS.get(case["file"], lambda _found: None)(found)


@needs_cases
def test_every_key_and_must_of_the_cases_is_judged():
    assert {name for case in EXPECTED for name in case} <= JUDGED
    if "RECRUIT_CASES" not in os.environ:
        assert {case["file"] for case in EXPECTED if case["rows"]} <= set(MUSTS)


def judge_reading(case: dict, found: Outcome) -> None:
    if case.get("encoding") and found.sheet.kind != "xlsx":
        assert codecs.lookup(found.report["encoding"]) == codecs.lookup(case["encoding"])
    if case.get("delimiter") and len(found.sheet.header) > 1:
        assert found.report["separator"] == case["delimiter"]
    assert found.report["rows"] == case["rows"]


def judge_rows(case: dict, found: Outcome) -> None:
    accepted, rejected = found.report["accepted"], found.report["rejected"]
    assert len(accepted) + len(rejected) == case["rows"]
    if "ok" in case:
        assert len(accepted) == case["ok"]
    assert len(accepted) >= case.get("ok_min", 0)
    if "rejected" in case:
        assert [row["line"] for row in rejected] == [row["line"] for row in case["rejected"]]
        for ours, theirs in zip(rejected, case["rejected"], strict=True):
            assert theirs["reason"] in ours["reason"]


def judge_records(case: dict, found: Outcome) -> None:
    """Judge each record: one with `row` is that row of data, the others are the accepted rows in order."""
    every = sorted(row["line"] for row in found.report["accepted"] + found.report["rejected"])
    accepted = [row["line"] for row in found.report["accepted"]]
    for number, record in enumerate(case.get("records", [])):
        line = every[record["row"] - 1] if "row" in record else accepted[number]
        for name, value in record.items():
            if name != "row":
                judge_value(name, value, found.fields(line), found.cells(line), line)


def judge_value(name: str, value: object, fields: dict, cells: dict[str, str], line: int) -> None:
    if name == "emails":
        assert [fields["email"], *fields["other_emails"]] == value
        return
    if name in FIELDS:
        assert fields[name] == value, (line, name)
        return
    cell = cells[folded({"display": "Name"}.get(name, name))].strip()
    assert cell == value or number(cell) == number(str(value)) is not None, (line, name)


def number(text: str) -> Decimal | None:
    """A figure with a decimal point or comma."""
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def judge_warnings(case: dict, found: Outcome) -> None:
    for expected in case.get("warnings", []):
        ours = [w for w in found.report["warnings"] if w["line"] == expected["line"]]
        match = [warning for warning in ours if warning["kind"] == expected["kind"]]
        assert match, (expected, ours)
        assert match[0]["suggest"] == expected.get("suggest")


# What each case's `must` says, as far as the keys above do not say it already.


def opencats(found: Outcome) -> None:
    assert set(found.left_out) == {"City", "Current Employer"}


def first_header(found: Outcome) -> None:
    assert found.report["header"][0] == "First Name"


def ragged(found: Outcome) -> None:
    assert (6, "short row padded") in found.kinds()
    assert "extra1" not in json.dumps(found.report["accepted"])


def mojibake(found: Outcome) -> None:
    assert found.fields(2)["first_name"] == "JosÃ©"
    assert found.fields(4)["name"] == "João Silva"
    assert not [line for line, _kind in found.kinds() if line == 4]


def greenhouse(found: Outcome) -> None:
    assert (1, "duplicate header") in found.kinds()
    assert found.left_out["Address"] == found.left_out["Social Media"] == PERSONAL
    unknown = {"Company", "Title", "Website", "Who gets credit", "Job", "Department", "Office"}
    assert {found.left_out[name] for name in unknown} == {UNKNOWN}
    assert set(found.report["mapping"]) | set(found.left_out) == set(found.report["header"])
    assert safe_link(found.cells(2)["website"]) is None
    assert safe_link(found.cells(2)["socialmedia"]) == "https://www.linkedin.com/in/x"
    assert "Karl Johans" not in json.dumps(found.report)


def bad_rows(found: Outcome) -> None:
    assert found.sheet.header_line == 4
    chosen = read(found.content, "a.csv", header_line=4)
    assert (chosen.header, chosen.rows) == (found.sheet.header, found.sheet.rows)
    kinds = [
        (1, "title line skipped"), (2, "title line skipped"), (3, "blank lines skipped"),
        (13, "repeated header skipped"), (16, "total line skipped"), (7, "no e-mail address"),
    ]  # fmt: skip
    assert found.kinds() == kinds
    assert found.fields(10)["email"] == "user@bücher.example"
    assert found.fields(14)["email"] == "ok2@example.org"
    strict = plan(found.sheet, found.plan.mapping, require_email=True)
    assert (7, "no e-mail address") in strict.rejected


def hostile(found: Outcome) -> None:
    assert found.fields(2)["first_name"] == "<script>alert(1)</script>"
    assert found.fields(3)["name"] == "Robert'); DROP TABLE candidate;-- Tables"
    assert found.fields(3)["notes"] == "{{7*7}} ${7*7} <%= 7*7 %>"
    assert found.fields(5)["name"] == "%s%n Format"
    links = [safe_link(found.cells(line)["website"]) for line in (2, 3, 4, 5)]
    assert links == [None, "https://ok.example/", None, None]
    assert found.left_out["Resume File"] == UNKNOWN


def big_field(found: Outcome) -> None:
    assert [row["line"] for row in found.report["accepted"]] == [2, 3]
    assert len(found.fields(2)["notes"]) > 131_072


def page(found: Outcome) -> None:
    assert (None, "ending differs from content") in found.kinds()


def workbook(found: Outcome) -> None:
    assert [row.line for row in found.sheet.rows] == [3, 4, 6]
    assert found.fields(3)["phone"] == "447911123456"
    assert found.fields(6)["phone"] == "0049170"
    assert found.cells(3)["born"] == "1988-04-03"
    assert found.left_out["Born"] == PERSONAL
    assert found.fields(4)["notes"] == "'=2+2"


def cards(found: Outcome) -> None:
    assert found.left_out == {"Birth date": PERSONAL}
    assert found.fields(16)["name"] == "Björk"


def decimal_comma(found: Outcome) -> None:
    assert found.cells(2)["scorecommunication"] == "3,5"


MUSTS: dict[str, Callable[[Outcome], None]] = {
    "01_opencats_utf8_lf.csv": opencats,
    "02_utf8_bom_crlf.csv": first_header,
    "04_utf16le_bom_tab_excel_unicode_text.txt": first_header,
    "07_sep_directive.csv": first_header,
    "09_multiline_quotes_ragged.csv": ragged,
    "12_mojibake.csv": mojibake,
    "13_greenhouse_headers.csv": greenhouse,
    "14_bad_rows_and_footers.csv": bad_rows,
    "18_xss_sql_template.csv": hostile,
    "19_field_over_131072.csv": big_field,
    "21_html_table_named.xls": page,
    "23_really_xlsx.csv": workbook,
    "29_cards.vcf": cards,
    "30_semicolon_with_commas_in_header_only.csv": decimal_comma,
}


# columns


def fields_of(*header: str) -> list[str | None]:
    return list(propose_mapping(header).columns)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["first_name", "last_name", "email1", "phone_cell", "source", "key_skills", "notes", "Date Created"],
         ["first_name", "last_name", "email", "phone", "source", "key_skills", "notes", "received_on"]),
        (["FIRST NAME", "LastName", " E-Mail ", "Mobile phone", "Application date"],
         ["first_name", "last_name", "email", "phone", "received_on"]),
        (["Name", "Vorname", "E-Mail-Adresse", "Telefonnummer", "Eingangsdatum", "Quelle", "Bemerkungen", "Fähigkeiten"],
         ["last_name", "first_name", "email", "phone", "received_on", "source", "notes", "key_skills"]),
        (["Nom", "Prénom", "Courriel", "Téléphone portable", "Date de candidature", "Commentaires", "Compétences"],
         ["last_name", "first_name", "email", "phone", "received_on", "notes", "key_skills"]),
        (["Förnamn", "Efternamn", "E-post", "Mobilnummer", "Ansökningsdatum", "Källa", "Anteckningar", "Kompetenser"],
         ["first_name", "last_name", "email", "phone", "received_on", "source", "notes", "key_skills"]),
        (["Nombre", "Apellidos", "Correo electrónico", "Teléfono", "Fecha de solicitud", "Fuente", "Observaciones"],
         ["first_name", "last_name", "email", "phone", "received_on", "source", "notes"]),
        (["Full Name", "Email (private)", "Email 2", "Phone*"], ["name", "email", "email", "phone"]),
        (["Name", "Date", "Applied on"], ["name", "received_on", None]),
    ],
)  # fmt: skip
def test_columns_find_their_fields(header, fields):
    assert fields_of(*header) == fields


@pytest.mark.parametrize(
    "name",
    ["Address", "Home address", "street", "City", "ZIP", "Birth date", "DateOfBirth", "date_of_birth", "DOB", "Age",
     "Religion", "Photo", "Gender", "Nationality", "Marital status", "Straße", "PLZ", "Wohnort", "Geburtsdatum",
     "Geschlecht", "Staatsangehörigkeit", "Schwerbehinderung", "Adresse", "Ville", "Date de naissance",
     "Sexe", "Nationalité", "Personnummer", "Födelsedatum", "Kön", "Postnummer", "Dirección", "Ciudad",
     "Fecha de nacimiento", "Sexo", "LinkedIn", "Anrede"],
)  # fmt: skip
def test_personal_columns_are_left_out_by_name(name):
    assert left_out([name], propose_mapping([name])) == ((name, PERSONAL),)


@pytest.mark.parametrize(
    "name", ["Languages", "Report", "Trace", "Score", "Essex office", "Company", "Website", "Column 7"]
)
def test_other_columns_are_unknown(name):
    assert left_out([name], propose_mapping([name])) == ((name, UNKNOWN),)


def test_the_reader_may_map_otherwise():
    sheet = read(b"A,B\nAnn,ann@example.org\n", "a.csv")
    planned = plan(sheet, Mapping(("name", "email")))
    assert planned.accepted[0].fields == {"name": "Ann", "email": "ann@example.org", "other_emails": []}
    with pytest.raises(ValueError, match="argument 2"):
        plan(sheet, Mapping(("name",)))


# cells


@pytest.mark.parametrize(
    ("cell", "valid"),
    [
        ("Ann@Example.ORG", ["ann@example.org"]),
        ("mailto:ann@example.org", ["ann@example.org"]),
        ("user@xn--bcher-kva.example", ["user@bücher.example"]),
        ("a@example.org; b@example.org,c@example.org\nd@example.org", [f"{x}@example.org" for x in "abcd"]),
        ("a@example.org A@EXAMPLE.org", ["a@example.org"]),
        ("Ann Lee <ann@example.org>, Bob <bob@example.org>", ["ann@example.org", "bob@example.org"]),
        ("Ann Lee ann@example.org", ["ann@example.org"]),
        ('"Lee, Ann" <ann@example.org>', ["ann@example.org"]),
        ('"john smith"@example.org', ['"john smith"@example.org']),
        ("'+tag@example.org", ["+tag@example.org"]),
        ("nobody; a@example.org", ["a@example.org"]),
        ("nobody", []), ("a@b@example.org", []), ("a @example.org", []), ("a@example..org", []), ("@", []),
        ("x" * 10_000, []), ("a" * 100 + "@example.org", []),
    ],
)  # fmt: skip
def test_addresses(cell, valid):
    assert addresses(cell).valid == valid


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-03", date(2026, 11, 3)), ("2026-11-03T10:00:00Z", date(2026, 11, 3)),
        ("2026-11-03 10:00", date(2026, 11, 3)), ("2026/11/3", date(2026, 11, 3)), ("20261103", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)), ("03.11.26", date(2026, 11, 3)), ("03. 11. 2026", date(2026, 11, 3)),
        ("25/12/2026", date(2026, 12, 25)), ("12/25/2026", date(2026, 12, 25)), ("25-12-2026", date(2026, 12, 25)),
        ("4/4/2026", date(2026, 4, 4)), ("3 Nov 2026", date(2026, 11, 3)), ("November 3rd, 2026", date(2026, 11, 3)),
        ("31.02.2026", None), ("--0412", None), ("45963", None), ("soon", None), ("13/13/2026", None),
        ("0001-01-01", None), ("20261", None), ("1.2.3.4", None),
    ],
)  # fmt: skip
def test_dates(text, value):
    assert read_date(text) == (value, ())


def test_a_date_of_two_meanings_is_left_to_the_reader():
    ways = (date(2026, 4, 3), date(2026, 3, 4))
    assert read_date("3/4/2026") == (None, ways)
    assert read_date("3/4/2026", "dmy").value == ways[0]
    assert read_date("3/4/2026", "mdy").value == ways[1]
    assert read_date("25/12/2026", "mdy") == (None, ())


def test_dates_of_an_import():
    found = outcome(b"Name,Applied on\nAnn,3/4/2026\nBob,2026-04-03\nCy,soon\nDee,\n")
    assert [row["fields"]["received_on"] for row in found.report["accepted"]] == [
        None,
        "2026-04-03",
        None,
        None,
    ]
    dated = [w for w in found.report["warnings"] if w["line"]]
    assert [(w["line"], w["kind"], w["suggest"]) for w in dated] == [
        (2, "ambiguous date", "2026-04-03 / 2026-03-04"),
        (4, "not a date", None),
    ]
    chosen = plan(found.sheet, found.plan.mapping, date_order="dmy")
    assert chosen.accepted[0].fields["received_on"] == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("cell", "number", "cut"),
    [
        ("0049 170  1234567", "0049 170 1234567", False),
        ("'+44 20 7946", "+44 20 7946", False),
        ("=+44 20 7946", "=+44 20 7946", False),
        ("447911123456.0", "447911123456", False),
        ("4.47911E+11", "4.47911E+11", True),
        ("4,47911E+11", "4,47911E+11", True),
    ],
)
def test_phone_numbers_keep_their_digits(cell, number, cut):
    assert phone(cell) == (number, cut)


@pytest.mark.parametrize(
    "url", ["https://ok.example/", "http://ok.example/a?b=c#d", "HTTPS://ok.example", "mailto:a@example.org"]
)
def test_safe_links(url):
    assert safe_link(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\x01javascript:x", "//evil.example", "/x",
     "data:text/html;base64,x", "file:///etc/shadow", "https:evil", "https://", "https://good.example@evil.example/",
     "https://[", "http://a b", 'http://a"onclick=', "mailto:", "vbscript:x", "ftp://x.example", "https:\\\\evil", ""],
)  # fmt: skip
def test_unsafe_links(url):
    assert safe_link(url) is None


# rows


def test_names():
    found = outcome(
        b"Name,First,Last,Email\nAnn Lee,,,a@e.org\nX,Bo, Ek ,b@e.org\n-,,,c@e.org\n,,,d@e.org\n%s,,,e@e.org\n"
    )
    assert [fields["name"] for _line, fields in found.plan.accepted] == ["Ann Lee", "Bo Ek", "%s"]
    assert found.plan.rejected == ((4, "no name"), (5, "no name"))


def test_what_is_too_long():
    text = f"Name,Phone,Source\n{'x' * 161},1,a\nBob,{'1' * 61},{'s' * 121}\n"
    found = outcome(text.encode())
    assert found.plan.rejected == ((2, "name too long (limit 160)"),)
    assert found.fields(3) == {"name": "Bob", "phone": "", "source": ""}
    assert [kind for line, kind in found.kinds() if line == 3] == ["field too long"] * 2


def test_several_columns_of_one_field():
    found = outcome(
        b"Name,Phone cell,Phone home,Notes,Remarks,Email,Email\nAnn,1,2,a,b,,x@example.org\nBob,,2,,b,bad,b@example.org\n"
    )
    assert found.fields(2) == {
        "name": "Ann", "phone": "1; 2", "notes": "a\nb", "email": "x@example.org", "other_emails": [],
    }  # fmt: skip
    assert found.fields(3)["phone"] == "2"
    assert (3, "e-mail address left out") in found.kinds()


def test_duplicates_are_named_and_stay_accepted():
    text = """Name,Email
Ann Lee,ann@example.org
Ann  LEE,Ann@Example.org
Bob,bob@example.org;ann@example.org
Cy,
cy,
Cy,cy@example.org
Dee,dee@example.org
Eve,
Fay,fay@example.org
Ann Lee,other@example.org
"""
    sheet = read(text.encode(), "a.csv")
    existing = {("DEE@example.org", "Dee Old"), ("", "eve"), ("fay2@example.org", "Fay")}
    planned = plan(sheet, propose_mapping(sheet.header), existing)
    assert [(line, of) for line, of, _sentence in planned.duplicates] == [
        (3, 2), (4, 2), (6, 5), (7, 5), (8, None), (9, None),
    ]  # fmt: skip
    assert planned.duplicates[0].sentence == "The same e-mail address as in line 2."
    assert len(planned.accepted) == 10
    assert planned.counts == {
        "rows": 10, "accepted": 10, "rejected": 0, "duplicates": 6, "warnings": 3, "left_out": 0,
    }  # fmt: skip


def test_keys_ignore_case_spaces_and_width():
    assert key(" Ann@Example.org", "ＡＮＮ   Lee ") == key("ann@example.ORG", "ann lee")


def test_no_column_for_the_name():
    found = outcome(b"A,B\n1,2\n3,x\n")
    assert (None, "no name column") in found.kinds()
    assert len(found.plan.rejected) == 2


def test_what_is_left_out_is_nowhere_in_the_plan():
    found = outcome(b"Name,Email,Religion,Hobby\nAnn,a@example.org,Quaker,Chess\n")
    assert found.left_out == {"Religion": PERSONAL, "Hobby": UNKNOWN}
    assert "Quaker" not in repr(found.plan)
    assert "Chess" not in repr(found.plan)


def test_a_report_has_exactly_these_keys():
    assert list(outcome(b"Name\nAnn\n").report) == [
        "encoding", "separator", "header", "mapping", "rows", "accepted", "rejected", "duplicates", "left_out",
        "warnings",
    ]  # fmt: skip


def test_a_whole_file_takes_a_moment():
    text = "Name,Email,Notes\n" + "".join(f"Zoë {n},z{n}@example.org,JosÃ© {n}\n" for n in range(MAX_ROWS))
    assert outcome(text.encode()).plan.counts["accepted"] == MAX_ROWS


CELL = st.text(st.one_of(st.sampled_from("a@.,;\"' \n<>/12=-E+"), st.characters(codec="utf-8")), max_size=30)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(CELL, min_size=1, max_size=9), min_size=1, max_size=6))
def test_every_row_is_accepted_or_rejected(rows):
    header = "First name,Last name,Name,Email,Phone,Applied on,Source,Notes\n"
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    try:
        found = outcome((header + "\n".join(lines)).encode())
    except Unreadable:
        return
    settled = [row["line"] for row in found.report["accepted"]] + [
        row["line"] for row in found.report["rejected"]
    ]
    read_lines = [row.line for row in found.sheet.rows] + [line for line, _reason in found.sheet.rejected]
    assert sorted(settled) == sorted(read_lines)
    assert len(settled) == len(set(settled)) == found.report["rows"]


@needs_cases
@settings(deadline=None, max_examples=300)
@given(st.data())
def test_damaged_reference_cases_are_planned_or_refused(data):
    case = data.draw(st.sampled_from([case["file"] for case in EXPECTED if case["rows"]]))
    content = bytearray((FOLDER / case).read_bytes()[:20_000])
    for _change in range(data.draw(st.integers(0, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        outcome(bytes(content[: data.draw(st.integers(0, len(content)))]), case)
    except Unreadable:
        return
