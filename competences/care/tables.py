"""What the organisation owes its people and when it did it. There is no field for what was said in it (rule 12)."""

from piccolo.columns import (
    Array,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from competences.care.rules.choices import Duty, Gathering, Incident, Load
from competences.people.tables import Person, Unit


class CareEntry(Table, help_text="One duty of care towards one person: offered, done, when again."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    duty = Varchar(length=16, choices=Duty)
    offered_on = Date(null=True, default=None)
    done_on = Date(null=True, default=None, help_text="Attended, or confirmed.")
    declined_on = Date(null=True, default=None, help_text="The person said no; check-ups are an offer.")
    next_on = Date(null=True, default=None, help_text="When it is due again; null: by the interval.")
    outside = Boolean(default=False, help_text="By somebody from outside the organisation.")
    basis = Varchar(length=40, default="", help_text="Legal basis of a check: which, never what it found.")
    recorded_at = Timestamptz()
    recorded_by = Text(help_text="Name as it was.")
    withdrawn_at = Timestamptz(null=True, default=None, help_text="It was entered by mistake.")

    something_happened = Check(offered_on.is_not_null() | done_on.is_not_null() | declined_on.is_not_null())


class NameException(Table, help_text="Somebody works under another name, for their safety. Why is sealed."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    from_on = Date()
    until_on = Date(help_text="When it is looked at again.")
    reason = Bytea(help_text="Sealed: see competences.sealing.")
    uid = Varchar(length=32, unique=True)
    decided_by = Text(help_text="Name as it was.")
    decided_at = Timestamptz()
    ended_on = Date(null=True, default=None)

    in_order = Check(until_on >= from_on)


class Meeting(
    Table, help_text="A multidisciplinary meeting or a safe-space session of a unit: that it took place."
):
    id: Serial
    gathering = Varchar(length=16, choices=Gathering)
    unit = ForeignKey(
        Unit, null=True, default=None, on_delete=OnDelete.restrict, help_text="Null: everybody."
    )
    held_on = Date()
    recorded_at = Timestamptz()
    recorded_by = Text(help_text="Name as it was.")
    edition = Integer(default=1)


class MeetingAttendance(Table, help_text="Who was there."):
    id: Serial
    meeting = ForeignKey(Meeting, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)

    meeting_person_once = Unique([meeting, person])


class StaffIncident(
    Table, help_text="Something happened to staff: what is owed afterwards, and when it was done."
):
    id: Serial
    kind = Varchar(length=16, choices=Incident)
    happened_at = Timestamptz()
    recorded_at = Timestamptz()
    recorded_by = Text(help_text="Name as it was.")


class IncidentPerson(
    Table, help_text="One person whom it concerned: a debrief within 72 hours, a check-in after 30 days."
):
    id: Serial
    incident = ForeignKey(StaffIncident, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    debriefed_at = Timestamptz(null=True, default=None)
    checked_in_on = Date(null=True, default=None)

    incident_person_once = Unique([incident, person])


class Workload(
    Table, help_text="How somebody said that their workload is, on a day. One of four words; no text."
):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    load = Varchar(length=12, choices=Load)
    said_on = Date()

    workload_day_once = Unique([person, said_on])


class CaseDiscussion(
    Table, help_text="What was considered before a client was taken on. A case reference, never a name."
):
    id: Serial
    reference = Varchar(length=24)
    unit = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict)
    discussed_on = Date()
    hazards = Array(base_column=Varchar(length=24), help_text="To staff, from the list in rules/cases.py.")
    measures = Array(base_column=Varchar(length=24), help_text="From the list in rules/cases.py.")
    decision = Varchar(length=16, default="", help_text="take, not-yet or decline; empty until decided.")
    decided_by = Text(help_text="Name as it was.")
    decided_at = Timestamptz(null=True, default=None)
    review_on = Date()
    recorded_at = Timestamptz()
    recorded_by = Text(help_text="Name as it was.")
    edition = Integer(default=1)

    decided_by_somebody = Check((decision == "") | decided_at.is_not_null())


class CaseParticipant(Table, help_text="Who discussed a case beforehand, and who may take it."):
    id: Serial
    discussion = ForeignKey(CaseDiscussion, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    may_take = Boolean(default=False)
    alone = Boolean(default=False, help_text="Without a tandem colleague: only with lone-work authorisation.")

    case_participant_once = Unique([discussion, person])


class Arrangement(
    Table, help_text="What colleagues should know of how somebody works, in agreed words, without why."
):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    words = Varchar(length=200)
    about_cases = Boolean(default=False, help_text="Shown where it is decided who takes a case.")
    from_on = Date()
    until_on = Date(null=True, default=None)
    agreed_at = Timestamptz(help_text="When the person agreed to these words.")

    in_order = Check(until_on.is_null() | (until_on >= from_on))


class SpokespersonDuty(Table, help_text="Who speaks to the media on which days."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    from_on = Date()
    until_on = Date()

    in_order = Check(until_on >= from_on)


class Appearance(
    Table,
    help_text="Somebody of the staff is asked to appear in public: guidance first, and the right to say no.",
):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    medium = Varchar(length=16, help_text="press, radio, television, online, event or school")
    planned_on = Date()
    asked_on = Date()
    guided_on = Date(null=True, default=None, help_text="When the guidance talk was.")
    guided_by = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null)
    decision = Varchar(length=12, default="", help_text="agreed or refused, by the person; empty until then.")
    decided_at = Timestamptz(null=True, default=None)
    appeared_on = Date(null=True, default=None)

    guided_before_agreed = Check((decision != "agreed") | guided_on.is_not_null())
    agreed_before_appearing = Check(appeared_on.is_null() | (decision == "agreed"))


class SharingRule(
    Table, help_text="What may be shared with which kind of partner or funder; exports obey it."
):
    id: Serial
    partner = Varchar(length=24, help_text="funder, ministry, police, prison, municipality, research, media")
    subject = Varchar(length=24, help_text="totals, training, staffing, incidents, names")
    allowed = Boolean(default=False)
    changed_at = Timestamptz()
    changed_by = Text(help_text="Name as it was.")

    sharing_rule_once = Unique([partner, subject])
