from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import ForeignKey

ID = "2026-11-25T14:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "uploads that are for no vacancy: levels of staff"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="recruit", description=DESCRIPTION
    )

    manager.alter_column(
        table_class_name="ImportDraft",
        tablename="import_draft",
        column_name="vacancy",
        db_column_name="vacancy",
        params={"null": True},
        old_params={"null": False},
        column_class=ForeignKey,
        old_column_class=ForeignKey,
        schema=None,
    )

    return manager
