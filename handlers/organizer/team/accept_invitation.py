"""Joining the team by a link that works once."""

from db.team import invitations, team
from db.team.invitations import Invitation
from handlers.organizer import guard
from handlers.participant import start as everybodys
from handlers.participant.keyboards import home
from handlers.turn import Turn
from locales.reply import Button, Reply, reply, text

LINK = "team_"


async def start(turn: Turn, words: str) -> Reply:
    """/start with such a link: joins the team; everybody's /start where no link of ours says that."""
    if turn.role is not None:
        turn.menus[turn.person.telegram_id] = turn.role  # whatever went wrong with it before
    return await join(turn, words.removeprefix(LINK)) or await everybodys.start(turn)


async def join(turn: Turn, token: str) -> Reply | None:
    """The role that the link carries; None where no link of ours says that."""
    found = await invitations.find(turn.tx, token)
    if found is None:
        await guard.refuse(turn, f"/start {LINK}")
        return None
    if turn.role is not None:
        return _welcome(turn, "team.already")
    if not await _is_good(turn, found):
        await guard.refuse(turn, f"/start {LINK}")
        return reply(text("team.link.over"), keyboard=(home(),))
    await team.join(turn.tx, turn.person.id, found.role, turn.name, now=turn.now)
    await turn.note("joined", role=found.role)
    turn.menus[turn.person.telegram_id] = found.role
    return _welcome(await turn.again(), "team.joined")


async def _is_good(turn: Turn, found: Invitation) -> bool:
    """In time, not used, and of somebody who still is an owner."""
    if found.inviter not in turn.services.organizers:
        return False
    return await invitations.accept(turn.tx, found.id, now=turn.now)


def _welcome(turn: Turn, key: str) -> Reply:
    return reply(
        text(key, role=text(f"team.role.{turn.role}"), cycle=turn.cycle.title),
        text("team.can", what=text(f"team.may.{turn.role}")),
        keyboard=((Button(text("team.button"), "+tm"), *home()),),
    )
