"""The one answer that somebody gets who writes faster than people do."""

from db.engine.database import Tx
from db.people import participants
from handlers.rendering import RenderedReply
from locales.localized import language_of_phone
from locales.markup import render_message
from locales.reply import reply, text
from locales.translator import Translator
from telegram_io.incoming import IncomingMessage


async def flood_reply(tx: Tx, heard: IncomingMessage, translator: Translator) -> RenderedReply:
    """A kind word, in the chat or above it; nobody is met for writing too fast."""
    known = await participants.find(tx, heard.telegram_id)
    language = known.language if known is not None else language_of_phone(heard.phone_language)
    reader = translator.reader(language, None)
    if heard.kind == "flood_press":
        return RenderedReply(toast=reader.plain(text("flood.toast")))
    return RenderedReply((render_message(reply(text("flood.wait")), reader),))
