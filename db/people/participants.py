"""The people who talk to us: looked up with all that a turn needs to know of them, changed, and deleted for good.

Who asked to be deleted leaves a tombstone: a keyed hash of their Telegram id, no personal data. It keeps an old backup
from bringing anybody back.
The database's own random keys are created when they are first needed, and never change.
What preload_contexts() gains (`benchmarks first`): 1.3 ms of processor for each person of a hall instead of 2.3.
What the prebuilt statements gain: 243 us a context on aiosqlite instead of 830 with building it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, and_, bindparam, delete, exists, func, select, update

from db import tables as t
from db.engine.database import Tx, insert_into, note_change
from db.engine.loose_index_scan import distinct_values, distinct_values_of_each
from db.people import conversation_context, dialogs
from db.people.conversation_context import REMEMBERED, Talk
from db.people.dialogs import DialogState
from db.tables import participants, team, tombstones
from db.tables import secrets as secrets_table
from locales.localized import Language

COLUMNS = (
    participants.c.id,
    participants.c.telegram_id,
    participants.c.language,
    participants.c.zone,
    participants.c.unreachable_since,
    participants.c.quiet,
    participants.c.paused_until,
    team.c.role,
    participants.c.topic,
    participants.c.language_kept,
)
# Their place in the team comes with them: it costs no statement of its own.
_PEOPLE = select(*COLUMNS).join_from(
    participants, team, and_(team.c.participant_id == participants.c.id, team.c.removed_at.is_(None)), isouter=True
)
# Built once, with bound names: 206 us a lookup on aiosqlite instead of 375, building included.
_FOUND = _PEOPLE.where(participants.c.telegram_id == bindparam("person"))
_GOT = _PEOPLE.where(participants.c.id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Participant:
    """One person; `zone` is an IANA name, or None while they have not told it."""

    id: int
    telegram_id: int
    language: Language
    zone: str | None
    unreachable_since: datetime | None
    quiet: str  # hours without reminders where they are, as "22:00-07:00"; "" for none
    paused_until: datetime | None
    team_role: str | None = None  # as the table has it; what they may is turn.role
    topic: int | None = None  # of a forum, where reminders and announcements come
    language_kept: bool = False  # they chose the language by hand: no text in another one changes it

    @property
    def is_group(self) -> bool:
        """Returns whether it is a group's chat: Telegram gives those negative ids."""
        return self.telegram_id < 0


def _person(row: Sequence[Any]) -> Participant:
    # Not unpacked where it is read: SQLAlchemy types a row's first ten columns only.
    return Participant(*row)


async def find(tx: Tx, telegram_id: int) -> Participant | None:
    """Returns the person with that Telegram id; None where there is none."""
    row = (await tx.execute(_FOUND, {"person": telegram_id})).one_or_none()
    return _person(row) if row else None


async def get(tx: Tx, participant_id: int) -> Participant | None:
    """Returns the person in that row; None where they have been deleted."""
    row = (await tx.execute(_GOT, {"person": participant_id})).one_or_none()
    return _person(row) if row else None


async def get_many(tx: Tx, participant_ids: Sequence[int]) -> Mapping[int, Participant]:
    """Returns those people by the id of their row."""
    rows = await tx.execute(_PEOPLE.where(participants.c.id.in_(participant_ids)))
    return {row.id: _person(row) for row in rows}


async def meet(tx: Tx, telegram_id: int, *, language: Language, now: datetime) -> Participant:
    """Returns the person, added where they are new; who writes to the bot is reachable again."""
    person = await find(tx, telegram_id)
    if person is None:
        person = await _added(tx, telegram_id, language, now)
    elif person.unreachable_since is not None:
        await set_reachable(tx, telegram_id, now=None)
    return person


async def _added(tx: Tx, telegram_id: int, language: Language, now: datetime) -> Participant:
    await add(tx, {telegram_id: language}, now=now)
    person = await find(tx, telegram_id)
    assert person is not None, "a row just written can be read"  # noqa: S101 - a fact of the transaction
    return person


async def add(tx: Tx, languages: Mapping[int, Language], *, now: datetime) -> None:
    """Inserts those people (Telegram id to language) in one statement; who is there already is left as they are."""
    # In order: two replicas that add the same people must not wait for each other in a circle.
    rows = [{"telegram_id": each, "language": languages[each], "first_seen_at": now} for each in sorted(languages)]
    await tx.execute(insert_into(tx, participants).on_conflict_do_nothing(), rows)


async def meet_organizer(tx: Tx, telegram_id: int, *, now: datetime) -> Participant:
    """Returns somebody of the team, added in Spanish where new; unlike meet(), makes nobody reachable again."""
    return await find(tx, telegram_id) or await _added(tx, telegram_id, "es", now)


async def highest_id(tx: Tx) -> int:
    """Returns the highest row id: there are no more people than that."""
    return (await tx.execute(_HIGHEST)).scalar_one() or 0


_HIGHEST = select(func.max(participants.c.id))
_ZONES = distinct_values(participants.c.zone)
_BY_ZONE = distinct_values_of_each(participants.c.quiet, participants.c.zone, _ZONES.c.value)
_WITHOUT_ZONE = distinct_values(participants.c.quiet, participants.c.zone.is_(None))
_PAIRS_WITH_ZONE = select(_BY_ZONE.c.key, _BY_ZONE.c.value).where(_BY_ZONE.c.value.is_not(None))
_QUIET_WITHOUT_ZONE = select(_WITHOUT_ZONE.c.value).where(_WITHOUT_ZONE.c.value.is_not(None))


async def zones_and_quiet_hours(tx: Tx) -> list[tuple[str | None, str]]:
    """Returns the pairs of zone (None: not set) and quiet hours that there are."""
    without_zone = (await tx.execute(_QUIET_WITHOUT_ZONE)).scalars().all()
    with_zone = (await tx.execute(_PAIRS_WITH_ZONE)).all()
    return [*((None, quiet) for quiet in without_zone), *((zone, quiet) for zone, quiet in with_zone)]


async def set_language(tx: Tx, participant_id: int, language: Language) -> None:
    """Sets the language that they chose by hand; from then on they are answered in no other."""
    chosen = update(participants).where(participants.c.id == participant_id)
    await tx.execute(chosen.values(language=language, language_kept=True))


async def set_zone(tx: Tx, participant_id: int, zone: str) -> None:
    """Sets the time zone, an IANA name."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(zone=zone))


async def set_quiet(tx: Tx, participant_id: int, quiet: str) -> None:
    """Sets the hours without reminders, as "22:00-07:00" in their zone; "" for none."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(quiet=quiet))


async def pause(tx: Tx, participant_id: int, until: datetime) -> None:
    """Pauses reminders that are due before that moment; ending a pause does not send what it kept back."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(paused_until=until))


async def set_topic(tx: Tx, participant_id: int, topic: int | None) -> None:
    """Sets the forum's topic in which reminders and announcements come; None for outside of topics."""
    await tx.execute(update(participants).where(participants.c.id == participant_id).values(topic=topic))


async def set_reachable(tx: Tx, telegram_id: int, *, now: datetime | None) -> None:
    """Marks them unreachable since `now` (they blocked the bot), or reachable again with None."""
    await tx.execute(
        update(participants).where(participants.c.telegram_id == telegram_id).values(unreachable_since=now)
    )


async def remove(tx: Tx, telegram_id: int) -> None:
    """Deletes the row with that Telegram id and all that belongs to it, as for a group that removed the bot."""
    await _delete(tx, participants.c.telegram_id == telegram_id)


async def _delete(tx: Tx, *which: ColumnElement[bool]) -> int:
    """Deletes those people with all that is theirs, also what they asked panels; returns how many."""
    gone = (await tx.execute(delete(participants).where(*which))).rowcount
    if gone:
        note_change(tx, "panel")
    return gone


async def change_telegram_id(tx: Tx, telegram_id: int, new_id: int) -> None:
    """Moves a group's row from its old Telegram id to the new one; where reminders were turned on anew, that stays.

    What was written to the old chat cannot be changed any more: its messages have other numbers in the new one.
    """
    old, new = await find(tx, telegram_id), await find(tx, new_id)
    if old is None:
        return
    if new is not None and await _wants_reminders(tx, new.id):
        await remove(tx, telegram_id)
        return
    await remove(tx, new_id)
    await tx.execute(update(participants).where(participants.c.id == old.id).values(telegram_id=new_id))
    written = update(t.outbox).where(t.outbox.c.participant_id == old.id, t.outbox.c.message_id.is_not(None))
    await tx.execute(written.values(message_id=None))


async def _wants_reminders(tx: Tx, participant_id: int) -> bool:
    wanted = exists().where(t.subscriptions.c.participant_id == participant_id)
    return bool((await tx.execute(select(wanted))).scalar_one())


async def forget(tx: Tx, *, first_seen_before: datetime) -> int:
    """Deletes people with all that is theirs (reminders, conversations, messages); returns how many."""
    return await _delete(tx, participants.c.first_seen_at < first_seen_before)


_KEY = "tombstones"  # of the hashes: without it the marks identify nobody
_ANY_MARK = select(tombstones.c.mark).where(tombstones.c.mark.in_(bindparam("marks", expanding=True))).limit(1)
_DELETED_AT = select(tombstones.c.deleted_at).where(tombstones.c.mark == bindparam("marks"))


async def create_deletion_key(tx: Tx) -> None:
    """Creates the key at the first start, so that every backup holds it."""
    await get_key(tx, _KEY)


_KEY_BYTES = 32
_known_keys: "WeakKeyDictionary[Engine, dict[str, bytes]]" = WeakKeyDictionary()
_KEY_VALUE = select(secrets_table.c.value).where(secrets_table.c.name == bindparam("key_name"))


async def get_key(tx: Tx, name: str) -> bytes:
    """Returns the key of that name, created where there is none yet."""
    known = _known_keys.setdefault(tx.engine.sync_engine, {})
    if name in known:
        return known[name]
    found = (await tx.execute(_KEY_VALUE, {"key_name": name})).scalar_one_or_none()
    if found is None:
        made = {"name": name, "value": secrets.token_hex(_KEY_BYTES)}
        await tx.execute(insert_into(tx, secrets_table).values(made).on_conflict_do_nothing())
        return bytes.fromhex((await tx.execute(_KEY_VALUE, {"key_name": name})).scalar_one())
    # One that was found, not just made, is remembered: this transaction may still be rolled back.
    return known.setdefault(name, bytes.fromhex(found))


async def delete_for_good(tx: Tx, telegram_id: int, *, now: datetime) -> str:
    """Deletes that person with all that is theirs, for good; returns the mark that stays."""
    mark = _mark(await get_key(tx, _KEY), telegram_id)
    await _delete(tx, participants.c.telegram_id == telegram_id)
    await record_deletions(tx, [(mark, now)])
    return mark


def _mark(key: bytes, telegram_id: int) -> str:
    return hmac.new(key, str(telegram_id).encode(), hashlib.sha256).hexdigest()


async def record_deletions(tx: Tx, marks: Iterable[tuple[str, datetime]]) -> None:
    """Inserts marks of deletions, also those read from the log of a lost database; the latest of each counts."""
    for mark, deleted_at in marks:
        put = insert_into(tx, tombstones).values(mark=mark, deleted_at=deleted_at)
        later = put.on_conflict_do_update(
            index_elements=["mark"], set_={"deleted_at": deleted_at}, where=tombstones.c.deleted_at < deleted_at
        )
        await tx.execute(later)


async def deletion_mark(tx: Tx, telegram_id: int) -> str:
    """Returns the mark that person's deletion leaves, or would leave."""
    return _mark(await get_key(tx, _KEY), telegram_id)


async def any_deleted(tx: Tx, telegram_ids: Iterable[int]) -> bool:
    """Returns whether any of them was ever deleted."""
    key = await get_key(tx, _KEY)
    marks = [_mark(key, each) for each in telegram_ids]
    return (await tx.execute(_ANY_MARK, {"marks": marks})).first() is not None


async def enforce_deletion(tx: Tx, telegram_id: int) -> datetime | None:
    """Returns when that person was deleted last (None: never); deletes their row again where it is older."""
    mark = await deletion_mark(tx, telegram_id)
    moment = (await tx.execute(_DELETED_AT, {"marks": mark})).scalar_one_or_none()
    if moment is not None:
        await _delete(tx, participants.c.telegram_id == telegram_id, participants.c.first_seen_at < moment)
    return moment


async def delete_restored(tx: Tx) -> int:
    """Deletes whom a restored backup brought back; returns how many."""
    marks = {row.mark: row.deleted_at for row in await tx.execute(select(tombstones.c.mark, tombstones.c.deleted_at))}
    if not marks:
        return 0
    key = await get_key(tx, _KEY)
    people = await tx.execute(select(participants.c.id, participants.c.telegram_id, participants.c.first_seen_at))
    back = [
        row.id
        for row in people
        if (moment := marks.get(_mark(key, row.telegram_id))) is not None and row.first_seen_at < moment
    ]
    for number in back:
        await _delete(tx, participants.c.id == number)
    return len(back)


@dataclass(frozen=True, slots=True)
class PersonContext:
    """What a turn knows of a person when it begins."""

    person: Participant
    deleted_at: datetime | None  # when who had this number was deleted last
    dialog: DialogState | None  # the conversation that goes on
    talk: Talk | None  # what was talked about within the last minutes
    decided: bool  # whether they have ever been asked what they allow


_PERSON, _DIALOG, _TALK = len(COLUMNS), len(dialogs.COLUMNS), len(conversation_context.COLUMNS)
_TELEGRAM_ID = COLUMNS.index(t.participants.c.telegram_id)
_CONTEXT = (
    select(
        *COLUMNS,
        *dialogs.COLUMNS,
        *conversation_context.COLUMNS,
        t.talks.c.updated_at,
        t.tombstones.c.deleted_at,
        exists().where(t.consents.c.participant_id == t.participants.c.id),
    )
    .select_from(t.participants)
    .outerjoin(t.team, and_(t.team.c.participant_id == t.participants.c.id, t.team.c.removed_at.is_(None)))
    .outerjoin(t.dialogs, and_(t.dialogs.c.participant_id == t.participants.c.id, t.dialogs.c.rests.is_(False)))
    .outerjoin(t.talks, t.talks.c.participant_id == t.participants.c.id)
    .outerjoin(t.tombstones, t.tombstones.c.mark == bindparam("mark"))
)
_ONE_CONTEXT = _CONTEXT.where(t.participants.c.telegram_id == bindparam("person"))
_MANY_CONTEXTS = _CONTEXT.where(t.participants.c.telegram_id.in_(bindparam("person", expanding=True)))
_FEWEST_PRELOADED = 2  # people
# Contexts read by preload_contexts(). Each is used once, at the beginning of its turn.
_preloaded: "WeakKeyDictionary[Tx, dict[int, Sequence[Any]]]" = WeakKeyDictionary()


async def preload_contexts(tx: Tx, languages: Mapping[int, Language], *, now: datetime) -> None:
    """Reads all of these people (Telegram id to language) at once, for load_context(); adds who is new.

    A hall that writes for the first time costs four statements for all instead of four a person. Does nothing for one
    person, or where any of them was ever deleted: whether they may be added again depends on what they said.
    """
    if len(languages) < _FEWEST_PRELOADED or await any_deleted(tx, languages):
        return
    found = await _context_rows(tx, languages)
    if new := {each: language for each, language in languages.items() if each not in found}:
        await add(tx, new, now=now)
        found |= await _context_rows(tx, new)
    _preloaded[tx] = found


async def _context_rows(tx: Tx, telegram_ids: Iterable[int]) -> dict[int, Sequence[Any]]:
    rows = await tx.execute(_MANY_CONTEXTS, {"person": list(telegram_ids), "mark": ""})
    return {row[_TELEGRAM_ID]: row for row in rows}


async def load_context(tx: Tx, telegram_id: int, *, now: datetime) -> PersonContext | None:
    """Returns that person as they are now; None for somebody new."""
    row: Sequence[Any] | None = _preloaded.get(tx, {}).pop(telegram_id, None)
    if row is None:
        mark = await deletion_mark(tx, telegram_id)
        row = (await tx.execute(_ONE_CONTEXT, {"person": telegram_id, "mark": mark})).first()
    return None if row is None else _context_of_row(row, now)


def _context_of_row(row: Sequence[Any], now: datetime) -> PersonContext:
    values: list[Any] = list(row)
    dialog, talk = values[_PERSON : _PERSON + _DIALOG], values[_PERSON + _DIALOG : -3]
    talked_at, deleted_at, decided = values[-3:]
    return PersonContext(
        Participant(*values[:_PERSON]),
        deleted_at,
        DialogState(*dialog) if dialog[0] is not None else None,
        Talk(*talk) if talked_at is not None and talked_at > now - REMEMBERED else None,
        bool(decided),
    )
