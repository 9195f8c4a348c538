"""How an announcement goes, for whoever of the team asks."""

from db.announcements import announcement_deliveries
from db.announcements.announcements import Announcement
from db.delivery.outbox import AMENDMENT, RECALL
from db.team.team import suffices
from handlers.turn import Turn
from knowledge.programme.announcement_card import Afterwards, card
from locales.reply import Button, Keyboard, Reply, text


async def delivery_status_card(turn: Turn, told: Announcement) -> Reply:
    """The card as it is now; brakes only for who may use them."""
    counted = await announcement_deliveries.delivery_counts(turn.tx, told.id, now=turn.now)
    later = await announcement_deliveries.next_not_before(turn.tx, told.id, now=turn.now)
    afterwards = Afterwards(
        await announcement_deliveries.change_counts(turn.tx, told, AMENDMENT),
        await announcement_deliveries.change_counts(turn.tx, told, RECALL),
    )
    said = card(told, counted, starts_at=told.starts_at, later=later, afterwards=afterwards)
    brakes: Keyboard = said.keyboard if suffices(turn.role, "organizer") else ()
    look = Button(text("announce.preview.button"), f"an:p:{told.id}")
    again = Button(text("announce.refresh"), f"an:{told.id}")
    return Reply(said.lines, (*brakes, (look, again), (Button(text("announce.button"), "an"),)))
