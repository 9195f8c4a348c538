"""The page of the big screen over HTTP: whom it answers, with which headers, and how its stream of events ends."""

import asyncio

import httpx
import pytest
from sqlalchemy import event

from bot.http.panel_feed import MOST_VIEWERS_OF_SESSION, TooManyViewersError
from db.panel import screens
from tests.support.panel import approves, asks_panel, in_time, sends_to_panel
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import organizer

HOSTILE = (
    "<script>alert(1)</script> ¿quién paga?",
    '"><img src=x onerror=alert(1)> ¿y esto?',
    "</script><svg/onload=alert(2)> ¿seguro?",
    "&lt;b&gt; {{7*7}} ${7*7} ¿de verdad?",
)
PAGES = ("", "/sheet", "/events")


pytestmark = pytest.mark.one_owner


async def opened(world: World) -> tuple[Person, str]:
    """Olga, and the secret of the screen of session 1, opened now."""
    olga = await organizer(world)
    await in_time(world)
    await olga.forges("pm:s:1:on")
    (kept,) = await rows(world, "panel_screens")
    async with world.rehearsal.app.database.transaction() as tx:
        found = await screens.token_of_session(tx, kept["session_id"])
    assert found is not None
    return olga, found


@pytest.mark.parametrize("path", PAGES)
async def test_another_secret_opens_nothing(world: World, browser: httpx.AsyncClient, path: str) -> None:
    _, token = await opened(world)
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in ("x", changed, token[:-1], token + "A", token.swapcase(), "%00", "é"):
        reply = await browser.get(f"/panel/{wrong}{path}")
        assert (reply.status_code, reply.text) == (404, "Not Found"), wrong
        assert reply.headers["cache-control"] == "no-store"


async def test_no_copy_is_kept_and_nothing_foreign_is_loaded(world: World, browser: httpx.AsyncClient) -> None:
    _, token = await opened(world)
    for path in ("", "/sheet"):
        headers = (await browser.get(f"/panel/{token}{path}")).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer", "the address is the secret"
        assert headers["x-content-type-options"] == "nosniff"
        assert "noindex" in headers["x-robots-tag"]
        rules = headers["content-security-policy"]
        assert "default-src 'none'" in rules
        assert "frame-ancestors 'none'" in rules
        assert "unsafe" not in rules
        assert "*" not in rules
    assert (await browser.get("/panel/assets/..%2f..%2fhealth")).status_code == 404
    assert (await browser.get("/panel/assets/screen.html")).status_code == 404


async def test_hostile_questions_are_words_on_the_page_and_the_sheet(world: World, browser: httpx.AsyncClient) -> None:
    olga, token = await opened(world)
    for number, words in enumerate(HOSTILE):
        person = world.person(f"<i>P{number}", language="es")
        await person.says("/start")
        await person.forges("pq:a:1")
        await person.says(words)
        await person.presses("Mostrar mi nombre")
        await person.presses("Enviar al panel")
    kept = await rows(world, "panel_questions")
    assert len(kept) == len(HOSTILE)
    for each in kept:
        await olga.forges(f"pm:d:1:{each['id']}:1:approve")
    for path in ("", "/sheet"):
        page = (await browser.get(f"/panel/{token}{path}")).text
        assert "&lt;script&gt;alert(1)" in page
        for tag in ("<script>alert", "<img", "<svg", "<i>P", "onerror=alert(1)>"):
            assert tag not in page, tag


async def test_the_stream_follows_and_ends_when_the_bot_stops(world: World) -> None:
    olga, token = await opened(world)
    feed = world.rehearsal.app.panel_feed
    stream = feed.stream(token, None)
    assert '"list": []' in await anext(stream)
    await asks_panel(world, "Ana", "¿Habrá café?")
    await olga.forges("pm:d:1:1:1:approve")
    async with asyncio.timeout(10):
        assert "¿Habrá café?" in await anext(stream)
        bea = world.person("Bea")
        await bea.says("/start")
        await bea.forges("pq:v:1:0:on")
        assert '"votes": 1' in await anext(stream)
        feed.stop()
        assert [each async for each in stream] == []


async def test_sixty_pages_cost_a_reading_or_two_also_while_everybody_votes(world: World) -> None:
    _, token = await opened(world)
    await asks_panel(world, "Ana", "¿Habrá café?")
    feed, asked = world.rehearsal.app.panel_feed, list[str]()
    engine = world.rehearsal.app.database.engine.sync_engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    async def votes_come() -> None:
        while True:
            feed.wake()
            await asyncio.sleep(0)

    event.listen(engine, "before_cursor_execute", note)
    async with asyncio.TaskGroup() as group:
        votes = group.create_task(votes_come())
        await asyncio.gather(*(feed.read(token, None) for _ in range(MOST_VIEWERS_OF_SESSION)))
        votes.cancel()
    event.remove(engine, "before_cursor_execute", note)
    assert 1 <= sum("FROM panel_questions" in each for each in asked) <= 2, len(asked)


async def test_a_withdrawn_link_ends_the_stream_with_word_of_it(world: World) -> None:
    olga, token = await opened(world)
    stream = world.rehearsal.app.panel_feed.stream(token, None)
    await anext(stream)
    await olga.forges("pm:s:1:off")
    async with asyncio.timeout(10):
        assert [each async for each in stream] == ["event: gone\ndata: {}\n\n"]


async def test_so_many_watch_and_no_more(world: World, browser: httpx.AsyncClient) -> None:
    _, token = await opened(world)
    feed = world.rehearsal.app.panel_feed
    watched = [await feed.enter(token) for _ in range(MOST_VIEWERS_OF_SESSION)]
    assert None not in watched
    with pytest.raises(TooManyViewersError):
        await feed.enter(token)
    refused = await browser.get(f"/panel/{token}/events")
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "5"
    assert (await browser.get("/panel/guess/events")).status_code == 404, "a guess is not told that it is busy"
    assert (await browser.get(f"/panel/{token}")).status_code == 200, "the page itself is shown"
    session = watched[0]
    assert session is not None
    feed.leave(session)
    assert await feed.enter(token) == session


async def test_two_questions_keep_their_places_on_the_page(world: World, browser: httpx.AsyncClient) -> None:
    olga, token = await opened(world)
    await asks_panel(world, "Ana", "¿Habrá café?")
    bea = world.person("Bea")
    await bea.says("/start")
    await sends_to_panel(bea, "¿Quién paga el hotel?")
    for _ in range(2):
        await approves(olga)
    await bea.forges("pq:v:1:0:on")
    page = (await browser.get(f"/panel/{token}")).text
    assert page.index("¿Habrá café?") < page.index("¿Quién paga el hotel?")
