"""Rules that the database keeps of training: published courses stay, no session is overbooked, no level by attendance."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T16:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "published courses stay, places are kept, outcomes decide levels"

FORWARDS = r"""
CREATE FUNCTION course_version_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.published_at IS NOT NULL AND new IS DISTINCT FROM old THEN
        RAISE EXCEPTION 'A published course version does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER course_version_fixed BEFORE UPDATE ON course_version
    FOR EACH ROW EXECUTE FUNCTION course_version_fixed();

-- What a completion of this version covers stays as well. Links and files may be renewed.
CREATE FUNCTION course_content_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM course_version WHERE published_at IS NOT NULL
               AND id = CASE WHEN tg_op = 'INSERT' THEN new.version ELSE old.version END) THEN
        RAISE EXCEPTION 'A published course version does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER course_level_fixed BEFORE INSERT OR UPDATE OR DELETE ON course_level
    FOR EACH ROW EXECUTE FUNCTION course_content_fixed();
CREATE TRIGGER prerequisite_fixed BEFORE INSERT OR UPDATE OR DELETE ON prerequisite
    FOR EACH ROW EXECUTE FUNCTION course_content_fixed();

-- Whoever books takes turns at the row of the session, so that two can never get the last place.
CREATE FUNCTION enrolment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE places integer;
BEGIN
    IF new.place = 'booked' THEN
        SELECT capacity INTO places FROM course_session WHERE id = new.session FOR UPDATE;
        IF (SELECT count(*) FROM enrolment WHERE session = new.session AND place = 'booked') > places THEN
            RAISE EXCEPTION 'A session has no more places than its capacity.' USING ERRCODE = 'RC001';
        END IF;
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER enrolment_fits AFTER INSERT OR UPDATE ON enrolment
    FOR EACH ROW EXECUTE FUNCTION enrolment_fits();

CREATE FUNCTION capacity_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.capacity < (SELECT count(*) FROM enrolment WHERE session = new.id AND place = 'booked') THEN
        RAISE EXCEPTION 'More people are booked than that.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER capacity_fits BEFORE UPDATE OF capacity ON course_session
    FOR EACH ROW EXECUTE FUNCTION capacity_fits();

CREATE FUNCTION attendance_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM enrolment e JOIN session_day d ON d.session = e.session
                   WHERE e.id = new.enrolment AND d.id = new.day) THEN
        RAISE EXCEPTION 'This day is of another session.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER attendance_of_session BEFORE INSERT OR UPDATE ON attendance
    FOR EACH ROW EXECUTE FUNCTION attendance_of_session();

-- Rule 15: what a trainer saw becomes a level only through an outcome that assessed it, and was looked at by a second
-- trainer where the course asks for that.
CREATE FUNCTION trainer_level_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.kind = 'trainer' AND new.submitted_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM outcome o JOIN enrolment e ON e.id = o.enrolment
        JOIN course_session s ON s.id = e.session JOIN course_version v ON v.id = s.version
        WHERE o.assessment = new.id AND o.result <> 'attended' AND o.corrected_at IS NULL
          AND e.person = new.person AND (NOT v.moderated OR o.moderated_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'A level needs an outcome that was assessed.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER trainer_level_assessed BEFORE INSERT OR UPDATE ON assessment
    FOR EACH ROW EXECUTE FUNCTION trainer_level_assessed();

-- An outcome stays as it was signed; it can be looked at once by somebody else, and corrected with a reason.
CREATE FUNCTION outcome_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (new.enrolment, new.result, new.assessed_by, new.evidence, new.signed_at)
       IS DISTINCT FROM (old.enrolment, old.result, old.assessed_by, old.evidence, old.signed_at)
       OR (old.assessment IS NOT NULL AND new.assessment IS NOT NULL AND new.assessment <> old.assessment)
       OR (old.moderated_at IS NOT NULL
           AND (new.moderated_at, new.moderation) IS DISTINCT FROM (old.moderated_at, old.moderation))
       OR (old.corrected_at IS NOT NULL AND (new.corrected_at, new.corrected_by, new.corrected_reason)
           IS DISTINCT FROM (old.corrected_at, old.corrected_by, old.corrected_reason)) THEN
        RAISE EXCEPTION 'A signed outcome does not change.' USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER outcome_fixed BEFORE UPDATE ON outcome FOR EACH ROW EXECUTE FUNCTION outcome_fixed();
ALTER TABLE outcome ADD CONSTRAINT moderated_by_another CHECK (moderator IS NULL OR moderator <> trainer);
CREATE UNIQUE INDEX outcome_once ON outcome (enrolment) WHERE corrected_at IS NULL;

-- A completion is withdrawn, never rewritten; an external certificate is checked once.
CREATE FUNCTION completion_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(new) - '{outcome,checked_at,checked_by,withdrawn_at,withdrawn_by,withdrawn_reason}'::text[]
       IS DISTINCT FROM
       to_jsonb(old) - '{outcome,checked_at,checked_by,withdrawn_at,withdrawn_by,withdrawn_reason}'::text[]
       OR (old.checked_at IS NOT NULL AND new.checked_at IS DISTINCT FROM old.checked_at)
       OR (old.withdrawn_at IS NOT NULL AND (new.withdrawn_at, new.withdrawn_by, new.withdrawn_reason)
           IS DISTINCT FROM (old.withdrawn_at, old.withdrawn_by, old.withdrawn_reason)) THEN
        RAISE EXCEPTION 'A completion does not change. Withdraw it and record the right one.'
            USING ERRCODE = 'RC001';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER completion_fixed BEFORE UPDATE ON completion
    FOR EACH ROW EXECUTE FUNCTION completion_fixed();

CREATE UNIQUE INDEX course_requirement_once
    ON course_requirement (course, coalesce(profile, 0), coalesce(unit, 0));
CREATE UNIQUE INDEX course_draft_once ON course_version (course) WHERE published_at IS NULL;
CREATE UNIQUE INDEX completion_of_outcome_once ON completion (outcome) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX course_request_open_once ON course_request (person, course) WHERE answered_at IS NULL;
CREATE INDEX session_day_session ON session_day (session);
CREATE INDEX session_day_starts ON session_day (starts_at);
CREATE INDEX enrolment_person ON enrolment (person);
CREATE INDEX completion_person ON completion (person);
CREATE INDEX lone_work_change_person ON lone_work_change (person, id DESC);
CREATE INDEX lone_work_exception_person ON lone_work_exception (person);
"""

BACKWARDS = r"""
DROP INDEX lone_work_exception_person, lone_work_change_person, completion_person, enrolment_person,
    session_day_starts, session_day_session, course_request_open_once, completion_of_outcome_once,
    course_draft_once, course_requirement_once, outcome_once;
ALTER TABLE outcome DROP CONSTRAINT moderated_by_another;
DROP TRIGGER completion_fixed ON completion;
DROP TRIGGER outcome_fixed ON outcome;
DROP TRIGGER trainer_level_assessed ON assessment;
DROP TRIGGER attendance_of_session ON attendance;
DROP TRIGGER capacity_fits ON course_session;
DROP TRIGGER enrolment_fits ON enrolment;
DROP TRIGGER prerequisite_fixed ON prerequisite;
DROP TRIGGER course_level_fixed ON course_level;
DROP TRIGGER course_version_fixed ON course_version;
DROP FUNCTION completion_fixed, outcome_fixed, trainer_level_assessed, attendance_of_session, capacity_fits,
    enrolment_fits, course_content_fixed, course_version_fixed;
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
