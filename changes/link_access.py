"""Says who may see the link of a session, by their place in it and their reminders."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, or_, true

from changes.conditions import has_place, has_place_or_waits, has_reminders
from db.engine.database import Tx
from db.people import standings
from db.people.standings import Standing
from knowledge.programme.access import Access
from knowledge.programme.session_details import SessionDetails

# For everybody; for who has a place or, without waiting for one, reminders; for who has a place.
LinkAudience = Literal["anybody", "concerned", "placed"]
_NOWHERE = Standing()


@dataclass(frozen=True, slots=True)
class Accesses:
    """How some people stand to the sessions of a cycle, as of one moment."""

    known: Mapping[int, Standing] = field(default_factory=dict)

    def access(self, participant_id: int, session_id: int, cycle: str) -> Access:
        """Returns the access of that person to that session, by the id of its row."""
        found = self.known.get(participant_id, _NOWHERE)
        return Access(found.places.get(session_id, ""), session_id in found.reminded, cycle in found.cycles)

    def is_concerned(self, participant_id: int, cycle: str) -> bool:
        """Returns whether that person is registered for that cycle or has reminders."""
        found = self.known.get(participant_id, _NOWHERE)
        return cycle in found.cycles or bool(found.reminded)


async def accesses(tx: Tx, participant_ids: Collection[int]) -> Accesses:
    """Returns the accesses of those people as they are in this transaction."""
    return Accesses(await standings.standings(tx, participant_ids))


def link_audience(details: SessionDetails) -> LinkAudience:
    """Returns for whom the link of a session with those details is."""
    if details.only_with_place:
        return "placed"
    return "anybody" if details.link_open else "concerned"


def may_see_link(session_id: int, audience: LinkAudience) -> ColumnElement[bool]:
    """Returns the condition that a participant belongs to that audience of that session's link."""
    if audience == "anybody":
        return true()
    if audience == "placed":
        return has_place(session_id)
    return or_(has_place(session_id), has_reminders(session_id) & ~has_place_or_waits(session_id))
