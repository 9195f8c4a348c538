"""What the organizers' guides show: announcement, figures, a link, the panel, a certificate; with a crowd of nobody."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Browser
from sqlalchemy import insert, select

from db import tables
from rehearsal.tour_acts import certificate_is_given, panel_is_asked
from rehearsal.world import Rehearsal
from tests.support.world.crowd import registered, someone
from tests.support.world.people import Person, World

ORGANIZER, PHONE = 3, (430, 1240)  # her place in the cast
_FIRST, _CROWD = 5_000_000, 60
_ZONES = (
    "America/Argentina/Buenos_Aires", "America/Sao_Paulo", "America/Port-au-Prince", "America/Mexico_City",
    "America/Lima", "Europe/Madrid", "America/Bogota",
)  # fmt: skip
FIGURES = ("time", "countries", "sectors", "languages", "sessions", "deliveries", "lateness", "questions")
_HELD = timedelta(seconds=62)


async def crowd(world: World) -> None:
    """Adds people who are registered, get reminders and allow announcements; each has a chat with the bot."""
    people = [someone(number, zone=_ZONES[number % len(_ZONES)]) for number in range(_CROWD)]
    await registered(world, people, sessions=(1, 2, 3))
    async with world.rehearsal.app.database.transaction() as tx:
        mine = select(tables.participants.c.id, tables.participants.c.telegram_id, tables.participants.c.first_seen_at)
        rows = (await tx.execute(mine.where(tables.participants.c.telegram_id >= _FIRST))).all()
        sessions = list((await tx.execute(select(tables.sessions.c.id))).scalars())
        for row in rows:
            allowed = {"purpose": "announcements", "version": 1, "asked_version": 1, "given": True}
            whose = {"participant_id": row.id, "decided_at": row.first_seen_at}
            await tx.execute(insert(tables.consents).values(**whose, **allowed))
            wants = [
                {"participant_id": row.id, "session_id": each, "lead": lead, "since": row.first_seen_at}
                for each in sessions
                for lead in ("24h", "1h")
            ]
            await tx.execute(insert(tables.subscriptions), wants)
    for row in rows:
        world.telegram.joins(f"P{row.telegram_id}", user_id=row.telegram_id)
        world.telegram.started.add(row.telegram_id)


async def questions(world: World) -> None:
    """Plays questions that the content does not answer; two of them go to the team."""
    asked = (
        ("Y a-t-il un certificat ?", "Demander à"),
        ("¿Dan certificado?", "Preguntar al equipo"),
        ("Is it free?", ""),
    )
    for each, (words, label) in zip(world.rehearsal.cast, asked, strict=False):
        person = Person(world, each.id)
        await person.says(words)
        if label:
            await person.presses(label)


async def shot(opened: Browser, address: str, person: int, file: Path) -> None:
    """Takes a picture of one person's phone as the page shows it."""
    page = await opened.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, color_scheme="light")
    await page.goto(f"{address}/?tour=no")
    tab = page.get_by_test_id(f"person-{person}")
    if await tab.get_attribute("aria-pressed") != "true":
        await tab.click()
    await page.wait_for_timeout(1500)  # fonts and the first drawing
    await page.get_by_test_id(f"phone-{person}").screenshot(path=file)
    await page.close()


async def figures(world: World, olga: Person, folder: Path) -> None:
    """Saves the pictures themselves, as the bot sends them; one in the dark."""
    await olga.says("/cifras")
    for name in FIGURES:
        await olga.forges(f"fg:{name}:light")
        (folder / f"figure-{name}.png").write_bytes(newest_file(world, olga))
    await olga.forges("fg:countries:dark")
    (folder / "figure-countries-dark.png").write_bytes(newest_file(world, olga))


def newest_file(world: World, person: Person) -> bytes:
    """Returns what the last file in somebody's chat holds."""
    media = next(each.media for each in reversed(person.chat) if each.media is not None)
    return world.telegram.files[media["file_id"]].content


async def announcement(olga: Person) -> None:
    """Writes a draft for tomorrow morning, in two languages, and its preview."""
    for words, label in (("/anunciar", "Nuevo anuncio"), ("La sesión 2 tiene nueva sala.", "PT")):
        await olga.says(words)
        await olga.presses(label)
    await olga.says("A sessão 2 tem nova sala.")
    await olga.presses("Cuándo")
    await olga.says("2024-10-25 09:00")
    await olga.presses("Vista previa")


async def sent(world: World, olga: Person) -> None:
    """Sends it at once and shows its card."""
    await olga.presses("Cuándo")
    await olga.presses("Enseguida")
    await olga.presses("Enviar")
    await world.rehearsal.turn_to(world.rehearsal.clock.now() + _HELD)


async def link(olga: Person) -> None:
    """Shows the dry run of a link."""
    await olga.says("/session 2")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(": enlace")
    await olga.says("https://zoom.example.org/j/2")


async def play(rehearsal: Rehearsal, opened: Browser, address: str, folder: Path) -> None:
    """Plays all scenes, one after another, and saves their pictures in that folder."""
    world = World(rehearsal, rehearsal.app.settings)
    olga = Person(world, rehearsal.cast[ORGANIZER].id)
    rehearsal.clock.set_speed(0)
    await crowd(world)
    await questions(world)
    await rehearsal.turn_to(datetime(2024, 10, 23, 17, 5, tzinfo=UTC))
    await figures(world, olga, folder)
    await announcement(olga)
    await shot(opened, address, olga.id, folder / "announcement-preview.png")
    await sent(world, olga)
    await shot(opened, address, olga.id, folder / "announcement-card.png")
    await link(olga)
    await shot(opened, address, olga.id, folder / "session-link.png")
    panel = await panel_is_asked(rehearsal)
    await olga.says(f"/panel {panel.session}")
    await shot(opened, address, olga.id, folder / "panel-card.png")
    given = await certificate_is_given(rehearsal)
    await olga.says(f"/session {given.session}")
    await olga.presses("Asistencia")
    await shot(opened, address, olga.id, folder / "attendance-card.png")
    await shot(opened, address, given.person, folder / "certificate-offered.png")
