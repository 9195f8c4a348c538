"""What was heard becomes what is said, within one transaction. Knows no Telegram."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog

from db import dialogs, inbox, outbox, participants
from db.database import Database, Tx
from db.participants import Participant
from handlers import groups
from handlers.participant import start, timezone
from handlers.routes import Route, Routes
from handlers.turn import House, Turn
from locales.localized import language_of_phone
from locales.markup import Message, message
from locales.reply import Button, Reply, reply, text
from locales.translator import Translator

_log = structlog.get_logger(__name__)

# After that long, what somebody types is no longer an answer to what we asked.
_DIALOG_RESTS_AFTER = timedelta(hours=1)
# An answer that comes later than that answers nobody any more.
_ANSWER_GOOD_FOR = timedelta(hours=6)
# A button under a message that should stay as it is: its answer is a new message.
FRESH = "+"


@dataclass(frozen=True, slots=True)
class Heard:
    """One update, without Telegram's clothes."""

    update_id: int
    kind: Literal[
        "command", "press", "words", "location", "other", "blocked", "unblocked", "nothing",
        "added", "removed", "moved", "group_command", "group_press", "mention",
    ]  # fmt: skip # the second line: in a group
    telegram_id: int = 0
    phone_language: str | None = None
    words: str = ""  # the command's name and rest, the button's data, or what was typed
    rest: str = ""
    position: tuple[float, float] | None = None  # latitude, longitude in degrees
    chat_id: int = 0  # the group's
    administrator: bool = False  # of that group


@dataclass(frozen=True, slots=True)
class Answer:
    """Messages in order, and a word for the button just pressed."""

    messages: tuple[Message, ...] = ()
    participant_id: int | None = None  # None for a group
    toast: str | None = None
    fresh: bool = True  # False: the first message takes the place of the one whose button was pressed


@dataclass
class Conversation:
    """Takes each update in once and finds the feature that answers it."""

    database: Database
    house: House
    translator: Translator
    routes: Routes
    now: Callable[[], datetime]
    wake: Callable[[], None]  # tells delivery that the outbox has something new

    async def answer(self, heard: Heard, bot_link: str) -> Answer | None:
        """What to say; None where this update was answered before, or asks for nothing."""
        posted: list[str] = []
        try:
            async with self.database.transaction() as tx:
                if not await inbox.mark_handled(tx, heard.update_id, now=self.now()):
                    return None
                answer = await self._answer(tx, heard, bot_link, posted)
        except Exception:
            # The update is ticked off all the same: what fails once fails again, and must not stop the next.
            _log.exception("an update failed", update=heard.update_id, kind=heard.kind)
            return await self._apologize(heard)
        if posted:
            self.wake()
        return answer

    async def say_later(self, update_id: int, participant_id: int, unsaid: Sequence[Message]) -> None:
        """Hands over what a stop kept us from saying: the outbox says it at the next start."""
        now = self.now()
        async with self.database.transaction() as tx:
            messages = [each.as_json() for each in unsaid]
            until = now + _ANSWER_GOOD_FOR
            await outbox.put_replies(tx, participant_id, update_id, messages, now=now, good_until=until)

    async def _answer(self, tx: Tx, heard: Heard, bot_link: str, posted: list[str]) -> Answer | None:
        if heard.kind == "nothing":
            return None
        if heard.chat_id:
            return await self._in_group(tx, heard, bot_link, posted)
        if heard.kind == "blocked":
            await participants.set_reachable(tx, heard.telegram_id, now=self.now())
            return None
        language = language_of_phone(heard.phone_language)
        person = await participants.meet(tx, heard.telegram_id, language=language, now=self.now())
        if heard.kind == "unblocked":
            return None
        turn = Turn(self.house, person, self.now(), tx, heard.words, heard.phone_language, posted=posted)
        return self._said(await self._reply(turn, heard), person, fresh=_fresh(heard))

    async def _reply(self, turn: Turn, heard: Heard) -> Reply:
        match heard.kind:
            case "command":
                route = self.routes.command(heard.words, heard.rest) or Route(start.unknown_command)
                return await route(turn)
            case "press":
                return await self.routes.press(heard.words.removeprefix(FRESH))(turn)
            case "words":
                return await self.routes.words(await self._dialog(turn))(turn)
            case "location" if heard.position is not None:
                return await timezone.located(turn, *heard.position)
            case _:
                return await start.unreadable(turn)

    async def _dialog(self, turn: Turn) -> str | None:
        state = await dialogs.current(turn.tx, turn.person.id)
        return state.name if state and turn.now - state.updated_at < _DIALOG_RESTS_AFTER else None

    def _said(self, said: Reply, person: Participant, *, fresh: bool) -> Answer:
        chain = list(_chain(said))
        language = next((each.language for each in chain if each.language), person.language)
        zone = next((each.zone for each in chain if each.zone), person.zone)
        reader = self.translator.reader(language, zone)
        toast = reader.plain(said.toast) if said.toast is not None else None
        return Answer(tuple(message(each, reader) for each in chain), person.id, toast, fresh or said.fresh)

    async def _in_group(self, tx: Tx, heard: Heard, bot_link: str, posted: list[str]) -> Answer | None:
        if await groups.left_or_moved(tx, heard.kind, heard.chat_id, heard.words):
            return None
        if heard.kind == "added" and await participants.find(tx, heard.chat_id) is not None:
            return None  # it has introduced itself already
        language = language_of_phone(heard.phone_language)
        group = await participants.meet(tx, heard.chat_id, language=language, now=self.now())
        if heard.kind == "group_press" and not heard.administrator:
            return Answer(
                (), group.id, self.translator.reader(group.language, None).plain(text("group.administrators"))
            )
        name, words = bot_link.rsplit("/", 1)[-1], heard.words
        turn = Turn(self.house, group, self.now(), tx, words, None, heard.administrator, name, posted)
        said = await groups.route(heard.kind, words, heard.rest)(turn)
        return self._said(groups.for_all(turn, said), (await turn.again()).person, fresh=_fresh(heard))

    async def _apologize(self, heard: Heard) -> Answer | None:
        async with self.database.transaction() as tx:
            await inbox.mark_handled(tx, heard.update_id, now=self.now())
        if heard.chat_id or heard.kind in {"blocked", "unblocked", "nothing"}:
            return None
        reader = self.translator.reader(language_of_phone(heard.phone_language), None)
        sorry = reply(text("error.unexpected"), keyboard=((Button(text("button.menu"), "menu"),),))
        return Answer((message(sorry, reader),), toast=reader.plain(text("error.toast")))


def _fresh(heard: Heard) -> bool:
    return heard.kind not in {"press", "group_press"} or heard.words.startswith(FRESH)


def _chain(said: Reply | None) -> Iterator[Reply]:
    while said is not None:
        yield said
        said = said.then
