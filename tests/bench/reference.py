"""Times the reference libraries on the matrices that come in as JSON; runs in their own environment."""

import json
import sys
import time
import warnings

import irrCAC.raw
import krippendorff
import numpy as np
import pandas as pd
import pingouin

warnings.simplefilter("ignore")


def spent(work, times):
    work()
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def main() -> None:
    asked = json.load(sys.stdin)
    matrix = np.array(asked["matrix"], dtype=float)
    long = pd.DataFrame(
        [(s, r, x) for s, row in enumerate(matrix) for r, x in enumerate(row)],
        columns=["subject", "rater", "level"],
    )
    wide = pd.DataFrame(matrix)
    results = {
        "krippendorff": spent(
            lambda: krippendorff.alpha(reliability_data=matrix.T, level_of_measurement="ordinal"),
            asked["times"],
        ),
        "pingouin": spent(
            lambda: pingouin.intraclass_corr(long, targets="subject", raters="rater", ratings="level"),
            asked["times"],
        ),
        "irrCAC": spent(lambda: irrCAC.raw.CAC(wide, weights="linear").gwet(), asked["times"]),
    }
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
