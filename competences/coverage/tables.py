"""How many people a unit needs at which level, and who answers for what."""

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, SmallInt, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from competences.frameworks.tables import Framework
from competences.people.tables import Person, Unit


class CoverNeed(Table, help_text="How many people should be at a level; without a row the roles decide."):
    id: Serial
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.cascade)
    framework = ForeignKey(Framework, null=False, on_delete=OnDelete.cascade)
    code = Varchar(length=8, help_text="Of the competence, in whichever version.")
    level = SmallInt()
    people = SmallInt()

    need_competence_once = Unique([unit, framework, code])
    level_on_scale = Check((level >= 1) & (level <= 5))
    people_positive = Check(people >= 1)


class Delegation(Table, help_text="Who answers for a leader competence on behalf of a group."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    unit = ForeignKey(Unit, null=True, on_delete=OnDelete.cascade, help_text="Null: the whole organisation.")
    framework = ForeignKey(Framework, null=False, on_delete=OnDelete.cascade)
    code = Varchar(length=8, help_text="Of the competence.")
    from_on = Date()
    review_on = Date()
    ended_on = Date(null=True, default=None)
    note = Text(help_text="What is handed over, in the words of both.")

    in_order = Check(review_on >= from_on)
