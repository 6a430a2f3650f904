"""Rules that the database keeps whoever writes: the chained log, published frameworks, locked ratings."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-24T00:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "audit chain, frozen frameworks, locked ratings"

FORWARDS = r"""
CREATE FUNCTION audit_digest(previous text, at timestamptz, actor_id integer, actor_name text,
                             event text, subject text, subject_id integer, details jsonb)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        previous, extract(epoch FROM at)::text, actor_id, actor_name, event, subject, subject_id, details
    )::text, 'UTF8')), 'hex')
$$;

INSERT INTO audit_head (entries, digest) VALUES (0, '');

-- The row of audit_head is locked until commit, so entries chain in the order of their commits.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
    SELECT digest INTO last FROM audit_head FOR UPDATE;
    new.previous := last;
    new.digest := audit_digest(last, new.at, new.actor_id, new.actor_name, new.event,
                               new.subject, new.subject_id, new.details);
    UPDATE audit_head SET entries = entries + 1, digest = new.digest;
    RETURN new;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log cannot be changed.' USING ERRCODE = 'RC001';
END $$;
CREATE TRIGGER audit_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_fixed();

CREATE FUNCTION framework_version_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.state = 'draft' THEN
        RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
    END IF;
    IF tg_op = 'UPDATE' AND new.state = 'retired' AND old.state = 'published'
       AND (new.framework, new.number, new.note, new.published_at)
           IS NOT DISTINCT FROM (old.framework, old.number, old.note, old.published_at) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'A published framework version does not change.' USING ERRCODE = 'RC001';
END $$;
CREATE TRIGGER framework_version_fixed BEFORE UPDATE OR DELETE ON framework_version
    FOR EACH ROW EXECUTE FUNCTION framework_version_fixed();

-- A version that is being deleted (a draft) is gone already when the cascade reaches its parts.
CREATE FUNCTION framework_part_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE part jsonb; owner integer;
BEGIN
    FOREACH part IN ARRAY CASE tg_op WHEN 'INSERT' THEN ARRAY[to_jsonb(new)]
                                     WHEN 'DELETE' THEN ARRAY[to_jsonb(old)]
                                     ELSE ARRAY[to_jsonb(old), to_jsonb(new)] END
    LOOP
        owner := part ->> 'version';
        IF owner IS NULL THEN
            SELECT version INTO owner FROM competence WHERE id = (part ->> 'competence')::integer;
        END IF;
        IF EXISTS (SELECT FROM framework_version WHERE id = owner AND state <> 'draft') THEN
            RAISE EXCEPTION 'A published framework version does not change.' USING ERRCODE = 'RC001';
        END IF;
    END LOOP;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER domain_fixed BEFORE INSERT OR UPDATE OR DELETE ON domain
    FOR EACH ROW EXECUTE FUNCTION framework_part_fixed();
CREATE TRIGGER competence_fixed BEFORE INSERT OR UPDATE OR DELETE ON competence
    FOR EACH ROW EXECUTE FUNCTION framework_part_fixed();
CREATE TRIGGER anchor_fixed BEFORE INSERT OR UPDATE OR DELETE ON anchor
    FOR EACH ROW EXECUTE FUNCTION framework_part_fixed();
CREATE TRIGGER question_fixed BEFORE INSERT OR UPDATE OR DELETE ON question
    FOR EACH ROW EXECUTE FUNCTION framework_part_fixed();

-- A rating of a submitted assessment stays as it is; reopening the assessment comes first.
CREATE FUNCTION rating_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owner integer := CASE WHEN tg_op = 'INSERT' THEN new.assessment ELSE old.assessment END;
BEGIN
    IF EXISTS (SELECT FROM assessment WHERE id = owner AND submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A submitted assessment does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER rating_locked BEFORE INSERT OR UPDATE OR DELETE ON rating
    FOR EACH ROW EXECUTE FUNCTION rating_locked();

CREATE INDEX question_competence ON question (competence);
CREATE INDEX person_unit ON person (unit);
CREATE INDEX person_manager ON person (manager);
CREATE INDEX person_name_lower ON person (lower(name));
CREATE INDEX assessment_person ON assessment (person);
CREATE INDEX audit_entry_subject ON audit_entry (subject, subject_id);
"""

BACKWARDS = r"""
DROP INDEX audit_entry_subject, assessment_person, person_name_lower, person_manager, person_unit, question_competence;
DROP TRIGGER rating_locked ON rating;
DROP TRIGGER question_fixed ON question;
DROP TRIGGER anchor_fixed ON anchor;
DROP TRIGGER competence_fixed ON competence;
DROP TRIGGER domain_fixed ON domain;
DROP TRIGGER framework_version_fixed ON framework_version;
DROP TRIGGER audit_fixed ON audit_entry;
DROP TRIGGER audit_chain ON audit_entry;
DROP FUNCTION rating_locked, framework_part_fixed, framework_version_fixed, audit_fixed, audit_chain, audit_digest;
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
