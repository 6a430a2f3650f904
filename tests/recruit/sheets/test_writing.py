"""What goes out: harmless for spreadsheet programs, and nothing lost on the way back."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from recruit.sheets.reading import read
from recruit.sheets.writing import MAX_XLSX_CELL, to_csv, to_xlsx

HEADER = ["Name", "Notes", "Email"]


def first_sheet(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_csv_is_what_excel_wants():
    content = to_csv(["Name", "Größe"], [["Zoë", 3], ["O'Brien, Jr", None]])
    assert content == '\ufeff"Name","Größe"\r\n"Zoë",3\r\n"O\'Brien, Jr",""\r\n'.encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_like_a_formula_gets_an_apostrophe(start):
    content = to_csv([f"{start}Name"], [[f"{start}1+1"]])
    assert content.decode("utf-8-sig") == f'"\'{start}Name"\r\n"\'{start}1+1"\r\n'


def test_numbers_and_dates_in_csv():
    row = [-5, 2.5, Decimal("-0.10"), True, date(2026, 11, 3), datetime(2026, 11, 3, 9, 30), None]
    line = to_csv(["a"], [row]).decode("utf-8-sig").splitlines()[1]
    assert line == '-5,2.5,-0.10,"TRUE","2026-11-03","2026-11-03 09:30:00",""'


def test_csv_survives_half_characters():
    assert to_csv(["a\0b"], [["\ud800"]]).decode("utf-8-sig") == '"ab"\r\n"?"\r\n'


def is_kept_as_row(cells: tuple[str, str, str]) -> bool:
    """Whether reading has no reason to skip the row; its first cell is never blank here."""
    return cells[0].strip() != "" and not cells[0].strip().lower().startswith(
        ("tot", "sum", "ges", "anz", "ant", "cou")
    )


CELL = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n\"',; |'"), st.characters(codec="utf-8", exclude_characters="\0")),
    max_size=20,
)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(CELL.map(lambda text: "x" + text), CELL, CELL).filter(is_kept_as_row),
        min_size=1,
        max_size=8,
    )
)
def test_every_cell_comes_back(rows):
    sheet = read(to_csv(HEADER, rows), "export.csv", header_line=1, separator=",")
    starts = ("=", "+", "-", "@", "\t", "\r")
    marked = [tuple("'" + cell if cell.startswith(starts) else cell for cell in row) for row in rows]
    assert [row.cells for row in sheet.rows] == marked
    assert (sheet.encoding, sheet.header, sheet.rejected) == ("utf-8-sig", tuple(HEADER), ())


def test_texts_stay_texts_in_a_workbook():
    row = ["=1+1", "007", "https://example.org", "1E5", "+44 20", "_x0041_", "a\x01b"]
    assert first_sheet(to_xlsx([f"c{n}" for n in range(len(row))], [row], "Export"))[1] == row


def test_numbers_and_dates_in_a_workbook():
    row = [
        -5,
        2.5,
        Decimal("0.10"),
        True,
        date(2026, 11, 3),
        datetime(2026, 11, 3, 9, 30),
        None,
        10**15,
        float("nan"),
    ]
    back = first_sheet(to_xlsx([str(n) for n in range(9)], [row], "Export"))[1]
    assert back == [
        -5,
        2.5,
        0.1,
        True,
        date(2026, 11, 3),
        datetime(2026, 11, 3, 9, 30),
        "",
        "1000000000000000",
        "nan",
    ]


def test_a_text_that_is_too_long_for_excel_says_so():
    text = first_sheet(to_xlsx(["a"], [["x" * 40_000]], "Export"))[1][0]
    assert len(text) == MAX_XLSX_CELL
    assert text.endswith("x…")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("People", "People"),
        ("a/b: [c]?*", "a b c"),
        ("", "Sheet1"),
        ("'", "Sheet1"),
        ("History", "Sheet1"),
        ("x" * 40, "x" * 31),
    ],
)
def test_the_title_names_the_sheet(title, name):
    content = to_xlsx(["a"], [["b"]], title)
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == [name]


def test_a_workbook_can_be_read_again():
    sheet = read(to_xlsx(HEADER, [["Ann", "=2+2", "ann@example.org"]], "People"), "people.xlsx")
    assert (sheet.kind, sheet.rows[0].cells) == ("xlsx", ("Ann", "=2+2", "ann@example.org"))


def test_a_hundred_thousand_rows():
    rows = ([f"Person {number}", number, "x@example.org"] for number in range(100_000))
    assert to_csv(HEADER, rows).count(b"\r\n") == 100_001
    rows = ([f"Person {number}", number, "x@example.org"] for number in range(100_000))
    assert len(first_sheet(to_xlsx(HEADER, rows, "People"))) == 100_001
