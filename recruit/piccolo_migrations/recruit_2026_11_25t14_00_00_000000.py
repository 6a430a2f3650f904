from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete
from piccolo.columns.base import OnUpdate
from piccolo.columns.column_types import ForeignKey
from piccolo.columns.column_types import Integer
from piccolo.columns.column_types import Serial
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check
from piccolo.constraints import Unique
from piccolo.table import Table


class Application(Table, tablename="application", schema=None):
    id = Serial(
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name="id",
        secret=False,
    )


ID = "2026-11-25T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "voluntary equality answers"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="recruit", description=DESCRIPTION
    )

    manager.add_table(
        class_name="EqualityAnswer",
        tablename="equality_answer",
        schema=None,
        columns=None,
    )

    manager.add_column(
        table_class_name="EqualityAnswer",
        tablename="equality_answer",
        column_name="application",
        db_column_name="application",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Application,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
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

    for name in ("question", "answer"):
        manager.add_column(
            table_class_name="EqualityAnswer",
            tablename="equality_answer",
            column_name=name,
            db_column_name=name,
            column_class_name="Varchar",
            column_class=Varchar,
            params={
                "length": 20,
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

    manager.add_column(
        table_class_name="EqualityAnswer",
        tablename="equality_answer",
        column_name="version",
        db_column_name="version",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
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

    manager.add_constraint(
        table_class_name="EqualityAnswer",
        tablename="equality_answer",
        constraint_name="equality_question_once",
        constraint_class=Unique,
        params={"columns": ["application", "question"], "nulls_distinct": True},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="EqualityAnswer",
        tablename="equality_answer",
        constraint_name="answer_is_an_option",
        constraint_class=Check,
        params={
            "condition": "(\"question\" = 'gender' AND \"answer\" IN ('woman', 'man', 'another', 'unsaid')) OR (\"question\" = 'age' AND \"answer\" IN ('under-30', '30-39', '40-49', '50-over', 'unsaid'))"
        },
        schema=None,
    )

    return manager
