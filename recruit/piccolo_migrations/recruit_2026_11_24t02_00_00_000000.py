"""Dissent is written between the reveal and the signature too, and is told to open consensus pages."""


from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-24T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "dissent is fixed after the signature; open pages hear of it"

FORWARDS = r"""
CREATE FUNCTION dissent_between() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE home vacancy%ROWTYPE;
BEGIN
    SELECT v.* INTO home FROM vacancy v JOIN application a ON a.vacancy = v.id
        JOIN agreed_level g ON g.application = a.id
        WHERE g.id = CASE WHEN tg_op = 'DELETE' THEN old.agreed ELSE new.agreed END;
    IF FOUND AND home.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'Dissent is written before the signature.' USING ERRCODE = 'RC001';
    END IF;
    IF FOUND THEN
        PERFORM pg_notify('consensus', home.id::text);
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER dissent_between BEFORE INSERT OR UPDATE OR DELETE ON dissent
    FOR EACH ROW EXECUTE FUNCTION dissent_between();
CREATE INDEX dissent_member ON dissent (member);
"""

BACKWARDS = r"""
DROP INDEX dissent_member;
DROP TRIGGER dissent_between ON dissent;
DROP FUNCTION dissent_between;
"""


class Script(Table):
    """Only a way to the engine."""


async def forwards() -> MigrationManager:
    """Register both directions."""
    manager = MigrationManager(migration_id=ID, app_name="recruit", description=DESCRIPTION)

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
