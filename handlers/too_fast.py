"""The one answer that somebody gets who writes faster than people do."""

from db import participants
from db.database import Tx
from handlers.heard import Heard
from handlers.said import Answer
from locales.localized import language_of_phone
from locales.markup import message
from locales.reply import reply, text
from locales.translator import Translator


async def asked_to_wait(tx: Tx, heard: Heard, translator: Translator) -> Answer:
    """A kind word, in the chat or above it; nobody is met for writing too fast."""
    known = await participants.find(tx, heard.telegram_id)
    language = known.language if known is not None else language_of_phone(heard.phone_language)
    reader = translator.reader(language, None)
    if heard.kind == "flood_press":
        return Answer(toast=reader.plain(text("flood.toast")))
    return Answer((message(reply(text("flood.wait")), reader),))
