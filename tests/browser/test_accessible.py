"""axe finds nothing on any page, at any width, light and dark; nothing scrolls sideways."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import make
import pytest
import routes
from axe_playwright_python.sync_playwright import Axe
from make import care, support, training

from competences.actor import SYSTEM
from competences.assessments.tables import Rating
from competences.coverage.commands import delegate
from competences.coverage.rules.leadership import DelegationDraft
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.plans.commands import add_action
from competences.plans.rules import ActionDraft
from competences.role_profiles.commands import assign_role
from competences.role_profiles.tables import RoleProfile
from competences.support.commands.catalogue import delete_need_draft, draft_need
from competences.support.commands.emergencies import break_glass
from competences.support.commands.measures import ask_team_words
from competences.training.commands import attendance, courses, outcomes
from competences.training.commands.requests import ask
from competences.training.queries import courses as queries
from competences.training.queries import sessions
from competences.training.rules.outcomes import ObservedLevel, OutcomeDraft
from recruit.access import Role, reach_of
from recruit.accounts.tables import Account
from recruit.coverage.commands import prepare_levels

pytestmark = pytest.mark.browser

#: Widths, and in which colours axe looks at each: there are some two hundred pages, so not all by all.
WIDTHS = {1280: "light", 820: "dark", 390: "light"}


class Places:
    """Ids for every parameter of an address, so that each page has something to show."""


async def prepared():
    made = await make.panel(codes=("A1", "B4", "E3"))
    await make.scored(made, {"A1": 4})
    await make.practised(made, 0, "hale", A4=1)
    await make.practised(made, 1, "hale", E2=5)
    places = Places()
    places.people = {
        "manager": made.manager,
        "member": made.people[0],
        "administrator": await make.person(
            "Ada Administrator-With-A-Name-As-Long-As-Some-People-Really-Have", Role.ADMINISTRATOR
        ),
        "privacy": await make.person("Per Privacy", Role.PRIVACY_OFFICER),
        "trainer": await make.person("Jana Wirth", Role.STAFF, Role.TRAINER),
        "lead": await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD),
    }
    profile = await RoleProfile.objects().first()
    rating_id, action_id = await with_levels_and_plan(made.manager, made.people[0])
    places.sealed = {
        "vacancy_id": made.vacancy.id,
        "application_id": made.applications[0].id,
        "scorecard_id": await make.started_id(made),
        "domain": "a",
        "vignette": ["windle", "hale"],  # to be scored, and side by side
        "person_id": made.people[0].id,
        "profile_id": profile.id,
        "version_id": profile.version,
        "rating_id": rating_id,
        "action_id": action_id,
    }
    # Enough applicants for ranges, a gate that is not met, and a manager who scores and learns how.
    boss = await make.manager()
    opened = await make.open_panel(
        [([1 + place % 5, 3, 4], [2 + place % 4, 4, None if place else 3]) for place in range(10)],
        people=[boss, await make.person("Paul Novak")],
        boss=boss,
    )
    places.sealed |= await with_cover(made.manager, made.people[0])
    places.sealed |= await with_rounds(made.manager, made.people[0], places)
    places.sealed |= await with_courses(made.people[0])
    asks = await make.actor(made.people[0])
    await ask(
        asks, places.sealed["course_id"], "A-reason-in-one-word-that-nothing-breaks. " * 9, datetime.now(UTC)
    )
    places.sealed |= await with_sessions(places.people["trainer"], made.people[0])
    places.sealed |= await with_completions(made.people[0])
    places.sealed |= await care.filled(made.manager, places.people["lead"], made.people[0])
    places.opened = {
        **places.sealed,
        "vacancy_id": opened.vacancy.id,
        "application_id": opened.applications[0].id,
    }
    places.opener = opened.manager
    signed = await make.signed(
        [("woman", "30-39", "")] * 6 + [("man", "40-49", "decline")] * 6 + [("another", "", "appoint")]
    )
    # answers still taken; nothing but removals, and groups compared
    places.private = {**places.sealed, "vacancy_id": [made.vacancy.id, signed.vacancy.id]}
    await with_levels_and_plan(opened.manager, opened.people[0])
    places.support = await with_support(places.people["lead"], made.people[0], opened.people[1])
    places.more = {
        "manager": [f"/team/coverage?without={made.people[0].id}", "/care?show=open"],
        "member": ["/organisation"],
        "opener": ["/team/applicants"],
        "lead": ["/support-plans/new?for=colleague"],
    }
    return places


async def with_support(lead, person, reader) -> dict[str, int | list[int]]:
    """A plan with words that the team may be told waiting, emergency access used, and a proposal to somebody else."""
    long = "In-words-without-a-break-that-somebody-typed-all-the-same and then some more. " * 2
    made = await support.filled(lead, person, reader, words=long)
    keeper, now = await make.actor(lead), datetime.now(UTC)
    words = {"about_cases": True, "edition": 1}
    await ask_team_words(keeper, support.ring(), made.id, made.measures[1], "Is asked first.", now, **words)
    other = await make.person("Lea Sommer", Role.STAFF, Role.SUPPORT_LEAD)
    await break_glass(await make.actor(other), support.ring(), person.id, long, now)
    proposed = await support.proposed(lead, reader, long)
    draft = await draft_need(SYSTEM, Reach.ALL, 2)
    return {
        "plan_id": [made.id, proposed], "measure_id": made.measures[1], "need_id": 2,
        "need_version_id": draft.subject_id,
    }  # fmt: skip


async def with_cover(manager, person) -> dict[str, int]:
    """Put the person into a unit; a trainer too, who leads; a delegation, and a spreadsheet looked at."""
    now, unit = datetime.now(UTC), await make.unit("A-unit-with-a-name-as-long-as-some-units-really-have-it")
    await Person.update({Person.unit: unit.id}).where(Person.id == person.id)
    await Account.update({Account.roles: [Role.STAFF, Role.TRAINER]}).where(Account.person == person.id)
    await make.levels(person, {"L1": 4, "L2": 5, "L3": 2}, now, key="leader")
    boss = await make.actor(manager)
    draft = DelegationDraft(
        person.id, unit.id, "L2", now.date(), now.date() + timedelta(days=9), "Talks. " * 9
    )
    made = await delegate(boss, Reach.TEAM, draft, now.date())
    upload = await prepare_levels(boss, "levels.csv", f"Name,E1\n{person.name},5\nNo One,9\n".encode(), now)
    return {"unit_id": unit.id, "delegation_id": made.subject_id, "upload_id": upload.subject_id}


async def with_rounds(manager, person, places) -> dict[str, int]:
    """Put the person into two rounds: one with both views shared, for the talk; one that both have begun."""
    long = "Did so twice, and said afterwards what they would do otherwise. " * 3
    talk = await make.opened_round((person,), manager=manager, peers=True)
    await make.shared(talk, person, person, {"A1": 1, "B4": 3, "E3": None}, long)
    await make.shared(talk, manager, person, {"A1": 4, "B4": 3, "E3": 3}, long)
    begun = await make.opened_round(
        (person,), manager=manager, title="A-round-with-a-name-without-a-break-in-it"
    )
    places.cards = {
        "manager": await make.answered(begun, manager, person, {"A1": 2}, ""),
        "member": await make.answered(begun, person, person, {"A1": 2}, ""),
    }
    return {"round_id": talk.id, "participant_id": talk.of(person)}


async def with_courses(trainer) -> dict[str, int]:
    """A course with all that can belong to it, and a draft of its second version."""
    first = await training.course("Induction")
    course = await training.course(
        "De-escalation-in-one-word-that-nothing-breaks", builds={"E3": 3, "A2": 3}, required_by="Exit worker",
        before_lone_work=True, after=(first,), trainers=(trainer,), outline="One part\nAnother part", aims="Calm. " * 30,
    )  # fmt: skip
    await courses.add_link(SYSTEM, course.id, "Reading " * 12, "https://example.org", datetime.now(UTC))
    draft = (await courses.create_version(SYSTEM, course.course)).version_id
    await courses.save_draft(
        SYSTEM, draft, replace(await queries.draft_of(draft), aims="Calm and safe. " * 9)
    )
    (requirement,) = await queries.requirements(course.course)
    return {"course_id": course.course, "number": 2, "requirement_id": requirement.id}


async def with_sessions(trainer, person) -> dict[str, object]:
    """A session of two days that was held: one to sign, one that waits for a second trainer, one corrected, a guest."""
    now, level = datetime.now(UTC), ObservedLevel(await make.competence_id("E3"), 3)
    version = await training.course(
        "A-course-in-one-word-that-nothing-breaks", builds={"E3": 3}, moderated=True
    )
    begun = now.date() - timedelta(days=3)
    held = await training.session(version, begun, days=2, capacity=3, trainers=(trainer,), place="Room " * 12)
    coming = await training.session(
        version, now.date() + timedelta(days=9), zone="Europe/London", trainers=(trainer,)
    )
    listed = [await training.enrolment(held, one) for one in (person, await make.person("Selin"))]
    guest = await training.enrolment(
        held, None, guest="A-guest-with-a-long-name", organisation="A partner project"
    )
    await training.enrolment(held, await make.person("Malik"), place="waiting")
    await training.enrolment(coming, person)
    actor = await make.actor(trainer)
    for day in (await sessions.leading(actor, Reach.ALL, held.id)).days:
        await attendance.mark_rest_present(actor, Reach.ALL, held.id, day.id, now)
    signed = OutcomeDraft("completed", "observation", "Named the limit and stayed calm. " * 6, (level,))
    for row in (listed[1], listed[0]):
        made = await outcomes.sign_outcome(actor, Reach.ALL, held.id, row.id, signed, now.date(), now)
    await outcomes.correct_outcome(actor, Reach.ALL, made.subject_id, "Another sheet. " * 9, now.date(), now)
    return {
        "session_id": [held.id, coming.id], "enrolment_id": [listed[0].id, guest.id],
        "outcome_id": [made.subject_id, made.subject_id - 1],
    }  # fmt: skip


async def with_completions(person) -> dict[str, object]:
    """One in date, one that waits to be checked and one withdrawn; a code that is one and one that is none."""
    version, day = (
        await training.course("First-aid-in-one-word-that-nothing-breaks"),
        datetime.now(UTC).date(),
    )
    made = [
        await training.completion(person, version, day),
        await training.completion(person, version, day, origin="external", issuer="An issuer " * 14),
        await training.completion(
            person,
            version,
            day,
            withdrawn_at=datetime.now(UTC),
            withdrawn_by="Jana",
            withdrawn_reason="No. " * 60,
        ),
    ]
    return {"completion_id": [row.id for row in made], "code": [made[0].code, made[2].code, "none"]}


async def with_levels_and_plan(manager, person) -> tuple[int, int]:
    """Make the manager their line manager; a role, levels old and new, one below the role, and a step of a plan."""
    now = datetime.now(UTC)
    await Person.update({Person.manager: manager.id}).where(Person.id == person.id)
    profile = await make.profile_id("Exit worker")
    await assign_role(SYSTEM, Reach.ALL, person.id, profile, now.date())
    await make.levels(person, {"A2": 4, "E3": 1, "E5": 4}, now - timedelta(days=1000))
    await make.levels(person, {"A2": 2, "B1": 3, "B4": None, "C3": 4, "D1": 3, "E1": 3}, now, kind="talk")
    draft = ActionDraft(None, "shadowing", "gap", "Sit in on two talks. " * 8, person.id, now.date())
    action = await add_action(SYSTEM, Reach.ALL, person.id, draft, now)
    row = await Rating.objects().get(Rating.assessment.person == person.id)
    return row.id, action.subject_id


def addresses(app, person_roles, places) -> list[str]:
    """Every GET page that these roles reach, with its parameters filled in."""
    found = []
    for route in routes.every(app):
        names = re.findall(r"{(\w+)", route.path)
        mine = reach_of(frozenset(person_roles), route.handler.opt["action"])
        download = route.path.endswith((".csv", ".xlsx", ".pdf", ".json", ".ics", ".jwt", "-file", "/events"))
        if route.method == "GET" and mine and not download and set(names) <= set(places):
            found += routes.filled(route.path, {name: several(places[name]) for name in names})
    return sorted(set(found))


def several(value) -> list:
    return value if isinstance(value, list) else [value]


@pytest.fixture(scope="module")
def places(do, emptied):
    do(emptied())
    made = do(prepared())
    yield made
    do(delete_need_draft(SYSTEM, Reach.ALL, made.support["need_version_id"]))


@pytest.mark.parametrize("who", ["manager", "opener", "administrator", "privacy"])
def test_axe_finds_nothing(app, places, at_browser, who):
    walk(app, places, at_browser, who)


def walk(app, places, at_browser, who: str) -> None:
    """Open every page that somebody may, at each width; axe looks at it in light or in dark."""
    ids = {"opener": places.opened, "privacy": places.private}.get(who, places.sealed)
    ids = {**ids, "assessment_id": places.cards.get(who, 0)}
    if who in ("member", "lead"):
        ids |= places.support
    person = None if who == "nobody" else places.opener if who == "opener" else places.people[who]
    roles = {
        "manager": (Role.STAFF, Role.HIRING_MANAGER, Role.LINE_MANAGER),
        "opener": (Role.HIRING_MANAGER,),
        "member": (Role.STAFF,),
        "lead": (Role.STAFF, Role.SUPPORT_LEAD),
        "administrator": (Role.ADMINISTRATOR,),
        "privacy": (Role.PRIVACY_OFFICER,),
        "trainer": (Role.STAFF, Role.TRAINER),
        "nobody": (Role.ANYONE,),
    }[who]
    someone = at_browser(person, reduced_motion="reduce")  # no colour is caught half-way
    wrong = []
    for address in addresses(app, roles, ids) + places.more.get(who, []):
        if who == "trainer" and not address.startswith(("/training", "/role-profiles")):
            continue  # the others have been there
        page = someone.goes(address)
        for width, scheme in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{address} at {width}: scrolls sideways")
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            wrong += [f"{address} at {width}: {row['id']} {row['nodes'][0]['target']}" for row in found]
    assert not wrong, "\n".join(wrong)
