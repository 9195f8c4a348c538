"""Answers one incoming message within one transaction. Knows no Telegram."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from structlog.contextvars import bind_contextvars

from db.delivery import inbox
from db.engine.database import Database, TransactionBatcher, Tx
from db.engine.transient_errors import is_transient
from db.panel import boards
from db.people import conversation_context, dialogs, participants
from db.people.participants import PersonContext
from handlers import backlog, groups, identify, inline_query
from handlers.organizer.routes import READS_FILES
from handlers.participant import edited
from handlers.participant.mine import timezone
from handlers.participant.offers import meeting, offering
from handlers.participant.registration import consent, registration
from handlers.router import Router
from handlers.turn import FeatureReply, RenderedReply, Services, Turn, has_file, in_topic, render, serialize_answer
from locales.localized import language_of_phone
from locales.reply import Button, Reply, reply, text
from locales.translator import Message, Translator, hash_message, render_message
from telegram_io.incoming import IncomingMessage

_log = structlog.get_logger(__name__)

# A button under a message that should stay as it is: its answer is a new message.
NEW_MESSAGE_MARK = "+"
# What was written that long before the bot was started waits for nobody any more, line by line.
_BACKLOG = timedelta(minutes=10)
_PRIVATE_KINDS = frozenset({"words", "command", "press", "location", "other", "unblocked"})


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an update came to."""

    update_id: int
    reply: FeatureReply | RenderedReply | None
    answer: RenderedReply | None  # in somebody's words, but for what takes its time


class _AnsweredBeforeError(Exception):
    """Another replica has handled the update, or has it in hand."""


@dataclass
class Conversation:
    """Takes each update in once and finds the feature that answers it."""

    database: Database
    services: Services
    translator: Translator
    routes: Router
    now: Callable[[], datetime]
    owner: str = ""  # this replica, as the inbox knows it
    started_at: datetime | None = None  # what was written long before is a backlog
    _batcher: "TransactionBatcher[IncomingMessage, _Outcome]" = field(init=False)

    def __post_init__(self) -> None:
        self._batcher = TransactionBatcher(self.database, self._look_ahead, self._tick_off)

    async def answer(self, incoming: IncomingMessage, bot_link: str) -> RenderedReply | None:
        """Returns what to reply; None where this update was answered before, or asks for nothing."""
        try:
            done = await self._batcher.run(incoming, lambda tx: self._worked_out(tx, incoming, bot_link))
            reply, answer = done.reply, done.answer
            # Written in a thread and with no transaction open, so that nobody waits for somebody's figures.
            if has_file(reply):
                answer = await asyncio.to_thread(render, reply, self.translator)
            return in_topic(answer, incoming.reply_to.topic)
        except _AnsweredBeforeError:
            return None
        except Exception as error:
            if is_transient(error):
                raise  # it stays in the inbox, and is tried again
            # The update is ticked off all the same: what fails once fails again, and must not stop the next.
            _log.exception("an update failed", update=incoming.update_id, kind=incoming.kind)
            return await self._apologize(incoming)
        finally:
            bind_contextvars(update=incoming.update_id)  # others may have been worked out within this task, too

    async def _look_ahead(self, tx: Tx, incoming: Sequence[IncomingMessage]) -> None:
        if len(incoming) == 1:
            return  # one person costs no more without looking ahead
        people = [each for each in incoming if each.kind in _PRIVATE_KINDS and not each.chat_id]
        languages = {each.telegram_id: language_of_phone(each.phone_language) for each in people}
        await participants.preload_contexts(tx, languages, now=self.now())

    async def _worked_out(self, tx: Tx, incoming: IncomingMessage, bot_link: str) -> "_Outcome":
        """Does all that happens within the transaction but ticking it off; it may be rolled back, and done again."""
        bind_contextvars(update=incoming.update_id)
        reply = await self._answer(tx, incoming, bot_link)
        if self._is_backlog(incoming):
            reply = await backlog.answer_once(tx, incoming, reply)
        answer = None if has_file(reply) else render(reply, self.translator)
        return _Outcome(incoming.update_id, reply, in_topic(answer, incoming.reply_to.topic))

    def _is_backlog(self, incoming: IncomingMessage) -> bool:
        """Returns whether it was written long before the bot was started; Telegram does not say it for presses."""
        if self.started_at is None or incoming.said_at is None:
            return False
        return incoming.said_at < self.started_at - _BACKLOG

    async def _tick_off(self, tx: Tx, done: "Sequence[_Outcome]") -> None:
        """Ticks the update off, last in the same transaction.

        Where another replica was faster, nothing of this one stays.
        """
        await conversation_context.write_remembered(tx)
        handled = {each.update_id: serialize_answer(each.answer) for each in done}
        if not await inbox.mark_handled(tx, handled, owner=self.owner, now=self.now()):
            raise _AnsweredBeforeError

    async def reads_file(self, telegram_id: int) -> bool:
        """Returns whether that person is in a conversation that reads the file which they have sent."""
        async with self.database.transaction() as tx:
            person = await participants.find(tx, telegram_id)
            state = await dialogs.current(tx, person.id) if person is not None else None
        return state is not None and state.name in READS_FILES

    async def say_later(self, update_id: int, left: str) -> None:
        """Hands over what a stop or a crash kept us from saying: from here on it is the outbox's."""
        async with self.database.transaction() as tx:
            await backlog.hand_to_outbox(tx, update_id, left, now=self.now())
            await inbox.mark_done(tx, [update_id], owner=self.owner, now=self.now())

    async def place_board(self, participant_id: int, session_id: int, page: int, shown: Message, number: int) -> None:
        """Remembers where a moderator's card of a panel stands, so that it can be drawn anew by itself."""
        board = boards.Board(participant_id, session_id, number, page, hash_message(shown))
        async with self.database.transaction() as tx:
            await boards.place(tx, board)

    async def follow_group(self, chat_id: int, new_id: int) -> None:
        """Remembers that the group has become the supergroup of that number."""
        async with self.database.transaction() as tx:
            await participants.change_telegram_id(tx, chat_id, new_id)

    async def still_to_say(self, left: str) -> tuple[int, list[Message]] | None:
        """Returns whose chat an answer was for that was not sent before a crash, and its messages.

        Returns None for who is gone.
        """
        async with self.database.transaction() as tx:
            return await backlog.restore_messages(tx, left)

    async def _answer(self, tx: Tx, incoming: IncomingMessage, bot_link: str) -> FeatureReply | RenderedReply | None:
        if incoming.kind == "nothing":
            return None
        if incoming.kind in {"flood", "flood_press"}:
            return await self._ask_for_patience(tx, incoming)
        if incoming.kind == "inline":
            return await inline_query.answer_inline_query(tx, incoming, self, bot_link)
        if incoming.chat_id:
            return await self._in_group(tx, incoming, bot_link)
        if incoming.kind == "blocked":
            await participants.set_reachable(tx, incoming.telegram_id, now=self.now())
            return None
        return await self._to_a_person(tx, incoming, bot_link)

    async def _to_a_person(self, tx: Tx, incoming: IncomingMessage, bot_link: str) -> FeatureReply | None:
        context = await participants.load_context(tx, incoming.telegram_id, now=self.now())
        if context is None and incoming.edited:
            return None  # they are met when they write, not when they change something
        if context is None or context.deleted_at is not None or context.person.unreachable_since is not None:
            context = await identify.identify_person(tx, incoming, context, self.now)
        if context is None or incoming.kind == "unblocked":
            return None
        turn = self._turn(tx, incoming, context, _bot_name(bot_link))
        if context.talk is not None and context.talk.kind == timezone.PROPOSED:
            await timezone.end_proposal(turn)
        answer = await (self._reply_to_edit(turn, incoming) if incoming.edited else self._reply(turn, incoming))
        if incoming.kind in {"command", "press", "location"}:
            answer = await registration.offer_to_resume(turn, answer)
        if incoming.kind in {"command", "words"} and context.decided:  # who decides in this turn reads what holds now
            answer = await consent.add_changed_consents(turn, answer)
        return FeatureReply(answer, context.person, _is_new_message(incoming), turn.menus, turn.boards)

    def _turn(self, tx: Tx, incoming: IncomingMessage, context: PersonContext, bot: str) -> Turn:
        person = context.person
        return Turn(
            self.services,
            person,
            self.now(),
            tx,
            incoming.words,
            incoming.name,
            incoming.phone_language,
            bot=bot,
            say=lambda value: self.translator.reader(person.language, person.zone).plain(value),
            html=incoming.html,
            media=incoming.media,
            file=incoming.file,
            message_id=incoming.message_id,
            said_at=incoming.said_at,
            sent_at=incoming.sent_at if incoming.kind != "press" else None,
            forwarded=incoming.forwarded,
            context=context,
        )

    async def _reply(self, turn: Turn, incoming: IncomingMessage) -> Reply:
        match incoming.kind:
            case "command":
                return await self.routes.command(incoming.words, incoming.rest)(turn)
            case "press":
                return await self.routes.press(incoming.words.removeprefix(NEW_MESSAGE_MARK))(turn)
            case "words":
                return await self.routes.words(await self._dialog(turn), of_team=turn.role is not None)(turn)
            case "location" if incoming.position is not None and not incoming.forwarded:
                return await timezone.set_zone_by_location(turn, *incoming.position)
            case _:
                return await self.routes.unreadable(await self._dialog(turn))(turn)

    async def _reply_to_edit(self, turn: Turn, incoming: IncomingMessage) -> Reply:
        """Takes an edited answer of a registration, reads anew what is recent, else says how to change it."""
        dialog, state = await self._dialog(turn), turn.context.dialog if turn.context is not None else None
        if dialog in {None, registration.REGISTRATION} and (corrected := await registration.edited_answer(turn)):
            return corrected
        edits = {offering.DIALOG: offering.edited_answer, meeting.DIALOG: meeting.edited_answer}
        if dialog in edits and (corrected := await edits[dialog](turn)):
            return corrected
        if dialog is not None and state is not None and turn.said_at is not None:
            recent = turn.said_at >= state.updated_at.replace(microsecond=0)  # since then it has asked for nothing else
        else:
            if (explained := await offering.explain_edit(turn)) is not None:
                return explained
            recent = await edited.is_recent_question(turn)
        if not recent:
            return await edited.explain_change(turn)
        answer = await self._reply(turn, incoming)
        return replace(answer, lines=(text("edited.read"), "", *answer.lines))

    async def _dialog(self, turn: Turn) -> str | None:
        state = turn.context.dialog if turn.context is not None else None
        return state.name if state and self.routes.listens(state.name, turn.now - state.updated_at) else None

    async def _in_group(self, tx: Tx, incoming: IncomingMessage, bot_link: str) -> FeatureReply | RenderedReply | None:
        if await groups.apply_membership_change(tx, incoming.kind, incoming.chat_id, incoming.words):
            return None
        if incoming.kind == "group_command" and not groups.is_for_us(incoming.words, names_us=incoming.named):
            return None
        if incoming.kind == "added" and await participants.find(tx, incoming.chat_id) is not None:
            return None  # it has introduced itself already
        language = language_of_phone(incoming.phone_language)
        if incoming.kind == "group_press" and not incoming.administrator:
            known = await participants.find(tx, incoming.chat_id)  # who presses after we were taken out leaves no trace
            said_in = self.translator.reader(known.language if known else language, None)
            return RenderedReply((), toast=said_in.plain(groups.refusal(administrator=incoming.administrator)))
        group = await participants.meet(tx, incoming.chat_id, language=language, now=self.now())
        name, words = bot_link.rsplit("/", 1)[-1], incoming.words
        turn = Turn(
            self.services,
            group,
            self.now(),
            tx,
            words,
            administrator=incoming.administrator,
            topic=incoming.reply_to.topic,
            bot=name,
        )
        if incoming.kind == "reply" and not await groups.is_worth_answering(turn):
            return None
        reply = await groups.route_in_group(incoming.kind, words, incoming.rest)(turn)
        return FeatureReply(
            groups.without_personal_buttons(turn, reply), (await turn.again()).person, _is_new_message(incoming)
        )

    async def _ask_for_patience(self, tx: Tx, incoming: IncomingMessage) -> RenderedReply:
        """Asks kindly to write more slowly, in the chat or above it; nobody is registered for writing too fast."""
        known = await participants.find(tx, incoming.telegram_id)
        language = known.language if known is not None else language_of_phone(incoming.phone_language)
        reader = self.translator.reader(language, None)
        if incoming.kind == "flood_press":
            return RenderedReply(toast=reader.plain(text("flood.toast")))
        return RenderedReply((render_message(reply(text("flood.wait")), reader),))

    async def _apologize(self, incoming: IncomingMessage) -> RenderedReply | None:
        try:
            async with self.database.transaction() as tx:
                await self._tick_off(tx, [_Outcome(incoming.update_id, None, None)])
        except _AnsweredBeforeError:
            return None
        if incoming.chat_id or incoming.kind in {"blocked", "unblocked", "inline", "nothing"}:
            return None
        reader = self.translator.reader(language_of_phone(incoming.phone_language), None)
        sorry = reply(text("error.unexpected"), keyboard=((Button(text("button.menu"), "menu"),),))
        return RenderedReply((render_message(sorry, reader),), toast=reader.plain(text("error.toast")))


def _bot_name(bot_link: str) -> str:
    return bot_link.rsplit("/", 1)[-1]


def _is_new_message(incoming: IncomingMessage) -> bool:
    return incoming.kind not in {"press", "group_press"} or incoming.words.startswith(NEW_MESSAGE_MARK)
