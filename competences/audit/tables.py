"""The log of everything that was written, one chained entry each."""

from piccolo.columns import JSONB, BigInt, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class AuditEntry(Table, help_text="One thing that somebody did. Never changed, never removed."):
    id: Serial
    at = Timestamptz(index=True)
    actor_id = Integer(null=True, default=None, help_text="The person as they were; no foreign key.")
    actor_name = Text()
    event = Varchar(length=80, index=True)
    subject = Varchar(length=80)
    subject_id = Integer(index=True)
    details = JSONB(default="{}")
    previous = Varchar(length=64, default="", help_text="Digest of the entry before; set by the database.")
    digest = Varchar(length=64, default="", help_text="SHA-256 over this entry; set by the database.")


class AuditHead(Table, help_text="One row: the last entry, so that a cut-off tail shows."):
    id: Serial
    entries = BigInt(default=0)
    digest = Varchar(length=64, default="")
