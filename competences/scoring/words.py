"""What a coefficient means, in words that a manager knows."""

from competences.scoring.agreement import Interval
from competences.text import _


def reliability_words(interval: Interval) -> str:
    """Return what an interval of a reliability says; the whole interval is judged, not its middle.

    Source:
        Limits .50, .75 and .90 for the interval: Koo & Li (2016), J. Chiropr. Med. 15(2).
    """
    low, high = sorted((_band(interval.low), _band(interval.high)))
    if low == high:
        return _named(low)
    return _("anything from %(low)s to %(high)s", low=_named(low), high=_named(high))


def _band(value: float) -> int:
    return sum(value >= limit for limit in (0.5, 0.75, 0.9))


def _named(band: int) -> str:
    return (_("poor"), _("moderate"), _("good"), _("excellent"))[band]


def panel_sentence(interval: Interval) -> str:
    """Return what the reliability of a panel's mean says about its order, as a sentence."""
    low, high = sorted((_band(interval.low), _band(interval.high)))
    if low >= 2:
        return _("Another panel of this kind would order the applicants in a similar way")
    if high <= 1:
        return _("Another panel of this kind could well order the applicants differently")
    return _("The scores cannot say yet whether another panel would order the applicants the same way")
