"""What the panel agreed after the reveal, apart from what each member had scored."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, SmallInt, Text, Timestamptz
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from recruit.applications.tables import Application
from recruit.panels.tables import PanelMember
from recruit.vacancies.tables import Criterion


class AgreedLevel(Table, help_text="One competence of one applicant, as the panel agreed it."):
    id: Serial
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.cascade)
    level = SmallInt(
        null=True, default=None, help_text="1..5; null when the panel keeps its different levels."
    )
    reason = Text(help_text="One sentence for the report. The applicant may read it.")
    agreed_at = Timestamptz()
    agreed_by = Text(help_text="Who wrote it down, as their name was.")
    version = Integer(default=1)

    agreed_criterion_once = Unique([application, criterion])
    level_on_scale = Check(level.is_null() | ((level >= 1) & (level <= 5)))
    has_reason = Check(reason != "")


class Dissent(Table, help_text="A member who sees an agreed level differently, in their words."):
    id: Serial
    agreed = ForeignKey(AgreedLevel, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(PanelMember, null=False, on_delete=OnDelete.cascade)
    text = Text()
    written_at = Timestamptz()

    dissent_member_once = Unique([agreed, member])
