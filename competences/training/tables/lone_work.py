"""Who may work with clients alone. It follows from levels and completions; nobody types it (rule 16)."""

from piccolo.columns import JSONB, Boolean, Date, ForeignKey, OnDelete, Serial, SmallInt, Text, Timestamptz
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from competences.frameworks.tables import Competence
from competences.people.tables import Person
from competences.role_profiles.tables import RoleProfile


class LoneWorkNeed(Table, help_text="A level that a role asks for before anybody works alone in it."):
    id: Serial
    profile = ForeignKey(RoleProfile, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.restrict)
    level = SmallInt()

    lone_work_need_once = Unique([profile, competence])
    level_on_scale = Check((level >= 1) & (level <= 5))


class LoneWorkException(
    Table, help_text="A line manager lets somebody work alone until a day, although not ready."
):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    from_on = Date()
    until_on = Date(help_text="The last day; it ends by itself.")
    reason = Text()
    given_at = Timestamptz()
    given_by = Text(help_text="Name as it was.")
    ended_at = Timestamptz(null=True, default=None, help_text="Taken back before its last day.")
    ended_by = Text(help_text="Name as it was.")

    in_order = Check(until_on >= from_on)
    reason_given = Check(reason != "")


class LoneWorkChange(Table, help_text="When somebody became ready for lone work, or no longer was, and why."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    at = Timestamptz(help_text="When it was noticed.")
    on = Date(help_text="From which day.")
    authorised = Boolean()
    by_exception = Boolean(default=False)
    missing = JSONB(default="[]", help_text="What was missing, in words that need no other row.")
    seen_by_person_at = Timestamptz(null=True, default=None)
    seen_by_manager_at = Timestamptz(null=True, default=None)
