"""Notes who came by a video platform's participants' report: read, counted, doubts decided by hand, confirmed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from db.people import dialogs, presences, roster
from db.people.dialogs import DialogState
from db.people.presences import REPORT
from db.people.roster import Registered
from db.programme.live_programme import LiveSession
from handlers.organizer.attendance import attendance_desk
from handlers.participant.keyboards import home_row, page_row
from handlers.turn import Turn
from knowledge.attendance.participants_report import LARGEST_FILE, MOST_ROWS, Attendee, ReportError, read_report
from knowledge.text.words import fold
from locales.reply import Button, Keyboard, Reply, Value, reply, rows, text

# The conversation in which a report is sent and looked at; it keeps who was found, and the doubts.
REPORT_DIALOG = "attendancereport"
_SENDING, _LOOKING = "sending", "looking"
_ALIKE, _MOST_CANDIDATES, _MOST_DOUBTS, _A_PAGE = 88, 5, 60, 12
_NOBODY = 0


async def ask_report(turn: Turn, number: str) -> Reply:
    """Asks for the file: it is looked at before anything counts."""
    live = (await turn.live()).get(int(number))
    if live is None or live.starts_at > turn.now or live.cancelled:
        return await attendance_desk.show_attendance(turn, number)
    await dialogs.begin(turn.tx, turn.person.id, REPORT_DIALOG, _SENDING, now=turn.now, number=live.number)
    return _asks(live)


def _asks(live: LiveSession, *before: Value) -> Reply:
    back = (Button(text("button.back"), f"at:{live.number}"), *home_row())
    return reply(*before, text("report.ask", number=live.number), keyboard=(back,))


async def report_file(turn: Turn) -> Reply:
    """Takes the file, and shows what it would note; anything else is asked for again."""
    state = await dialogs.get(turn.tx, turn.person.id, REPORT_DIALOG)
    live = (await turn.live()).get(int(state.answers["number"])) if state is not None else None
    if live is None:
        return await attendance_desk.show_attendance(turn, "0")
    if not isinstance(turn.file, bytes):
        problem = (text(f"report.bad.{turn.file}", most=LARGEST_FILE // 1_000_000), "") if turn.file else ()
        return _asks(live, *problem)
    try:
        attendees = read_report(turn.file)
    except ReportError as error:
        most = MOST_ROWS if error.reason == "many" else LARGEST_FILE // 1_000_000
        return _asks(live, text(f"report.bad.{error.reason}", most=most), "")
    people = await roster.registered_people(turn.tx, turn.cycle.key)
    found = await asyncio.to_thread(_matched, attendees, people)  # thousands of names: others are answered meanwhile
    known = await presences.known_people(turn.tx, live.id, found["ids"])
    draft = {**found, "number": live.number, "known": len(known), "rows": len(attendees)}
    await dialogs.begin(turn.tx, turn.person.id, REPORT_DIALOG, _LOOKING, now=turn.now, **draft)
    return await show_report(turn, str(live.number), "0")


def _matched(attendees: Sequence[Attendee], people: Sequence[Registered]) -> dict[str, Any]:
    """Returns who is surely on the list, by the same e-mail; who may be, to be decided; and how many are not."""
    by_mail: dict[str, list[Registered]] = defaultdict(list)
    for person in people:
        if person.email:
            by_mail[person.email.casefold()].append(person)
    names = [fold(each.name) for each in people]
    ids: set[int] = set()
    doubts: list[dict[str, Any]] = []
    unknown = 0
    for each in attendees:
        same = by_mail.get(each.email, []) if each.email else []
        if len(same) == 1:
            ids.add(same[0].id)
            continue
        may = same or [people[place] for place in _alike(each.name, names)]
        if not may:
            unknown += 1
            continue
        why = "same" if same else "other" if each.email else "none"
        candidates = [one.id for one in may[:_MOST_CANDIDATES]]
        doubts.append({"label": each.name or each.email, "why": why, "may": candidates, "is": None})
    left = [each for each in doubts if not (each["why"] != "same" and set(each["may"]) <= ids)]
    return {"ids": sorted(ids), "doubts": left[:_MOST_DOUBTS], "unknown": unknown, "more": len(left[_MOST_DOUBTS:])}


def _alike(name: str, names: Sequence[str]) -> list[int]:
    """Returns the places of the folded names that are like that one, the most alike first, else in their order.

    They are for a person to decide, never taken for certain.
    """
    wanted = fold(name)
    if not wanted:
        return []
    rated = process.extract(wanted, names, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=_MOST_CANDIDATES)
    return [place for _, _, place in rated]


async def _state(turn: Turn, number: str) -> DialogState | None:
    state = await dialogs.get(turn.tx, turn.person.id, REPORT_DIALOG)
    fits = state is not None and state.step == _LOOKING and str(state.answers["number"]) == number
    return state if fits else None


async def show_report(turn: Turn, number: str, page: str) -> Reply:
    """Shows the dry run: who would be noted, the doubts with a button each; nothing is noted yet."""
    state = await _state(turn, number)
    if state is None:
        return await attendance_desk.show_attendance(turn, number)
    answers = state.answers
    doubts = answers["doubts"]
    chosen = _chosen(answers)
    pages = max(-(-len(doubts) // _A_PAGE), 1)
    at = min(int(page), pages - 1)
    shown = list(enumerate(doubts))[at * _A_PAGE : (at + 1) * _A_PAGE]
    names = await _names(turn, [each["is"] for _, each in shown if each["is"]])
    buttons = rows(*(Button(str(place + 1), f"ar:d:{number}:{place}") for place, _ in shown), of=6)
    confirm = (Button(text("report.confirm", n=len(chosen)), f"ar:ok:{number}:{state.version}"),)
    back = (Button(text("button.back"), f"at:{number}"), *home_row())
    return reply(
        text("report.dry_run", number=int(number)),
        "",
        text("report.found", n=len(answers["ids"]), rows=answers["rows"], known=answers["known"]),
        text("report.unknown", n=answers["unknown"]),
        *((text("report.doubts", n=len(doubts) + answers["more"]),) if doubts else ()),
        *(_doubt_line(place, each, names) for place, each in shown),
        *((text("report.more", n=answers["more"]),) if answers["more"] else ()),
        keyboard=(*buttons, *page_row(f"ar:p:{number}:", at, pages), *((confirm,) if chosen else ()), back),
    )


def _chosen(answers: Mapping[str, Any]) -> set[int]:
    return {*answers["ids"], *(each["is"] for each in answers["doubts"] if each["is"])}


async def _names(turn: Turn, ids: Iterable[int]) -> Mapping[int, Registered]:
    return {each.id: each for each in await roster.registered_people(turn.tx, turn.cycle.key, only=list(ids))}


def _doubt_line(place: int, doubt: Mapping[str, Any], names: Mapping[int, Registered]) -> Value:
    if doubt["is"] is None:
        what: Value = text(f"report.why.{doubt['why']}")
    elif doubt["is"] in names:
        what = text("report.is", name=names[doubt["is"]].name)
    else:
        what = text("report.is_nobody")
    return text("report.doubt", number=place + 1, label=doubt["label"], what=what)


async def show_doubt(turn: Turn, number: str, page: str) -> Reply:
    """Shows one doubt: who of the list may it be?"""
    state = await _state(turn, number)
    doubts = state.answers["doubts"] if state is not None else []
    if int(page) >= len(doubts):
        return await show_report(turn, number, "0")
    doubt = doubts[int(page)]
    people = await _names(turn, doubt["may"])
    choices: Keyboard = tuple(
        (Button(_person_label(people[id_]), f"ar:s:{number}:{page}:{id_}"),) for id_ in doubt["may"] if id_ in people
    )
    nobody = (Button(text("report.nobody"), f"ar:s:{number}:{page}:{_NOBODY}"),)
    back = (Button(text("button.back"), f"ar:p:{number}:0"),)
    lines = (text("report.who", label=doubt["label"]), text(f"report.why.{doubt['why']}"))
    return reply(*lines, keyboard=(*choices, nobody, back))


def _person_label(person: Registered) -> Value:
    return text("report.person", name=person.name, organization=person.organization or text("registration.personal"))


async def decide_doubt(turn: Turn, number: str, page: str, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Keeps who it is, or that it is nobody of the list."""
    state = await _state(turn, number)
    if state is None or int(page) >= len(state.answers["doubts"]):
        return await show_report(turn, number, "0")
    doubts = [dict(each) for each in state.answers["doubts"]]
    doubt = doubts[int(page)]
    if int(id) == _NOBODY or int(id) in doubt["may"]:
        doubt["is"] = int(id)
        answers = {**state.answers, "doubts": doubts}
        await dialogs.begin(turn.tx, turn.person.id, REPORT_DIALOG, _LOOKING, now=turn.now, **answers)
    return await show_report(turn, number, str(int(page) // _A_PAGE))


async def confirm_report(turn: Turn, number: str, version: str) -> Reply:
    """Notes who was found and decided on; doubts that nobody has decided are not noted."""
    state, live = await _state(turn, number), (await turn.live()).get(int(number))
    if state is None or live is None or str(state.version) != version:
        return await show_report(turn, number, "0")
    there = await _names(turn, _chosen(state.answers))
    new = await presences.record_came(turn.tx, there, live.id, REPORT, now=turn.now)
    await dialogs.end(turn.tx, turn.person.id, REPORT_DIALOG)
    await turn.note("report_imported", n=new, session=live.number)
    card = await attendance_desk.show_attendance(turn, number)
    return reply(text("report.done", n=new), "", *card.lines, keyboard=card.keyboard)
