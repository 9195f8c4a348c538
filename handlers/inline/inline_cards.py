"""The answer to an inline query, in the language of whoever types."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from db.engine.database import Tx
from db.people import participants
from db.people.participants import Participant
from handlers.inline import inline
from handlers.rendering import RenderedReply
from handlers.turn import Services, Turn
from locales.localized import language_of_phone
from locales.markup import render_message
from locales.reply import text
from locales.translator import Translator
from telegram_io.incoming import IncomingMessage
from telegram_io.sender import InlineCard


class Talk(Protocol):
    """What of the conversation is needed here."""

    services: Services
    translator: Translator

    @property
    def now(self) -> Callable[[], datetime]:
        """The present moment, in UTC."""
        ...


async def answer_inline_query(tx: Tx, heard: IncomingMessage, talk: Talk, bot_link: str) -> RenderedReply:
    """Cards in the language of whoever types; nobody is remembered for typing our name."""
    known = await participants.find(tx, heard.telegram_id)
    language = known.language if known is not None else language_of_phone(heard.phone_language)
    person = known or Participant(0, heard.telegram_id, language, None, None, "", None)
    found = await inline.find_cards(Turn(talk.services, person, talk.now(), tx, heard.words), bot_link)
    reader = talk.translator.reader(language, None)
    say = reader.plain
    offered = [InlineCard(e.id, say(e.title), say(e.description), render_message(e.message, reader)) for e in found]
    return RenderedReply(cards=tuple(offered), open_label=say(text("inline.ask")))
