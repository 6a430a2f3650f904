"""What a plan may show without revealing itself: one agreed plan at a time, proposals beside it; the log in order."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T16:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "a proposal says nothing of another plan; entries of support numbered under the lock"

FORWARDS = r"""
-- Whoever proposes a plan must not learn from a refusal that there is one already.
DROP INDEX support_plan_open_once;
CREATE UNIQUE INDEX support_plan_open_once ON support_plan (person)
    WHERE closed_at IS NULL AND agreed_at IS NOT NULL;
CREATE UNIQUE INDEX support_proposal_once ON support_plan (person, lead)
    WHERE closed_at IS NULL AND agreed_at IS NULL;
CREATE INDEX support_plan_lead ON support_plan (lead);
CREATE INDEX emergency_notice_person ON emergency_notice (person);

-- Numbers are drawn while the head is locked: entries made at the same time are chained in their order.
CREATE OR REPLACE FUNCTION support_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
    SELECT digest INTO last FROM support_head FOR UPDATE;
    new.id := nextval(pg_get_serial_sequence('support_entry', 'id'));
    new.previous := last;
    new.digest := support_digest(last, new.plan, new.at, new.body);
    UPDATE support_head SET entries = entries + 1, digest = new.digest;
    RETURN new;
END $$;
"""

BACKWARDS = r"""
CREATE OR REPLACE FUNCTION support_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
    SELECT digest INTO last FROM support_head FOR UPDATE;
    new.previous := last;
    new.digest := support_digest(last, new.plan, new.at, new.body);
    UPDATE support_head SET entries = entries + 1, digest = new.digest;
    RETURN new;
END $$;
DROP INDEX emergency_notice_person, support_plan_lead, support_proposal_once, support_plan_open_once;
CREATE UNIQUE INDEX support_plan_open_once ON support_plan (person) WHERE closed_at IS NULL;
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
