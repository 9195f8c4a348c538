"""`ciclo rehearse`: a few people play the first session, and each check fails where something is wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

import pytest

from bot.process.event_loop import run
from rehearsal.cycle.acts import ACTS
from rehearsal.cycle.checks import CHECKS, Check, sheet
from rehearsal.cycle.ledger import Evidence, Ledger, Message, PanelRow
from rehearsal.cycle.play import play

PEOPLE = 12
Play: TypeAlias = tuple[Ledger, Evidence]
BY_NAME = {each.__name__: each for each in CHECKS}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """The cycle until the day after its first session."""
    until = [each.__name__ for each in ACTS].index("session_1") + 1
    lines: list[str] = []
    found = run(play(PEOPLE, tmp_path_factory.mktemp("cycle"), lines.append, ACTS[:until]))
    assert any("session 1 begins" in each for each in lines), lines
    return found


def test_what_was_played_so_far_is_right(played: Play) -> None:
    later = {"links", "panel", "certificates", "summaries"}  # there was no such act yet, or not all of it
    for name, check in BY_NAME.items():
        found = check(*played)
        assert found.passed or name in later, found
    reminders = BY_NAME["reminders"](*played)
    assert int(reminders.counted.split(",", maxsplit=1)[0]) >= PEOPLE, "people were reminded"


def _someone(ledger: Ledger) -> int:
    return next(each.id for each in ledger.players if each.comes_to(1) and not each.rates(1))


def _chat(evidence: Evidence, person: int, change: Callable[[list[Message]], list[Message]]) -> Evidence:
    return replace(evidence, chats={**evidence.chats, person: change(list(evidence.chats[person]))})


def _is_reminder(message: Message) -> bool:
    return message.text.startswith(("Recordatorio", "Lembrete", "Reminder", "Rappel"))


def _later(message: Message, hours: int) -> Message:
    return replace(message, at=message.at + timedelta(hours=hours))


TAMPERED: dict[str, tuple[str, Callable[[Ledger, Evidence], Evidence]]] = {
    "a reminder is missing": (
        "reminders",
        lambda led, ev: _chat(ev, _someone(led), lambda chat: [each for each in chat if not _is_reminder(each)]),
    ),
    "each reminder came twice": (
        "reminders",
        lambda led, ev: _chat(ev, _someone(led), lambda chat: [*chat, *(each for each in chat if _is_reminder(each))]),
    ),
    "reminders came two hours late": (
        "reminders",
        lambda led, ev: _chat(
            ev, _someone(led), lambda chat: [_later(each, 2) if _is_reminder(each) else each for each in chat]
        ),
    ),
    "an hour of another zone": (
        "reminders",
        lambda led, ev: _chat(
            ev, _someone(led), lambda chat: [replace(e, text=e.text.replace(":00", ":01")) for e in chat]
        ),
    ),
    "somebody waits and has the link": ("links", lambda led, ev: replace(ev, linked=ev.linked | {_someone(led)})),
    "somebody who came is not noted": (
        "attendance",
        lambda led, ev: replace(ev, came={**ev.came, 1: ev.came[1] - {_someone(led)}}),
    ),
    "somebody is noted who did not come": (
        "attendance",
        lambda _, ev: replace(ev, came={**ev.came, 1: ev.came[1] | {7}}),
    ),
    "somebody is not thanked": ("thanks", lambda led, ev: _chat(ev, _someone(led), lambda _: [])),
    "an answer is counted twice": (
        "feedback",
        lambda _, ev: replace(ev, feedback={**ev.feedback, 1: ev.feedback[1] + 1}),
    ),
    "thanks come at night": (
        "nights",
        lambda led, ev: _chat(
            ev, _someone(led), lambda chat: [_later(each, hour) for each in chat for hour in range(24)]
        ),
    ),
    "the log has an error": ("log", lambda _, ev: replace(ev, errors=["an update failed KeyError"])),
    "something is left of who was deleted": ("deletion", lambda _, ev: replace(ev, left_of_deleted=["talks"])),
    "a certificate of nobody": ("certificates", lambda _, ev: replace(ev, certificates={7: [1]})),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_each_check_can_fail(played: Play, what: str) -> None:
    name, tamper = TAMPERED[what]
    ledger, evidence = played
    found: Check = BY_NAME[name](ledger, tamper(ledger, evidence))
    before: Check = BY_NAME[name](ledger, evidence)
    assert set(found.problems) - set(before.problems), what


def test_votes_are_compared_one_by_one(played: Play) -> None:
    ledger, evidence = played
    ledger = replace(ledger, asked={"¿Habrá café?": 1}, votes={"¿Habrá café?": {2, 3}})
    right = replace(evidence, panel=[PanelRow("¿Habrá café?", "approved", 2)], screen={"¿Habrá café?": 2})
    assert BY_NAME["panel"](ledger, right).passed
    for wrong in (
        replace(right, panel=[PanelRow("¿Habrá café?", "approved", 1)]),
        replace(right, panel=[PanelRow("¿Habrá café?", "declined", 2)]),
        replace(right, panel=[]),
        replace(right, screen={}),
    ):
        assert not BY_NAME["panel"](ledger, wrong).passed


def test_the_sheet_says_what_failed_and_how_much_more() -> None:
    lines = sheet([Check("reminders", "3", ()), Check("votes", "9", [f"vote {each}" for each in range(5)])])
    assert lines[0] == "pass  reminders: 3"
    assert lines[1] == "FAIL  votes: 9"
    assert lines[-1].strip() == "and 2 more"
