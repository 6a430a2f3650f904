"""What members gave the person of a written case. Ratings of applicants are elsewhere and never mix."""

from piccolo.columns import (
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from recruit.panels.tables import PanelMember


class PracticeScorecard(Table, help_text="One panel member's scores for one written case."):
    id: Serial
    member = ForeignKey(PanelMember, null=False, on_delete=OnDelete.cascade)
    vignette = Varchar(length=40, help_text="Name of the file in practice/content.")
    version = Integer(default=1, help_text="Rises with each save; a stale form is a conflict.")
    started_at = Timestamptz()
    saved_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None, help_text="From then on it is locked.")

    practice_vignette_once = Unique([member, vignette])


class PracticeRating(Table, help_text="One competence on a practice scorecard."):
    id: Serial
    scorecard = ForeignKey(PracticeScorecard, null=False, on_delete=OnDelete.cascade)
    code = Varchar(length=8, help_text="Competence of the framework, by its code.")
    level = SmallInt(null=True, default=None, help_text="1..5; null until rated, never 0.")
    no_evidence = Boolean(default=False, help_text="Said so: the case does not show it.")
    note = Text(help_text="What the person of the case said. Colleagues read it once they have submitted.")

    practice_code_once = Unique([scorecard, code])
    level_on_scale = Check(level.is_null() | ((level >= 1) & (level <= 5)))
    no_evidence_has_no_level = Check((no_evidence == False) | level.is_null())  # noqa: E712
