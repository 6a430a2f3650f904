"""Adverse impact: whether groups are chosen at different rates, and what so few people can tell. Pure, exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import comb

from competences.scoring.undefined import Undefined
from competences.text import _

FEWEST = 5  # people below which nothing is shown of a group
FOUR_FIFTHS = Fraction(4, 5)
UNLIKELY = 0.05


@dataclass(frozen=True, slots=True)
class Group:
    """People who share one answer: how many there are, and how many of them were chosen."""

    key: str
    people: int
    chosen: int

    def __post_init__(self) -> None:
        if not 0 <= self.chosen <= self.people:
            raise ValueError(f"{self.key}: {self.chosen} chosen of {self.people}")


@dataclass(frozen=True, slots=True)
class Fisher:
    """How likely a difference at least as unusual is by chance, and the least that these margins allow."""

    p: float
    smallest: float

    @property
    def could_tell(self) -> bool:
        """Whether any result at these margins would have counted as unlikely."""
        return self.smallest < UNLIKELY


def selection_rates(groups: Iterable[Group]) -> dict[str, Fraction]:
    """Return chosen / people by key, exact; a group without people has no rate and is left out."""
    return {row.key: Fraction(row.chosen, row.people) for row in groups if row.people}


def impact_ratios(rates: Mapping[str, Fraction | Decimal | float | str]) -> dict[str, Fraction]:
    """Return each rate divided by the highest, exact.

    Args:
        rates: Share chosen, 0 to 1, by key. A float counts as the decimal that it is written as: 0.48 is
            48/100, so that 0.48 against 0.60 is four fifths and not a hair less.

    Raises:
        Undefined: nobody was chosen, or there are no groups.
        ValueError: a rate is not within 0 to 1.

    Source:
        Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4 D.
    """
    exact = {key: Fraction(str(rate)) for key, rate in rates.items()}
    if any(not 0 <= rate <= 1 for rate in exact.values()):
        raise ValueError(f"rates run from 0 to 1: {dict(rates)}")
    highest = max(exact.values(), default=Fraction(0))
    if not highest:
        raise Undefined(_("Nobody was chosen, so there are no rates to compare."))
    return {key: rate / highest for key, rate in exact.items()}


def adverse(ratio: Fraction) -> bool:
    """Return whether a ratio is below four fifths; exactly four fifths is not.

    Source:
        UGESP (1978) 4 D; EEOC and others (1979), Questions and Answers, 44 FR 11996, question 11.
    """
    return ratio < FOUR_FIFTHS


def fisher(one: Group, other: Group) -> Fisher:
    """Return Fisher's exact test of equal rates, two-sided.

    p sums the probabilities of all tables with these margins that are not likelier than the one observed.
    They are compared as whole numbers, so equal ones never part through rounding.

    Args:
        one, other: Two groups, chosen and not chosen; counts of people.

    Returns:
        p within (0, 1], and the smallest p that any table with these margins has.

    Source:
        Fisher (1935), The Design of Experiments, ch. 2; two-sided form: Agresti (2013), Categorical Data
        Analysis, 3rd ed., section 3.5.
    """
    weights = _weights(one.people, other.people, one.chosen + other.chosen)
    return Fisher(_two_sided(weights, weights[one.chosen]), _two_sided(weights, min(weights.values())))


def smallest_attainable(one: int, other: int, most: int) -> float:
    """Return the smallest p that two groups could reach if at most `most` of them were chosen.

    Args:
        one, other: People in each group.
        most: Upper bound of how many of both were chosen (or not chosen: the test is the same).
    """
    ways = (_weights(one, other, chosen) for chosen in range(min(most, one + other) + 1))
    return min(_two_sided(weights, min(weights.values())) for weights in ways)


def _weights(one: int, other: int, chosen: int) -> dict[int, int]:
    """Return for each count of `one` chosen the number of ways: hypergeometric, not yet divided."""
    lowest, highest = max(0, chosen - other), min(one, chosen)
    return {count: comb(one, count) * comb(other, chosen - count) for count in range(lowest, highest + 1)}


def _two_sided(weights: Mapping[int, int], observed: int) -> float:
    return sum(weight for weight in weights.values() if weight <= observed) / sum(weights.values())


class Withheld(StrEnum):
    """Why rates are not shown."""

    FEW_ANSWERS = "few_answers"
    ONE_GROUP = "one_group"
    FEW_CHOSEN = "few_chosen"
    FEW_LEFT = "few_left"


@dataclass(frozen=True, slots=True)
class Compared:
    """One group beside the one with the highest rate. None stands for what is not shown.

    `fisher` is None for the group that the others are compared with as well.
    """

    key: str
    people: int | None = None
    chosen: int | None = None
    rate: Fraction | None = None
    ratio: Fraction | None = None
    fisher: Fisher | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """What may be shown of one step. No rows: nothing but the reason. `smallest` stands in for withheld rates."""

    rows: tuple[Compared, ...]
    withheld: Withheld | None = None
    smallest: float | None = None


def impact(groups: Sequence[Group], *, others: int, most: int) -> Impact:
    """Return rates, ratios and tests as far as sizes allow; what is hidden cannot be worked out from the rest.

    A group below five people is hidden whole. There are no totals. Where everybody else belongs to a hidden group,
    and these are fewer than five together, the smallest group that is left is hidden too: else the number of
    applicants, which every reader knows, gives them away. Who was chosen is known by name, so the chosen and those
    who were not are small cells as well: with fewer than five of either in any group that is left no counts are
    shown, for a group of whom all, or none, or few were chosen tells of single people.

    Args:
        groups: Those who gave an answer, one group per answer, each person once.
        others: Applicants who are in no group: they gave no answer, or preferred not to.
        most: The fewer of how many applicants were chosen and were not, in all; readers know it.

    Source:
        Comparison with the highest rate, and caution with few people: UGESP (1978) 4 D. Thresholds and
        complementary suppression: Hundepool et al. (2012), Statistical Disclosure Control; five is our choice.
    """
    if sum(row.people for row in groups) < FEWEST:
        return Impact((), Withheld.FEW_ANSWERS)
    shown = _shown(groups, others)
    if len(shown) < 2:
        return Impact((), Withheld.ONE_GROUP)
    chosen = min(row.chosen for row in shown)
    left = min(row.people - row.chosen for row in shown)
    if chosen < FEWEST or left < FEWEST:
        sizes = {row.key: row.people for row in shown}
        smallest = min(smallest_attainable(*pair, most) for pair in combinations(sizes.values(), 2))
        rows = tuple(Compared(row.key, sizes.get(row.key)) for row in groups)
        return Impact(rows, Withheld.FEW_CHOSEN if chosen < FEWEST else Withheld.FEW_LEFT, smallest)
    return Impact(_compared(groups, shown))


def _shown(groups: Sequence[Group], others: int) -> list[Group]:
    shown = sorted((row for row in groups if row.people >= FEWEST), key=lambda row: row.people)
    hidden = sum(row.people for row in groups if row.people < FEWEST)
    if hidden and not others and hidden < FEWEST:
        return shown[1:]
    return shown


def _compared(groups: Sequence[Group], shown: Sequence[Group]) -> tuple[Compared, ...]:
    rates = selection_rates(shown)
    ratios = impact_ratios(rates)
    highest = next(row for row in groups if ratios.get(row.key) == 1)
    visible = {row.key for row in shown}
    return tuple(
        Compared(
            row.key, row.people, row.chosen, rates[row.key], ratios[row.key],
            None if row is highest else fisher(row, highest),
        )
        if row.key in visible
        else Compared(row.key)
        for row in groups
    )  # fmt: skip
