"""What colleagues may need, and what an employer can do about it. No row of it belongs to anybody."""

from piccolo.columns import (
    Array,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Need(Table, help_text="A need through all versions of its text."):
    id: Serial
    code = Varchar(length=8, unique=True, help_text="F1 to F14 come with the package.")
    retired = Boolean(default=False)


class NeedVersion(
    Table, help_text="What is written about a need at a time. A published version never changes."
):
    id: Serial
    need = ForeignKey(Need, null=False, on_delete=OnDelete.cascade)
    number = SmallInt()
    title = Varchar(length=120)
    question = Text(help_text="What to ask the person.")
    why = Text(help_text="Why it matters.")
    measures = Array(base_column=Text(), help_text="What may help, one each.")
    review_months = SmallInt()
    source = Text()
    published_at = Timestamptz(null=True, default=None)
    edition = Integer(default=1)

    need_version_number_once = Unique([need, number])
    review_in_range = Check((review_months >= 1) & (review_months <= 24))
