"""Legal holds leave the plans for their own table."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T18:22:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "legal holds leave the plans"

MOVE = """
INSERT INTO legal_hold (person, until_on)
SELECT person, max(held) FROM support_plan WHERE held IS NOT NULL GROUP BY person
"""


class Script(Table):
    """Only a way to the engine."""


async def forwards() -> MigrationManager:
    """Move them, then drop the column."""
    manager = MigrationManager(migration_id=ID, app_name="competences", description=DESCRIPTION)

    async def run() -> None:
        await Script.raw(MOVE)

    manager.add_raw(run)
    manager.drop_column(
        table_class_name="SupportPlan", tablename="support_plan", column_name="held", db_column_name="held"
    )
    return manager
