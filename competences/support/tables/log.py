"""The log of support: every write and every read. Apart from the other log, since that one is read by people unnamed."""

from piccolo.columns import BigInt, Bytea, Serial, Timestamptz, Varchar
from piccolo.table import Table


class SupportEntry(
    Table, help_text="One thing that somebody did with a plan. Never changed; goes with the plan."
):
    id: Serial
    plan = Varchar(length=32, index=True, help_text="uid of the plan.")
    at = Timestamptz()
    body = Bytea(help_text="Who did what, sealed with the key of the plan.")
    previous = Varchar(length=64, default="", help_text="Digest of the entry before; set by the database.")
    digest = Varchar(length=64, default="", help_text="SHA-256 over this entry; set by the database.")


class SupportHead(Table, help_text="One row: the last entry, so that a cut-off tail shows."):
    id: Serial
    entries = BigInt(default=0)
    digest = Varchar(length=64, default="")
