"""Who is at a session says so with the word that is said there; a tap alone proves nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from db.people import dialogs, presences, registrations
from db.people.presences import WORD
from db.programme import attendance_windows, cycle_switches
from db.programme.attendance_windows import GRACE, AttendanceWindow
from handlers.command import Feature, unless
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.answers.answer_models import Answer
from knowledge.attendance.attendance_word import matching_word
from locales.reply import Button, Hour, Keyboard, Reply, Value, reply, text

# The conversation in which the word of a session is typed.
DIALOG = "presence"
_TYPING = "word"
_MOST_WRONG = 5
# What has more words is no try, but something else that somebody says meanwhile.
_MOST_WORDS_OF_A_TRY = 3
# So long after a window has closed, who types its word is told that it has.
_TOLD_LATE = timedelta(hours=12)


def _moment(turn: Turn) -> datetime:
    """Returns when it was written, by Telegram's clock, edited words by their edit; a press happens now."""
    return turn.sent_at or turn.now


async def here_row(turn: Turn, number: int) -> Keyboard:
    """Returns the button "I am here" for a session whose word counts now; nothing for others."""
    if not any(each.number == number for each in await _recent_windows(turn, GRACE)):
        return ()
    return ((Button(text("presence.here"), f"here:{number}"),),)


async def say_here(turn: Turn, number: str) -> Reply:
    """Asks for the word of that session, where it counts now."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return reply(text("button.stale"), keyboard=(home_row(),))
    known = (await presences.presences_of_person(turn.tx, turn.person.id, turn.cycle.key)).get(live.number)
    if known is not None:
        return _already(live.number, came=known.came)
    window = await attendance_windows.window_of_session(turn.tx, turn.cycle.key, live.number)
    if window is None or not window.takes(turn.now):
        over = turn.now > live.ends_at or (window is not None and turn.now > window.closes_at)
        return reply(text("presence.over" if over else "presence.not_yet", number=live.number), keyboard=_ask_team())
    if await presences.wrong_tries(turn.tx, turn.person.id, window.id) >= _MOST_WRONG:
        return _enough(live.number)
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, _TYPING, now=turn.now, number=live.number)
    return reply(text("presence.ask", number=live.number), keyboard=(home_row(),))


async def say_here_now(turn: Turn) -> Reply:
    """Asks for the word of the session that goes on, or was the last; says when words are told where none was yet."""
    held = [each for each in (await turn.live()).values() if not each.cancelled]
    in_order = sorted(held, key=lambda each: each.starts_at)
    begun = [each for each in in_order if each.starts_at <= turn.now]
    nearest = next(iter([*begun[-1:], *in_order]), None)
    return await say_here(turn, str(nearest.number if nearest is not None else 0))


def _ask_team() -> Keyboard:
    return ((Button(text("ask.team"), "team"), *home_row()),)


def _already(number: int, *, came: bool) -> Reply:
    return reply(text("presence.already" if came else "presence.not_came", number=number), keyboard=_ask_team())


def _enough(number: int) -> Reply:
    return reply(text("presence.enough", number=number), keyboard=_ask_team())


async def presence_input(turn: Turn) -> Reply:
    """Takes the word; a question in the middle is answered, and the word is asked for again."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    number = int(state.answers["number"]) if state is not None else 0
    if (done := await try_word(turn)) is not None:
        return done
    found = await ask.find_answers(turn, turn.words)
    if ask.is_urgent(found):
        return await ask.reply_with_answers(turn, found, turn.words)
    if turn.forwarded and ask.is_unanswered(found):  # somebody else wrote it: who passes it on need not be there
        again = await say_here(turn, str(number))
        return replace(again, lines=(text("dialog.forwarded"), "", *again.lines))
    if not _is_try(turn, found):
        answer = await ask.reply_with_answers(turn, found, turn.words)
        return replace(answer, then=await say_here(turn, str(number)))
    return await _wrong(turn, number)


def _is_try(turn: Turn, found: Sequence[Answer]) -> bool:
    """Returns whether those words may have been meant as the word: few, their own, nothing that the bot can answer."""
    if turn.forwarded:
        return False
    return ask.is_unanswered(found) and "?" not in turn.words and len(turn.words.split()) <= _MOST_WORDS_OF_A_TRY


async def _recent_windows(turn: Turn, after: timedelta) -> list[AttendanceWindow]:
    """Returns the windows that are open, or have closed so long ago at most; far from any session nothing is read."""
    if turn.person.is_group or not await turn.word_may_count():
        return []
    windows = await attendance_windows.newest_windows(turn.tx, turn.cycle.key)
    return [each for each in windows if each.opened_at <= turn.now <= each.closes_at + after]


async def try_word(turn: Turn) -> Reply | None:
    """Notes who types the word of a session in time; None where it is no such word, or is forwarded."""
    recent = [] if turn.forwarded else await _recent_windows(turn, _TOLD_LATE)
    if not recent:
        return None
    others = (each for words in turn.cycle.attendance_words.values() for each in words)
    word = matching_word(turn.words, [each.word for each in recent], others)
    window = next((each for each in recent if each.word == word), None)
    if window is None or await presences.wrong_tries(turn.tx, turn.person.id, window.id) >= _MOST_WRONG:
        return None
    await dialogs.end(turn.tx, turn.person.id, DIALOG)
    known = (await presences.presences_of_person(turn.tx, turn.person.id, turn.cycle.key)).get(window.number)
    if known is not None:
        return _already(window.number, came=known.came)
    return await _note_presence(turn, window) if window.takes(_moment(turn)) else _late(window, turn)


def unless_word(feature: Feature) -> Feature:
    """Returns a conversation that takes what is typed, unless it is the word of a session, which is noted first."""
    return unless(try_word, feature)


def _late(window: AttendanceWindow, turn: Turn) -> Reply:
    until = Hour(window.closes_at)
    place = (text("presence.zone", place=turn.cycle.zone_name),) if turn.person.zone is None else ()
    return reply(text("presence.late", number=window.number, until=until), *place, keyboard=_ask_team())


async def _note_presence(turn: Turn, window: AttendanceWindow) -> Reply:
    await presences.record_came(turn.tx, [turn.person.id], window.session_id, WORD, now=turn.now)
    lines: list[Value] = [text("presence.noted", number=window.number)]
    keyboard: Keyboard = (home_row(),)
    if await cycle_switches.is_on(turn.tx, turn.cycle.key, cycle_switches.CERTIFICATES):
        if await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key) is None:
            lines.append(text("presence.needs_name"))
            keyboard = ((Button(text("menu.register"), "reg"), *home_row()),)
        else:
            lines.append(text("presence.certificate_later"))
    return reply(*lines, keyboard=keyboard)


async def _wrong(turn: Turn, number: int) -> Reply:
    window = await attendance_windows.window_of_session(turn.tx, turn.cycle.key, number)
    if window is None or not window.takes(turn.now):
        await dialogs.end(turn.tx, turn.person.id, DIALOG)
        return reply(text("presence.over", number=number), keyboard=_ask_team())
    left = _MOST_WRONG - await presences.count_wrong_try(turn.tx, turn.person.id, window.id)
    if left > 0:
        return reply(text("presence.wrong", n=left), keyboard=(home_row(),))
    await dialogs.end(turn.tx, turn.person.id, DIALOG)
    return _enough(number)


async def count_stray_try(turn: Turn, found: Sequence[Answer], answer: Reply) -> Reply:
    """Counts a few words that the bot does not understand while a word is open: they may be a try; returns the answer.

    Without the button, too, nobody may try one word after another.
    """
    window = next(iter(await _recent_windows(turn, GRACE)), None) if _is_try(turn, found) else None
    if window is None:
        return answer
    known = await presences.presences_of_person(turn.tx, turn.person.id, turn.cycle.key)
    if window.number in known:
        return answer
    if await presences.count_wrong_try(turn.tx, turn.person.id, window.id) >= _MOST_WRONG:
        return answer
    hint = text("presence.stray", number=window.number)
    return replace(answer, lines=(*answer.lines, "", hint))
