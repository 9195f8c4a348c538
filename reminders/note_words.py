"""What organizers are told of their own accord: people who were not reminded, messages that Telegram refuses."""

from locales.reply import Reply, reply, text
from reminders.outcome import Outcome
from reminders.writing import Writing


async def noted(writing: Writing) -> Reply | Outcome:
    """The note, by what it is about."""
    told = dict(writing.letter.payload)
    match told.get("what"):
        case "missed":
            return reply(text("note.missed", n=told["people"], number=told["session"]))
        case _:
            return reply(text("note.refused", reason=str(told.get("reason", ""))))
