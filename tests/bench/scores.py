"""What the statistics of scores cost, beside the reference libraries, and how often their ranges hold."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console

from competences.scoring import agreement, alpha, kappa, rasch
from competences.scoring.ratings import Ratings
from recruit.comparison.rules.certainty import HELD
from tests.bench.coverage import coverage, false_groups

REFERENCE = Path(__file__).parents[2] / ".venv" / "reference" / "bin" / "python"
TIMES = 20
RASCH_CPU = 1.0


def spent(work: Callable[[], object], times: int = TIMES) -> float:
    """Return the seconds of processor time of one call, after one that warms up."""
    work()
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def levels(subjects: int, raters: int, items: int, seed: int = 3) -> np.ndarray:
    """Return invented levels 1..5, shape (subjects, raters, items)."""
    random = np.random.default_rng(seed)
    ability, strictness = random.normal(3, 0.7, (subjects, 1, 1)), random.normal(0, 0.3, (1, raters, 1))
    difficulty, chance = (
        random.normal(0, 0.4, (1, 1, items)),
        random.normal(0, 0.6, (subjects, raters, items)),
    )
    return np.clip(np.rint(ability - strictness - difficulty + chance), 1, 5)


def ratings(levels_: np.ndarray) -> Ratings:
    return Ratings.of(
        (f"{s}", f"{r}", f"{i}", float(levels_[s, r, i])) for s, r, i in np.ndindex(*levels_.shape)
    )


def show(console: Console, verdict: Callable[[bool], str]) -> None:
    """Print what the statistics cost and how often the ranges hold."""
    large = ratings(levels(500, 5, 30))
    cost = spent(lambda: rasch.many_facet(large, 1, 5), 3)
    console.print(
        f"{verdict(cost <= RASCH_CPU)}  Rasch, 500 candidates x 5 members x 30 criteria: {cost:.2f} s of CPU,"
        f" at most {RASCH_CPU}"
    )
    _beside(console)
    for members, candidates in ((3, 6), (4, 12)):
        held = coverage(members, candidates)
        met = all(0.87 <= held[name] <= 0.93 for name in ("level", "A,1", "C,1"))
        false = false_groups(members, candidates)
        console.print(
            f"{verdict(false <= 0.13)}  {members} x {candidates} applicants who do not differ: told apart in {false:.3f}"
            " of panels, meant is 0.1"
        )
        told = {row[:2]: row[2:] for row in HELD}[members, candidates]
        said_right = all(
            abs(100 * held[name] - here) <= 1 for name, here in zip(("level", "rank"), told, strict=True)
        )
        console.print(
            f"{verdict(said_right)}  the comparison page says what {members} x {candidates} hold: {told}"
        )
        said = ", ".join(f"{name} {share:.3f}" for name, share in held.items())
        console.print(
            f"{verdict(met)}  90 % ranges in 1,000 panels of {members} x {candidates}: {said};"
            " level and ICC between 0.87 and 0.93 (ranks and alpha: the pages say what they hold)"
        )


def _beside(console: Console) -> None:
    matrix = levels(200, 4, 1)[:, :, 0]
    scale = [1.0, 2.0, 3.0, 4.0, 5.0]
    ours = {
        "krippendorff": spent(lambda: alpha.krippendorff(matrix, "ordinal", replicates=1)),
        "pingouin": spent(lambda: agreement.icc(matrix)),
        "irrCAC": spent(lambda: kappa.ac2(matrix, scale, "linear")),
    }
    sent = json.dumps({"matrix": matrix.tolist(), "times": TIMES})
    done = subprocess.run(
        [REFERENCE, "-m", "tests.bench.reference"], input=sent, capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    if done.returncode:
        console.print(f"The reference libraries did not run: {done.stderr.strip()[-300:]}")
        return
    for name, theirs in json.loads(done.stdout).items():
        console.print(
            f"{name}, 200 x 4: ours {1000 * ours[name]:.2f} ms of CPU, theirs {1000 * theirs:.2f} ms,"
            f" ratio {ours[name] / theirs:.2f}"
        )
