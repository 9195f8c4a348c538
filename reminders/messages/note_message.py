"""What organizers are told of their own accord: people who were not reminded, messages that Telegram refuses."""

from locales.reply import Button, Keyboard, Reply, reply, text
from reminders.delivery.outcome import Outcome
from reminders.messages.message_context import MessageContext


def _card(number: int) -> Keyboard:
    return ((Button(text("announce.open"), f"+an:{number}"),),)


async def write_note(writing: MessageContext) -> Reply | Outcome:
    """The note, by what it is about."""
    told = dict(writing.letter.payload)
    match told.get("what"):
        case "missed":
            return reply(text("note.missed", n=told["people"], number=told["session"]))
        case "announcement done":
            return reply(text("note.announced", number=told["number"]), keyboard=_card(told["number"]))
        case "announcement halted":
            return reply(text("note.halted", number=told["number"]), keyboard=_card(told["number"]))
        case "announcement asking":
            return reply(text("note.asking", number=told["number"], n=told["people"]), keyboard=_card(told["number"]))
        case _:
            return reply(text("note.refused", reason=str(told.get("reason", ""))))
