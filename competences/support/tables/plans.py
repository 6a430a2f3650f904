"""A support plan, by agreement with the worker. `body` is JSON sealed with the key of the plan (competences.sealing).

What is in a body is defined in rules/bodies.py. Rows are bound to their plan, table and `uid` as associated data, so
that ciphertext moved elsewhere does not open.
"""

from piccolo.columns import Bytea, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from competences.people.tables import Person


class SupportPlan(
    Table, help_text="One worker's plan. It begins when the worker agrees and ends when they say so."
):
    id: Serial
    uid = Varchar(length=32, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    lead = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, help_text="The support lead.")
    proposed_at = Timestamptz()
    agreed_at = Timestamptz(
        null=True, default=None, help_text="When the worker agreed, in their own session."
    )
    review_on = Date(null=True, default=None)
    check_in_on = Date(null=True, default=None, help_text="When the next talk is due.")
    closed_at = Timestamptz(null=True, default=None)
    delete_on = Date(null=True, default=None, help_text="From this day it is deleted, and its key destroyed.")
    body = Bytea(help_text="The worker's words, consent, signs and who to call.")
    edition = Integer(default=1)

    closed_has_clock = Check(closed_at.is_null() | delete_on.is_not_null())


class LegalHold(Table, help_text="Whatever is kept of somebody stays until a day, also what begins later."):
    id: Serial
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.cascade)
    until_on = Date()


class PlanReader(Table, help_text="Who may read a plan beside the worker and the support lead, until when."):
    id: Serial
    uid = Varchar(length=32, unique=True)
    plan = ForeignKey(SupportPlan, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    from_at = Timestamptz()
    until_on = Date()
    agreed_at = Timestamptz(
        null=True, default=None, help_text="When the worker agreed; until then it opens nothing."
    )
    emergency = Varchar(length=8, default="", help_text="glass: opened without being named, for a day.")
    ended_at = Timestamptz(null=True, default=None)
    body = Bytea(help_text="Why.")


class EmergencyNotice(
    Table, help_text="Somebody tried to open a plan in an emergency: the same row with and without a plan."
):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, help_text="Whose plan it would be.")
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null)
    by_name = Text(help_text="Name as it was.")
    at = Timestamptz()
    person_seen_at = Timestamptz(null=True, default=None)
    officer_seen_at = Timestamptz(null=True, default=None)


class PlanNeed(Table, help_text="A need that the worker and the organisation agreed on."):
    id: Serial
    uid = Varchar(length=32, unique=True)
    plan = ForeignKey(SupportPlan, null=False, on_delete=OnDelete.cascade)
    review_on = Date(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    body = Bytea(help_text="Which need of which version, in whose words.")
    edition = Integer(default=1)


class Measure(Table, help_text="What is done about it."):
    id: Serial
    uid = Varchar(length=32, unique=True)
    plan = ForeignKey(SupportPlan, null=False, on_delete=OnDelete.cascade)
    owner = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, help_text="Who sees to it.")
    from_on = Date()
    until_on = Date(null=True, default=None)
    review_on = Date(null=True, default=None)
    done_on = Date(null=True, default=None)
    asked_at = Timestamptz(
        null=True, default=None, help_text="The worker was asked to agree to what the team is told."
    )
    body = Bytea(help_text="What, of which kind, for which need; what the team is told.")
    edition = Integer(default=1)

    measure_in_order = Check(until_on.is_null() | (until_on >= from_on))


class CheckIn(Table, help_text="A short talk about how it goes. Dated; by whom; the worker sees every one."):
    id: Serial
    uid = Varchar(length=32, unique=True)
    plan = ForeignKey(SupportPlan, null=False, on_delete=OnDelete.cascade)
    held_on = Date()
    recorded_at = Timestamptz()
    body = Bytea(help_text="By whom, kind of talk, and the agreed note.")


class Flag(Table, help_text="What was answered to a suggestion that the rules made from records."):
    id: Serial
    uid = Varchar(length=32, unique=True)
    plan = ForeignKey(SupportPlan, null=False, on_delete=OnDelete.cascade)
    until_on = Date(null=True, default=None, help_text="Postponed until.")
    answered_at = Timestamptz(null=True, default=None)
    body = Bytea(
        help_text="Which rule, what it rests on, accepted, dismissed with a reason or postponed; the worker's answer."
    )
    edition = Integer(default=1)
