"""What an analysis found, as JSON for programs and as text for people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from competences.scoring.alpha import METRICS
from competences.scoring.analysis import PANELS, Analysis
from competences.scoring.kappa import WEIGHTINGS
from competences.scoring.rasch import Rasch
from competences.scoring.verdict import FEWEST, Finding, Verdict
from competences.scoring.words import reliability_words

FORMS = {
    "1,1": "one rater, raters not told apart",
    "A,1": "one rater, strictness included",
    "C,1": "one rater, order only",
    "1,k": "all raters, raters not told apart",
    "A,k": "all raters, strictness included",
    "C,k": "all raters, order only",
}
TITLES = {
    "icc": "Reliability (intraclass correlation)",
    "alpha": "Krippendorff's alpha",
    "kendall_w": "Kendall's W",
    "ac2": "Gwet's AC2",
    "within_one": "Within one level",
    "variance": "Where the differences come from",
    "rasch": "Many-facet Rasch model",
    "raters": "Raters",
    "ranking": "Ranking",
}


def findings(found: Analysis) -> dict[str, Finding[Any]]:
    """Return each statistic under the name that the output gives it."""
    return {name: getattr(found, name) for name in TITLES}


def as_json(found: Analysis) -> str:
    """Return every value with its verdict; what is undefined is null."""
    parts = {
        "n": {
            "subjects": len(found.ratings.subjects),
            "raters": len(found.ratings.raters),
            "items": len(found.ratings.items),
            "ratings": int(found.ratings.level.size),
            "complete_subjects": found.complete,
        },
        "icc": _intervals(found.icc.value, FORMS),
        "alpha": _intervals(found.alpha.value, METRICS),
        "kendall_w": asdict(found.kendall_w.value) if found.kendall_w.value else {"value": None, "p": None},
        "ac2": _intervals(found.ac2.value, WEIGHTINGS),
        "within_one": {"value": found.within_one.value},
        "variance": _variance(found),
        "rasch": _rasch(found.rasch.value),
        "raters": {name: asdict(rater) for name, rater in (found.raters.value or {}).items()},
        "ranking": _ranking(found),
        "shown": {name: {"verdict": row.verdict, "why": row.why} for name, row in findings(found).items()},
    }
    return json.dumps(parts, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _intervals(found: Mapping[str, Any] | None, names: Iterable[str]) -> dict[str, Any]:
    empty = {"value": None, "low": None, "high": None}
    return {name: asdict(row) if (row := (found or {}).get(name)) else dict(empty) for name in names}


def _variance(found: Analysis) -> dict[str, Any]:
    value = found.variance.value
    reached = value.reliability if value else {}
    nothing = {"relative": None, "absolute": None}
    return {
        "components": value.components.variances if value else {},
        "estimates": value.components.estimates if value else {},
        "nested": value.components.nested if value else "",
        "reliability": {
            str(count): asdict(reached[count]) if count in reached else dict(nothing) for count in PANELS
        },
    }


def _rasch(found: Rasch | None) -> dict[str, Any]:
    if found is None:
        return {"connected": None, "converged": False, "thresholds": [], "subsets": [],
                "subjects": {}, "raters": {}, "items": {}}  # fmt: skip
    parts = asdict(found)
    for rows, name in ((parts["raters"], "severity"), (parts["items"], "difficulty")):
        for row in rows.values():
            row[name] = row.pop("measure")
            row.pop("fair", None)
    return parts


def _ranking(found: Analysis) -> dict[str, Any]:
    empty: dict[str, Any] = {"mean": None, "se": None, "rank_low": None, "rank_high": None, "top": {}}
    rows: dict[str, Any] = {subject: dict(empty) for subject in found.ratings.subjects}
    if placed := found.ranking.value:
        for subject, place in zip(placed.subjects, placed.ranking.places, strict=True):
            rows[subject] = {
                "mean": place.mean, "adjusted": place.adjusted, "se": place.se, "low": place.wide[0],
                "high": place.wide[1], "rank_low": place.rank_low, "rank_high": place.rank_high,
                "top": {str(number): share for number, share in enumerate(place.top, start=1)},
            }  # fmt: skip
    return rows


def as_text(found: Analysis, confidence: float) -> str:
    """Return what may be shown, with the reason where it may not; never a value that is held back."""
    ratings = found.ratings
    lines = [
        f"{ratings.level.size} ratings: {len(ratings.subjects)} subjects, {len(ratings.raters)} raters"
        + (f", {len(ratings.items)} items" if ratings.items else ""),
        f"{found.complete} subjects were scored by every rater. Intervals: {confidence:.0%}.",
    ]
    few = {name for name, row in (found.raters.value or {}).items() if row.candidates < FEWEST}
    blocks = {
        "icc": _icc, "alpha": _alpha, "kendall_w": _kendall, "ac2": _named, "within_one": _within,
        "variance": _sources, "rasch": lambda shown: _measures(shown, few),
        "raters": lambda shown: _raters(shown, few), "ranking": _places,
    }  # fmt: skip
    for name, finding in findings(found).items():
        lines += ["", TITLES[name]]
        if finding.shown is None:
            lines.append(f"  Not shown: {finding.why}")
            continue
        if finding.verdict is Verdict.INDICATIVE:
            lines.append(f"  {finding.why}")
        lines += [f"  {line}" for line in blocks[name](finding.shown)]
        if few and name in ("rasch", "raters"):
            lines.append(f"  Not shown, with fewer than {FEWEST} subjects: {', '.join(sorted(few))}")
    return "\n".join(lines) + "\n"


def _icc(found: Mapping[str, Any]) -> list[str]:
    return [
        f"{form:<4} {row.value:6.2f}  ({row.low:.2f} to {row.high:.2f})  {FORMS[form]}: {reliability_words(row)}"
        if row
        else f"{form:<4}      -  {FORMS[form]}: subjects differ less than chance alone would make them"
        for form, row in found.items()
    ]


def _named(found: Mapping[str, Any]) -> list[str]:
    return [f"{name:<10} {row.value:6.2f}  ({row.low:.2f} to {row.high:.2f})" for name, row in found.items()]


def _alpha(found: Mapping[str, Any]) -> list[str]:
    # As `make bench` measures it.
    return [*_named(found), "Bootstrap ranges. With few subjects they hold less than they say: of 100 ranges that should"
            " hold 90 times, 70 did with 3 raters of 6 subjects, and 75 with 4 raters of 12."]  # fmt: skip


def _kendall(found: Any) -> list[str]:
    return [f"{found.value:.2f}, p {found.p:.3f}, over {found.subjects} subjects"]


def _within(found: float) -> list[str]:
    return [f"{found:.0%} of comparisons between two raters"]


def _sources(found: Any) -> list[str]:
    parts = [
        f"{name:<14} {value:7.3f}  {found.components.share(name):4.0%}"
        for name, value in found.components.variances.items()
    ]
    if not found.reliability:
        return [*parts, "The subjects do not differ by more than chance: no panel could order them reliably."]
    each = " for each item" if found.components.nested == "rater" else ""
    reached = [
        f"{count} raters{each}: order {row.relative:.2f}, level {row.absolute:.2f}"
        for count, row in found.reliability.items()
    ]
    return [*parts, "Reliability that a panel would reach:", *reached]


def _measures(found: Rasch, few: set[str]) -> list[str]:
    rows = [f"{'rater':<16}{'severity':>9}{'se':>7}{'infit':>7}{'outfit':>7}"]
    rows += [_measure(name, row) for name, row in found.raters.items() if name not in few]
    rows.append(f"{'subject':<16}{'measure':>9}{'se':>7}{'infit':>7}{'outfit':>7}{'fair':>7}")
    rows += [
        _measure(name, row)
        + (f"{row.fair:7.2f}" if row.fair is not None else "")
        + (f"  {row.extreme} score" if row.extreme else "")
        for name, row in found.subjects.items()
    ]
    return rows


def _measure(name: str, row: Any) -> str:
    cells = (f"{'-':>7}" if value is None else f"{value:7.2f}" for value in (row.se, row.infit, row.outfit))
    measure = f"{'-':>9}" if row.measure is None else f"{row.measure:9.2f}"
    return f"{name:<16}{measure}{''.join(cells)}"


def _raters(found: Mapping[str, Any], few: set[str]) -> list[str]:
    rows = [f"{'rater':<16}{'mean':>7}{'deviation':>11}{'spread':>8}{'halo':>7}"]
    for name, row in found.items():
        if name in few:
            continue
        deviation = "-" if row.deviation is None else f"{row.deviation:.2f}"
        halo = "-" if row.halo is None else f"{row.halo:.2f}"
        rows.append(f"{name:<16}{row.mean:7.2f}{deviation:>11}{row.spread:8.2f}{halo:>7}")
    return rows


def _places(found: Any) -> list[str]:
    rows = [f"{'subject':<16}{'mean':>7}{'se':>7}  {'ranks':<9}{'first':>6}"]
    placed = zip(found.subjects, found.ranking.places, strict=True)
    for name, place in sorted(placed, key=lambda row: -row[1].mean):
        ranks = f"{place.rank_low}-{place.rank_high}"
        rows.append(f"{name:<16}{place.mean:7.2f}{place.se:7.2f}  {ranks:<9}{place.top[0]:6.0%}")
    groups = "; ".join(", ".join(found.subjects[row] for row in group) for group in found.ranking.groups)
    return [*rows, f"Groups that cannot be told apart: {groups}"]
