"""What becomes of a message that was edited after it was answered: read anew, or told how to change what it said."""

from datetime import timedelta

from db.people import registrations
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Reply, reply, text

# An edit within that time corrects the question; later it is no longer what they talk about.
_RECENT = timedelta(minutes=15)


async def is_recent_question(turn: Turn) -> bool:
    """Returns whether the edited message was written just now, and is no answer of a registration that is done."""
    if turn.said_at is None or turn.now - turn.said_at > _RECENT:
        return False
    done = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    return done is None or turn.said_at > done.changed_at


async def explain_change(turn: Turn) -> Reply:
    """Explains how to change what was said long ago, or has been taken already."""
    done = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    if done is None:
        return reply(text("edited.how"), keyboard=(home_row(),))
    row = (Button(text("menu.mine"), "mine"), *home_row())
    return reply(text("edited.how"), text("edited.registration"), keyboard=(row,))
