"""Files as people send them, made here; the reference cases are run in ../applications/test_importing.py."""

import base64
import io
import struct
import zipfile
import zlib
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recruit.sheets import archive
from recruit.sheets.mojibake import repaired
from recruit.sheets.reading import read
from recruit.sheets.sheet import MAX_CELL, MAX_ROWS, Sheet, Unreadable

TABLE = "Name,Email\nÅsa Öberg,asa@example.org\nZoë,zoe@example.org\n"


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


def kinds(sheet: Sheet) -> list[str]:
    return [notice.kind for notice in sheet.warnings]


def csv_of(text: str, **choices) -> Sheet:
    return read(text.encode(), "people.csv", **choices)


def workbook_of(fill, name="people.xlsx") -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        fill(book)
    return content.getvalue()


# encodings


@pytest.mark.parametrize(
    ("encode", "encoding", "guessed"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8-sig", False),
        ("utf-16", "utf-16", False),
        ("utf-16-le", "utf-16-le", False),
        ("utf-16-be", "utf-16-be", False),
        ("utf-32", "utf-32", False),
        ("cp1252", "cp1252", True),
    ],
)
def test_the_encoding_is_found(encode, encoding, guessed):
    sheet = read(TABLE.encode(encode), "people.csv")
    assert (sheet.encoding, sheet.guessed) == (encoding, guessed)
    assert cells(sheet) == [("Åsa Öberg", "asa@example.org"), ("Zoë", "zoe@example.org")]
    assert ("encoding guessed" in kinds(sheet)) is guessed


def test_utf_16_big_endian_with_mark():
    assert read(b"\xfe\xff" + TABLE.encode("utf-16-be"), "a.txt").encoding == "utf-16"


@pytest.mark.parametrize("encode", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark_of_other_scripts(encode):
    text = "Имя\tПочта\r\nНаталія\tn@example.org\r\n小龍\tx@example.org\r\n"
    sheet = read(text.encode(encode), "a.txt")
    assert (sheet.encoding, sheet.separator) == (encode, "\t")
    assert cells(sheet)[1] == ("小龍", "x@example.org")


def test_the_reader_may_choose_the_encoding():
    content = "Name;Stadt\nŁukasz;Łódź\n".encode("cp1250")
    assert read(content, "a.csv").guessed
    sheet = read(content, "a.csv", encoding="windows-1250")
    assert (sheet.encoding, sheet.guessed, cells(sheet)) == ("cp1250", False, [("Łukasz", "Łódź")])


@pytest.mark.parametrize("encoding", ["klingon", "idna", "rot13", "unicode_escape", "utf-8\0"])
def test_an_unknown_encoding_is_refused(encoding):
    with pytest.raises(Unreadable, match="not known"):
        read(TABLE.encode(), "a.csv", encoding=encoding)


def test_an_encoding_that_does_not_fit_is_refused():
    with pytest.raises(Unreadable, match="Choose another encoding"):
        read("Имя,Почта\nНаталія,n@e\n".encode("cp1251"), "a.csv", encoding="utf-8")


def test_utf_8_cut_in_the_middle_of_a_letter_stays_utf_8():
    sheet = read("Name,Stadt\nZoë,Köln\nBjörk,Malmö".encode()[:-1], "a.csv")
    assert (sheet.encoding, sheet.guessed) == ("utf-8", True)
    assert "replacement characters: data already lost" in kinds(sheet)


def test_nul_characters_are_removed_with_a_warning():
    sheet = csv_of("Name,Email\nA\0nn,ann@example.org\nBob,bob@example.org\n")
    assert cells(sheet)[0] == ("Ann", "ann@example.org")
    assert [(notice.line, notice.kind) for notice in sheet.warnings] == [(2, "NUL characters removed")]


# lines, separators, quotation marks


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_every_kind_of_line_end(end):
    sheet = csv_of(end.join(["Name,Email", "Ann,a@e.org", '"B' + end + 'ob",b@e.org', "Cy,c@e.org"]))
    assert [row.line for row in sheet.rows] == [2, 3, 5]
    assert sheet.rows[1].cells[0] == f"B{end}ob"


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1e"])
def test_what_is_no_line_end(mark):
    sheet = csv_of(f"Name,Notes,Email\nAnn,one{mark}two,a@e.org\nBob,,b@e.org\n")
    assert [(row.line, row.cells[1]) for row in sheet.rows] == [(2, f"one{mark}two"), (3, "")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    lines = ["Name,Notes,Score", 'Ann,"a; b, c | d\te",1', "Bob,x,2"]
    text = "\n".join(
        '"'.join(p if i % 2 else p.replace(",", separator) for i, p in enumerate(line.split('"')))
        for line in lines
    )
    sheet = csv_of(text)
    assert sheet.separator == separator
    assert cells(sheet)[0] == ("Ann", "a; b, c | d\te", "1")


def test_decimal_commas_do_not_separate():
    sheet = csv_of("Name;Note\nA;3,5\nB;4,0\nC;1,25\n")
    assert (sheet.separator, cells(sheet)[0]) == (";", ("A", "3,5"))


def test_decimal_commas_do_not_separate_even_with_commas_in_the_header():
    sheet = csv_of("Name;Score, oral\nA;3,5\n")
    assert (sheet.separator, sheet.header) == (";", ("Name", "Score, oral"))


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;,,,"])
def test_a_directive_names_the_separator(first):
    sheet = csv_of(f"{first}\r\nName;Notes\r\nAnn;a,b\r\n")
    assert (sheet.separator, sheet.header_line, cells(sheet)) == (";", 2, [("Ann", "a,b")])


def test_the_reader_may_choose_the_separator():
    sheet = csv_of("Name^Notes\nAnn^a,b\n", separator="^")
    assert (sheet.separator, cells(sheet)) == ("^", [("Ann", "a,b")])


@pytest.mark.parametrize("separator", ["", ",,", '"', "\n", "a", " "])
def test_a_separator_that_cannot_be_one_is_refused(separator):
    with pytest.raises(Unreadable, match="separator"):
        csv_of(TABLE, separator=separator)


def test_one_column_has_no_separator():
    sheet = csv_of("Name\nLee, Ann\nBob\n\nCy\nDee\n")
    assert (sheet.separator, cells(sheet)) == (None, [("Lee, Ann",), ("Bob",), ("Cy",), ("Dee",)])
    assert kinds(sheet) == ["blank lines skipped"]


def test_a_space_before_a_quoted_cell():
    assert cells(csv_of('Name, Notes\nAnn, "a, b"\nBob, c\n')) == [("Ann", "a, b"), ("Bob", "c")]


def test_a_quotation_mark_never_closed_costs_one_row_only():
    sheet = csv_of(
        'Name,Notes,Email\nAnn,fine,a@e.org\nBob,"open,b@e.org\nCy,fine,c@e.org\nDee,fine,d@e.org\n'
    )
    assert sheet.rejected == ((3, "a quotation mark is never closed"),)
    assert [row.line for row in sheet.rows] == [2, 4, 5]


def test_a_quotation_mark_closed_by_the_next_row_never_mixes_the_two():
    sheet = csv_of('Name,Notes,Email\nBob,"open,b@e.org\nCy,"quoted, text",c@e.org\nDee,x,d@e.org\n')
    assert [line for line, _reason in sheet.rejected] == [2]
    assert cells(sheet) == [("Cy", "quoted, text", "c@e.org"), ("Dee", "x", "d@e.org")]


def test_a_quotation_mark_inside_a_cell_is_doubted():
    sheet = csv_of('Name,Notes\n"The "Boss" Lee",x\nAnn,5" pipe\n')
    assert [(notice.line, notice.kind) for notice in sheet.warnings] == [(2, "odd quotation marks")]
    assert cells(sheet)[1] == ("Ann", '5" pipe')


def test_many_open_quotation_marks_take_no_time():
    text = "Name,Notes\n" + '"a\n' * 30_001
    with pytest.raises(Unreadable, match="more than"):
        csv_of(text)


# header, rows


def test_rows_of_300_cells_are_rejected_one_by_one():
    long = ",".join("x" * 300)
    sheet = csv_of(f"Name,Email\nAnn,a@e.org\n{long}\nBob,b@e.org\nCy,c@e.org\n")
    assert sheet.rejected == ((3, "more cells than headers (300 > 2)"),)
    assert len(sheet.rows) == 3


def test_a_table_of_300_columns():
    header = ",".join(f"Column {number}" for number in range(300))
    assert len(csv_of(header + "\n" + ",".join("x" * 300)).header) == 300


def test_too_many_columns_or_rows_are_refused():
    with pytest.raises(Unreadable, match="columns"):
        csv_of(",".join(f"c{number}" for number in range(3000)) + "\n" + ",".join("x" * 3000))
    with pytest.raises(Unreadable, match="rows"):
        csv_of("Name\n" + "Ann\n" * (MAX_ROWS + 1))
    assert len(csv_of("Name\n" + "Ann\n" * MAX_ROWS).rows) == MAX_ROWS


def test_a_cell_may_be_long_but_not_endless():
    sheet = csv_of(f"Name,Notes\nAnn,{'x' * MAX_CELL}\nBob,{'x' * (MAX_CELL + 1)}\nCy,fine\n")
    assert sheet.rejected == ((3, "field too long (limit 200000)"),)
    assert [row.line for row in sheet.rows] == [2, 4]


def test_title_lines_without_separators_stand_above_the_header():
    sheet = csv_of(
        "List of people\nMade 2026-11-01, by hand\n\nName,Email,Phone\nAnn,a@e.org,1\nBob,b@e.org,2\nCy,,3\n"
    )
    assert (sheet.header_line, len(sheet.rows)) == (4, 3)
    assert kinds(sheet) == ["title line skipped", "title line skipped", "blank lines skipped"]


def test_the_reader_may_choose_the_header():
    sheet = csv_of("A,B\nName,Email\nAnn,a@e.org\n", header_line=2)
    assert (sheet.header, len(sheet.rows)) == (("Name", "Email"), 1)
    with pytest.raises(Unreadable, match="line 9"):
        csv_of(TABLE, header_line=9)


def test_a_table_without_header_is_doubted():
    sheet = csv_of("Ann,a@e.org\nBob,b@e.org\n")
    assert kinds(sheet) == ["header looks like data"]


def test_duplicate_and_missing_headers_are_named():
    sheet = csv_of("Name,Email,,email,Email\nAnn,1,2,3,4\n")
    assert sheet.header == ("Name", "Email", "Column 3", "email (2)", "Email (3)")
    assert kinds(sheet) == ["duplicate header"] * 2


def test_total_lines_are_skipped_but_nobody_called_summer_is():
    sheet = csv_of("Name,Score\nSummer,1\nTotal Eclipse,x@e.org\nTotal:,1\nSumme;,2\nGesamt (2),\n")
    assert [row.cells[0] for row in sheet.rows] == ["Summer", "Total Eclipse"]
    assert kinds(sheet) == ["total line skipped"] * 3


@pytest.mark.parametrize("text", ["", "   ", "\r\n\r\n", ",,,\n,,,\n", "\ufeff", "\0\0\0\0"])
def test_an_empty_file(text):
    with pytest.raises(Unreadable, match=r"The file is empty\."):
        csv_of(text)


def test_a_header_only():
    with pytest.raises(Unreadable, match=r"The file has a header but no rows\."):
        csv_of("Name,Email\n,\n\n")


@pytest.mark.parametrize("text", ["=1+1", "+44 20 7946", "-5", "@SUM(A1)", "007", "1.20", "1E5", "4,0"])
def test_a_cell_is_text_whatever_it_looks_like(text):
    assert cells(csv_of(f'Name,Notes\nAnn,"{text}"\nBob,\n'))[0] == ("Ann", text)


# letters that were misread


@pytest.mark.parametrize(
    "meant", ["José", "Łódź", "Žižek", "Štěpán", "Plzeň", "naïve", "“quoted” – dash…", "Київ", "小龍", "😀"]
)
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_seen_through(meant, times):
    text = meant
    for _pass in range(times):
        raw = text.encode()
        text = "".join(bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in raw)
    assert repaired(text) == (meant, times)


@pytest.mark.parametrize(
    "honest",
    ["José", "João", "São Paulo", "IRMÃ MARIA", "CAFÉ…", "“SKÅ”", "Ærø", "café”…", "Ångström", "Ελλάδα",
     "À bientôt", "Straße", "Ñandú", "Å være", "30 °C", "£5", "Привет", "«à»", "ÎLE", "Ø", "1²"],
)  # fmt: skip
def test_honest_letters_are_left_alone(honest):
    assert repaired(honest) == (honest, 0)


def test_mojibake_is_never_repaired_silently():
    sheet = csv_of("First name,Last name,City\nJosÃ©,GarcÃ\xada,MÃ¡laga\n")
    assert cells(sheet) == [("JosÃ©", "GarcÃ\xada", "MÃ¡laga")]
    assert sheet.warnings[0][:2] == (2, "probable mojibake")
    assert sheet.warnings[0].suggestion == "José García, Málaga"


# workbooks


def test_a_workbook_as_it_is_seen():
    def fill(book):
        hidden, sheet = book.add_worksheet("Secret"), book.add_worksheet("People")
        hidden.write(0, 0, "secret")
        sheet.activate()
        sheet.set_first_sheet()
        hidden.hide()
        sheet.merge_range("A1:E1", "Candidates 2026")
        for column, name in enumerate(["Name", "Phone", "Id", "Born", "Seen", "Sum", "Text", "Yes", "Score"]):
            sheet.write(1, column, name)
        sheet.write_row(2, 0, ["Ann", 447911123456, 12345678901234567890])
        sheet.write_datetime(2, 3, date(1990, 4, 3), book.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_datetime(
            2, 4, datetime(2026, 11, 3, 14, 5), book.add_format({"num_format": "d/m/yy hh:mm"})
        )
        sheet.write_formula(2, 5, "=1+1", None, 2)
        sheet.write_string(2, 6, "=cmd|' /C calc'!A0")
        sheet.write_boolean(2, 7, True)
        sheet.write_number(2, 8, 0.1 + 0.2)
        sheet.write_string(4, 1, "0049170")
        sheet.write_string(4, 0, "Bo")

    sheet = read(workbook_of(fill), "people.xlsx")
    assert (sheet.kind, sheet.encoding, sheet.separator, sheet.header_line) == ("xlsx", None, None, 2)
    assert cells(sheet)[0] == (
        "Ann", "447911123456", "12345678901234600000", "1990-04-03", "2026-11-03 14:05:00", "2",
        "=cmd|' /C calc'!A0", "TRUE", "0.3",
    )  # fmt: skip
    assert [row.line for row in sheet.rows] == [3, 5]
    assert sheet.rows[1].cells[1] == "0049170"
    expected = {"other sheets left out", "title line skipped", "blank lines skipped", "long number rounded"}
    assert set(kinds(sheet)) == expected


def test_a_formula_without_result_is_told():
    formula = b'<row r="3"><c r="A3"><f>1+1</f><v></v></c><c r="B3"><v>1</v></c></row></sheetData>'
    sheet = "xl/worksheets/sheet1.xml"
    content = edited(small_workbook(), sheet, lambda xml: xml.replace(b"</sheetData>", formula))
    assert "formulas without a result" in kinds(read(content, "a.xlsx"))
    assert "formulas without a result" not in kinds(read(small_workbook(), "a.xlsx"))


def small_workbook() -> bytes:
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Email"])
        sheet.write_row(1, 0, ["Ann", "ann@example.org"])

    return workbook_of(fill)


def edited(content: bytes, name: str, change) -> bytes:
    """Return the archive with one part changed."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(part) if entry.filename == name else part)
    return result.getvalue()


def test_an_empty_workbook():
    with pytest.raises(Unreadable, match="empty"):
        read(workbook_of(lambda book: book.add_worksheet()), "a.xlsx")


def test_a_zip_bomb_is_refused_by_its_directory():
    content = edited(small_workbook(), "docProps/app.xml", lambda _xml: bytes(archive.MAX_UNZIPPED))
    assert len(content) < 200_000
    with pytest.raises(Unreadable, match="100 MB"):
        read(content, "a.xlsx")


def test_a_zip_bomb_whose_directory_lies_is_refused_too():
    size = archive.MAX_UNZIPPED + 1
    content = bytearray(edited(small_workbook(), "docProps/app.xml", lambda _xml: bytes(size)))
    honest, lie = struct.pack("<L", size), struct.pack("<L", 100)
    assert content.count(honest) == 2
    with pytest.raises(Unreadable, match="100 MB"):
        read(bytes(content.replace(honest, lie)), "a.xlsx")


def test_a_cell_at_the_end_of_the_world_is_refused():
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = edited(
        small_workbook(), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", far)
    )
    with pytest.raises(Unreadable, match="too far"):
        read(content, "a.xlsx")


def test_one_long_text_in_a_million_cells_is_refused():
    text = b"<si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    rows = b"<row>" + b'<c t="s"><v>4</v></c>' * 100 + b"</row>"
    content = edited(small_workbook(), "xl/sharedStrings.xml", lambda xml: xml.replace(b"</sst>", text))
    many = rows * 100 + b"</sheetData>"
    content = edited(content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", many))
    with pytest.raises(Unreadable, match="100 MB"):
        read(content, "a.xlsx")


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_cut_workbook_is_damaged(kept):
    content = small_workbook()
    with pytest.raises(Unreadable, match="damaged"):
        read(content[: int(len(content) * kept)], "a.xlsx")


def ole(stream: str) -> bytes:
    """Return the start of a compound file whose directory names one stream."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + stream.encode("utf-16-le").ljust(512, b"\0")


def test_a_protected_workbook_is_refused():
    with pytest.raises(Unreadable, match="password"):
        read(ole("EncryptedPackage"), "a.xlsx")


def test_a_word_document_is_no_workbook():
    with pytest.raises(Unreadable, match="damaged"):
        read(ole("WordDocument"), "a.xls")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as new:
        new.writestr("word/document.xml", "<w/>")
    with pytest.raises(Unreadable, match="not a workbook"):
        read(content.getvalue(), "a.xlsx")


OLD_WORKBOOK = """
eNrtWE1oE0EU/mazSZOYpmlthVYooWDVWiRF8edQUwttEbTEH1SKoNtm0dCkKWsOVRCrNTcFwZPipdCLl6oXf9CD3jwIFT1UBKHV
oydBwUOb9c3b3ZhqDg3UYmW/Zd6892bmzey8Nz+7b2Zq5yYfNs3jN+yDBwUzAF+JTlAKOEIEVG6aknVyPyXTxZpCwE+O9HnxrPp1
lfSh9Pc8FDxQXxIFPlE6hVH0Z0f06Cqim8egCTmGTqFS7Cm4SymMRh5XHdMhpuuZ3ue6z5l2seYG006qOycGMBPvb9tjx/FJpYXL
wkQFHnObD6zpQANeyTi+fFNYdb3Yb6S09L9Z0KyGMAXyXJ8+ohtaeg715MIpfDejwDdnrb6IuvrV1QuQ/sdSfVUZ/S1FBcZhnhEy
EPMUkLtU6V4fjupDhp6Tmutea2Em9OxoWl/AJYRIDlkb8lgQ6E0Z53PRfi2j0+58ULN5atWT0VJpyhPnaPV6gANJjdb3e6qtJ2uA
VFLr0se0DFndnjXOUvh3Z6n3Y/pYLgwMZksLKcRisZ17O3bHgvIU4F0jsmTXqOa1FCKaRA3ztbyiInQuLNz7+vbQYCJ+mjXjfFJY
58kmOQEwcUW2oMbhYolF27jFNqZX2epG5puY1tM6oLw10WAzvRNc5xqXtlI/Oxjv4ptL+C3E578cftKc/xzfSvx03/zF+unZ+CRa
6HxLUnv5TKBdtIs7tyWexp1c2DvPR6aNf+xCfiVij920D80aLCLIbK11sip1eCSr0i71C6sxqx6m6hqeVbXsrMo3tiRndixJIclT
lDwkqbYtUcaWYFteu75gW76iJG1Jp3hoLgXbohk/rtcNdEt7Shl7Ctvz2xYszwWKkrQXLErS3jonNlAuNly4cOHChQsXLlYKgu9J
1t1Q3o689r2zyv6vs0ip4P4m+W9xBFl6cvRZ2oMRyg1cqCh+NsArHFtimW2c/4USJ6h3A8MY5HEMVxy/9N0gSt9n2Q0jK7eEKu2/
UMk4/3L/PwGoIxTD
"""


def old_workbook() -> bytes:
    """Return what Excel 97 would: a hidden sheet, then one with two people (made by xlwt)."""
    return zlib.decompress(base64.b64decode(OLD_WORKBOOK))


def test_an_old_workbook():
    sheet = read(old_workbook(), "people.xls")
    assert (sheet.kind, sheet.encoding, sheet.header_line) == ("xls", None, 1)
    assert cells(sheet) == [
        ("Ida", "Ørsted", "ida@example.org", "447911123456"),
        ("Bo", "Text", "bo@example.org", "0049170"),
    ]


# what is no table


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "picture"),
        (b"GIF89a\1\0\1\0", "picture"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\3", "archive"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar"),
        (b'{"name": "Ann"}', "JSON"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (bytes(range(256)) * 4, "neither text nor"),
    ],
)
def test_other_files_are_refused_by_name(content, word):
    with pytest.raises(Unreadable, match=word):
        read(content, "people.csv")


# web pages


def test_a_page_named_xls():
    page = """<!-- saved --><html><table border=1><tr><td colspan=2><b>Title</b></td></tr>
      <tr><th>First<br>Name<th rowspan=1>Last Name<th>City</tr>
      <tr><td rowspan=2>Ann</td><td>Lee &amp; Co</td><td>a  <br> b</td></tr>
      <tr><td>Öst</td><td>&lt;b&gt;<script>alert(1)</script></td></tr>
      <tr><td>Bo<td><table><tr><td>x</td></tr></table><td>c</table><table><tr><td>other</table></html>"""
    sheet = read(page.encode("cp1252"), "people.xls")
    assert (sheet.kind, sheet.encoding, sheet.header_line) == ("html", "cp1252", 2)
    assert sheet.header == ("First Name", "Last Name", "City")
    assert cells(sheet) == [("Ann", "Lee & Co", "a\nb"), ("", "Öst", "<b>"), ("Bo", "x", "c")]
    assert "ending differs from content" in kinds(sheet)


def test_a_page_that_names_its_encoding():
    page = '<meta charset="cp1250"><table><tr><td>Name<td>Miasto<tr><td>Łukasz<td>Łódź</table>'
    sheet = read(page.encode("cp1250"), "a.xls")
    assert (sheet.encoding, sheet.guessed, cells(sheet)) == ("cp1250", False, [("Łukasz", "Łódź")])


@pytest.mark.parametrize(
    "page",
    [
        "<table><![x[a]]>",
        "<html><table><tr><td colspan=999 rowspan=999>" + "<td colspan=999 rowspan=999>" * 9,
    ],
)
def test_a_hostile_page_is_refused(page):
    with pytest.raises(Unreadable):
        csv_of(page)


# address cards


def card(*lines: str) -> dict[str, str]:
    text = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])
    sheet = read(text.encode(), "people.vcf")
    assert (sheet.kind, len(sheet.rows)) == ("vcard", 1)
    return {name: cell for name, cell in zip(sheet.header, sheet.rows[0].cells, strict=True) if cell}


def test_a_card_of_version_2_1():
    assert card(
        "VERSION:2.1",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller;J=F6rg",
        "TEL;CELL;PREF:+49 170 1",
        "TEL;HOME:+49 30 2",
        "EMAIL;INTERNET:joerg@example.org",
        "PHOTO;JPEG;ENCODING=BASE64:",
        "  /9j/4AAQSkZJRg==",
    ) == {
        "Last name": "Müller",
        "First name": "Jörg",
        "Phone": "+49 170 1; +49 30 2",
        "Email": "joerg@example.org",
    }


def test_a_card_of_version_3_0():
    assert card(
        "VERSION:3.0",
        "N:Lee\\, Jr;Ann\\;ie;;;",
        "FN:Annie Lee",
        "item1.EMAIL;type=INTERNET:second@example.org",
        'EMAIL;TYPE="WORK,PREF":first@exam',
        " ple.org",
        "NOTE:one\\ntwo\\\\three\\, four",
        "BDAY:1990-04-03",
        "ADR;TYPE=HOME:;;1 Main St;Leeds;;LS1;UK",
    ) == {
        "Last name": "Lee, Jr",
        "First name": "Ann;ie",
        "Name": "Annie Lee",
        "Email": "first@example.org; second@example.org",
        "Notes": "one\ntwo\\three, four",
        "Birth date": "1990-04-03",
        "Address": "1 Main St, Leeds, LS1, UK",
    }


def test_a_card_of_version_4_0_without_n():
    assert card(
        "VERSION:4.0", "FN:Björk", "FN;LANGUAGE=ja:ビョーク", "TEL;VALUE=uri:tel:+354-1", "BDAY:--0412"
    ) == {
        "Name": "Björk",
        "Phone": "+354-1",
        "Birth date": "--0412",
    }


def test_a_card_that_is_not_closed_is_rejected():
    text = "BEGIN:VCARD\nFN:Ann\nBEGIN:VCARD\nFN:Bob\nEND:VCARD\nBEGIN:VCARD\nFN:Cy"
    sheet = csv_of(text)
    assert [row.line for row in sheet.rows] == [3]
    assert [line for line, _reason in sheet.rejected] == [1, 6]


# any bytes at all


def readable_or_refused(content: bytes, name: str = "a.csv") -> None:
    try:
        sheet = read(content, name)
    except Unreadable:
        return
    assert sheet.rows or sheet.rejected
    assert all(len(row.cells) == len(sheet.header) for row in sheet.rows)
    lines = [row.line for row in sheet.rows] + [line for line, _reason in sheet.rejected]
    assert len(lines) == len(set(lines))
    assert len({name.casefold() for name in sheet.header}) == len(sheet.header)
    assert not any("\0" in cell for row in sheet.rows for cell in row.cells)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400))
@example(b"PK\x05\x06" + bytes(18))
@example(b"sep=\n")
@example(b'"')
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_read_or_refused(content):
    readable_or_refused(content)


TEXT = st.text(st.one_of(st.sampled_from(",;\t|\"'\r\n\0 =Ã©aA1@.<>&:\u2028"), st.characters(codec="utf-8")))


@settings(deadline=None, max_examples=300)
@given(TEXT, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]))
def test_any_text_is_read_or_refused(text, encoding):
    readable_or_refused(text.encode(encoding, errors="replace"))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(["BEGIN:VCARD\n", "<html><table>", "sep=;\n", "{\\", "<!--"]), TEXT)
def test_any_text_after_a_telling_start(start, text):
    readable_or_refused((start + text).encode())


def damage(data: st.DataObject, content: bytes) -> bytes:
    """Return `content` with some bytes changed, and cut."""
    changed = bytearray(content)
    for _change in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    return bytes(changed[: data.draw(st.integers(1, len(changed)))])


@settings(deadline=None, max_examples=200)
@given(st.data(), st.sampled_from([small_workbook(), TABLE.encode("utf-16")]))
def test_damaged_files_are_read_or_refused(data, content):
    readable_or_refused(damage(data, content))


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_damaged_workbooks_are_read_or_refused(data):
    readable_or_refused(edited(small_workbook(), "xl/worksheets/sheet1.xml", lambda xml: damage(data, xml)))


@settings(deadline=None, max_examples=20)
@given(st.data())
def test_damaged_old_workbooks_are_read_or_refused(data):
    readable_or_refused(damage(data, old_workbook()))


def test_an_old_workbook_that_breaks_the_parser_is_refused():
    content = bytearray(old_workbook())
    directory, table = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 76)[0]
    # The directory's sector follows itself: the parser would go round until there is no memory left.
    struct.pack_into("<I", content, (table + 1) * 512 + directory * 4, directory)
    with pytest.raises(Unreadable, match="damaged"):
        read(bytes(content), "people.xls")
