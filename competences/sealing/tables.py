"""Wrapped data keys. No backup of the database holds them, so that a destroyed key stays destroyed."""

from piccolo.columns import Bytea, Serial, Timestamptz, Varchar
from piccolo.table import Table


class DataKey(Table, help_text="The key that seals the texts of one thing, such as a support plan."):
    id: Serial
    uid = Varchar(
        length=32, unique=True, help_text="What it belongs to; no foreign key, as it is restored apart."
    )
    master = Varchar(length=16, help_text="Name of the master key that wraps it.")
    wrapped = Bytea()
    made_at = Timestamptz()
