"""Sums up a session that is over, or the cycle, from what is kept: numbers, and nobody's data."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from changes import session_time
from changes.afterwards import CLOSES_AFTER, endings
from db.delivery import outbox
from db.delivery.outbox import NUDGE
from db.engine.database import Tx
from db.feedback import feedback
from db.feedback.feedback import Group
from db.feedback.feedback_turns import WHOLE_CYCLE
from db.panel import panel_questions
from db.programme import attendance_windows, live_programme
from db.programme.attendance_windows import GRACE
from db.programme.live_programme import LiveSession
from db.team import figures, session_counts, team
from db.team.figures import Turnout
from db.team.session_counts import PeopleCounts
from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import SessionDetails
from knowledge.summary.summary import PRACTICES, People, Ratings, SessionRow, Summary

_MARKS = range(1, 6)


def ratings_of(groups: Iterable[Group]) -> Ratings:
    """Adds up those answers."""
    found = list(groups)
    marks = {mark: sum(each.answers for each in found if each.usefulness == mark) for mark in _MARKS}
    practices = {one: sum(each.answers for each in found if each.practice == one) for one in PRACTICES}
    return Ratings(marks, practices)


def by_language(groups: Sequence[Group]) -> Mapping[str | None, Ratings]:
    """Adds up those answers by language, the most first; several languages that are together come last."""
    spoken = {each.language for each in groups}
    found = {one: ratings_of(each for each in groups if each.language == one) for one in spoken}
    return dict(sorted(found.items(), key=lambda each: (each[0] is None, -each[1].answers, each[0] or "")))


async def count_closed(tx: Tx, cycle: str, programme: Mapping[int, LiveSession], *, now: datetime) -> None:
    """Takes what still waits into the figures, languages together, where no more answers can come."""
    for ending in endings(programme):
        if ending.kind != NUDGE and now >= ending.live.ends_at + CLOSES_AFTER:
            await feedback.count_the_rest(tx, cycle, ending.number)


async def find_summary(
    tx: Tx, cycle: Cycle, programme: Mapping[int, LiveSession], number: int, *, now: datetime
) -> Summary | None:
    """Returns that summary as it is now; None for a session that is not over, or for a cycle (0) of which none is."""
    if number == WHOLE_CYCLE:
        over = any(each.is_over(now) for each in programme.values())
        return await cycle_summary(tx, cycle, programme, now=now) if over else None
    live = programme.get(number)
    return await session_summary(tx, cycle, live) if live is not None and live.is_over(now) else None


async def session_summary(tx: Tx, cycle: Cycle, live: LiveSession) -> Summary:
    """Returns the summary of that session as it is now."""
    groups = [each for each in await feedback.groups(tx, cycle.key) if each.number == live.number]
    stored = (await live_programme.details_by_session_id(tx, [live.id])).get(live.id, {})
    details, counted = SessionDetails.from_stored(stored), await session_counts.session_counts(tx, cycle.key, live.id)
    return Summary(
        live.number,
        cycle.session(live.number).title,
        live.starts_at,
        _people(counted),
        waiting=counted.waiting,
        came=_came(await session_counts.came_counts(tx, cycle.key, [live.id])),
        asked=await panel_questions.count_answered(tx, [live.id]),
        answers=(await feedback.totals(tx, cycle.key)).get(live.number, 0),
        ratings=ratings_of(groups),
        by_language=by_language(groups),
        practices=details.practices,
        interpretation=details.interpretation,
    )


def _came(counted: PeopleCounts | None) -> People | None:
    return None if counted is None else _people(counted)


def _people(counted: PeopleCounts) -> People:
    return People(counted.people, counted.countries, counted.sectors, counted.languages)


async def cycle_summary(tx: Tx, cycle: Cycle, programme: Mapping[int, LiveSession], *, now: datetime) -> Summary:
    """Returns the summary of the cycle: its people, its sessions that are over, what was thought of it as a whole."""
    groups, registered = await feedback.groups(tx, cycle.key), await figures.registration_figures(tx, cycle.key)
    turnout = await figures.turnout_figures(tx, cycle.key, now=now)
    over = [each for each in programme.values() if each.is_over(now)]
    whole = [each for each in groups if each.number == WHOLE_CYCLE]
    return Summary(
        0,
        cycle.title,
        max((each.ends_at for each in over), default=now),
        People(len(registered.moments), registered.countries, registered.sectors, registered.languages),
        came=_came(await session_counts.came_counts(tx, cycle.key, [each.id for each in over])),
        came_to_all=turnout.total.came_to_all if any(turnout.sessions.values()) else None,
        asked=await panel_questions.count_answered(tx, [each.id for each in over]),
        answers=(await feedback.totals(tx, cycle.key)).get(WHOLE_CYCLE, 0),
        ratings=ratings_of(whole),
        by_language=by_language(whole),
        sessions=[_row(each.number, registered.going[each.number], turnout, groups) for each in over],
    )


def _row(number: int, placed: int, turnout: Turnout, groups: Sequence[Group]) -> SessionRow:
    ratings = ratings_of(each for each in groups if each.number == number)
    came = turnout.sessions.get(number) or None  # nobody came: nobody has recorded it
    return SessionRow(number, placed, came, ratings.tenths if ratings.answers else None)


# The team hears of it so long after the session, unless its attendance is settled earlier.
READY_AFTER = timedelta(hours=2)
# And of the cycle's, when its survey has been out for a while.
_CYCLE_READY_AFTER = timedelta(days=7)
_NEWS_FOR = timedelta(days=2)


async def ready_at(tx: Tx, cycle: str, programme: Mapping[int, LiveSession]) -> Mapping[int, datetime]:
    """Returns from when on each summary is told to the team, by session number; 0 is the cycle's.

    A session's is ready when its window of attendance has closed; two hours after the end where it had none.
    """
    held = {number: each.ends_at for number, each in programme.items() if not each.cancelled}
    closed = {each.number: each.closes_at + GRACE for each in await attendance_windows.newest_windows(tx, cycle)}
    ready = {
        number: max(end, closed[number]) if number in closed else end + READY_AFTER for number, end in held.items()
    }
    return ready | ({WHOLE_CYCLE: max(held.values()) + _CYCLE_READY_AFTER} if held else {})


def subject(cycle: str, programme: Mapping[int, LiveSession], number: int) -> str:
    """Returns what the team's message with that summary is about: one for each time of a session, one for the cycle."""
    about = f"{cycle}/0/v0" if number == WHOLE_CYCLE else session_time.subject(cycle, programme[number])
    return f"{about}/summary"


async def tell_team(
    tx: Tx,
    cycle: str,
    programme: Mapping[int, LiveSession],
    ready: Mapping[int, datetime],
    owners: Collection[int],
    *,
    now: datetime,
) -> None:
    """Tells the team which summaries have become ready, once each; repeated, it tells nothing more.

    `ready` are the moments of ready_at().
    """
    due = [number for number, moment in ready.items() if moment <= now < moment + _NEWS_FOR]
    members = [each.id for each in await team.members(tx, owners)] if due else []
    for number in due:
        await feedback.count_the_rest(tx, cycle, number)
        about = subject(cycle, programme, number)
        await outbox.put_note(tx, about, members, {"session": number}, now=now, kind=outbox.SUMMARY)
