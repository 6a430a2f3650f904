"""Who may open a plan, and for how long."""

from datetime import date, timedelta
from enum import StrEnum

from competences.errors import Invalid
from competences.gaps.rules.standing import months_from
from competences.support.rules.proposals import check_text
from competences.text import _

#: The role of whoever keeps plans together with workers.
LEAD = "support_lead"
#: Nobody is named for longer at a time.
MOST_MONTHS = 12
#: How long a plan stays open to somebody who opened it in an emergency.
EMERGENCY = timedelta(hours=24)
GLASS = "glass"


class Side(StrEnum):
    """As whom somebody opens a plan."""

    WORKER = "worker"
    LEAD = "lead"
    READER = "reader"


def check_reader(reason: str, until_on: date, today: date) -> None:
    """Refuse a naming without a reason, without an end, or with one too far away.

    Raises:
        Invalid: reason or end cannot be used.
    """
    errors = check_text("reason", reason, _("Say why this person needs to read the plan."))
    if until_on < today:
        errors["until_on"] = _("The last day lies in the past.")
    elif until_on > months_from(today, MOST_MONTHS):
        errors["until_on"] = _("At most twelve months. The person can be named again then.")
    if errors:
        raise Invalid(errors)
