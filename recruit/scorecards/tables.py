"""One member's scores for one application. The ratings themselves lie in an assessment."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Text, Timestamptz
from piccolo.constraints import Unique
from piccolo.table import Table

from competences.assessments.tables import Assessment
from recruit.applications.tables import Application
from recruit.panels.tables import PanelMember


class Scorecard(Table, help_text="Joins a panel member, an application and an assessment."):
    id: Serial
    member = ForeignKey(PanelMember, null=False, on_delete=OnDelete.cascade)
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade)
    assessment = ForeignKey(Assessment, null=False, unique=True, on_delete=OnDelete.cascade)
    recused_at = Timestamptz(null=True, default=None, help_text="The member does not score this applicant.")
    recusal = Text(help_text="Why, in the member's words.")

    scorecard_member_once = Unique([member, application])
