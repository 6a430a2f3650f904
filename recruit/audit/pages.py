"""The log, for the privacy officer: who did what and when, and whether the chain is whole."""

from datetime import date, timedelta
from typing import Any

from litestar import Response, Router, get
from litestar.plugins.htmx import HTMXRequest

from competences.audit import queries
from competences.text import _
from recruit.access import Action
from recruit.web.forms import row_id
from recruit.web.i18n import midnight
from recruit.web.lists import PAGE, search_words
from recruit.web.render import page


@get("/audit", name="audit", action=Action.READ_AUDIT)
async def audit_page(request: HTMXRequest) -> Response[Any]:
    asked = request.query_params
    actor, event = search_words(asked.get("actor")), search_words(asked.get("event"))
    before = row_id(asked.get("before")) or 0
    since, until = _day(asked.get("since")), _day(asked.get("until"))
    rows = await queries.entries(
        actor=actor, event=event, before=before, limit=PAGE + 1,
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
    )  # fmt: skip
    return page(
        request,
        "audit/log.html",
        entries=[(row, event_name(row.event)) for row in rows[:PAGE]],
        older=rows[PAGE - 1].id if len(rows) > PAGE else 0,
        actor=actor,
        event=event,
        since=since,
        until=until,
        events=[(name, event_name(name)) for name in await queries.event_names()],
        verdict=await queries.verify() if "verify" in asked else None,
    )


def _day(typed: str | None) -> date | None:
    """Return a day typed as 2026-11-24; anything strange is no day."""
    try:
        day = date.fromisoformat((typed or "").strip())
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def event_name(name: str) -> str:
    """Return an event in the reader's language; one that is not listed keeps its name."""
    return _EVENTS().get(name, name)


def _EVENTS() -> dict[str, str]:
    return {
        "lone-work.changed": _("noted whether somebody may work alone"),
        "lone-work.allowed": _("let somebody work alone for a time"),
        "lone-work.exception-ended": _("took back that somebody may work alone for a time"),
        "lone-work.seen": _("read about a change of lone work"),
        "account.signed-in": _("signed in"),
        "account.signed-out": _("signed out"),
        "account.password-set": _("set a password"),
        "account.preferences-changed": _("changed language or appearance"),
        "account.link-made": _("made a link for an account"),
        "account.invited": _("made an account"),
        "account.changed": _("changed the roles or address of an account"),
        "account.closed": _("closed an account"),
        "account.reopened": _("reopened an account"),
        "application.added": _("added an application"),
        "application.changed": _("changed an application"),
        "application.withdrawn": _("recorded a withdrawal, or took it back"),
        "applications.imported": _("imported applications"),
        "import.prepared": _("looked at an import"),
        "import.cancelled": _("cancelled an import"),
        "import.swept": _("threw old import files away"),
        "document.added": _("added a document"),
        "document.deleted": _("deleted a document"),
        "vacancy.created": _("created a vacancy"),
        "vacancy.changed": _("changed a vacancy"),
        "vacancy.criteria-changed": _("changed criteria"),
        "vacancy.opened": _("opened a vacancy"),
        "vacancy.closed": _("closed a vacancy"),
        "vacancy.handed-over": _("handed a vacancy over"),
        "vacancy.scoring-opened": _("opened scoring"),
        "vacancy.scores-revealed": _("revealed the scores"),
        "panel-member.invited": _("invited a panel member"),
        "panel-member.removed": _("took a member off a panel"),
        "panel-member.named-chair": _("named a chair"),
        "panel-member.declared": _("declared confidentiality and conflicts"),
        "interview.set": _("set an interview"),
        "interview.cancelled": _("cancelled an interview"),
        "scorecard.started": _("began to score"),
        "rating.saved": _("saved a score"),
        "scorecard.submitted": _("submitted a scorecard"),
        "scorecard.reopened": _("reopened a scorecard"),
        "scorecard.recused": _("stepped back from an applicant"),
        "level.agreed": _("wrote down an agreed level"),
        "levels.accepted": _("accepted levels that all gave alike"),
        "dissent.written": _("wrote a dissent"),
        "decision.drafted": _("drafted an outcome"),
        "decision.signed": _("signed a decision"),
        "letter.written": _("wrote a letter"),
        "practice-scorecard.saved": _("saved a practice sheet"),
        "practice-scorecard.submitted": _("submitted a practice sheet"),
        "equality-answers.recorded": _("entered or removed equality answers"),
        "course.drafted": _("began a version of a course"),
        "course.draft-changed": _("changed the draft of a course"),
        "course.draft-deleted": _("deleted the draft of a course"),
        "course.published": _("published a version of a course"),
        "course.retired": _("retired a course, or brought it back"),
        "course.required": _("said who needs a course"),
        "course.requirement-removed": _("took back that somebody needs a course"),
        "course.trainer-added": _("said who may teach a course"),
        "course.trainer-removed": _("took back who may teach a course"),
        "course.material-added": _("added material to a course"),
        "course.material-removed": _("took material away from a course"),
        "role-profile.lone-work-needs-set": _("said what a role asks for before lone work"),
        "course-request.made": _("asked for a course"),
        "course-request.answered": _("answered a request for a course"),
        "people.invited": _("put people who are due on the list of a session"),
        "person.appointed": _("appointed somebody"),
        "levels.recorded": _("recorded agreed levels as somebody’s first"),
        "level.superseded": _("took a level back"),
        "levels.imported": _("imported levels of people who work here"),
        "levels-import.prepared": _("looked at a spreadsheet of levels"),
        "levels-import.cancelled": _("threw a spreadsheet of levels away"),
        "levels-import.finished": _("finished with a spreadsheet of levels"),
        "round.opened": _("opened a round of assessments"),
        "round.last-day-changed": _("changed the last day of a round"),
        "peers.asked": _("asked colleagues in a round"),
        "assessment.started": _("began an assessment in a round"),
        "answer.saved": _("saved an answer in a round"),
        "assessment.shared": _("shared an assessment"),
        "talk.held": _("noted the day of a talk"),
        "talk-level.saved": _("wrote down a level in a talk"),
        "talk-levels.accepted": _("accepted levels that both gave alike"),
        "talk.dissented": _("wrote what they see differently in a talk"),
        "talk.confirmed": _("confirmed a talk"),
        "plan-action.added": _("added a step to a plan"),
        "plan-action.changed": _("changed a step of a plan"),
        "plan-action.ended": _("ended a step of a plan"),
        "role.assigned": _("set somebody’s role"),
        "role.ended": _("ended somebody’s role"),
        "cover-needs.set": _("set what cover a unit needs"),
        "delegation.recorded": _("recorded a delegation"),
        "delegation.reviewed": _("reviewed a delegation"),
        "delegation.ended": _("ended a delegation"),
        "person.created": _("made a staff record"),
        "person.changed": _("changed a staff record"),
        "unit.created": _("added a unit"),
        "unit.renamed": _("renamed a unit"),
        "unit.removed": _("removed a unit"),
        "framework.drafted": _("began a framework version"),
        "framework.draft-changed": _("changed a framework draft"),
        "framework.draft-part-removed": _("took a part out of a framework draft"),
        "framework.draft-deleted": _("deleted a framework draft"),
        "framework.published": _("published a framework version"),
        "framework.retired": _("retired a framework version"),
        "role-profile.created": _("created a role profile"),
        "role-profile.changed": _("changed a role profile"),
        "role-profile.retired": _("retired a role profile, or took it back"),
        "care-entry.recorded": _("recorded what is owed to somebody: offered, done or declined"),
        "care-entry.withdrawn": _("took back a record of what is owed to somebody"),
        "meeting.recorded": _("recorded a meeting and who was there"),
        "meeting.corrected": _("corrected who was at a meeting"),
        "incident.recorded": _("recorded an incident"),
        "debrief.recorded": _("recorded a debrief"),
        "check-in-after-incident.recorded": _("recorded a check-in after an incident"),
        "name-exception.made": _("decided that somebody works under another name"),
        "name-exception.ended": _("ended work under another name"),
        "name-exception.read": _("read why somebody works under another name"),
        "care-register.drawn": _("drew up what is owed to people as a sheet"),
        "workload.said": _("said how the workload is"),
        "arrangement.set": _("told colleagues how they work"),
        "arrangement.ended": _("ended something that colleagues were told"),
        "case-discussion.recorded": _("recorded what was considered before a case"),
        "case-discussion.changed": _("changed what was considered before a case"),
        "case-discussion.decided": _("decided about a case"),
        "appearance.asked": _("asked somebody to appear in public"),
        "appearance.guided": _("recorded a guidance talk before an appearance"),
        "appearance.answered": _("answered whether to appear in public"),
        "appearance.made": _("recorded that somebody appeared in public"),
        "spokesperson.set": _("set who speaks to the media"),
        "spokesperson.removed": _("took a spokesperson’s days away"),
        "sharing.set": _("set what is shared with whom"),
        "funder-report.drawn": _("drew up a report for funders"),
        "need.drafted": _("began a version of a need in the catalogue"),
        "need-draft.changed": _("changed a draft of a need in the catalogue"),
        "need-draft.deleted": _("deleted a draft of a need in the catalogue"),
        "need.published": _("published a need in the catalogue"),
        "need.retired": _("took a need out of the catalogue"),
        "need.restored": _("put a need back into the catalogue"),
        "support-emergency.tried": _("used emergency access of support leads"),
        "support-emergency.seen": _("took note of emergency access"),
        "support-hold.set": _("set or lifted a legal hold on what is kept of somebody"),
        "master-key.rotated": _("made a new master key"),
        "data-keys.restored": _("restored keys from a file"),
        "demo.filled": _("filled the demo organisation"),
        "demo.scaled": _("added invented people for load tests"),
        "trainer-absence.entered": _("said when they hold no session"),
        "trainer-absence.removed": _("took back when they hold no session"),
        "session.planned": _("planned a session of a course"),
        "session.changed": _("changed a session of a course"),
        "session.cancelled": _("cancelled sessions of a course"),
        "enrolment.made": _("put somebody on the list of a session"),
        "enrolment.withdrawn": _("took somebody off the list of a session"),
        "attendance.taken": _("took attendance"),
        "outcome.signed": _("signed what came of a course for somebody"),
        "outcomes.attended-signed": _("signed that people attended a course"),
        "outcome.moderated": _("agreed with an outcome as second trainer"),
        "outcome.sent-back": _("sent an outcome back as second trainer"),
        "outcome.corrected": _("corrected an outcome"),
        "completion.recorded": _("recorded a completion by hand"),
        "certificate.handed-in": _("handed in a certificate from elsewhere"),
        "certificate.checked": _("looked at a certificate from elsewhere"),
        "completion.withdrawn": _("withdrew a completion"),
        "completion.corrected": _("corrected a completion"),
        "completions.imported": _("imported completions"),
        "completions-import.prepared": _("looked at a file of completions"),
        "completions-import.cancelled": _("threw a file of completions away"),
        "completions-import.finished": _("finished with a file of completions"),
        "calendar-link.renewed": _("made a link to their own calendar"),
        "calendar-link.ended": _("ended the link to their own calendar"),
    }


router = Router("/", route_handlers=[audit_page])
