from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-25T13:48:21:008262"
VERSION = "1.38.0"
DESCRIPTION = "rounds open at a moment; what a talk agrees is ratings"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="competences", description=DESCRIPTION
    )

    manager.drop_table(
        class_name="TalkLevel", tablename="talk_level", schema=None
    )

    manager.add_column(
        table_class_name="Round",
        tablename="round",
        column_name="opened_at",
        db_column_name="opened_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": None,
            "null": True,
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
