"""Lets only the team in; who is refused gets the answer that a stranger gets to an unknown command."""

import structlog

from db.team import audit, team
from db.team.team import Role, suffices
from handlers.turn import Turn

_log = structlog.get_logger(__name__)


async def admit(turn: Turn, least: Role, route: str) -> bool:
    """Returns whether they may; a refusal is kept under the route's name, "" keeps none."""
    if suffices(turn.role, least):
        if turn.role == "owner":
            await team.record_owner_name(turn.tx, turn.person.id, turn.name, now=turn.now)
        return True
    if route:
        await record_refusal(turn, route)
    return False


async def record_refusal(turn: Turn, route: str) -> None:
    """Keeps that somebody tried: who, if they are or were of the team; an hour's tries of strangers in one row."""
    actor = turn.person.id if await team.was_ever_member(turn.tx, turn.person.id) else None
    if await audit.record_refusal(turn.tx, actor, route, now=turn.now):
        _log.warning("refused: for the team only", route=route, role=turn.role or "none")


async def admit_moderator(turn: Turn, number: int | None, route: str) -> bool:
    """Returns whether they moderate that session's panel, or any (None); a refusal is kept as admit() does."""
    if suffices(turn.role, "organizer"):
        return await admit(turn, "organizer", route)
    theirs = await turn.moderated()
    if number in theirs or (number is None and theirs):
        return True
    if route:
        await record_refusal(turn, route)
    return False
