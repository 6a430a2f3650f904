"""Completions of our own that were written down by hand have an origin of their own: nobody signed an outcome."""

from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.table import Table

ID = "2026-11-25T18:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "completions recorded by hand"

BEFORE = {"SESSION": "session", "EXTERNAL": "external", "IMPORTED": "imported"}

FORWARDS = """
ALTER TABLE completion DISABLE TRIGGER completion_fixed;
UPDATE completion SET origin = 'recorded' WHERE origin = 'session' AND outcome IS NULL;
ALTER TABLE completion ENABLE TRIGGER completion_fixed;
"""
BACKWARDS = FORWARDS.replace(
    "origin = 'recorded' WHERE origin = 'session' AND outcome IS NULL",
    "origin = 'session' WHERE origin = 'recorded'",
)


class Script(Table):
    """Only a way to the engine."""


async def forwards() -> MigrationManager:
    """Register both directions."""
    manager = MigrationManager(migration_id=ID, app_name="competences", description=DESCRIPTION)
    manager.alter_column(
        table_class_name="Completion",
        tablename="completion",
        column_name="origin",
        db_column_name="origin",
        params={"choices": Enum("Origin", {**BEFORE, "RECORDED": "recorded"})},
        old_params={"choices": Enum("Origin", BEFORE)},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    async def run() -> None:
        await execute(FORWARDS)

    async def run_backwards() -> None:
        await execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager


async def execute(script: str) -> None:
    """Run several statements at once, in the migration's transaction."""
    transaction = Script._meta.db.current_transaction.get()
    await transaction.connection.execute(script)
