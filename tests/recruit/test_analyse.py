"""recruit analyse: the same statistics on anybody's spreadsheet, and no result from a file with a bad row."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from recruit.cli import main

# Shrout & Fleiss (1979), Psychological Bulletin 86, table 2: six targets, four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def rows(matrix):
    return [(f"S{s}", f"R{r}", level) for s, row in enumerate(matrix, 1) for r, level in enumerate(row, 1)]


def table(matrix, header="subject,rater,level"):
    lines = [f"{subject},{rater},{'' if level is None else level}" for subject, rater, level in rows(matrix)]
    return "\n".join([header, *lines]) + "\n"


@pytest.fixture
def analyse(tmp_path):
    def run(content, *options):
        file: Path = tmp_path / "scores.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(main, ["analyse", str(file), *options])

    return run


def test_the_published_figures_come_out_as_json(analyse):
    done = analyse(table(SHROUT_FLEISS), "--json", "--scale", "1-10")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert {name: found["n"][name] for name in ("subjects", "raters", "items", "ratings")} == {
        "subjects": 6, "raters": 4, "items": 0, "ratings": 24,
    }  # fmt: skip
    published = {"1,1": 0.17, "A,1": 0.29, "C,1": 0.71, "1,k": 0.44, "A,k": 0.62, "C,k": 0.91}
    assert {form: round(row["value"], 2) for form, row in found["icc"].items()} == published
    assert found["icc"]["A,1"]["low"] == pytest.approx(0.01878651, abs=1e-5)
    assert found["variance"]["reliability"]["4"]["absolute"] == pytest.approx(0.6200505476)
    assert found["variance"]["reliability"]["3"]["relative"] == pytest.approx(0.88266, abs=1e-4)
    assert sum(row["severity"] for row in found["rasch"]["raters"].values()) == pytest.approx(0, abs=1e-8)
    assert found["rasch"]["raters"]["R2"]["severity"] > 0 > found["rasch"]["raters"]["R1"]["severity"]
    assert found["raters"]["R2"]["deviation"] < 0 < found["raters"]["R1"]["deviation"]
    assert sum(row["top"]["2"] for row in found["ranking"].values()) == pytest.approx(2)
    assert found["shown"]["icc"]["verdict"] == "indicative"
    assert set(found["shown"]) >= {
        "icc",
        "alpha",
        "kendall_w",
        "ac2",
        "variance",
        "rasch",
        "raters",
        "ranking",
    }


def test_a_spreadsheet_with_semicolons_and_other_columns_reads_the_same(analyse):
    lines = ["Level;Comment;Rater;Subject"] + [f"{x};said “hm”;{r};{s}" for s, r, x in rows(SHROUT_FLEISS)]
    other = analyse("\r\n".join(lines).encode("utf-8-sig"), "--json", "--scale", "1-10")
    plain = analyse(table(SHROUT_FLEISS), "--json", "--scale", "1-10")
    assert other.stdout == plain.stdout


def test_the_order_of_rows_changes_nothing(analyse):
    lines = table(SHROUT_FLEISS).splitlines()
    turned = "\n".join([lines[0], *reversed(lines[1:])])
    assert (
        analyse(turned, "--json", "--scale", "1-10").stdout
        == analyse(table(SHROUT_FLEISS), "--json", "--scale", "1-10").stdout
    )


def test_ids_are_text(analyse):
    content = "subject,rater,level\n" + "".join(
        f"{s},{r},{level}\n" for s, row in zip(("01", "1", "1.0"), ([1, 2], [3, 3], [5, 4]), strict=True)
        for r, level in zip(("a", "b"), row, strict=True)
    )  # fmt: skip
    assert set(json.loads(analyse(content, "--json").stdout)["ranking"]) == {"01", "1", "1.0"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("S9,R1,6", "off the scale 1 to 5"),
        ("S9,R1,0", "off the scale"),
        ("S9,R1,3.5", "not a level"),
        ("S9,R1,good", "not a level"),
        ("S9,R1,-1", "not a level"),
        (",R1,3", "the subject is missing"),
        ("S9,,3", "the rater is missing"),
        ("S9,R1", "fewer cells"),
        ("S9,R1,3,4", "more cells"),
        ("S1,R1,3", "rated in line 2 already"),
    ],
)
def test_a_bad_row_stops_everything_with_its_line_and_reason(analyse, row, reason):
    done = analyse(f"subject,rater,level\nS1,R1,3\nS1,R2,4\n{row}\n", "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "line 4: " in done.stderr
    assert reason in done.stderr


def test_every_bad_row_is_named(analyse):
    done = analyse("subject,rater,item,level\nS1,R1,a,9\nS1,R2,a,2\nS2,R1,,3\nS2,R2,a,x\n")
    assert [line.split(":")[0] for line in done.stderr.splitlines()[:3]] == ["line 2", "line 4", "line 5"]


@pytest.mark.parametrize(
    "content", ["", "subject,rater,level\n", "subject,level\nS1,3\n", b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_a_file_without_ratings_is_refused(analyse, content):
    done = analyse(content)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")


@pytest.mark.parametrize("scale", ["5", "5-1", "a-b", "1-1", "1-900"])
def test_a_scale_that_is_none_is_refused(analyse, scale):
    done = analyse(table(SHROUT_FLEISS), "--scale", scale)
    assert (done.exit_code, done.stdout) == (2, "")


def test_what_is_suppressed_is_never_printed_for_people(analyse):
    done = analyse(table([[1, 2], [2, 3], [5, 4], [4, 4]]))
    assert done.exit_code == 0
    assert "Only 4 candidates can be compared" in done.stdout
    assert "0." not in done.stdout
    assert (
        json.loads(analyse(table([[1, 2], [2, 3], [5, 4], [4, 4]]), "--json").stdout)["icc"]["C,1"]["value"]
        > 0
    )


def test_what_is_indicative_says_so_beside_the_numbers(analyse):
    text = analyse(table(SHROUT_FLEISS), "--scale", "1-10").stdout
    assert "read this as a hint" in text
    assert "0.91" in text
    assert "Groups that cannot be told apart" in text


@pytest.mark.parametrize(
    "matrix",
    [
        [[3], [4], [5]],  # one rater
        [[3, 4, 5]],  # one target
        [[4, 4]] * 3,  # all identical
        [[3, None], [None, 4], [5, None]],  # no overlap
        [[None, None], [None, None]],  # no levels at all
    ],
)
def test_degenerate_panels_are_undefined_with_a_reason_and_hold_no_number(analyse, matrix):
    done = analyse(table(matrix), "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    for name in ("icc", "ranking"):
        assert found["shown"][name]["verdict"] == "undefined"
        assert found["shown"][name]["why"].endswith(".")
    assert all(row["value"] is None for row in found["icc"].values())
    assert all(row["se"] is None for row in found["ranking"].values())
    assert analyse(table(matrix)).exit_code == 0


def test_a_disconnected_design_is_not_put_on_one_scale(analyse):
    # Analytic case: A and B met R1 and R2, C and D met R3; A got the highest level throughout.
    content = "subject,rater,item,level\n" + "".join(
        f"{row}\n" for row in (
            "A,R1,I1,5", "A,R1,I2,5", "A,R2,I1,5", "A,R2,I2,5", "B,R1,I1,3", "B,R1,I2,4", "B,R2,I1,2", "B,R2,I2,3",
            "C,R3,I1,4", "C,R3,I2,2", "D,R3,I1,3", "D,R3,I2,3",
        )
    )  # fmt: skip
    found = json.loads(analyse(content, "--json").stdout)
    assert found["rasch"]["connected"] is False
    assert found["rasch"]["subjects"]["A"]["extreme"] == "maximum"
    assert all(row["measure"] is None for row in found["rasch"]["subjects"].values())
    assert found["shown"]["rasch"]["verdict"] == found["shown"]["ranking"]["verdict"] == "undefined"


def test_a_candidate_without_a_level_changes_no_one_else(analyse):
    plain = json.loads(analyse(table(SHROUT_FLEISS), "--json", "--scale", "1-10").stdout)
    more = json.loads(analyse(table(SHROUT_FLEISS) + "S7,R1,\nS7,R2,\n", "--json", "--scale", "1-10").stdout)
    for name in ("icc", "alpha", "kendall_w", "ac2", "variance", "raters"):
        assert more[name] == plain[name]
    for subject, row in plain["ranking"].items():
        assert more["ranking"][subject] == row
        assert more["rasch"]["subjects"][subject] == plain["rasch"]["subjects"][subject]


def test_wider_confidence_gives_wider_intervals(analyse):
    narrow, wide = (
        json.loads(analyse(table(SHROUT_FLEISS), "--json", "--scale", "1-10", "--confidence", level).stdout)[
            "icc"
        ]["C,k"]
        for level in ("0.8", "0.99")
    )
    assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]


def test_a_rater_of_few_subjects_is_not_described_to_people(analyse):
    content = table(SHROUT_FLEISS) + "S1,R9,9\nS2,R9,1\n"
    text = analyse(content, "--scale", "1-10").stdout
    assert "with fewer than 5 subjects: R9" in text
    assert not [line for line in text.splitlines() if line.strip().startswith("R9")]


def test_items_and_raters_without_a_single_level_change_nothing(analyse):
    rated = "subject,rater,item,level\n" + "".join(
        f"S{s},R{r},I{i},{1 + (3 * s + r + 2 * i + s * i) % 5}\n"
        for s in range(6)
        for r in range(3)
        for i in range(2)
    )
    found = json.loads(analyse(rated, "--json").stdout)
    more = json.loads(analyse(rated + "S0,R9,I0,\nS0,R0,I9,\n", "--json").stdout)
    for name in ("icc", "kendall_w", "variance"):
        assert more[name] == found[name], name


@pytest.mark.parametrize("value", ["nan", "1", "0", "x"])
def test_a_confidence_that_is_none_is_refused(analyse, value):
    done = analyse(table(SHROUT_FLEISS), "--scale", "1-10", "--confidence", value)
    assert (done.exit_code, done.stdout) == (2, "")


def test_groups_without_a_common_subject_have_no_sources_of_difference(analyse):
    given = {"A": (1, 2, 4), "B": (2, 3, 4), "C": (3, 5, 2), "D": (4, 5, 3)}
    content = "subject,rater,level\n" + "".join(
        f"{pair}{place},{rater},{given[rater][place]}\n"
        for pair in ("AB", "CD")
        for rater in pair
        for place in range(3)
    )
    found = json.loads(analyse(content, "--json").stdout)
    assert found["shown"]["variance"]["verdict"] == "undefined"
    assert "no candidate in common" in found["shown"]["variance"]["why"]
    assert found["variance"]["components"] == {}
