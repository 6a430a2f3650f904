"""Rules that the database keeps of delegations: one at a time of one thing to one person; what ended stays."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T13:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "one delegation at a time, ended ones stay"

FORWARDS = r"""
CREATE UNIQUE INDEX delegation_once ON delegation (person, framework, code, coalesce(unit, 0))
    WHERE ended_on IS NULL;

CREATE FUNCTION delegation_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.ended_on IS NOT NULL OR (new.person, new.framework, new.code, new.from_on)
       IS DISTINCT FROM (old.person, old.framework, old.code, old.from_on) THEN
        RAISE EXCEPTION 'A delegation that ended does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER delegation_ended BEFORE UPDATE ON delegation
    FOR EACH ROW EXECUTE FUNCTION delegation_ended();
"""

BACKWARDS = r"""
DROP TRIGGER delegation_ended ON delegation;
DROP FUNCTION delegation_ended;
DROP INDEX delegation_once;
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
