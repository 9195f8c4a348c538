"""Sends an announcement and controls it: undo, pause, resume, stop, correct, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from changes import announcements as follow_up
from changes.announcements import DueMoment
from db.announcements import announcement_deliveries, announcements
from db.announcements.announcement_deliveries import Unsent
from db.announcements.announcements import (
    ASKING,
    DONE,
    DRAFT,
    HALTED,
    HOLD,
    ON_ITS_WAY,
    PAUSED,
    RECALLED,
    RUNNING,
    STOPPED,
    Announcement,
)
from db.announcements.audiences import AudienceGroup
from db.delivery import outbox
from db.team import team
from handlers.organizer.announcements import announce
from handlers.organizer.announcements.announcement_draft import (
    HOLD_TIME,
    audience_now,
    due_times,
    earliest_departure,
    reach,
    shown_as,
)
from handlers.organizer.people.spreadsheet import Moment, Sheet, as_csv
from handlers.organizer.reach_lines import reach_lines
from handlers.turn import Turn
from locales.reply import Button, Day, Document, Hour, Reply, Value, reply, text

_MAY_GO_ON = frozenset({STOPPED, DONE})
_WHAT_IS_LEFT: Mapping[str, Unsent] = {"rest": "rest", "unknown": "unknown"}


async def _lock_announcement(turn: Turn, id: str) -> Announcement | None:  # noqa: A002 - as in the button's address
    """Returns the announcement, locked: of two taps the second sees what the first has done."""
    return await announcements.get(turn.tx, int(id), lock=True)


async def send_announcement(turn: Turn, id: str, shown: str = "") -> Reply:  # noqa: A002 - as in the button's address
    """Sends it as its card showed it, after its hold; above a number of people only once another organizer agrees."""
    announcement = await _lock_announcement(turn, id)
    if announcement is None or announcement.state != DRAFT or not announcement.bodies:
        return await announce.open_announcement(turn, id)
    places = await audience_now(turn, announcement)
    due = due_times(turn, announcement, places)
    if shown != shown_as(turn, announcement, due):
        return await _show_anew(turn, id)
    people = sum(each.people for each in places)
    if not people:
        return replace(await announce.open_announcement(turn, id), toast=text("announce.nobody"))
    if announce.needs_another(turn, people):
        return await _ask_second_organizer(turn, announcement, people)
    return await _start_delivery(turn, announcement, turn.person.id, places, due)


async def _ask_second_organizer(turn: Turn, announcement: Announcement, people: int) -> Reply:
    """Tells the other organizers that it waits for one of them."""
    others = await announce.other_organizers(turn)
    if not others:
        return reply(text("announce.alone", most=turn.services.confirm_above), keyboard=announce.open_row(announcement))
    asked = {"state": ASKING, "author_id": turn.person.id, "run": announcement.run + 1}
    await announcements.change_if(turn.tx, announcement.id, {DRAFT}, now=turn.now, **asked)
    about = {"what": "announcement asking", "number": announcement.id, "people": people}
    subject = f"{announcement_deliveries.subject(announcement.id)}/{announcement.run + 1}/asking"
    await outbox.put_note(turn.tx, subject, others, about, now=turn.now)
    await turn.note("asked", n=people, announcement=announcement.id)
    return reply(text("announce.asked", n=people), keyboard=announce.open_row(announcement))


async def _show_anew(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows the card as it is now, and that nothing was done: what was pressed showed something else."""
    return replace(await announce.open_announcement(turn, id), toast=text("announce.changed"))


async def confirm_announcement(turn: Turn, id: str, shown: str = "") -> Reply:  # noqa: A002 - as in the button's address
    """Takes the second organizer's consent to what their card showed: never that of who asked for it."""
    announcement = await _lock_announcement(turn, id)
    if announcement is None or announcement.state != ASKING:
        return await announce.open_announcement(turn, id)
    if announcement.author_id in {None, turn.person.id}:
        return replace(await announce.open_announcement(turn, id), toast=text("announce.another"))
    places = await audience_now(turn, announcement)
    due = due_times(turn, announcement, places)
    if shown != shown_as(turn, announcement, due):
        return await _show_anew(turn, id)
    await turn.note("confirmed", announcement=announcement.id)
    return await _start_delivery(turn, announcement, announcement.author_id or turn.person.id, places, due)


async def return_to_draft(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Makes it a draft again."""
    await announcements.change_if(turn.tx, int(id), {ASKING}, now=turn.now, state=DRAFT)
    return await announce.open_announcement(turn, id)


async def _start_delivery(
    turn: Turn, announcement: Announcement, author: int, places: Sequence[AudienceGroup], due: Sequence[DueMoment]
) -> Reply:
    """Puts every row into the outbox at once, all of them held: what the report adds up to is known from here on."""
    starts_at = max(min(each.at for each in due), earliest_departure(announcement, turn.now))
    members = [each.id for each in await team.members(turn.tx, turn.services.organizers)]
    rows = await follow_up.plan_deliveries(turn.tx, announcement, members, due)
    await _begin_run(turn, announcement, author, starts_at=starts_at)
    await turn.note("announced", n=rows, announcement=announcement.id)
    reached = await reach(turn, announcement, places, due)
    leaves = text("announce.sent_off", day=Day(starts_at), hour=Hour(starts_at), n=reached.now + reached.later)
    # Of the team only who can be reached has a row.
    first_ones = (await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)).team
    first = [text("announce.sent_off.team", n=first_ones)] if first_ones else []
    return reply(
        leaves,
        *first,
        *reach_lines(reached),
        text("announce.sent_off.undo"),
        keyboard=announce.open_row(announcement),
    )


async def _begin_run(
    turn: Turn, announcement: Announcement, author: int, *, starts_at: datetime, forgiven: int = 0
) -> None:
    """Holds it until it starts, and puts this run's card into its author's chat; `forgiven`: what failed before."""
    values: dict[str, Any] = {"state": RUNNING, "stage": HOLD, "run": announcement.run + 1, "starts_at": starts_at}
    values |= {"open": True, "forgiven": forgiven, "shown": None, "author_id": author}
    await announcements.change_if(turn.tx, announcement.id, {announcement.state}, now=turn.now, **values)
    await follow_up.put_card(turn.tx, replace(announcement, run=announcement.run + 1), author, now=turn.now)


async def undo_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Makes it a draft again, as long as nothing has left; stops it again where it was sent to the rest."""
    announcement = await _lock_announcement(turn, id)
    if announcement is None or not _is_held(announcement, turn.now):
        return await announce.open_announcement(turn, id)
    again = (await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)).released > 0
    values: dict[str, object] = {"state": STOPPED, "open": True} if again else {"state": DRAFT, "open": False}
    if again:
        await announcement_deliveries.cancel_unsent(turn.tx, announcement.id, now=turn.now)
    else:
        await announcement_deliveries.delete_held(turn.tx, announcement.id)
    await announcements.change_if(turn.tx, announcement.id, {RUNNING}, now=turn.now, starts_at=None, **values)
    await turn.note("undone", announcement=announcement.id)
    undone = text("announce.undone.again" if again else "announce.undone")
    return replace(await announce.open_announcement(turn, id), toast=undone)


def _is_held(announcement: Announcement, now: datetime) -> bool:
    return (
        announcement.state == RUNNING
        and announcement.stage == HOLD
        and announcement.starts_at is not None
        and now < announcement.starts_at
    )


async def pause_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Pauses it: what has not left stays here, from this very moment."""
    if await announcements.change_if(turn.tx, int(id), {RUNNING}, now=turn.now, state=PAUSED):
        await announcement_deliveries.hold(turn.tx, int(id))
        await turn.note("paused", announcement=int(id))
    return await _show_announcement(turn, id)


async def resume_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Resumes it, in spite of what has failed so far."""
    announcement = await _lock_announcement(turn, id)
    if announcement is not None and announcement.state in {PAUSED, HALTED}:
        counted = await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)
        forgiven = counted.failed if announcement.state == HALTED else announcement.forgiven
        await announcements.change_if(
            turn.tx, announcement.id, {PAUSED, HALTED}, now=turn.now, state=RUNNING, forgiven=forgiven, open=True
        )
        await turn.note("resumed", announcement=announcement.id)
    return await _show_announcement(turn, id)


async def ask_to_stop(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks once, and pauses it at once: the question costs no message that was not wanted."""
    announcement = await _lock_announcement(turn, id)
    if announcement is None or announcement.state not in ON_ITS_WAY:
        return await announce.open_announcement(turn, id)
    if await announcements.change_if(turn.tx, announcement.id, {RUNNING}, now=turn.now, state=PAUSED):
        await announcement_deliveries.hold(turn.tx, announcement.id)
        await turn.note("paused", announcement=announcement.id)
    counted = await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)
    yes, go_on = Button(text("announce.stop.yes"), f"an:x:{id}:yes"), Button(text("announce.resume"), f"an:r:{id}")
    back = Button(text("announce.stop.stay"), f"an:{id}")
    asked = reply(text("announce.stop.ask", n=counted.rows - counted.settled), keyboard=((yes,), (go_on,), (back,)))
    return replace(asked, fresh=True)  # the announcer writes its card anew where the button was


async def stop_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Stops it: what has not left is never sent."""
    if await announcements.change_if(turn.tx, int(id), ON_ITS_WAY, now=turn.now, state=STOPPED, open=True):
        cancelled = await announcement_deliveries.cancel_unsent(turn.tx, int(id), now=turn.now)
        await turn.note("stopped", n=cancelled, announcement=int(id))
    return await _show_announcement(turn, id)


async def ask_to_send_rest(turn: Turn, id: str, field: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks once whether to send it to the rest, or to those of whom nobody knows; says how many they are."""
    announcement = await _lock_announcement(turn, id)
    what = _WHAT_IS_LEFT.get(field)
    if announcement is None or what is None or announcement.state not in _MAY_GO_ON:
        return await announce.open_announcement(turn, id)
    people = await _count_unsent(turn, announcement, what)
    if not people:
        return replace(await announce.open_announcement(turn, id), toast=text("announce.rest.nobody"))
    yes = Button(text("announce.rest.yes", n=people), f"an:l:{id}:{what}:{people}")
    back = Button(text("button.back"), f"an:{id}")
    return reply(text(f"announce.{what}.ask", n=people), keyboard=((yes,), (back,)))


async def _count_unsent(turn: Turn, announcement: Announcement, what: Unsent) -> int:
    counted = await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)
    return counted.rest if what == "rest" else counted.unknown


async def send_rest(turn: Turn, id: str, field: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Sends it to exactly those that were counted; where they are other ones by now it asks anew."""
    announcement = await _lock_announcement(turn, id)
    what = _WHAT_IS_LEFT.get(field)
    if announcement is None or what is None or announcement.state not in _MAY_GO_ON:
        return await announce.open_announcement(turn, id)
    if await _count_unsent(turn, announcement, what) != int(version):
        return replace(await ask_to_send_rest(turn, id, field), toast=text("announce.changed"))
    starts_at = turn.now + HOLD_TIME
    people = await follow_up.hold_unsent(turn.tx, announcement, what, at=starts_at)
    failed = (await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)).failed
    await _begin_run(turn, announcement, turn.person.id, starts_at=starts_at, forgiven=failed)
    await turn.note(f"sent_{what}", n=people, announcement=announcement.id)
    told = text("announce.rest.done", n=people, day=Day(starts_at), hour=Hour(starts_at))
    return reply(told, keyboard=announce.open_row(announcement))


async def _show_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    return await announce.open_announcement(turn, id)


async def ask_correction_language(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks in which language to correct it."""
    announcement = await _lock_announcement(turn, id)
    if announcement is None or announcement.state not in {*ON_ITS_WAY, DONE, STOPPED}:
        return await announce.open_announcement(turn, id)
    words = tuple((Button(text(f"language.name.{code}"), f"an:b:{id}:{code}"),) for code in announcement.bodies)
    return reply(text("announce.correct.which"), keyboard=(*words, (Button(text("button.back"), f"an:{id}"),)))


async def ask_to_recall(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for a second tap, the last one; what Telegram no longer deletes is said before."""
    announcement = await _lock_announcement(turn, id)
    if announcement is None or announcement.state not in {*ON_ITS_WAY, DONE, STOPPED}:
        return await announce.open_announcement(turn, id)
    yes, no = Button(text("announce.recall.yes"), f"an:k:{id}:yes"), Button(text("button.back"), f"an:{id}")
    old = await follow_up.count_too_old(turn.tx, announcement, now=turn.now)
    arrived = (await announcement_deliveries.delivery_counts(turn.tx, announcement.id, now=turn.now)).counts.get(
        outbox.SENT, 0
    )
    if announcement.state in {DONE, STOPPED} and old == arrived:
        return reply(text("announce.recall.late"), keyboard=((no,),))
    stays = [text("announce.recall.stays", n=old)] if old else []
    return reply(text("announce.recall.ask"), *stays, keyboard=((yes,), (no,)))


async def recall_announcement(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Recalls it: nothing more leaves, and what arrived is deleted where Telegram still lets us."""
    values = {"state": RECALLED, "open": True}
    if await announcements.change_if(turn.tx, int(id), {*ON_ITS_WAY, DONE, STOPPED}, now=turn.now, **values):
        await announcement_deliveries.cancel_unsent(
            turn.tx, int(id), now=turn.now, reason=announcement_deliveries.TAKEN_BACK
        )
        await turn.note("recalled", announcement=int(id))
    return await _show_announcement(turn, id)


# What kept it from leaving, as the list of whom it did not reach says it.
_KEPT_BY: Mapping[str, str] = {
    announcement_deliveries.STOPPED: "stopped",
    announcement_deliveries.TAKEN_BACK: "taken_back",
    announcement_deliveries.NOT_ALLOWED: "not_allowed",
    announcement_deliveries.NOT_CONCERNED: "not_concerned",
    outbox.REMINDERS_PAUSED: "paused",
}


def _what_happened(row: Any) -> str:  # noqa: ANN401 - a row
    return _KEPT_BY.get(row.reason or "", row.state) if row.state == outbox.CANCELLED else str(row.state)


async def export_missed_recipients(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Sends the list of whom it did not reach, as a file: name and e-mail as registered, what happened, when."""
    announcement = await announcements.get(turn.tx, int(id))
    found = await announcement_deliveries.not_reached(turn.tx, announcement) if announcement is not None else []
    if not found:
        return reply(text("announce.missed.nobody"), keyboard=((Button(text("announce.open"), f"an:{id}"),),))
    heading: tuple[Value, ...] = tuple(text(f"announce.column.{each}") for each in ("person", "email", "state", "when"))
    nobody = text("announce.column.nobody")
    rows = [
        (row.name or nobody, row.email or "", text(f"announce.column.{_what_happened(row)}"), Moment(row.settled_at))
        for row in found
    ]
    await turn.note("missed", n=len(rows), announcement=int(id))
    sheet = Sheet(text("announce.file"), heading, rows)
    answer = reply(text("announce.missed", n=len(rows)), keyboard=((Button(text("announce.open"), f"+an:{id}"),),))
    return replace(answer, document=Document(f"ciclo-{id}.csv", lambda say: as_csv(sheet, say)), fresh=True)
