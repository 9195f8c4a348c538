"""Every statement of an update's path finds its rows by an index, however many updates were answered before."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, text

from db import tables
from db.delivery import inbox
from db.delivery.inbox import NewUpdate
from db.engine.database import Database
from db.people import participants
from tests.support.world.databases import PostgresServer

NOW = datetime(2024, 10, 23, 16, tzinfo=UTC)
ANSWERED, PEOPLE = 20_000, 5_000


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh() as url:
        yield url


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Two days' updates, answered, and a thousand that wait."""
    database = Database(url)
    async with database.transaction() as tx:
        done = [{"update_id": number, "received_at": NOW, "handled_at": NOW} for number in range(ANSWERED)]
        await tx.execute(tables.inbox.insert(), done)
        known = [
            {"telegram_id": number, "language": "es", "first_seen_at": NOW, "quiet": ""} for number in range(PEOPLE)
        ]
        await tx.execute(tables.participants.insert(), known)
        await inbox.insert_new(tx, [NewUpdate(ANSWERED + number, number, "{}") for number in range(1_000)], now=NOW)
        await tx.execute(text("ANALYZE"))
    yield database
    await database.close()


async def test_no_statement_of_an_updates_path_reads_a_whole_table(database: Database) -> None:
    said: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: object, _x: object, many: bool) -> None:
        said.append((statement, parameters[0] if many and isinstance(parameters, list) else parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", listen)
    async with database.transaction() as tx:
        await inbox.insert_new(tx, [NewUpdate(99_999, 7, "{}")], now=NOW)
        taken = await inbox.claim(tx, owner="a", seconds=60, limit=64)
        numbers = [each.update_id for each in taken]
        await inbox.renew_leases(tx, numbers, owner="a", seconds=60)
        await inbox.mark_handled(tx, {numbers[0]: None}, owner="a", now=NOW)
        await inbox.mark_done(tx, numbers[1:20], owner="a", now=NOW)
        await inbox.received_at(tx, numbers[0])
        await inbox.count_waiting(tx, most=2_000)
        await participants.meet(tx, 7, language="es", now=NOW)
        await participants.enforce_deletion(tx, 7)
    event.remove(database.engine.sync_engine, "before_cursor_execute", listen)
    assert len(said) >= 9
    async with database.transaction() as tx:
        for statement, parameters in said:
            rows = await tx.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            plan = "\n".join(row[0] for row in rows)
            assert "Seq Scan on inbox" not in plan, plan
            assert "Seq Scan on participants" not in plan, plan
