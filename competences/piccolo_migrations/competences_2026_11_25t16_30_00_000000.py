"""Rules that the database keeps of support and care: a log of its own, texts that stay, one plan at a time."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T16:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the log of support, published needs stay, one plan at a time"

FORWARDS = r"""
CREATE FUNCTION support_digest(previous text, plan text, at timestamptz, body bytea)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        previous, plan, extract(epoch FROM at)::text, encode(body, 'hex'))::text, 'UTF8')), 'hex')
$$;

INSERT INTO support_head (entries, digest) VALUES (0, '');

CREATE FUNCTION support_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
    SELECT digest INTO last FROM support_head FOR UPDATE;
    new.previous := last;
    new.digest := support_digest(last, new.plan, new.at, new.body);
    UPDATE support_head SET entries = entries + 1, digest = new.digest;
    RETURN new;
END $$;
CREATE TRIGGER support_chain BEFORE INSERT ON support_entry FOR EACH ROW EXECUTE FUNCTION support_chain();
CREATE TRIGGER support_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON support_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_fixed();

CREATE FUNCTION need_version_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.published_at IS NOT NULL AND (tg_op = 'DELETE' OR new IS DISTINCT FROM old) THEN
        RAISE EXCEPTION 'A published need does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER need_version_fixed BEFORE UPDATE OR DELETE ON need_version
    FOR EACH ROW EXECUTE FUNCTION need_version_fixed();
CREATE UNIQUE INDEX need_draft_once ON need_version (need) WHERE published_at IS NULL;

-- A plan without the worker's agreement holds nothing but the proposal.
CREATE FUNCTION support_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM support_plan WHERE id = new.plan AND agreed_at IS NOT NULL AND closed_at IS NULL) THEN
        RAISE EXCEPTION 'A support plan begins with the agreement of the worker and ends with it.'
            USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER measure_agreed BEFORE INSERT OR UPDATE ON measure
    FOR EACH ROW EXECUTE FUNCTION support_agreed();
CREATE TRIGGER plan_need_agreed BEFORE INSERT OR UPDATE ON plan_need
    FOR EACH ROW EXECUTE FUNCTION support_agreed();
CREATE TRIGGER check_in_agreed BEFORE INSERT ON check_in
    FOR EACH ROW EXECUTE FUNCTION support_agreed();
CREATE TRIGGER flag_agreed BEFORE INSERT OR UPDATE ON flag
    FOR EACH ROW EXECUTE FUNCTION support_agreed();
CREATE TRIGGER plan_reader_agreed BEFORE INSERT ON plan_reader
    FOR EACH ROW EXECUTE FUNCTION support_agreed();
CREATE UNIQUE INDEX support_plan_open_once ON support_plan (person) WHERE closed_at IS NULL;
ALTER TABLE support_plan ADD CONSTRAINT lead_is_another CHECK (lead IS NULL OR lead <> person);

-- Nobody works alone on a case who was not to.
CREATE INDEX care_entry_person ON care_entry (person, duty);
CREATE INDEX meeting_attendance_person ON meeting_attendance (person);
CREATE INDEX incident_person_person ON incident_person (person);
CREATE INDEX case_participant_person ON case_participant (person);
CREATE INDEX arrangement_person ON arrangement (person);
CREATE INDEX plan_reader_person ON plan_reader (person);
CREATE INDEX measure_owner ON measure (owner) WHERE done_on IS NULL;
ALTER TABLE case_discussion ADD CONSTRAINT reference_is_no_name CHECK (reference ~ '^[A-Z]{0,4}[-/]?[0-9][0-9A-Z/-]*$');
ALTER TABLE spokesperson_duty ADD CONSTRAINT one_spokesperson EXCLUDE USING gist (daterange(from_on, until_on, '[]') WITH &&);
"""

BACKWARDS = r"""
ALTER TABLE spokesperson_duty DROP CONSTRAINT one_spokesperson;
ALTER TABLE case_discussion DROP CONSTRAINT reference_is_no_name;
DROP INDEX measure_owner, plan_reader_person, arrangement_person, case_participant_person, incident_person_person,
    meeting_attendance_person, care_entry_person, support_plan_open_once, need_draft_once;
ALTER TABLE support_plan DROP CONSTRAINT lead_is_another;
DROP TRIGGER plan_reader_agreed ON plan_reader;
DROP TRIGGER flag_agreed ON flag;
DROP TRIGGER check_in_agreed ON check_in;
DROP TRIGGER plan_need_agreed ON plan_need;
DROP TRIGGER measure_agreed ON measure;
DROP TRIGGER need_version_fixed ON need_version;
DROP TRIGGER support_fixed ON support_entry;
DROP TRIGGER support_chain ON support_entry;
DROP FUNCTION support_agreed, need_version_fixed, support_chain, support_digest;
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
