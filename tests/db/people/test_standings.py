"""How people stand to sessions, read for many at once, on both kinds of database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from changes import link_access
from changes.link_access import LinkAudience
from db import tables
from db.admin import schema
from db.announcements.audiences import ANYBODY, Audience
from db.engine.database import Database, Tx
from db.people import attendances, participants, registrations, standings, subscriptions
from db.programme import live_programme
from knowledge.programme.session_details import Access, SessionDetails

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)
ANSWERS = {"name": "Ana", "organization": "OIM", "sector": "un", "country": "AR", "email": None, "needs": None}


async def _see(tx: Tx, session_id: int, audience: LinkAudience) -> set[int]:
    sees = link_access.may_see_link(session_id, audience)
    return set((await tx.execute(select(tables.participants.c.id).where(sees))).scalars())


async def test_places_reminders_and_registrations_are_told_apart(database_url: str) -> None:
    database = Database(database_url)
    await schema.ready(database)
    async with database.transaction() as tx:
        times = [(number, NOW + timedelta(days=number), NOW + timedelta(days=number, hours=1)) for number in (1, 2)]
        await live_programme.update_from_content(tx, "c", times, now=NOW)
        live = await live_programme.programme(tx, "c")
        going, waiting, reminded, nobody = [
            (await participants.meet(tx, number, language="es", now=NOW)).id for number in (11, 12, 13, 14)
        ]
        for each in (going, waiting):
            await registrations.register(tx, each, "c", ANSWERS, now=NOW)
            await attendances.join(tx, each, live[1].id, 1, now=NOW)
        for each in (waiting, reminded):
            await subscriptions.turn_on(tx, each, [live[1].id], ["1h", "10m"], now=NOW)
        found = await standings.standings(tx, [going, waiting, reminded, nobody])
        assert found[going] == standings.Standing({live[1].id: "going"}, frozenset(), frozenset({"c"}))
        assert found[waiting].places == {live[1].id: "waiting"}
        assert found[reminded] == standings.Standing({}, frozenset({live[1].id}), frozenset())
        assert nobody not in found
        known = link_access.Accesses(found)
        assert known.access(waiting, live[1].id, "c") == Access("waiting", reminded=True, registered=True)
        assert known.access(nobody, live[1].id, "c") == Access()
        await live_programme.set_detail(
            tx, live[1].id, "link", {"url": "https://a.example.org", "open": False}, expected=0, now=NOW
        )
        ((session_id, number, stored),) = await live_programme.details_with_link(tx)
        assert (session_id, number) == (live[1].id, 1)
        for planned, without in ((None, 0), (1, 0)):
            told = SessionDetails.from_stored(stored, planned)
            count = await link_access.count_without_access(tx, "c", Audience(who=ANYBODY), session_id, told)
            assert count == without, "nobody has allowed announcements"
        assert await _see(tx, live[1].id, "concerned") == {going, reminded}
        assert await _see(tx, live[1].id, "placed") == {going}
        assert await _see(tx, live[1].id, "anybody") == {going, waiting, reminded, nobody}
    await database.close()
