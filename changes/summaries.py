"""Sums up a session that is over, or the cycle, from what is kept: numbers, and nobody's data."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from changes.afterwards import CLOSES_AFTER, endings
from db.delivery import outbox
from db.delivery.outbox import NUDGE
from db.engine.database import Tx
from db.feedback import feedback
from db.feedback.feedback import Group
from db.programme import attendance_windows, session_details
from db.programme.attendance_windows import GRACE
from db.programme.live_programme import LiveSession
from db.team import figures, session_counts, team
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


async def session_summary(tx: Tx, cycle: Cycle, live: LiveSession) -> Summary:
    """Returns the summary of that session as it is now."""
    groups = [each for each in await feedback.groups(tx, cycle.key) if each.number == live.number]
    stored = (await session_details.details_by_session_id(tx, [live.id])).get(live.id, {})
    details, counted = SessionDetails.from_stored(stored), await session_counts.session_counts(tx, cycle.key, live.id)
    return Summary(
        live.number,
        cycle.session(live.number).title,
        live.starts_at,
        _people(counted),
        waiting=counted.waiting,
        came=_came(await session_counts.came_counts(tx, cycle.key, [live.id])),
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
    groups, placed = await feedback.groups(tx, cycle.key), await session_counts.places_by_session(tx, cycle.key)
    came = await session_counts.came_by_session(tx, cycle.key)
    over = [each for each in programme.values() if each.ends_at <= now and not each.cancelled]
    whole = [each for each in groups if each.number == 0]
    return Summary(
        0,
        cycle.title,
        max((each.ends_at for each in over), default=now),
        _people(await session_counts.cycle_counts(tx, cycle.key)),
        came=_came(await session_counts.came_counts(tx, cycle.key, [each.id for each in over])),
        came_to_all=(await figures.turnout_figures(tx, cycle.key, now=now)).total.came_to_all if came else None,
        answers=(await feedback.totals(tx, cycle.key)).get(0, 0),
        ratings=ratings_of(whole),
        by_language=by_language(whole),
        sessions=[_row(each.number, placed.get(each.number, 0), came.get(each.number), groups) for each in over],
    )


def _row(number: int, placed: int, came: int | None, groups: Sequence[Group]) -> SessionRow:
    ratings = ratings_of(each for each in groups if each.number == number)
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
    return ready | ({0: max(held.values()) + _CYCLE_READY_AFTER} if held else {})


async def tell_team(
    tx: Tx, cycle: str, programme: Mapping[int, LiveSession], owners: Collection[int], *, now: datetime
) -> None:
    """Tells the team which summaries have become ready, once each; repeated, it tells nothing more."""
    due = [
        number
        for number, moment in (await ready_at(tx, cycle, programme)).items()
        if moment <= now < moment + _NEWS_FOR
    ]
    members = [each.id for each in await team.members(tx, owners)] if due else []
    for number in due:
        await feedback.count_the_rest(tx, cycle, number)
        version = programme[number].version if number else 0
        about, subject = {"session": number}, f"{cycle}/{number}/v{version}/summary"
        await outbox.put_note(tx, subject, members, about, now=now, kind=outbox.SUMMARY)
