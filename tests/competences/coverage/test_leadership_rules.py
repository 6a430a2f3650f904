"""Who could lead together, and who could answer for what."""

from competences.coverage.rules.cover import Named
from competences.coverage.rules.leadership import Held, Lead, suggested, together

ADA, BEN, CY = 1, 2, 3


def lead(code: str, **levels: int) -> Lead:
    people = {"ada": ADA, "ben": BEN, "cy": CY}
    named = Named(2, "Leader", code, code, "Skills")
    return Lead(named, {people[name]: level for name, level in levels.items()})


def test_somebody_holds_a_leader_competence_from_level_four():
    assert lead("L1", ada=3).held is Held.BY_NOBODY
    assert lead("L1", ada=4, ben=3).held is Held.BY_ONE
    assert lead("L1", ada=4, ben=5).holders == [BEN, ADA]


def test_the_smallest_groups_hold_what_anybody_of_the_group_holds():
    leads = [lead("L1", ada=4, cy=5), lead("L2", ben=4), lead("L3", ada=3)]
    found = together([ADA, BEN, CY], leads)
    assert found.groups == ((ADA, BEN), (BEN, CY))
    assert (found.uncovered, found.needed) == (("L3",), (BEN,))


def test_a_competence_goes_to_who_holds_it_highest_then_to_who_has_least():
    leads = [lead("L1", ada=4, ben=4), lead("L2", ada=5, ben=4), lead("L3", cy=5), lead("L4", ada=4)]
    found = suggested([ADA, BEN], leads)
    assert [(one.named.code, one.person_id) for one in found] == [("L1", BEN), ("L2", ADA), ("L4", ADA)]
