"""Forged presses and links, markup, odd signs, file names, huge texts: answered, shown as typed, harmless."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from tests.support.world.people import Person, World
from tests.support.world.registration import registers, rows

MARKUP = '<b>x</b><a href="tg://user?id=1">y</a>&lt;i&gt;</i><script>'
SIGNS = (
    "\u202eabc",
    "x\ufeff\u200b\u2060",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍",
    "👩‍👩‍👧‍👦" * 20,
    "\x07\x1b[2J",
    "'; DROP TABLE participants; --",
    "{name} %s {0}",
)
PRESSES = (
    "", " ", "+", "++menu", "menu\n", "s:", "s:0", "s:999", "s:-1", "s:２", "s:1e9", "o:1:2:3", "p:no-such-practice",
    "p:../../etc/passwd", "pc:XX:0", "pc:AR:999", "po:99:0", "rem:999:1h:on", "rem:1:999d:on", "rem:1:25:99:on",
    "cal:999", "pause:no", "pause:end", "quiet:99:99-99:99", "quiet:-----------", "mute:999:on", "mute:0:off",
    "reg:name:1:x", "reg:consent:999999999:yes", "reg:nosuch:1:yes", "chg:name:1:x", "mine:c:nosuch", "mine:s:999:on",
    "mine:off:yes", "con:nosuch:on", "con:photos:on", "lang:xx", "lang:AR", "zc:999", "zn:XX", "zn:ZZ", "z:Etc/GMT+99",
    "z:../../../etc/passwd", "z:America", "z:posix/America/Lima", "zh:999999999:-999", "zh:0:0:XX", "zhc:999999999:1",
    "g:on", "g:lang:es", "organizer", "admin:1", "\0", "<b>", "x" * 64,
)  # fmt: skip
LINKS = (
    "s0", "s99", "s-1", "s1; DROP TABLE", "o999", "pr0", "p_", "p_no-such", "p_../../x", "inline", "<b>", "x" * 64,
    "s" + "9" * 63, "s１", "\u202e", "data:del:yes",
)  # fmt: skip


@contextmanager
def nothing_fails(*tried: object) -> Iterator[None]:
    """Raises AssertionError where the bot logs a warning or an error meanwhile."""
    with structlog.testing.capture_logs() as logs:
        yield
    assert not [each for each in logs if each["log_level"] in {"error", "warning"}], (*tried, logs)


async def tries(who: Person, *, words: str = "", press: str | None = None) -> None:
    """Says or presses it; nothing fails inside."""
    with nothing_fails(words, press):
        await (who.forges(press) if press is not None else who.says(words))


async def test_forged_presses_never_fail_and_never_open_what_is_not_theirs(world: World) -> None:
    ana, beto = world.person("Ana"), world.person("Beto")
    await beto.says("/start")
    await ana.says("/start")
    for press in PRESSES:
        await tries(ana, press=press)
        assert len(ana.toasts) or ana.chat[-1].from_bot
    await ana.says("/sesiones")
    assert ana.heard("Las sesiones")
    assert len(await rows(world, "participants")) == 2
    assert {row["zone"] for row in await rows(world, "participants")} == {None}, "no zone that does not exist"


async def test_forged_links_lead_to_the_first_words(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    for link in LINKS:
        await tries(ana, words=f"/start {link}")
        assert ana.chat[-1].from_bot


async def test_a_name_with_markup_or_odd_signs_is_shown_as_it_was_typed(shared_world: World) -> None:
    """On the phone, in the registration, and in the file of one's own data. All who have one write in one moment."""
    people = {name: shared_world.person(name, last_name=name) for name in (MARKUP, *SIGNS, "=1+1")}
    for words in (
        "/start", "/registrarme", "", MARKUP, "sociedad civil", "Bolivia", "omitir", "1", MARKUP, "acepto", "/misdatos",
    ):  # fmt: skip
        with nothing_fails(words):
            await shared_world.all_say([(each, words or name) for name, each in people.items()])
    for name, each in people.items():
        assert each.heard("Lo que guardo de usted"), (name, each.last)
        assert "<script>" not in each.chat[-1].html, name
        assert "tg://user" not in each.chat[-1].html, name


async def test_an_organization_with_markup_is_shown_as_it_was_typed(shared_world: World) -> None:
    ana = shared_world.person("Ana", last_name="Paz")
    await registers(ana, until="organization")
    organization = "<b>Casa</b> & &lt;i&gt; <script>"
    for words in (organization, "sociedad civil", "Bolivia", "saltar", "1", "saltar"):
        await tries(ana, words=words)
    assert organization in ana.last, ana.last
    assert "<script>" not in ana.chat[-1].html


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "x" * 5_000, "<script>.pdf", "a\0b\r\nX: y", "CON", "\u202efdp.exe"]
)
async def test_files_are_not_opened_whatever_their_name(shared_world: World, name: str) -> None:
    ana = shared_world.person("Ana")
    await ana.does(lambda telegram, who: telegram.sends_document(who, name))
    assert not any(each.method == "getFile" for each in shared_world.telegram.calls)
    await ana.says("/sesiones")
    assert ana.heard("Las sesiones")


# Thousands of the same sign or word are in test_long_repetitions.py.
HUGE = {
    "numbers": ("1 y " * 1_400)[:4_096],
    "digits": "9" * 4_096,
    "places": ("en Lima " * 600)[:4_096],
    "days": ("el martes 5 de noviembre " * 200)[:4_096],
    "questions": ("¿? " * 1_400)[:4_096],
    "sentences": ("¿cuándo es? " * 400)[:4_096],
    "tags": ("<b>" * 1_400)[:4_096],
    "emoji": "😀" * 2_048,
    "one of each": "".join(chr(0x4E00 + number) for number in range(4_096)),
    "command": "/objetivos " + "15 " * 1_300,
}


@pytest.mark.parametrize("words", HUGE.values(), ids=HUGE)
async def test_a_huge_text_is_answered_in_one_message(shared_world: World, words: str) -> None:
    ana = shared_world.person("Ana")
    await tries(ana, words=words)
    assert len(ana.news) in {1, 2}


async def test_a_huge_text_is_never_kept_whole_where_a_name_is_asked(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/registrarme")
    await tries(ana, words="N" * 4_096)
    assert ana.heard("120")
