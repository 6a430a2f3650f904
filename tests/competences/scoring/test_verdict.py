"""The guard: what may be shown, and the reason when it may not."""

import pytest

from competences.scoring.undefined import Undefined
from competences.scoring.verdict import Verdict, judged


@pytest.mark.parametrize(
    ("candidates", "verdict", "shown"),
    [
        (4, Verdict.SUPPRESSED, None),
        (5, Verdict.INDICATIVE, 1),
        (29, Verdict.INDICATIVE, 1),
        (30, Verdict.OK, 1),
    ],
)
def test_few_candidates_hold_a_number_back(candidates, verdict, shown):
    finding = judged(candidates, lambda: 1)
    assert (finding.verdict, finding.shown, finding.value) == (verdict, shown, 1)
    assert bool(finding.why) == (verdict is not Verdict.OK)


def test_what_is_undefined_says_why_however_many_there_are():
    def work():
        raise Undefined("All levels are the same.")

    finding = judged(100, work)
    assert finding.verdict is Verdict.UNDEFINED
    assert finding.why == "All levels are the same."
    assert finding.shown is finding.value is None
