"""Reads for the quality of a panel: its scores after the reveal, for the chair and the manager only."""

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.comparison.queries import Picture, picture_for
from recruit.panels.queries import Seat
from recruit.scorecards.queries.sealed import open_seat


async def quality_seat(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    """Return the seat of a chair or manager for whom this vacancy's scores are open.

    Raises:
        NotFound: the actor is neither the chair nor the manager.
        Conflict: the seal is not lifted.
    """
    here = await open_seat(actor, reach, vacancy_id)
    if here.manages or (here.chair and here.declared):
        return here
    raise NotFound(_("The quality of a panel is for its chair and the manager."))


async def scores(here: Seat) -> Picture:
    """Return everything that the panel scored, levels alone, for a checked seat."""
    return await picture_for(here, words=False)
