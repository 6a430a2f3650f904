"""Rules that the database keeps of roles and plans: one role at a time, an action that ended stays."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T13:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "one role at a time, ended actions stay"

FORWARDS = r"""
-- A range of one person stands for equality, which a GiST index of plain numbers would need an extension for.
ALTER TABLE role_holder ADD CONSTRAINT one_role_at_a_time EXCLUDE USING gist
    (int4range(person, person, '[]') WITH &&, daterange(from_on, until_on, '[]') WITH &&);

CREATE FUNCTION plan_action_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.ended_at IS NOT NULL AND (new.ended_at, new.result, new.dropped, new.what, new.step, new.source)
       IS DISTINCT FROM (old.ended_at, old.result, old.dropped, old.what, old.step, old.source) THEN
        RAISE EXCEPTION 'An action that ended does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER plan_action_ended BEFORE UPDATE ON plan_action
    FOR EACH ROW EXECUTE FUNCTION plan_action_ended();

CREATE INDEX plan_action_person ON plan_action (person);
CREATE INDEX plan_action_owner ON plan_action (owner) WHERE ended_at IS NULL;
"""

BACKWARDS = r"""
DROP INDEX plan_action_owner, plan_action_person;
DROP TRIGGER plan_action_ended ON plan_action;
DROP FUNCTION plan_action_ended;
ALTER TABLE role_holder DROP CONSTRAINT one_role_at_a_time;
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
