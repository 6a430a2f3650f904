"""The role profiles that come with the package."""

import pytest

from competences.actor import SYSTEM
from competences.frameworks.rules.texts import STARTERS as FRAMEWORKS
from competences.frameworks.rules.texts import starter as framework
from competences.role_profiles import commands
from competences.role_profiles.rules import ASSESSED_BY, STARTERS, starter
from competences.role_profiles.tables import ProfileCriterion, RoleProfile

TEXTS = {text.key: text for text in map(framework, FRAMEWORKS)}


def competences(key: str) -> dict:
    return {row.code: row for domain in TEXTS[key].domains for row in domain.competences}


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_has_six_to_eight_criteria_of_its_framework(name):
    profile = starter(name)
    codes = [row.competence for row in profile.criteria]
    assert 6 <= len(codes) == len(set(codes)) <= 8
    assert set(codes) <= set(competences(profile.framework))


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_keeps_the_gates_and_minimums_of_its_framework(name):
    profile = starter(name)
    known = competences(profile.framework)
    for row in profile.criteria:
        assert row.gate or known[row.competence].kind != "gate", row.competence
        assert row.required_level >= known[row.competence].minimum, row.competence
        assert row.learnable == known[row.competence].learnable, row.competence
        assert row.assessed_by
        assert set(row.assessed_by) <= set(ASSESSED_BY)


def test_who_works_alone_with_clients_must_have_worked_with_radicalised_people_and_know_the_law():
    criteria = {row.competence: row for row in starter("exit_worker").criteria}
    assert criteria["D1"].gate
    assert criteria["D2"].gate
    assert "C3" in criteria


async def test_starters_are_added_once(db):
    assert await commands.add_starters(SYSTEM) == 0
    assert await RoleProfile.count() == len(STARTERS)
    assert await ProfileCriterion.count() == sum(len(starter(name).criteria) for name in STARTERS)
