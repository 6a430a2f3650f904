"""What may be shown of a group to somebody who does not see its people: nothing that says one person's level."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from competences.coverage.rules.suppression import shown


def test_of_fewer_than_four_people_nothing_is_shown():
    assert shown((0, 1, 1, 1, 0, 0)) == (None,) * 6


def test_counts_under_four_are_not_shown_and_larger_ones_are():
    assert shown((5, 0, 4, 2, 1, 0)) == (5, None, 4, None, None, None)


def test_where_all_are_alike_nothing_is_shown_as_it_would_say_everybodys_level():
    assert shown((0, 0, 0, 12, 0, 0)) == (None,) * 6


def rows(people: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many people fall into so many cells."""
    if cells == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in rows(people - first, cells - 1):
            yield (first, *rest)


@pytest.mark.parametrize("people", range(4, 14))
def test_no_hidden_count_can_be_worked_out_by_somebody_who_knows_the_rule(people):
    possible = defaultdict(list)
    for row in rows(people, 6):
        possible[shown(row)].append(row)
    for published, readings in possible.items():
        for place, count in enumerate(published):
            values = {row[place] for row in readings}
            assert count is None or count >= 4
            assert count is not None or len(values) > 1 or values == {0}, (published, readings)
        assert any(sum(count > 0 for count in row) > 1 for row in readings)  # nobody's level is everybody's
