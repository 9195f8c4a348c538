"""The attendance of a session for the team: how many came, and the word that is said: opened, closed, opened again."""

from collections.abc import Iterable
from datetime import timedelta

from db.people import dialogs, presences
from db.programme import attendance_windows
from db.programme.attendance_windows import AttendanceWindow
from db.programme.live_programme import LiveSession
from db.team.team import suffices
from handlers.organizer.sessions import sessions
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.attendance.attendance_word import LONGEST, SHORTEST, suggest_word, usable_word, word_key
from knowledge.wishes.wish_words import read_wish_words
from locales.localized import LANGUAGES
from locales.reply import Button, Hour, Keyboard, Reply, Value, reply, text

# The conversation in which the word is chosen; it keeps the word until it is opened.
WORD_DIALOG = "attendanceword"
_CHOOSING = "choosing"
# How long after the end of a session its word may still be opened: sessions run over.
_OPENED_AFTER_END = timedelta(minutes=30)
_MINUTES = (10, 15, 30)


async def show_attendance(turn: Turn, number: str) -> Reply:
    """Shows how many came, whether the word is open, and to organizers the ways to know who came."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await sessions.show_sessions(turn)
    await dialogs.end(turn.tx, turn.person.id, WORD_DIALOG)
    window = await attendance_windows.window_of_session(turn.tx, turn.cycle.key, live.number)
    came, registered = await presences.count_came(turn.tx, live.id, turn.cycle.key)
    return reply(
        text("presence.desk", number=live.number),
        "",
        *_window_lines(turn, live, window),
        text("presence.desk.came", n=came, registered=registered),
        keyboard=(*_ways(turn, live, window), _back_row(live.number)),
    )


def _window_lines(turn: Turn, live: LiveSession, window: AttendanceWindow | None) -> Iterable[Value]:
    if window is not None and window.is_open(turn.now):
        until = Hour(window.closes_at, turn.cycle.zone)
        yield text("presence.desk.open", until=until, place=turn.cycle.zone_name)
        if suffices(turn.role, "organizer"):
            yield text("presence.desk.word", word=window.word.upper())
        return
    yield text("presence.desk.closed")
    if not _may_open(turn, live):
        yield text("presence.desk.when", n=_OPENED_AFTER_END // timedelta(minutes=1))


def _may_open(turn: Turn, live: LiveSession) -> bool:
    return live.starts_at <= turn.now <= live.ends_at + _OPENED_AFTER_END and not live.cancelled


def _ways(turn: Turn, live: LiveSession, window: AttendanceWindow | None) -> Keyboard:
    if not suffices(turn.role, "organizer"):
        return ()
    found = []
    if window is not None and window.is_open(turn.now):
        found.append((Button(text("presence.close"), f"at:x:{live.number}"),))
    elif _may_open(turn, live):
        found.append((Button(text("presence.open"), f"at:o:{live.number}"),))
    if live.starts_at <= turn.now and not live.cancelled:
        found.append((Button(text("report.button"), f"ar:{live.number}"),))
    return tuple(found)


def _back_row(number: int) -> tuple[Button, ...]:
    return (Button(text("desk.back", number=number), f"se:{number}"), *home_row())


async def propose_word(turn: Turn, number: str) -> Reply:
    """Offers a word by chance; another one can be typed. Nothing is open yet."""
    live = (await turn.live()).get(int(number))
    if live is None or not _may_open(turn, live):
        return await show_attendance(turn, number)
    used = await attendance_windows.words_used(turn.tx)
    state = await dialogs.get(turn.tx, turn.person.id, WORD_DIALOG)
    if state is not None:
        used.add(word_key(str(state.answers.get("word", ""))))
    return await _choose(turn, live, suggest_word(turn.cycle.attendance_words.get(turn.language, ()), used))


async def _choose(turn: Turn, live: LiveSession, word: str | None, *before: Value) -> Reply:
    await dialogs.begin(
        turn.tx, turn.person.id, WORD_DIALOG, _CHOOSING, now=turn.now, number=live.number, word=word or ""
    )
    back = (Button(text("button.back"), f"at:{live.number}"), *home_row())
    if word is None:
        return reply(*before, text("presence.word.type", least=SHORTEST, most=LONGEST), keyboard=(back,))
    times = tuple(Button(text("presence.minutes", n=each), f"at:o:{live.number}:{each}") for each in _MINUTES)
    other = (Button(text("presence.word.other"), f"at:o:{live.number}"),)
    shown = text("presence.word.offer", word=word)
    return reply(*before, shown, "", text("presence.word.how_long"), keyboard=(times, other, back))


async def word_input(turn: Turn) -> Reply:
    """Takes a typed word; one that the bot answers itself, or that is hard to type, is refused."""
    state = await dialogs.get(turn.tx, turn.person.id, WORD_DIALOG)
    live = (await turn.live()).get(int(state.answers["number"])) if state is not None else None
    if live is None or not _may_open(turn, live):
        return await sessions.show_sessions(turn)
    if usable_word(turn.words) is None or await _is_understood(turn):
        refused = text("presence.word.bad", least=SHORTEST, most=LONGEST)
        return await _choose(turn, live, str(state.answers["word"]) or None if state is not None else None, refused, "")
    return await _choose(turn, live, " ".join(turn.words.split()))


async def _is_understood(turn: Turn) -> bool:
    """Returns whether the bot would answer that word: who types it must not meet an answer, nor try words unseen."""
    if any(read_wish_words(turn.words, each) is not None for each in LANGUAGES):
        return True
    return not ask.is_unanswered(await ask.find_answers(turn, turn.words))


async def open_word(turn: Turn, number: str, minutes: str) -> Reply:
    """Opens the word that was looked at, for that long; shows what to say."""
    live, state = (await turn.live()).get(int(number)), await dialogs.get(turn.tx, turn.person.id, WORD_DIALOG)
    word = usable_word(str(state.answers.get("word", ""))) if state is not None else None
    fits = state is not None and str(state.answers["number"]) == number and int(minutes) in _MINUTES
    if live is None or state is None or word is None or not fits or not _may_open(turn, live):
        return await show_attendance(turn, number)
    closes_at = turn.now + timedelta(minutes=int(minutes))
    opener = turn.person.id
    await attendance_windows.open_window(turn.tx, live.id, word, opened_by=opener, now=turn.now, closes_at=closes_at)
    await turn.note("window_opened", session=live.number, minutes=int(minutes))
    card = await show_attendance(turn, number)
    say_it = text("presence.word.say", word=str(state.answers["word"]))
    return reply(say_it, text("presence.word.how"), "", *card.lines, keyboard=card.keyboard)


async def close_word(turn: Turn, number: str) -> Reply:
    """Closes it now; what was typed before still counts for two minutes."""
    live = (await turn.live()).get(int(number))
    if live is not None and await attendance_windows.close_window(turn.tx, live.id, now=turn.now):
        await turn.note("window_closed", session=live.number)
    return await show_attendance(turn, number)
