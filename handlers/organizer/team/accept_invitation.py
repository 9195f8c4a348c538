"""Accepts an invitation to the team by a link that works once."""

from db.team import invitations, team
from db.team.invitations import Invitation
from handlers.organizer import guard
from handlers.participant import start as everybodys
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Reply, reply, text

LINK_PREFIX = "team_"


async def start_with_invitation(turn: Turn, words: str) -> Reply:
    """Joins the team by the link of /start; shows the usual first words where no link of ours says that."""
    if turn.role is not None:
        turn.menus[turn.person.telegram_id] = turn.role  # whatever went wrong with it before
    return await accept_invitation(turn, words.removeprefix(LINK_PREFIX)) or await everybodys.start(turn)


async def accept_invitation(turn: Turn, token: str) -> Reply | None:
    """Gives the role that the link carries; None where no link of ours says that."""
    found = await invitations.find(turn.tx, token)
    if found is None:
        await guard.record_refusal(turn, f"/start {LINK_PREFIX}")
        return None
    if turn.role is not None:
        return _welcome(turn, "team.already")
    if not await _use_if_valid(turn, found):
        await guard.record_refusal(turn, f"/start {LINK_PREFIX}")
        return reply(text("team.link.over"), keyboard=(home_row(),))
    await team.join(turn.tx, turn.person.id, found.role, turn.name, now=turn.now)
    await turn.note("joined", role=found.role)
    turn.menus[turn.person.telegram_id] = found.role
    return _welcome(await turn.again(), "team.joined")


async def _use_if_valid(turn: Turn, found: Invitation) -> bool:
    """Uses the link if it is in time, not used, and of somebody who still is an owner."""
    if found.inviter not in turn.services.organizers:
        return False
    return await invitations.accept(turn.tx, found.id, now=turn.now)


def _welcome(turn: Turn, key: str) -> Reply:
    return reply(
        text(key, role=text(f"team.role.{turn.role}"), cycle=turn.cycle.title),
        text("team.can", what=text(f"team.may.{turn.role}")),
        keyboard=((Button(text("team.button"), "+tm"), *home_row()),),
    )
