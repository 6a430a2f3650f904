"""A reference of a case leaves no room for a name between its digits, as `care.rules.cases.reference_of` says."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T18:23:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references leave no room for a name"

# What was written before stays readable; nothing is written under it any more.
FORWARDS = r"""
ALTER TABLE case_discussion DROP CONSTRAINT reference_is_no_name;
ALTER TABLE case_discussion ADD CONSTRAINT reference_is_no_name
    CHECK (reference ~ '^([A-Z]{1,3}[-/]?)?[0-9]+([-/][0-9]+)*([-/]?[A-Z])?$') NOT VALID;
"""

BACKWARDS = r"""
ALTER TABLE case_discussion DROP CONSTRAINT reference_is_no_name;
ALTER TABLE case_discussion ADD CONSTRAINT reference_is_no_name
    CHECK (reference ~ '^[A-Z]{0,4}[-/]?[0-9][0-9A-Z/-]*$');
"""


class Script(Table):
    """Only a way to the engine."""


async def forwards() -> MigrationManager:
    """Register both directions."""
    manager = MigrationManager(migration_id=ID, app_name="competences", description=DESCRIPTION)

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
