"""Answers inline queries: "@bot datos" offers sessions, objectives, principles and practices to send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from db.engine.database import Tx
from db.people import participants
from db.people.participants import Participant
from db.programme.live_programme import LiveSession
from handlers.turn import RenderedReply, Services, Turn
from knowledge.answering.answering import Answering
from knowledge.programme.cards import SessionTime, objective_lines, practice_lines, principle_lines, session_lines
from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import NO_DETAILS, SessionDetails
from knowledge.search.index import Kind
from knowledge.text.numbers_parser import parse_numbers
from locales.localized import language_of_phone
from locales.reply import Button, Day, Hour, Reply, Value, reply, text
from locales.translator import Translator, render_message
from telegram_io.incoming import IncomingMessage
from telegram_io.sender import InlineCard

_KINDS: tuple[Kind, ...] = ("session", "objective", "principle", "practice")
_MOST_CARDS = 12
# What people type is short and half done: anything that shares a word is worth offering.
_LEAST_SHARE = 0.3
_START_PREFIX: Mapping[str, str] = {"session": "s", "objective": "o", "principle": "pr", "practice": "p_"}


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to send: how it is listed, and the message it becomes."""

    id: str
    title: Value
    description: Value
    message: Reply


@dataclass(frozen=True, slots=True)
class CurrentProgramme:
    """The programme as it stands, and what organizers have told of it: to be read by anybody, anywhere."""

    live: Mapping[int, LiveSession]
    details: Mapping[int, SessionDetails]
    cycle: Cycle  # with the practices that the team has accepted since


async def find_cards(turn: Turn, bot_link: str) -> list[Card]:
    """Returns what fits the words, best first; the sessions where there are none."""
    knows = await turn.services.published(turn.tx)
    found = _matches(turn, knows)
    times = CurrentProgramme(await turn.live(), await turn.public_details(), knows.cycle)
    return [
        _CARD_MAKERS[kind](turn, key, times, f"{bot_link}?start={_START_PREFIX[kind]}{key}")
        for kind, key in found[:_MOST_CARDS]
    ]


def _matches(turn: Turn, knows: Answering) -> list[tuple[str, str]]:
    if not turn.words.strip():
        return [("session", str(each.number)) for each in turn.cycle.sessions]
    language = knows.languages.guess(turn.words, turn.language).language
    numbered = [(kind, str(n)) for kind, numbers in parse_numbers(turn.words, language).items() for n in numbers]
    hits = knows.by_language[language].search(turn.words, _KINDS, _MOST_CARDS)
    searched = [(hit.document.kind, hit.document.key) for hit in hits if hit.share >= _LEAST_SHARE]
    return [each for each in dict.fromkeys((*numbered, *searched)) if _exists(turn, *each)]


def _exists(turn: Turn, kind: str, key: str) -> bool:
    numbers = {
        "session": len(turn.cycle.sessions),
        "objective": len(turn.cycle.objectives),
        "principle": len(turn.cycle.principles),
    }
    return kind not in numbers or 1 <= int(key) <= numbers[kind]


def _card_message(lines: tuple[Value, ...], link: str) -> Reply:
    """Returns the card with its way back to the bot."""
    return reply(*lines, keyboard=((Button(text("inline.open"), url=link),),))


def _session_card(turn: Turn, key: str, programme: CurrentProgramme, link: str) -> Card:
    session, times = turn.cycle.session(int(key)), programme.live[int(key)]
    details = programme.details.get(session.number, NO_DETAILS)
    # Whoever reads it may be anywhere: the cycle's own hours, and those of each phone.
    when = SessionTime(times.starts_at, times.ends_at, None, turn.language)
    day, hour = Day(times.starts_at, turn.cycle.zone), Hour(times.starts_at, turn.cycle.zone)
    title = text("inline.session", number=session.number, title=session.title)
    description = text("inline.when", day=day, hour=hour, place=turn.cycle.zone_name)
    lines = session_lines(turn.cycle, session, when, turn.now, details)
    return Card(f"session:{key}", title, description, _card_message(lines, link))


def _objective_card(turn: Turn, key: str, _programme: CurrentProgramme, link: str) -> Card:
    objective = turn.cycle.objective(int(key))
    title = text("inline.objective", number=objective.number, short=objective.short)
    lines = objective_lines(turn.cycle, objective, turn.language)
    return Card(f"objective:{key}", title, objective.title, _card_message(lines, link))


def _principle_card(turn: Turn, key: str, _programme: CurrentProgramme, link: str) -> Card:
    principle = turn.cycle.principle(int(key))
    title = text("inline.principle", number=principle.number, name=principle.name)
    return Card(f"principle:{key}", title, principle.summary, _card_message(principle_lines(principle), link))


def _practice_card(turn: Turn, key: str, programme: CurrentProgramme, link: str) -> Card:
    practice = programme.cycle.practice(key)
    lines = practice_lines(turn.cycle, practice, turn.language)
    return Card(f"practice:{key}", practice.title, practice.summary, _card_message(lines, link))


_CARD_MAKERS: Mapping[str, Callable[[Turn, str, CurrentProgramme, str], Card]] = {
    "session": _session_card,
    "objective": _objective_card,
    "principle": _principle_card,
    "practice": _practice_card,
}


class Talk(Protocol):
    """What of the conversation is needed here."""

    services: Services
    translator: Translator

    @property
    def now(self) -> Callable[[], datetime]:
        """The present moment, in UTC."""
        ...


async def answer_inline_query(tx: Tx, incoming: IncomingMessage, talk: Talk, bot_link: str) -> RenderedReply:
    """Answers with cards in the language of whoever types; nobody is kept for typing the bot's name."""
    known = await participants.find(tx, incoming.telegram_id)
    language = known.language if known is not None else language_of_phone(incoming.phone_language)
    person = known or Participant(0, incoming.telegram_id, language, None, None, "", None)
    found = await find_cards(Turn(talk.services, person, talk.now(), tx, incoming.words), bot_link)
    reader = talk.translator.reader(language, None)
    say = reader.plain
    offered = [InlineCard(e.id, say(e.title), say(e.description), render_message(e.message, reader)) for e in found]
    return RenderedReply(cards=tuple(offered), open_label=say(text("inline.ask")))
