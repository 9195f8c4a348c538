"""Writes what the team asks or has decided about a practice that somebody offered."""

from collections.abc import Mapping
from typing import Any

from db.delivery.outbox import CANCELLED
from db.practices import offers
from locales.reply import Button, Reply, Value, reply, text
from reminders.messages.message_context import MessageContext, Outcome, hold_back_at_night


def write_offer_note(note: Mapping[str, Any]) -> Reply:
    """Returns what organizers are told: that a practice waits for them."""
    return reply(text("note.offer"), keyboard=((Button(text("offers.see.it"), f"+oo:v:{note['offer']}"),),))


async def write_offer_news(context: MessageContext) -> Reply | Outcome:
    """Returns the news for who offered it, kept back in the night; an Outcome where it is not true any more."""
    payload = context.message.payload
    offer = await offers.get(context.tx, payload["offer"])
    if offer is None or offer.state != payload["state"]:
        return Outcome(CANCELLED, reason="decided otherwise, or gone")
    lines: list[Value] = [text(f"offer.news.{offer.state}", title=str(offer.answers["title"]))]
    if offer.state != offers.ACCEPTED:
        lines += ["", text(f"offer.{offer.state}.words", words=offer.last_words(offers.TEAM))]
    answer = ((Button(text("offer.reply"), f"+of:r:{offer.id}"),),) if offer.state == offers.ASKED else ()
    see = (Button(text("offer.see.one"), f"+of:v:{offer.id}"), Button(text("button.menu"), "+menu"))
    return hold_back_at_night(context) or reply(*lines, keyboard=(*answer, see))
