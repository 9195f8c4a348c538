"""Collects what can be seen at the end of a rehearsed cycle: from the phones, the database and the log."""

import re
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select

from db import tables
from db.engine.database import Tx
from locales.localized import LANGUAGES
from locales.reply import Value, text
from rehearsal.cycle.acts import delete_somebody
from rehearsal.cycle.ledger import Evidence, PanelRow
from rehearsal.cycle.players import Player
from rehearsal.cycle.stage import Stage

_TAG = re.compile(r"</?b>")
_SESSIONS = (1, 2, 3, 4)


async def collect(stage: Stage) -> Evidence:
    """Returns all of it; somebody is deleted before the end, and what is left of them is looked for."""
    async with stage.app.database.transaction() as tx:
        with_place, panel, came = await _with_place(stage, tx), await _panel(tx), await _came(tx)
        feedback, certificates = await _feedback(tx), await _certificates(tx)
        ids = {row.telegram_id: row.id for row in await tx.execute(select(tables.participants))}
    linked = frozenset(stage.linked - {stage.organizer.id})  # who moves up when somebody leaves, gets it later
    deleted = await delete_somebody(stage)
    async with stage.app.database.transaction() as tx:
        left = await _left_of(tx, deleted, ids[deleted.id])
    await stage.finish()
    return Evidence(
        chats={each.id: list(stage.seen.get(each.id, {}).values()) for each in stage.ledger.players},
        team=list(stage.seen[stage.organizer.id].values()),
        linked=linked,
        with_place=with_place,
        panel=panel,
        screen=stage.screen,
        came=came,
        feedback=feedback,
        certificates=certificates,
        left_of_deleted=left,
        errors=tuple(stage.errors),
        headings=_headings(stage),
    )


async def _with_place(stage: Stage, tx: Tx) -> frozenset[int]:
    people, places, sessions = tables.participants, tables.attendances, tables.sessions
    found = select(people.c.telegram_id).join_from(people, places).join(sessions, places.c.session_id == sessions.c.id)
    going = found.where(sessions.c.number == stage.ledger.limited, places.c.state == "going")
    return frozenset((await tx.execute(going)).scalars())


async def _panel(tx: Tx) -> list[PanelRow]:
    questions, votes = tables.panel_questions, tables.panel_votes
    counted = select(func.count()).where(votes.c.question_id == questions.c.id).scalar_subquery()
    rows = await tx.execute(select(questions.c.words, questions.c.state, counted.label("votes")))
    return [PanelRow(row.words, row.state, row.votes) for row in rows]


async def _came(tx: Tx) -> Mapping[int, frozenset[int]]:
    people, here, sessions = tables.participants, tables.presences, tables.sessions
    joined = select(people.c.telegram_id, sessions.c.number).join_from(people, here).join(sessions)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row in await tx.execute(joined.where(here.c.came)):
        found[row.number].add(row.telegram_id)
    return {number: frozenset(found[number]) for number in _SESSIONS}


async def _feedback(tx: Tx) -> Mapping[int, int]:
    kept = tables.feedback
    rows = await tx.execute(select(kept.c.number, func.count().label("answers")).group_by(kept.c.number))
    return {row.number: row.answers for row in rows}


async def _certificates(tx: Tx) -> Mapping[int, list[int]]:
    people, issued = tables.participants, tables.certificates
    rows = await tx.execute(select(people.c.telegram_id, issued.c.sessions).join_from(people, issued))
    return {row.telegram_id: [int(each[0]) for each in row.sessions] for row in rows}


async def _left_of(tx: Tx, player: Player, row_id: int) -> list[str]:
    """Returns the tables that still hold something of that person: their row's number, Telegram's, or their name."""
    theirs = re.compile(rf"\b{player.id}\b|{re.escape(player.name)}")
    found = []
    for table in tables.metadata.sorted_tables:
        people = [each.name for each in table.columns if each.references(tables.participants.c.id)]
        rows = [dict(row) for row in (await tx.execute(select(table))).mappings()]
        if any(row[each] == row_id for row in rows for each in people) or any(theirs.search(repr(row)) for row in rows):
            found.append(table.name)
    return found


def _headings(stage: Stage) -> Mapping[str, Mapping[str, str]]:
    """Returns how each kind of message begins, in each language; "{n}" stands for the session."""
    keys: dict[str, dict[str, Value]] = {
        "reminder.soon": {"number": "{n}", "remaining": ""},
        "moved.heading": {"number": "{n}"},
        "after.heading": {"number": "{n}"},
        "nudge.heading": {"number": "{n}"},
        "nudge.cycle": {},
        "survey.heading": {},
        "summary.heading": {"number": "{n}"},
        "summary.heading.cycle": {},
    }
    readers = {code: stage.app.translator.reader(code, None) for code in LANGUAGES}
    return {
        key: {code: _TAG.sub("", reader.plain(text(key, **values))).split("\n")[0] for code, reader in readers.items()}
        for key, values in keys.items()
    }
