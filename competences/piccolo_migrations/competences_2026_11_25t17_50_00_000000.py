"""Entries of the log have their numbers in the order in which they are chained, also when several come at a time."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T17:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "numbers of the log in the order of its chain"

# A number drawn before the turn is taken can be overtaken; the chain would then look broken.
FORWARDS = r"""
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
    SELECT digest INTO last FROM audit_head FOR UPDATE;
    new.id := nextval(pg_get_serial_sequence('audit_entry', 'id'));
    new.previous := last;
    new.digest := audit_digest(last, new.at, new.actor_id, new.actor_name, new.event,
                               new.subject, new.subject_id, new.details);
    UPDATE audit_head SET entries = entries + 1, digest = new.digest;
    RETURN new;
END $$;
"""

BACKWARDS = r"""
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
    SELECT digest INTO last FROM audit_head FOR UPDATE;
    new.previous := last;
    new.digest := audit_digest(last, new.at, new.actor_id, new.actor_name, new.event,
                               new.subject, new.subject_id, new.details);
    UPDATE audit_head SET entries = entries + 1, digest = new.digest;
    RETURN new;
END $$;
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
