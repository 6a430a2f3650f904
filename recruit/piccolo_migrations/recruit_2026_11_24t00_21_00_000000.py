"""Rules that the database keeps whoever writes: fixed criteria, panels of two, signed decisions."""


from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-24T00:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "fixed criteria, seal, agreed levels, signed decisions"

FORWARDS = r"""
CREATE FUNCTION criterion_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owner integer := CASE WHEN tg_op = 'INSERT' THEN new.vacancy ELSE old.vacancy END;
BEGIN
    IF EXISTS (SELECT FROM vacancy WHERE id = owner AND scoring_opened_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Criteria are fixed once scoring has opened.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER criterion_fixed BEFORE INSERT OR UPDATE OR DELETE ON criterion
    FOR EACH ROW EXECUTE FUNCTION criterion_fixed();

CREATE FUNCTION vacancy_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.scoring_opened_at IS NOT NULL
       AND (new.version, new.scoring_opened_at) IS DISTINCT FROM (old.version, old.scoring_opened_at) THEN
        RAISE EXCEPTION 'The framework version is fixed once scoring has opened.' USING ERRCODE = 'RC001';
    END IF;
    IF old.revealed_at IS NOT NULL AND new.revealed_at IS DISTINCT FROM old.revealed_at THEN
        RAISE EXCEPTION 'What was revealed stays revealed.' USING ERRCODE = 'RC001';
    END IF;
    IF new.revealed_at IS NOT NULL AND old.revealed_at IS NULL AND
       (SELECT count(*) FROM panel_member WHERE vacancy = new.id AND left_at IS NULL) < 2 THEN
        RAISE EXCEPTION 'A panel of one cannot reveal.' USING ERRCODE = 'RC001';
    END IF;
    IF old.signed_at IS NOT NULL
       AND (new.signed_at, new.signed_by) IS DISTINCT FROM (old.signed_at, old.signed_by) THEN
        RAISE EXCEPTION 'A signed decision does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vacancy_steps BEFORE UPDATE ON vacancy FOR EACH ROW EXECUTE FUNCTION vacancy_steps();

-- Agreed apart: nothing is agreed before the reveal, nothing changes after the signature.
CREATE FUNCTION agreed_level_between() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE home vacancy%ROWTYPE;
BEGIN
    SELECT v.* INTO home FROM vacancy v JOIN application a ON a.vacancy = v.id
        WHERE a.id = CASE WHEN tg_op = 'DELETE' THEN old.application ELSE new.application END;
    IF FOUND AND (home.revealed_at IS NULL OR home.signed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Levels are agreed after the reveal and before the signature.' USING ERRCODE = 'RC001';
    END IF;
    PERFORM pg_notify('consensus', home.id::text);
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER agreed_level_between BEFORE INSERT OR UPDATE OR DELETE ON agreed_level
    FOR EACH ROW EXECUTE FUNCTION agreed_level_between();

CREATE FUNCTION decision_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM vacancy v JOIN application a ON a.vacancy = v.id
               WHERE a.id = CASE WHEN tg_op = 'INSERT' THEN new.application ELSE old.application END
               AND v.signed_at IS NOT NULL) THEN
        IF tg_op = 'UPDATE' AND new.person IS NULL
           AND to_jsonb(new) - 'person' = to_jsonb(old) - 'person' THEN
            RETURN new;  -- the person was erased; the decision stays
        END IF;
        RAISE EXCEPTION 'A signed decision does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER decision_signed BEFORE INSERT OR UPDATE OR DELETE ON decision
    FOR EACH ROW EXECUTE FUNCTION decision_signed();

CREATE UNIQUE INDEX panel_member_one_chair ON panel_member (vacancy) WHERE chair AND left_at IS NULL;
CREATE INDEX panel_member_person ON panel_member (person);
CREATE INDEX vacancy_manager ON vacancy (manager);
CREATE INDEX application_vacancy_name ON application (vacancy, lower(name), id);
CREATE INDEX document_application ON document (application);
CREATE INDEX scorecard_application ON scorecard (application);
CREATE INDEX session_account ON session (account);
"""

BACKWARDS = r"""
DROP INDEX session_account, scorecard_application, document_application, application_vacancy_name,
    vacancy_manager, panel_member_person, panel_member_one_chair;
DROP TRIGGER decision_signed ON decision;
DROP TRIGGER agreed_level_between ON agreed_level;
DROP TRIGGER vacancy_steps ON vacancy;
DROP TRIGGER criterion_fixed ON criterion;
DROP FUNCTION decision_signed, agreed_level_between, vacancy_steps, criterion_fixed;
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
