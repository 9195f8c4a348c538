"""What was heard becomes what is said, within one transaction. Knows no Telegram."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog

from db import dialogs, inbox, outbox, participants, tombstones
from db.database import Database, Tx
from db.participants import Participant
from handlers import groups, inline
from handlers.finding import Route, Routes
from handlers.participant import consent, start, timezone
from handlers.turn import House, Turn
from locales.localized import language_of_phone
from locales.markup import Message, message
from locales.reply import Button, Reply, reply, text
from locales.translator import Translator

_log = structlog.get_logger(__name__)

# An answer that comes later than that answers nobody any more.
_ANSWER_GOOD_FOR = timedelta(hours=6)
# A button under a message that should stay as it is: its answer is a new message.
FRESH = "+"


@dataclass(frozen=True, slots=True)
class Heard:
    """One update, without Telegram's clothes."""

    update_id: int
    kind: Literal[
        "command", "press", "words", "location", "other", "blocked", "unblocked", "inline", "nothing",
        "added", "removed", "moved", "group_command", "group_press", "mention",
        "flood", "flood_press",
    ]  # fmt: skip # the second line: in a group; the third: too many at once (handlers/flood.py)
    telegram_id: int = 0
    phone_language: str | None = None
    words: str = ""  # the command's name and rest, the button's data, or what was typed
    rest: str = ""
    position: tuple[float, float] | None = None  # latitude, longitude in degrees
    name: str = ""  # as on their phone
    said_at: datetime | None = None  # to the second; Telegram does not say when a button was pressed
    chat_id: int = 0  # the group's
    administrator: bool = False  # of that group


@dataclass(frozen=True, slots=True)
class Offered:
    """A card in the list under an inline query, and the message it becomes."""

    id: str
    title: str
    description: str
    message: Message


@dataclass(frozen=True, slots=True)
class Answer:
    """Messages in order, and a word for the button just pressed; or the cards for an inline query."""

    messages: tuple[Message, ...] = ()
    participant_id: int | None = None  # None for a group
    toast: str | None = None
    fresh: bool = True  # False: the first message takes the place of the one whose button was pressed
    cards: tuple[Offered, ...] | None = None
    open_label: str = ""  # what the button above those cards says


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
        if heard.kind in {"flood", "flood_press"}:
            return await self._asked_to_wait(tx, heard)
        if heard.kind == "inline":
            return await self._inline(tx, heard, bot_link)
        if heard.chat_id:
            return await self._in_group(tx, heard, bot_link, posted)
        if heard.kind == "blocked":
            await participants.set_reachable(tx, heard.telegram_id, now=self.now())
            return None
        return await self._to_a_person(tx, heard, posted)

    async def _asked_to_wait(self, tx: Tx, heard: Heard) -> Answer:
        """The one answer that somebody gets who writes faster than people do."""
        known = await participants.find(tx, heard.telegram_id)
        language = known.language if known is not None else language_of_phone(heard.phone_language)
        reader = self.translator.reader(language, None)
        if heard.kind == "flood_press":
            return Answer(toast=reader.plain(text("flood.toast")))
        return Answer((message(reply(text("flood.wait")), reader),))

    async def _to_a_person(self, tx: Tx, heard: Heard, posted: list[str]) -> Answer | None:
        if await self._is_of_before_a_deletion(tx, heard):
            return None
        language = language_of_phone(heard.phone_language)
        person = await participants.meet(tx, heard.telegram_id, language=language, now=self.now())
        if heard.kind == "unblocked":
            return None
        turn = Turn(self.house, person, self.now(), tx, heard.words, heard.name, heard.phone_language, posted=posted)
        said = await self._reply(turn, heard)
        if heard.kind in {"command", "words"}:
            said = await consent.asked_again(turn, said)
        return self._said(said, person, fresh=_fresh(heard))

    async def _is_of_before_a_deletion(self, tx: Tx, heard: Heard) -> bool:
        """What a person said before they had everything deleted must not bring them back."""
        moment = await tombstones.deleted_at(tx, heard.telegram_id)
        if moment is None:
            return False
        received = await inbox.received_at(tx, heard.update_id)
        said = heard.said_at + timedelta(seconds=1) if heard.said_at is not None else moment
        return said < moment or (received is not None and received < moment)

    async def _inline(self, tx: Tx, heard: Heard, bot_link: str) -> Answer:
        """Cards in the language of whoever types; nobody is remembered for typing our name."""
        known = await participants.find(tx, heard.telegram_id)
        language = known.language if known is not None else language_of_phone(heard.phone_language)
        person = known or Participant(0, heard.telegram_id, language, None, None, "", None)
        found = await inline.cards(Turn(self.house, person, self.now(), tx, heard.words), bot_link)
        reader = self.translator.reader(language, None)
        offered = (
            Offered(e.id, reader.plain(e.title), reader.plain(e.description), message(e.message, reader)) for e in found
        )
        return Answer(cards=tuple(offered), open_label=reader.plain(text("inline.ask")))

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
                return await self.routes.unreadable(await self._dialog(turn))(turn)

    async def _dialog(self, turn: Turn) -> str | None:
        state = await dialogs.current(turn.tx, turn.person.id)
        return state.name if state and self.routes.listens(state.name, turn.now - state.updated_at) else None

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
        turn = Turn(
            self.house, group, self.now(), tx, words, administrator=heard.administrator, bot=name, posted=posted
        )
        said = await groups.route(heard.kind, words, heard.rest)(turn)
        return self._said(groups.for_all(turn, said), (await turn.again()).person, fresh=_fresh(heard))

    async def _apologize(self, heard: Heard) -> Answer | None:
        async with self.database.transaction() as tx:
            await inbox.mark_handled(tx, heard.update_id, now=self.now())
        if heard.chat_id or heard.kind in {"blocked", "unblocked", "inline", "nothing"}:
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
