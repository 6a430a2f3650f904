"""A legal hold has a row of its own, so that it also keeps what begins later."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date, ForeignKey, OnDelete, Serial
from piccolo.columns.defaults.date import DateNow
from piccolo.table import Table

ID = "2026-11-25T18:22:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "legal holds"


class Person(Table, tablename="person", schema=None):
    """What a hold is of."""

    id = Serial(primary_key=True, db_column_name="id")


async def forwards() -> MigrationManager:
    """Add the table; the next migration fills it."""
    manager = MigrationManager(migration_id=ID, app_name="competences", description=DESCRIPTION)
    manager.add_table(class_name="LegalHold", tablename="legal_hold", schema=None, columns=None)
    manager.add_column(
        table_class_name="LegalHold",
        tablename="legal_hold",
        column_name="person",
        db_column_name="person",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={"references": Person, "on_delete": OnDelete.cascade, "null": False, "unique": True},
        schema=None,
    )
    manager.add_column(
        table_class_name="LegalHold",
        tablename="legal_hold",
        column_name="until_on",
        db_column_name="until_on",
        column_class_name="Date",
        column_class=Date,
        params={"default": DateNow(), "null": False},
        schema=None,
    )
    return manager
