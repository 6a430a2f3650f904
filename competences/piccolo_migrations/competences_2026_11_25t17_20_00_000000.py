"""Rules that the database keeps of sessions: the zone is one that it can reckon with."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T17:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the zone of a session is one that the database knows"

# A name that it does not know would break every statement that asks on which day a session is.
FORWARDS = r"""
CREATE FUNCTION knows_zone(name text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM now() AT TIME ZONE name;
    RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END $$;

CREATE FUNCTION session_zone_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT knows_zone(new.zone) THEN
        RAISE EXCEPTION 'There is no time zone of this name.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER session_zone_known BEFORE INSERT OR UPDATE OF zone ON course_session
    FOR EACH ROW EXECUTE FUNCTION session_zone_known();
"""

BACKWARDS = r"""
DROP TRIGGER session_zone_known ON course_session;
DROP FUNCTION session_zone_known, knows_zone;
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
