"""What addresses and forms say of rows and lists: strange things are nothing, usual things are left out."""

from datetime import date

import pytest

from recruit.training.forms import due, matrix
from recruit.web.forms import Post, row_id


@pytest.mark.parametrize("typed", [None, "", "x", "-1", "1.0", " 1", "٣", "²", "9" * 10, "1' OR '1"])
def test_what_is_no_id_names_no_row(typed):
    assert row_id(typed) is None


def test_of_what_is_ticked_the_ids_are_read_in_their_order():
    assert Post({"person": ["12", "x", "3", ""]}).rows("person") == (12, 3)


def test_an_address_leaves_out_what_is_usual_and_a_change_begins_at_the_first_page():
    view = matrix.asked({"course": ["3", "4", "x"], "page": ["2"], "on": ["2030-01-01"]})
    assert matrix.asked({}).query() == ""
    assert view.query() == "page=2&course=3&course=4&on=2030-01-01"
    assert view.query(course=()) == "on=2030-01-01"
    board = due.asked({"section": ["overdue"], "unit": ["7"], "page": ["3"]})
    assert board.query(section=None) == "unit=7"
    assert (board.page, board.on, board.query(on=date(2030, 1, 1))) == (
        3,
        None,
        "section=overdue&unit=7&on=2030-01-01",
    )
