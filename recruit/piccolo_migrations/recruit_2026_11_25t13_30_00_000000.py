"""A submitted practice scorecard stays as it is, whoever writes."""


from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T13:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "submitted practice scorecards are locked"

FORWARDS = r"""
CREATE FUNCTION practice_scorecard_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'A submitted practice scorecard does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER practice_scorecard_locked BEFORE UPDATE ON practice_scorecard
    FOR EACH ROW EXECUTE FUNCTION practice_scorecard_locked();

-- When a scorecard is deleted with its vacancy it is gone already when the cascade reaches its ratings.
CREATE FUNCTION practice_rating_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM practice_scorecard WHERE submitted_at IS NOT NULL
               AND id IN (CASE WHEN tg_op = 'INSERT' THEN NULL ELSE old.scorecard END,
                          CASE WHEN tg_op = 'DELETE' THEN NULL ELSE new.scorecard END)) THEN
        RAISE EXCEPTION 'A submitted practice scorecard does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER practice_rating_locked BEFORE INSERT OR UPDATE OR DELETE ON practice_rating
    FOR EACH ROW EXECUTE FUNCTION practice_rating_locked();
"""

BACKWARDS = r"""
DROP TRIGGER practice_rating_locked ON practice_rating;
DROP TRIGGER practice_scorecard_locked ON practice_scorecard;
DROP FUNCTION practice_rating_locked, practice_scorecard_locked;
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
