"""How an announcement goes, for whoever of the team asks."""

from db import amending, broadcasts
from db.announcements import Announcement
from db.outbox import AMENDMENT, RECALL
from db.team import suffices
from handlers.turn import Turn
from knowledge.announcement_card import Afterwards, card
from locales.reply import Button, Keyboard, Reply, text


async def standing_of(turn: Turn, told: Announcement) -> Reply:
    """The card as it is now; brakes only for who may use them."""
    counted = await broadcasts.standing(turn.tx, told.id, now=turn.now)
    later = await broadcasts.later(turn.tx, told.id, now=turn.now)
    afterwards = Afterwards(
        await amending.counts(turn.tx, told, AMENDMENT), await amending.counts(turn.tx, told, RECALL)
    )
    said = card(told, counted, starts_at=told.starts_at, later=later, afterwards=afterwards)
    brakes: Keyboard = said.keyboard if suffices(turn.role, "organizer") else ()
    look = Button(text("announce.preview.button"), f"an:p:{told.id}")
    again = Button(text("announce.refresh"), f"an:{told.id}")
    return Reply(said.lines, (*brakes, (look, again), (Button(text("announce.button"), "an"),)))
