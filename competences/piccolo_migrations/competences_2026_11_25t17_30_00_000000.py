"""A rule that the database keeps of attendance: it stays as it was once an outcome rests on it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T17:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "attendance stays once an outcome is signed"

# A tap that waited for a signature sees it here, which the statement that it is part of does not.
FORWARDS = r"""
CREATE FUNCTION attendance_before_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM outcome WHERE enrolment = new.enrolment AND corrected_at IS NULL) THEN
        RAISE EXCEPTION 'What came of it is signed already.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER attendance_before_signature BEFORE INSERT OR UPDATE OF present ON attendance
    FOR EACH ROW EXECUTE FUNCTION attendance_before_signature();
"""

BACKWARDS = r"""
DROP TRIGGER attendance_before_signature ON attendance;
DROP FUNCTION attendance_before_signature;
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
