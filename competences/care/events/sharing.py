"""What the log says of what is shared with whom."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingSet(Event):
    """Other subjects than before may be shared; `allowed` counts them."""

    name = "sharing.set"
    subject = "sharing"
    allowed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FunderReportDrawn(Event):
    """Totals were drawn up for funders."""

    name = "funder-report.drawn"
    subject = "funder-report"
    subjects: str
