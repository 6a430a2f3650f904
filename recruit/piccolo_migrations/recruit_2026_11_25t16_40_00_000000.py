from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-25T16:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "uploads that bring completions"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="recruit", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="ImportDraft",
        tablename="import_draft",
        column_name="brings",
        db_column_name="brings",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 16,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    return manager
