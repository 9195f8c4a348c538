"""The acts of a rehearsed cycle, in their order; each notes in the ledger what its players did."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from db import tables
from db.panel import screens
from rehearsal.cycle.players import Player
from rehearsal.cycle.stage import Stage

_LIMITED, _PANEL, _MOVED = 3, 2, 3  # the numbers of the sessions with few places, with a panel, that is moved
_LINK = "https://video.example.org/session-3-room"
_SKIP = {"es": "Saltar", "pt": "Pular", "en": "Skip", "fr": "Passer"}
_SECTOR = {"es": "ONG", "pt": "ONG", "en": "NGO", "fr": "ONG"}
_AGREE = {
    "es": "Acepto e inscribirme",
    "pt": "Aceito e quero me inscrever",
    "en": "I agree, register me",
    "fr": "J'accepte, inscrivez-moi",
}
# Each step of the registration: what is typed, and how the address of the button that does the same begins and ends.
_REGISTRATION: tuple[tuple[Callable[[Player], str], str, str], ...] = (
    (lambda _: "/register", "", ""),
    (lambda player: player.name, "reg:name:", ""),
    (lambda player: f"Red {player.number % 9}", "", ""),
    (lambda player: _SECTOR[player.language], "reg:sector:", ":national"),
    (lambda player: player.country, "", ""),
    (lambda player: _SKIP[player.language], "reg:email:", ":skip"),
    (lambda _: "1, 2, 3, 4", "reg:sessions:", ":all"),
    (lambda player: _SKIP[player.language], "reg:needs:", ":skip"),
    (lambda player: _AGREE[player.language], "reg:consent:", ":yes"),
)
_TYPING = 10  # of so many people one types everything
_A_MINUTE, _AN_HOUR, _A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_STEP = 4 * _AN_HOUR
_REFUSALS, _CUT = 3, 5
_NEXT = 0.002
Act = Callable[[Stage], Awaitable[None]]


async def _gather(stage: Stage) -> None:
    players = stage.ledger.players
    await stage.start()
    await stage.organizer_says("/start")
    for act in (stage.says("/start"), lambda player: stage.presses(f"z:{player.zone}")(player)):
        await stage.all_do(players, act)
    await stage.all_do(players, stage.presses("rem:all:on"))
    await stage.all_do([each for each in players if each.wants_nine], stage.presses(f"rem:{_PANEL}:09:00:on"))
    zones = len({each.zone for each in players})
    stage.tell(f"{len(players)} people in {zones} time zones want reminders")


async def _set_up(stage: Stage) -> None:
    """Turns certificates on, and gives one session few places and a link for who has one."""
    ledger = stage.ledger
    ledger.limited, ledger.places, ledger.link = _LIMITED, max(len(ledger.players) // 5, 1), _LINK
    await stage.organizer_opens("ct:on", f"sp:c:{_LIMITED}")
    await stage.organizer_says(str(ledger.places))
    await stage.organizer_presses(f"sp:ok:{_LIMITED}:")
    await stage.organizer_opens(f"sp:w:{_LIMITED}:on")
    await stage.organizer_presses(f"sp:ok:{_LIMITED}:")
    await stage.organizer_opens(f"sd:{_LIMITED}:link")
    await stage.organizer_says(_LINK)
    await stage.organizer_presses(f"sd:ok:{_LIMITED}:link")
    stage.linked.discard(stage.organizer.id)
    stage.tell(f"the team gives session {_LIMITED} {ledger.places} places and a link for who has one")


async def _register(stage: Stage) -> None:
    players = [each for each in stage.ledger.players if each.registers]
    for step in _REGISTRATION:
        await stage.all_do(players, partial(_answer, stage, step))
    stage.tell(f"{len(players)} of them register, in four languages")
    blocked = [each.id for each in stage.ledger.players if each.blocks]
    stage.telegram.blocked.update(blocked)
    stage.tell(f"{len(blocked)} block the bot")


def _answer(stage: Stage, step: tuple[Callable[[Player], str], str, str], player: Player) -> None:
    """Answers one step as that player does: typed, or by its button."""
    typed, button, ending = step
    if not button or player.number % _TYPING == 0:
        stage.telegram.says(player.id, typed(player))
    else:
        stage.world.press_button(player.user, button, ending)


async def _first_reminders(stage: Stage) -> None:
    """Sends the reminders of session 1 into 429, and cuts some answers."""
    start = await _noted_start(stage, 1)
    await stage.world.turn_to(start - 2 * _AN_HOUR)
    stage.telegram.fails("sendMessage", status=429, retry_after=1, times=_REFUSALS)
    await stage.world.turn_to(start - _AN_HOUR)
    stage.tell(f"reminders of session 1; Telegram says 429 {_REFUSALS} times")
    cut = [each for each in stage.ledger.reachable() if each.number % 17 < 10][:_CUT]  # noqa: PLR2004 - who is awake then
    for player in cut:
        stage.telegram.fails("sendMessage", status=500, after_effect=True, chat=player.id)
    stage.ledger.may_repeat.setdefault(1, set()).update(each.id for each in cut)
    await stage.world.turn_to(start)
    stage.tell(f"session 1 begins; the answers to {len(cut)} reminders were cut")


async def _noted_start(stage: Stage, number: int) -> datetime:
    """Returns when that session begins, as it stands now, and notes it."""
    found = next(each for each in await stage.world.sessions() if each["number"] == number)
    stage.ledger.starts[number] = found["starts_at"]
    start: datetime = found["starts_at"]
    return start


async def _restart_amid_reminders(stage: Stage) -> None:
    """Kills the bot in the middle of session 2's reminders, and starts it again."""
    due = await _noted_start(stage, _PANEL) - _A_DAY
    await stage.world.turn_to(due - _A_MINUTE)
    before = _count_messages(stage)
    stage.world.clock.jump(due)
    wanted = len(stage.ledger.reachable()) // 3
    while _count_messages(stage) < before + wanted:  # noqa: ASYNC110 - the bot tells nobody how far it is
        await asyncio.sleep(_NEXT)
    await stage.kill()
    stage.ledger.may_repeat[_PANEL] = await _in_the_air(stage)
    came = _count_messages(stage) - before
    await stage.start()
    unsure = len(stage.ledger.may_repeat[_PANEL])
    stage.tell(f"the bot dies after {came} reminders of session {_PANEL}, {unsure} in hand, and starts again")


def _count_messages(stage: Stage) -> int:
    return sum(len(each) for each in stage.seen.values())


async def _in_the_air(stage: Stage) -> set[int]:
    """Returns whose reminder was being sent when the bot died: they may get it twice."""
    people, rows = tables.participants, tables.outbox
    claimed = select(people.c.telegram_id).join_from(rows, people).where(rows.c.state == "claimed")
    async with stage.app.database.transaction() as tx:
        return set((await tx.execute(claimed)).scalars())


async def _panel(stage: Stage) -> None:
    """Lets many ask, the organizer put all on the list, and everybody vote while the bot dies once more."""
    ledger = stage.ledger
    start = await _noted_start(stage, _PANEL)
    await stage.world.turn_to(start - _AN_HOUR / 2)
    asking = [each for each in ledger.players if each.asks_panel]
    ledger.asked = {_question(each): each.id for each in asking}
    await stage.all_do(asking, stage.presses(f"pq:a:{_PANEL}"))
    await stage.all_do(asking, lambda player: stage.telegram.says(player.id, _question(player)))
    await stage.all_do(asking, lambda player: stage.world.press_button(player.user, "pq:ok:"))
    await stage.organizer_opens(f"pm:{_PANEL}:0", f"pm:s:{_PANEL}:on")
    known = await _question_ids(stage)
    await stage.organizer_opens(*(f"pm:d:{_PANEL}:{known[words]}:1:approve" for words in ledger.asked))
    stage.tell(f"{len(asking)} ask the panel of session {_PANEL}; the team puts all on the list")
    _vote(stage, known)
    await asyncio.sleep(0.3)
    waiting = len(stage.telegram.waiting)
    await stage.kill()
    await stage.start()
    stage.screen = await _screen(stage)
    votes = sum(len(each) for each in ledger.votes.values())
    stage.tell(f"{votes} votes; the bot dies amid them ({waiting} still in Telegram), and starts again")


async def _screen(stage: Stage) -> dict[str, int]:
    """Returns what the big screen of the panel shows: words to votes."""
    async with stage.app.database.transaction() as tx:
        opened = await screens.open_panels(tx)
    panels = [await stage.app.panel_feed.read(each.secret, None) for each in opened.values()]
    return {each["words"]: each["votes"] for panel in panels if panel is not None for each in panel.listed}


def _question(player: Player) -> str:
    return f"¿Cómo se financia el programa {player.number} de {player.country}?"


async def _question_ids(stage: Stage) -> dict[str, int]:
    async with stage.app.database.transaction() as tx:
        return {row.words: row.id for row in await tx.execute(select(tables.panel_questions))}


def _vote(stage: Stage, known: dict[str, int]) -> None:
    """Lets everybody vote for up to three, once with a double tap; some take one back, a stranger declines one."""
    ledger, questions = stage.ledger, list(known)
    ledger.votes = {words: set() for words in questions}
    for player in ledger.reachable():
        chosen = dict.fromkeys(questions[(player.number * step) % len(questions)] for step in (1, 2, 3))
        for place, words in enumerate(chosen):
            stage.presses(f"pq:v:{known[words]}:0:on", times=1 if place else 2)(player)
            if ledger.asked[words] != player.id:
                ledger.votes[words].add(player.id)
        if player.number % 9 == 0:
            words = next(iter(chosen))
            stage.presses(f"pq:v:{known[words]}:0:off")(player)
            ledger.votes[words].discard(player.id)
        if player.number % 11 == 0:
            stage.presses(f"pm:d:{_PANEL}:{known[questions[0]]}:2:decline")(player)


async def _pass_time(stage: Stage, until: datetime) -> None:
    """Lets time pass in steps: what a night keeps back is sent when it is day there, not at the next moment due."""
    while (now := stage.world.clock.now()) < until:
        await stage.world.turn_to(min(now + _STEP, until))


async def _move(stage: Stage) -> None:
    await stage.world.turn_to(stage.ledger.starts[_PANEL] + 3 * _A_DAY)
    stage.ledger.moved = await stage.world.organizer_moves_a_session()
    await _pass_time(stage, stage.world.clock.now() + _A_DAY)
    stage.tell(f"the team moves session {stage.ledger.moved} a day later; who sleeps is told in the morning")


def _session(number: int) -> Act:
    """Returns a session: its reminders, its word, what people think of it, and the nudge of the next day."""

    async def held(stage: Stage) -> None:
        start = await _noted_start(stage, number)
        found = next(each for each in await stage.world.sessions() if each["number"] == number)
        end: datetime = found["ends_at"]
        await stage.world.turn_to(max(start, stage.world.clock.now()))
        await _take_attendance(stage, number, end)
        await _pass_time(stage, end + 8 * _AN_HOUR)
        await _rate(stage, number, stage.ledger.came[number])
        await _pass_time(stage, end + 36 * _AN_HOUR)
        came, rated = len(stage.ledger.came[number]), len(stage.ledger.rated[number])
        stage.tell(f"session {number}: {came} came, {rated} answer at once, {came - rated} are reminded by day")

    held.__name__ = f"session_{number}"
    return held


async def _take_attendance(stage: Stage, number: int, end: datetime) -> None:
    """Opens the word ten minutes before the end; some type another one, some type it too late."""
    players = stage.ledger.players
    await stage.world.turn_to(end - 10 * _A_MINUTE)
    await stage.organizer_opens(f"at:o:{number}")
    word = stage.telegram.chat(stage.organizer.id)[-1].text.partition("«")[2].partition("»")[0]
    await stage.organizer_opens(f"at:o:{number}:15")
    came = [each for each in players if each.comes_to(number)]
    await stage.all_do(came[::10], stage.says("otra cosa"))
    await stage.all_do(came, stage.says(word))
    stage.ledger.came[number] = {each.id for each in came}
    await stage.world.turn_to(end + 10 * _A_MINUTE)
    await stage.all_do([each for each in players if each.is_late(number)], stage.says(word))


async def _rate(stage: Stage, number: int, asked: set[int]) -> None:
    """Lets those who answer at once tap twice, every second one of them the second time double."""
    rating = [each for each in stage.ledger.players if each.id in asked and each.rates(number)]
    await stage.all_do(rating, lambda player: stage.presses(f"fb:{number}:{1 + player.number % 5}")(player))
    await stage.all_do(rating, lambda player: _second_tap(stage, number, player))
    stage.ledger.rated[number] = {each.id for each in rating}
    stage.ledger.silent[number] = asked - stage.ledger.rated[number]


def _second_tap(stage: Stage, number: int, player: Player) -> None:
    stage.presses(f"fb:{number}:{1 + player.number % 5}:yes", 1 + player.number % 2)(player)


async def _certificates(stage: Stage) -> None:
    """Lets one of eight ask for theirs, whether they came or not: each is drawn in a fifth of a second."""
    asking = [each for each in stage.ledger.reachable() if each.number % 8 == 0]
    await stage.all_do(asking, lambda player: stage.presses(f"cert:{'a4' if player.number % 2 else 'letter'}")(player))
    stage.ledger.wanted_certificate = {each.id for each in asking}
    files = sum(1 for each in asking if any(one.file for one in stage.seen[each.id].values()))
    stage.tell(f"{len(asking)} ask for a certificate, {files} get one")


async def _survey(stage: Stage) -> None:
    end = stage.ledger.starts[max(stage.ledger.starts)]
    await _pass_time(stage, end + 3 * _A_DAY)
    everybody: set[int] = set().union(*stage.ledger.came.values())
    await _rate(stage, 0, everybody)
    await _pass_time(stage, end + 9 * _A_DAY)
    stage.tell(f"the cycle is over: {len(stage.ledger.rated[0])} of {len(everybody)} answer the survey")


ACTS: tuple[Act, ...] = (
    _gather,
    _set_up,
    _register,
    _first_reminders,
    _session(1),
    _restart_amid_reminders,
    _panel,
    _session(2),
    _move,
    _session(3),
    _session(4),
    _certificates,
    _survey,
)


async def delete_somebody(stage: Stage) -> Player:
    """Deletes one who did much, as they ask; returns who that was."""
    did_much = [each for each in stage.ledger.players if each.comes_to(1) and each.rates(1)]
    leaving = max(did_much, key=lambda each: (each.asks_panel, each.comes_to(2), -each.number))
    await stage.all_do([leaving], stage.presses("data:del:yes"))
    stage.ledger.deleted = leaving.id
    stage.tell("one of them asks to be deleted")
    return leaving
