"""Rules that the database keeps of rounds: who is asked what stays as it was, and so does what was shared."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T13:49:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "opened rounds, shared assessments and confirmed talks stay"

FORWARDS = r"""
CREATE FUNCTION round_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.opened_at IS NOT NULL
       AND to_jsonb(new) - 'closes_on' - 'opened_by' IS DISTINCT FROM to_jsonb(old) - 'closes_on' - 'opened_by' THEN
        RAISE EXCEPTION 'An opened round does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER round_fixed BEFORE UPDATE ON round FOR EACH ROW EXECUTE FUNCTION round_fixed();

-- Whoever is being erased is gone already when the cascade reaches where they took part.
CREATE FUNCTION participant_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'UPDATE' AND new.manager IS NULL AND to_jsonb(new) - 'manager' = to_jsonb(old) - 'manager' THEN
        RETURN new;
    END IF;
    IF tg_op = 'DELETE' AND NOT EXISTS (SELECT FROM person WHERE id = old.person) THEN
        RETURN old;
    END IF;
    IF EXISTS (SELECT FROM round WHERE opened_at IS NOT NULL
               AND id = CASE WHEN tg_op = 'INSERT' THEN new.round ELSE old.round END) THEN
        RAISE EXCEPTION 'The people of an opened round do not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER participant_fixed BEFORE INSERT OR UPDATE OR DELETE ON participant
    FOR EACH ROW EXECUTE FUNCTION participant_fixed();

CREATE FUNCTION target_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM participant t JOIN round o ON o.id = t.round WHERE o.opened_at IS NOT NULL
               AND t.id = CASE WHEN tg_op = 'INSERT' THEN new.participant ELSE old.participant END) THEN
        RAISE EXCEPTION 'The targets of an opened round do not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER target_fixed BEFORE INSERT OR UPDATE OR DELETE ON target
    FOR EACH ROW EXECUTE FUNCTION target_fixed();

-- A scorecard can be reopened; what was shared in a round, or agreed in a talk, cannot be taken back.
CREATE FUNCTION assessment_shared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.participant IS NOT NULL AND old.submitted_at IS NOT NULL
       AND new.submitted_at IS DISTINCT FROM old.submitted_at THEN
        RAISE EXCEPTION 'A shared assessment stays shared.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER assessment_shared BEFORE UPDATE ON assessment
    FOR EACH ROW EXECUTE FUNCTION assessment_shared();

CREATE FUNCTION talk_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.person_confirmed_at IS NOT NULL AND old.manager_confirmed_at IS NOT NULL THEN
        RAISE EXCEPTION 'A talk that both confirmed does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER talk_fixed BEFORE UPDATE ON talk FOR EACH ROW EXECUTE FUNCTION talk_fixed();

CREATE UNIQUE INDEX assessment_once ON assessment (participant, kind, assessor) WHERE participant IS NOT NULL;
CREATE UNIQUE INDEX assessment_shared_once ON assessment (participant, kind)
    WHERE kind IN ('self', 'manager', 'talk') AND submitted_at IS NOT NULL;
CREATE UNIQUE INDEX assessment_talk_once ON assessment (participant) WHERE kind = 'talk';
CREATE INDEX assessment_peer ON assessment (assessor) WHERE kind = 'peer';
CREATE INDEX participant_person ON participant (person);
"""

BACKWARDS = r"""
DROP INDEX participant_person, assessment_peer, assessment_talk_once, assessment_shared_once, assessment_once;
DROP TRIGGER talk_fixed ON talk;
DROP TRIGGER assessment_shared ON assessment;
DROP TRIGGER target_fixed ON target;
DROP TRIGGER participant_fixed ON participant;
DROP TRIGGER round_fixed ON round;
DROP FUNCTION talk_fixed, assessment_shared, target_fixed, participant_fixed, round_fixed;
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
