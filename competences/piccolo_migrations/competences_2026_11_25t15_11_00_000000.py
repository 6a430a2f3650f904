"""An action knows in whose talk it was agreed; a talk of two starts anew when somebody else leads the person."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import ForeignKey, Serial
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-25T15:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "actions of a talk; another line manager"

FORWARDS = r"""
-- A second line manager may share a view of their own; one of each is kept by assessment_once.
DROP INDEX assessment_shared_once;
CREATE UNIQUE INDEX assessment_shared_once ON assessment (participant, kind)
    WHERE kind IN ('self', 'talk') AND submitted_at IS NOT NULL;

-- What is written down so far stays for the new two; that one confirmed it, or saw it differently, does not.
CREATE FUNCTION talk_of_new_manager() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE talk SET person_confirmed_at = NULL, manager_confirmed_at = NULL, manager_dissent = '',
                    version = talk.version + 1
    FROM participant t WHERE t.id = talk.participant AND t.person = new.id
        AND (talk.person_confirmed_at IS NULL OR talk.manager_confirmed_at IS NULL);
    UPDATE assessment SET assessor = new.manager
    WHERE person = new.id AND kind = 'talk' AND submitted_at IS NULL;
    RETURN new;
END $$;
CREATE TRIGGER talk_of_new_manager AFTER UPDATE OF manager ON person
    FOR EACH ROW WHEN (old.manager IS DISTINCT FROM new.manager) EXECUTE FUNCTION talk_of_new_manager();
"""

BACKWARDS = r"""
DROP TRIGGER talk_of_new_manager ON person;
DROP FUNCTION talk_of_new_manager;
DROP INDEX assessment_shared_once;
CREATE UNIQUE INDEX assessment_shared_once ON assessment (participant, kind)
    WHERE kind IN ('self', 'manager', 'talk') AND submitted_at IS NOT NULL;
"""


class Participant(Table, tablename="participant", schema=None):
    """The table that the new column points to, as far as it matters here."""

    id = Serial(
        null=False, primary_key=True, unique=False, index=False, index_method=IndexMethod.btree, choices=None,
        db_column_name="id", secret=False,
    )  # fmt: skip


class Script(Table):
    """Only a way to the engine."""


async def forwards() -> MigrationManager:
    """Register both directions."""
    manager = MigrationManager(migration_id=ID, app_name="competences", description=DESCRIPTION)
    manager.add_column(
        table_class_name="PlanAction",
        tablename="plan_action",
        column_name="participant",
        db_column_name="participant",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Participant, "on_delete": OnDelete.set_null, "on_update": OnUpdate.cascade,
            "target_column": None, "default": None, "null": True, "primary_key": False, "unique": False,
            "index": False, "index_method": IndexMethod.btree, "choices": None, "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )  # fmt: skip

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
