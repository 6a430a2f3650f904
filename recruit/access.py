"""Who may do what: one table, checked by one guard, shown at /help/access."""

from enum import StrEnum

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.handlers.base import BaseRouteHandler

from competences.actor import Actor
from competences.people.reach import Reach
from competences.text import _

NO, OWN, TEAM, ALL = Reach


class Role(StrEnum):
    """What an account is trusted with. Everybody, signed in or not, is also ANYONE."""

    ANYONE = "anyone"
    EXTERNAL = "external"
    STAFF = "staff"
    LINE_MANAGER = "line_manager"
    HIRING_MANAGER = "hiring_manager"
    TRAINER = "trainer"
    SUPPORT_LEAD = "support_lead"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What a handler does. Each handler names one; OWN says which rows are one's own."""

    VISIT = "visit"
    USE_ACCOUNT = "use_account"
    READ_VACANCIES = "read_vacancies"
    EDIT_VACANCY = "edit_vacancy"
    READ_APPLICATIONS = "read_applications"
    EDIT_APPLICATIONS = "edit_applications"
    READ_DOCUMENTS = "read_documents"
    READ_PANEL = "read_panel"
    EDIT_PANEL = "edit_panel"
    DECLARE = "declare"
    SCORE = "score"
    REOPEN = "reopen"
    REVEAL = "reveal"
    READ_COMPARISON = "read_comparison"
    READ_PANEL_QUALITY = "read_panel_quality"
    AGREE = "agree"
    DECIDE = "decide"
    READ_REPORT = "read_report"
    READ_IMPACT = "read_impact"
    EDIT_EQUALITY = "edit_equality"
    READ_PEOPLE = "read_people"
    EDIT_PEOPLE = "edit_people"
    EDIT_PLAN = "edit_plan"
    LEAD_PEOPLE = "lead_people"
    LEAD_ROUNDS = "lead_rounds"
    ASSESS = "assess"
    READ_COVERAGE = "read_coverage"
    EDIT_COVERAGE = "edit_coverage"
    IMPORT_LEVELS = "import_levels"
    READ_TOTALS = "read_totals"
    READ_TRAINING = "read_training"
    READ_COURSES = "read_courses"
    EDIT_COURSES = "edit_courses"
    LEAD_SESSIONS = "lead_sessions"
    RECORD_COMPLETIONS = "record_completions"
    ASK_TRAINING = "ask_training"
    ANSWER_REQUESTS = "answer_requests"
    ALLOW_LONE_WORK = "allow_lone_work"
    READ_EFFECTS = "read_effects"
    READ_SUPPORT = "read_support"
    EDIT_SUPPORT = "edit_support"
    PROPOSE_SUPPORT = "propose_support"
    BREAK_GLASS = "break_glass"
    HOLD_SUPPORT = "hold_support"
    READ_NEEDS = "read_needs"
    EDIT_NEEDS = "edit_needs"
    READ_CARE = "read_care"
    EDIT_CARE = "edit_care"
    SAY_WORKLOAD = "say_workload"
    READ_CASES = "read_cases"
    EDIT_CASES = "edit_cases"
    READ_MEDIA = "read_media"
    EDIT_MEDIA = "edit_media"
    READ_SHARING = "read_sharing"
    EDIT_SHARING = "edit_sharing"
    READ_FUNDER_REPORT = "read_funder_report"
    READ_FRAMEWORKS = "read_frameworks"
    EDIT_FRAMEWORKS = "edit_frameworks"
    READ_PROFILES = "read_profiles"
    EDIT_PROFILES = "edit_profiles"
    EDIT_ACCOUNTS = "edit_accounts"
    READ_AUDIT = "read_audit"


ROLES = tuple(Role)
# OWN: vacancies that one manages or is on the panel of; scorecards and declarations of one's own;
# one's own person page. TEAM: people whose line manager one is. Chairs are members with a duty more.
MATRIX: dict[Action, tuple[Reach, ...]] = {
    #                         anyone external staff  line  hiring trainer support privacy admin
    Action.VISIT:             (ALL,  ALL,     ALL,   ALL,  ALL,   ALL,    ALL,    ALL,    ALL),
    Action.USE_ACCOUNT:       (NO,   OWN,     OWN,   OWN,  OWN,   OWN,    OWN,    OWN,    OWN),
    Action.READ_VACANCIES:    (NO,   NO,      NO,    NO,   OWN,   NO,     NO,     NO,     NO),
    Action.EDIT_VACANCY:      (NO,   NO,      NO,    NO,   OWN,   NO,     NO,     NO,     NO),
    Action.READ_APPLICATIONS: (NO,   NO,      NO,    NO,   OWN,   NO,     NO,     NO,     NO),
    Action.EDIT_APPLICATIONS: (NO,   NO,      NO,    NO,   OWN,   NO,     NO,     NO,     NO),
    Action.READ_DOCUMENTS:    (NO,   OWN,     OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.READ_PANEL:        (NO,   OWN,     OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.EDIT_PANEL:        (NO,   NO,      NO,    NO,   OWN,   NO,     NO,     NO,     NO),
    Action.DECLARE:           (NO,   OWN,     OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.SCORE:             (NO,   OWN,     OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.REOPEN:            (NO,   NO,      OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.REVEAL:            (NO,   NO,      OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.READ_COMPARISON:   (NO,   OWN,     OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.READ_PANEL_QUALITY: (NO,  NO,      OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.AGREE:             (NO,   OWN,     OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.DECIDE:            (NO,   NO,      NO,    NO,   OWN,   NO,     NO,     NO,     NO),
    Action.READ_REPORT:       (NO,   OWN,     OWN,   OWN,  OWN,   NO,     NO,     NO,     NO),
    Action.READ_IMPACT:       (NO,   NO,      NO,    NO,   OWN,   NO,     NO,     ALL,    NO),
    Action.EDIT_EQUALITY:     (NO,   NO,      NO,    NO,   NO,    NO,     NO,     ALL,    NO),
    Action.READ_PEOPLE:       (NO,   NO,      OWN,   TEAM, OWN,   OWN,    OWN,    NO,     NO),
    Action.EDIT_PEOPLE:       (NO,   NO,      NO,    NO,   NO,    NO,     NO,     NO,     ALL),
    Action.EDIT_PLAN:         (NO,   NO,      OWN,   TEAM, OWN,   OWN,    OWN,    NO,     NO),
    Action.LEAD_PEOPLE:       (NO,   NO,      NO,    TEAM, NO,    NO,     NO,     NO,     NO),
    Action.READ_COVERAGE:     (NO,   NO,      NO,    TEAM, NO,    NO,     NO,     NO,     NO),
    Action.EDIT_COVERAGE:     (NO,   NO,      NO,    TEAM, NO,    NO,     NO,     NO,     NO),
    Action.IMPORT_LEVELS:     (NO,   NO,      NO,    TEAM, NO,    NO,     NO,     NO,     NO),
    Action.READ_TOTALS:       (NO,   NO,      NO,    NO,   NO,    ALL,    NO,     NO,     NO),
    Action.LEAD_ROUNDS:       (NO,   NO,      NO,    TEAM, NO,    NO,     NO,     NO,     NO),
    Action.ASSESS:            (NO,   NO,      OWN,   TEAM, OWN,   OWN,    OWN,    NO,     NO),
    Action.READ_TRAINING:     (NO,   NO,      OWN,   TEAM, OWN,   ALL,    OWN,    NO,     NO),
    Action.READ_COURSES:      (NO,   NO,      ALL,   ALL,  ALL,   ALL,    ALL,    NO,     NO),
    Action.EDIT_COURSES:      (NO,   NO,      NO,    NO,   NO,    ALL,    NO,     NO,     NO),
    Action.LEAD_SESSIONS:     (NO,   NO,      NO,    NO,   NO,    ALL,    NO,     NO,     NO),
    Action.RECORD_COMPLETIONS: (NO,  NO,      NO,    NO,   NO,    ALL,    NO,     NO,     NO),
    Action.ASK_TRAINING:      (NO,   NO,      OWN,   OWN,  OWN,   OWN,    OWN,    NO,     NO),
    Action.ANSWER_REQUESTS:   (NO,   NO,      NO,    TEAM, NO,    NO,     NO,     NO,     NO),
    Action.ALLOW_LONE_WORK:   (NO,   NO,      NO,    TEAM, NO,    NO,     NO,     NO,     NO),
    Action.READ_EFFECTS:      (NO,   NO,      NO,    NO,   NO,    ALL,    NO,     NO,     NO),
    Action.READ_SUPPORT:      (NO,   NO,      OWN,   OWN,  OWN,   OWN,    OWN,    NO,     NO),
    Action.EDIT_SUPPORT:      (NO,   NO,      OWN,   OWN,  OWN,   OWN,    OWN,    NO,     NO),
    Action.PROPOSE_SUPPORT:   (NO,   NO,      OWN,   OWN,  OWN,   OWN,    ALL,    NO,     NO),
    Action.BREAK_GLASS:       (NO,   NO,      NO,    NO,   NO,    NO,     ALL,    NO,     NO),
    Action.HOLD_SUPPORT:      (NO,   NO,      NO,    NO,   NO,    NO,     NO,     ALL,    NO),
    Action.READ_NEEDS:        (NO,   NO,      ALL,   ALL,  ALL,   ALL,    ALL,    NO,     NO),
    Action.EDIT_NEEDS:        (NO,   NO,      NO,    NO,   NO,    NO,     ALL,    NO,     NO),
    Action.READ_CARE:         (NO,   NO,      OWN,   TEAM, OWN,   OWN,    ALL,    NO,     NO),
    Action.EDIT_CARE:         (NO,   NO,      NO,    TEAM, NO,    NO,     ALL,    NO,     NO),
    Action.SAY_WORKLOAD:      (NO,   NO,      OWN,   OWN,  OWN,   OWN,    OWN,    NO,     NO),
    Action.READ_CASES:        (NO,   NO,      OWN,   ALL,  OWN,   OWN,    ALL,    NO,     NO),
    Action.EDIT_CASES:        (NO,   NO,      NO,    ALL,  NO,    NO,     ALL,    NO,     NO),
    Action.READ_MEDIA:        (NO,   NO,      OWN,   TEAM, OWN,   OWN,    ALL,    NO,     NO),
    Action.EDIT_MEDIA:        (NO,   NO,      NO,    TEAM, NO,    NO,     ALL,    NO,     NO),
    Action.READ_SHARING:      (NO,   NO,      ALL,   ALL,  ALL,   ALL,    ALL,    ALL,    NO),
    Action.EDIT_SHARING:      (NO,   NO,      NO,    NO,   NO,    NO,     NO,     ALL,    NO),
    Action.READ_FUNDER_REPORT: (NO,  NO,      NO,    ALL,  ALL,   NO,     NO,     NO,     NO),
    Action.READ_FRAMEWORKS:   (NO,   NO,      ALL,   ALL,  ALL,   ALL,    ALL,    NO,     NO),
    Action.EDIT_FRAMEWORKS:   (NO,   NO,      NO,    NO,   ALL,   NO,     NO,     NO,     NO),
    Action.READ_PROFILES:     (NO,   NO,      ALL,   ALL,  ALL,   ALL,    ALL,    NO,     NO),
    Action.EDIT_PROFILES:     (NO,   NO,      NO,    NO,   ALL,   NO,     NO,     NO,     NO),
    Action.EDIT_ACCOUNTS:     (NO,   NO,      NO,    NO,   NO,    NO,     NO,     NO,     ALL),
    Action.READ_AUDIT:        (NO,   NO,      NO,    NO,   NO,    NO,     NO,     ALL,    NO),
}  # fmt: skip


def reach_of(roles: frozenset[str], action: Action) -> Reach:
    """Return the furthest that any of `roles` goes with `action`."""
    row = MATRIX[action]
    return max((row[ROLES.index(Role(role))] for role in roles), default=row[0])


async def guard(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Let a request through to its handler, or not. A handler that declares no action stays shut.

    Raises:
        NotAuthorizedException: nobody is signed in; signing in may help.
        NotFoundException: the action is not for this person; it looks as if the page did not exist.
    """
    action = handler.opt.get("action")
    actor: Actor | None = connection.scope.get("user")
    if action is not None and reach_of(actor.roles if actor else frozenset(), action) is not NO:
        return
    if actor is None and action is not None:
        raise NotAuthorizedException
    raise NotFoundException


def role_name(role: str) -> str:
    """Return a role in the reader's language."""
    return {
        Role.ANYONE: _("Anyone"),
        Role.EXTERNAL: _("Outside panel member"),
        Role.STAFF: _("Staff"),
        Role.LINE_MANAGER: _("Line manager"),
        Role.HIRING_MANAGER: _("Hiring manager"),
        Role.TRAINER: _("Trainer"),
        Role.SUPPORT_LEAD: _("Support lead"),
        Role.PRIVACY_OFFICER: _("Privacy officer"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[Role(role)]


def action_name(action: Action) -> str:
    """Return an action in the reader's language."""
    return {
        Action.VISIT: _("Sign in, cover the screen"),
        Action.USE_ACCOUNT: _("Today, settings, help"),
        Action.READ_VACANCIES: _("Read vacancies"),
        Action.EDIT_VACANCY: _("Set up a vacancy and its criteria"),
        Action.READ_APPLICATIONS: _("Read applications"),
        Action.EDIT_APPLICATIONS: _("Add, import and change applications"),
        Action.READ_DOCUMENTS: _("Open documents of applicants"),
        Action.READ_PANEL: _("See the panel and its progress"),
        Action.EDIT_PANEL: _("Set up the panel and its days"),
        Action.DECLARE: _("Declare confidentiality and conflicts"),
        Action.SCORE: _("Score applicants"),
        Action.REOPEN: _("Reopen a submitted scorecard (chair)"),
        Action.REVEAL: _("Reveal the scores (chair, manager)"),
        Action.READ_COMPARISON: _("Compare applicants after the reveal"),
        Action.READ_PANEL_QUALITY: _("See what a panel’s scores can bear (chair, manager)"),
        Action.AGREE: _("Record what the panel agrees"),
        Action.DECIDE: _("Decide and sign"),
        Action.READ_REPORT: _("Read the decision report"),
        Action.READ_IMPACT: _(
            "See what equality answers add up to, after the signature, where they are switched on"
        ),
        Action.EDIT_EQUALITY: _("Enter voluntary equality answers, where they are switched on"),
        Action.READ_PEOPLE: _("Read people and their levels"),
        Action.EDIT_PEOPLE: _("Add and change people and units"),
        Action.EDIT_PLAN: _("Add to a development plan and end its steps"),
        Action.LEAD_PEOPLE: _("Set somebody's role, take back a level"),
        Action.READ_COVERAGE: _("See what the team covers, export its levels"),
        Action.EDIT_COVERAGE: _("Set what cover is needed, delegate leadership"),
        Action.IMPORT_LEVELS: _("Import levels of the team"),
        Action.READ_TOTALS: _("See how many are at each level, nobody’s own"),
        Action.LEAD_ROUNDS: _("Open rounds and ask colleagues"),
        Action.ASSESS: _("Assess oneself and one’s people, talk and confirm"),
        Action.READ_TRAINING: _("See who is in date with which course"),
        Action.READ_COURSES: _("Read courses and when they are held"),
        Action.EDIT_COURSES: _("Write courses and say who needs them"),
        Action.LEAD_SESSIONS: _("Plan sessions, take attendance, sign outcomes"),
        Action.RECORD_COMPLETIONS: _("Record, check, correct and import completions"),
        Action.ASK_TRAINING: _("Ask for a course, withdraw from a session, renew the calendar link"),
        Action.ANSWER_REQUESTS: _("Answer requests for courses"),
        Action.ALLOW_LONE_WORK: _("Let somebody work alone for a time, with a reason"),
        Action.READ_EFFECTS: _("See levels before and after a course, of nobody in particular"),
        Action.READ_SUPPORT: _("Read support plans that one is named on"),
        Action.EDIT_SUPPORT: _("Keep support plans that one is named on"),
        Action.PROPOSE_SUPPORT: _("Ask for a support plan, propose one"),
        Action.BREAK_GLASS: _("Open a support plan in an emergency, which the person is told of at once"),
        Action.HOLD_SUPPORT: _("Keep what there may be of somebody for a legal claim, without seeing it"),
        Action.READ_NEEDS: _("Read what colleagues may need"),
        Action.EDIT_NEEDS: _("Write what colleagues may need"),
        Action.READ_CARE: _("See check-ups, supervision and what else is due to staff"),
        Action.EDIT_CARE: _("Record check-ups, supervision, meetings and incidents"),
        Action.SAY_WORKLOAD: _("Say how the workload is"),
        Action.READ_CASES: _("Read what was considered before a case"),
        Action.EDIT_CASES: _("Record and decide what was considered before a case"),
        Action.READ_MEDIA: _("See who speaks to the media, and appearances"),
        Action.EDIT_MEDIA: _("Set who speaks to the media, record guidance"),
        Action.READ_SHARING: _("Read what is shared with whom"),
        Action.EDIT_SHARING: _("Set what is shared with whom"),
        Action.READ_FUNDER_REPORT: _("Draw up the report for funders"),
        Action.READ_FRAMEWORKS: _("Read frameworks"),
        Action.EDIT_FRAMEWORKS: _("Write new framework versions"),
        Action.READ_PROFILES: _("Read role profiles"),
        Action.EDIT_PROFILES: _("Change role profiles"),
        Action.EDIT_ACCOUNTS: _("Invite, close and reset accounts"),
        Action.READ_AUDIT: _("Read and verify the log"),
    }[action]
