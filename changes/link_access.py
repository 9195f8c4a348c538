"""Says who may see the link of a session, by their place in it and their reminders."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, true

from changes.conditions import has_place, has_place_or_waits, has_reminders, is_person
from db.announcements.audiences import Audience, recipients
from db.engine.database import Tx
from db.people import standings
from db.people.standings import Standing
from db.tables import participants
from knowledge.programme.cycle import Cycle
from knowledge.programme.link_guard import LinkGuard
from knowledge.programme.session_details import ANYBODY, Access, SessionDetails

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


def guard_for(
    linked: Sequence[tuple[int, int, Mapping[str, Any]]], known: Accesses, cycle: Cycle, participant_id: int | None
) -> LinkGuard:
    """Returns which links must not stand in what the team wrote freely to that person; None is anybody, or a group.

    `linked` are the sessions that have a link: the id of the row, the number, the details.
    """
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for session_id, number, stored in linked:
        told = SessionDetails.from_stored(stored, cycle.planned_capacity(number))
        theirs = ANYBODY if participant_id is None else known.access(participant_id, session_id, cycle.key)
        found[bool(told.visible_to(theirs).hidden)].add(told.link or "")
    return LinkGuard(frozenset(found[True]), frozenset(found[False]))


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
    reminded = and_(is_person(), has_reminders(session_id), not_(has_place_or_waits(session_id)))
    return or_(has_place(session_id), reminded)


async def count_without_access(tx: Tx, cycle: str, audience: Audience, session_id: int, details: SessionDetails) -> int:
    """Returns how many of an announcement's audience, people and groups, may not see that session's link."""
    sees = may_see_link(session_id, link_audience(details))
    chosen = recipients(cycle, audience)
    counted = select(func.count()).select_from(participants).where(participants.c.id.in_(chosen), not_(sees))
    return int((await tx.execute(counted)).scalar_one())
