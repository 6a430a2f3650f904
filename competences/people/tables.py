"""The people of the organisation, their units and who leads whom."""

from typing import Any

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, Text, Varchar
from piccolo.table import Table


class Unit(Table, help_text="A site or team."):
    id: Serial
    name = Varchar(length=120, unique=True)


class Person(Table, help_text="Somebody who works here, or an outside panel member."):
    id: Serial
    name = Varchar(length=160, index=True)
    email = Varchar(length=254, unique=True, null=True, default=None, help_text="Work address, lower case.")
    post = Varchar(length=120, default="", help_text="What they do here, in the organisation's words.")
    unit = ForeignKey(Unit, null=True, on_delete=OnDelete.restrict)
    manager: ForeignKey[Any] = ForeignKey(
        "self", null=True, on_delete=OnDelete.set_null, help_text="Line manager."
    )
    external = Text(default="", help_text="Organisation of an outside panel member; empty for staff.")
    started_on = Date(null=True, default=None)
    ended_on = Date(null=True, default=None)
