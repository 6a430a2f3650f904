"""Before a case: a reference and no name, nobody takes it on before a decision, nobody alone who may not."""

from dataclasses import replace
from datetime import timedelta

import make
import pytest
from asyncpg.exceptions import CheckViolationError
from hypothesis import given
from hypothesis import strategies as st

from competences.care.commands import cases as commands
from competences.care.commands.arrangements import end_arrangement, set_arrangement
from competences.care.queries import cases as queries
from competences.care.queries.arrangements import arrangements_of
from competences.care.rules.cases import (
    CaseDraft,
    Decision,
    DecisionDraft,
    Hazard,
    Precaution,
    check_decision,
    check_no_name,
    reference_of,
)
from competences.care.tables import CaseDiscussion
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach

from .conftest import NOW, TODAY

LATER = TODAY + timedelta(days=90)


@pytest.mark.parametrize("typed", ["A-2026-14", "2026/7", " b7 ", "ABC-12-X", "14", "7b"])
def test_a_reference_is_kept_in_capitals(typed):
    assert reference_of(typed) == typed.strip().upper()


@pytest.mark.parametrize(
    "typed",
    ["", "Daniel", "Daniel Rask", "D. Rask", "OMAR-7", "A-1RASK", "Ümit 3", "-", "A-", "1" * 25, "A 14", "12; DROP",
     "1-ALI-KAN", "1BEN2KIM", "A1/MAR-IA", "1-AL", "A1B2", "-7", "7--8"],
)  # fmt: skip
def test_what_could_be_a_name_is_refused_with_an_explanation(typed):
    with pytest.raises(Invalid, match="reference alone"):
        reference_of(typed)


@given(st.text(st.characters(categories=("L", "Zs")), min_size=1))
def test_letters_alone_are_never_a_reference(text):
    with pytest.raises(Invalid):
        reference_of(text)


def test_part_of_the_name_of_a_colleague_is_refused():
    with pytest.raises(Invalid, match="names nobody"):
        check_no_name("ANN-7", ["Ann Example"])
    check_no_name("AN-7", ["Ann Example"])


def draft(team, *people, reference="A-2026-14", **other):
    return CaseDraft(
        reference, team.youth, TODAY, LATER, (Hazard.OTHERS,), (Precaution.TANDEM,),
        frozenset(one.person_id for one in people), **other,
    )  # fmt: skip


async def discussed(team, *people):
    made = await commands.record_case(
        team.mara, Reach.ALL, draft(team, *(people or (team.daniel, team.selin))), NOW, TODAY
    )
    return made.subject_id


def decision(*takes, alone=(), respected=(), what=Decision.TAKE, edition=1):
    ids = [frozenset(one.person_id for one in group) for group in (takes, alone, respected)]
    return DecisionDraft(what, ids[0] | ids[1], ids[1], ids[2], LATER, edition)


async def decide(team, case, made):
    return await commands.decide_case(team.mara, Reach.ALL, case, made, NOW, TODAY)


async def takers(team, case):
    return [
        (one.name, one.alone) for one in await queries.took_part(team.mara, Reach.ALL, case) if one.may_take
    ]


async def test_the_database_takes_no_reference_in_which_a_name_fits(team):
    case = await discussed(team)
    for name in ("1BEN2KIM", "ABCD-1"):
        with pytest.raises(CheckViolationError):
            await CaseDiscussion.update({CaseDiscussion.reference: name}).where(CaseDiscussion.id == case)
    for reference in ("ABC-12-X", "2026/7", "14", "7B"):
        await CaseDiscussion.update({CaseDiscussion.reference: reference}).where(CaseDiscussion.id == case)


async def test_nobody_takes_it_on_before_it_is_decided_to(team):
    case = await discussed(team)
    assert await takers(team, case) == []
    await decide(team, case, decision(team.selin, team.daniel))
    assert await takers(team, case) == [("Daniel Rask", False), ("Selin Aydın", False)]
    with pytest.raises(Conflict, match="decided"):
        await decide(team, case, decision(team.daniel, edition=2))
    with pytest.raises(Conflict, match="decided"):
        await commands.change_case(team.mara, Reach.ALL, case, draft(team, team.daniel, edition=2), TODAY)


async def test_whoever_is_not_authorised_does_not_go_alone_whatever_the_page_sent(team):
    case = await discussed(team)
    with pytest.raises(Conflict, match="not authorised"):
        await decide(team, case, decision(alone=[team.selin]))
    assert await takers(team, case) == []


def test_whoever_is_authorised_may_go_alone():
    made = DecisionDraft(Decision.TAKE, frozenset({1, 2}), frozenset({1}), frozenset(), LATER, 1)
    check_decision(made, {1, 2}, {1}, {}, TODAY)
    with pytest.raises(Conflict, match="not authorised"):
        check_decision(made, {1, 2}, {2}, {}, TODAY)


async def test_nobody_goes_with_a_colleague_who_was_not_chosen(team):
    case = await discussed(team)
    with pytest.raises(Invalid) as refused:
        await decide(team, case, decision(team.selin))
    assert "Choose the colleague too" in refused.value.fields["takes"]
    assert await takers(team, case) == []


async def test_an_arrangement_about_cases_is_kept_or_the_decision_is_refused(team):
    await set_arrangement(team.daniel, "No cases from the harbour district.", TODAY, NOW, about_cases=True)
    await set_arrangement(team.selin, "Home by six.", TODAY, NOW)
    case = await discussed(team)
    with pytest.raises(Conflict, match="Daniel Rask"):
        await decide(team, case, decision(team.daniel, team.selin))
    await decide(team, case, decision(team.daniel, team.selin, respected=[team.daniel]))
    assert len(await takers(team, case)) == 2


async def test_arrangements_are_seen_by_who_reaches_the_person_while_they_hold(team):
    await set_arrangement(team.daniel, "No evenings.", TODAY, NOW, until_on=TODAY + timedelta(days=1))
    ids = [team.daniel.person_id]
    assert [row.words for row in await arrangements_of(team.mara, Reach.TEAM, ids, TODAY)] == ["No evenings."]
    assert await arrangements_of(team.mara, Reach.TEAM, ids, TODAY, about_cases=True) == []
    assert await arrangements_of(team.otto, Reach.TEAM, ids, TODAY) == []


async def test_an_arrangement_holds_through_its_last_day_and_no_more_once_it_is_ended(team):
    day, ids = timedelta(days=1), [team.daniel.person_id]

    async def told(on):
        return [row.words for row in await arrangements_of(team.daniel, Reach.OWN, ids, on)]

    made = await set_arrangement(team.daniel, "No evenings.", TODAY, NOW, until_on=TODAY + day)
    assert (await told(TODAY + day), await told(TODAY + 2 * day)) == (["No evenings."], [])
    await end_arrangement(team.daniel.person_id, made.subject_id, TODAY + day)
    assert (await told(TODAY), await told(TODAY + day)) == (["No evenings."], [])
    made = await set_arrangement(team.daniel, "By phone.", TODAY + day, NOW)
    await end_arrangement(team.daniel.person_id, made.subject_id, TODAY + day)
    assert await told(TODAY + day) == []


async def test_what_is_not_taken_nobody_takes(team):
    case = await discussed(team)
    for made in (
        decision(team.daniel, what=Decision.DECLINE), decision(), decision(team.otto),
        replace(decision(team.daniel), review_on=TODAY),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            await decide(team, case, made)
    await decide(team, case, decision(what=Decision.NOT_YET))
    assert await takers(team, case) == []


async def test_a_review_is_another_discussion_and_history_stays(team):
    first = await discussed(team)
    await decide(team, first, decision(team.selin, team.daniel))
    second = await discussed(team, team.selin)
    assert [row.id for row in await queries.cases(team.mara, Reach.ALL)] == [second]
    assert [row.id for row in await queries.history_of(team.mara, Reach.ALL, "A-2026-14")] == [second, first]


async def test_what_was_considered_is_corrected_before_the_decision_and_not_by_a_stale_form(team):
    case = await discussed(team)
    changed = draft(team, team.daniel, edition=1)
    await commands.change_case(team.mara, Reach.ALL, case, changed, TODAY)
    assert [one.name for one in await queries.took_part(team.mara, Reach.ALL, case)] == ["Daniel Rask"]
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.change_case(team.mara, Reach.ALL, case, changed, TODAY)
    other = replace(changed, edition=2, reference="A-2026-15")
    with pytest.raises(Invalid):
        await commands.change_case(team.mara, Reach.ALL, case, other, TODAY)


@pytest.mark.parametrize(
    "change", [{"person_ids": frozenset()}, {"review_on": TODAY}, {"discussed_on": LATER}, {"unit_id": 10**6}]
)
async def test_a_discussion_that_cannot_be_is_refused(team, change):
    made = replace(draft(team, team.daniel), **change)
    with pytest.raises(Invalid):
        await commands.record_case(team.mara, Reach.ALL, made, NOW, TODAY)


async def test_the_name_of_somebody_in_the_organisation_is_no_reference(team):
    await make.person("Ada Wu-Lin")
    made = draft(team, team.daniel, reference="ADA-7")
    with pytest.raises(Invalid, match="names nobody"):
        await commands.record_case(team.mara, Reach.ALL, made, NOW, TODAY)


async def test_a_stranger_finds_nothing_and_records_nothing(team):
    case = await discussed(team, team.daniel)
    assert (await queries.case(team.daniel, Reach.OWN, case)).reference == "A-2026-14"
    assert await queries.cases(team.selin, Reach.OWN) == []
    for read in (queries.case, queries.took_part):
        with pytest.raises(NotFound):
            await read(team.selin, Reach.OWN, case)
    with pytest.raises(NotFound):
        await commands.record_case(team.daniel, Reach.OWN, draft(team, team.daniel), NOW, TODAY)
    with pytest.raises(NotFound):
        await commands.decide_case(team.daniel, Reach.OWN, case, decision(team.daniel), NOW, TODAY)
