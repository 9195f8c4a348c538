"""The real process at the log level DEBUG: secrets go every way through it, and none is in what it has logged."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import aiohttp
from aiohttp import web

from rehearsal.telegram.telegram import Limits, Telegram
from reminders.clock import RunningClock
from tests.support.telegram.local_telegram import BotProcess, served, serving, until
from tests.support.world.people import TOKEN
from tests.support.world.team import OWNER

START = datetime(2024, 10, 22, 18, tzinfo=UTC)  # the panel of session 1 takes questions
SPEED = 60  # the minute in which an announcement can be undone takes a second
NAME, EMAIL, NEEDS = "Anacleta Quiñones", "anacleta@casa-secreta.org", "Necesito rampa en Xochimilco"
TO_THE_TEAM, TO_THE_PANEL = "¿Habrá guardería para mis mellizas?", "¿Qué hacen con quienes cruzan por Tapachula?"
ANNOUNCED, CUT, BROKEN = "La clave de la sala es ornitorrinco.", "hola desde Jutiapa", "hola desde Comayagua"
FIRST, LAST, HANDLE = "Remedios", "Buendía", "remedios_b"
SECRETS = (
    NAME, EMAIL, NEEDS, TO_THE_TEAM, TO_THE_PANEL, "ornitorrinco", "Jutiapa", "Comayagua", TOKEN.split(":")[1],
    FIRST, LAST, HANDLE, "Cochabamba", "Casa del Migrante",
)  # fmt: skip
ANSWERS = [
    ("/zonahoraria", "ciudad"), ("Cochabamba", "Cochabamba"),
    ("/registrarme", "nombre completo"), (NAME, "organización"), ("Casa del Migrante", "sector"),
    ("sociedad civil", "país"), ("Bolivia", "correo"), (EMAIL, "sesiones"), ("2 y 3", "interpretación"),
    (NEEDS, "todo bien"), ("acepto", "Listo: su inscripción está hecha"),
]  # fmt: skip


@dataclass
class BadGateway:
    """Hands calls on to Telegram; cuts its answers in the middle, or gives a page that quotes the call."""

    telegram: str
    client: aiohttp.ClientSession
    harm: str = ""
    done: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Brings the call to Telegram and its answer back, or a broken one."""
        body, sends = await request.read(), request.path.lower().endswith("sendmessage")
        if sends and self.harm == "502":
            self.done += 1
            page = f"<html>Bad Gateway {request.path} {body.decode()} {BROKEN} {NAME}</html>"
            return web.Response(text=page, status=502, content_type="text/html")
        there = self.telegram + request.path_qs
        async with self.client.request(request.method, there, data=body, headers=request.headers) as said:
            content = await said.read()
        if sends and self.harm == "cut":
            self.done += 1
            content = content[:-9]
        return web.Response(body=content, status=said.status, content_type="application/json")


@dataclass
class Talk:
    """Somebody at their phone, against the process."""

    telegram: Telegram
    id: int

    async def says(self, words: str, answer: str) -> None:
        """Types, and waits until the newest message holds those words."""
        self.telegram.says(self.id, words)
        await self.heard(answer)

    async def forges(self, data: str, answer: str) -> None:
        """Presses a button with that data, and waits for the answer."""
        self.telegram.forges_press(self.id, self.telegram.chat(self.id)[-1].id, data)
        await self.heard(answer)

    async def presses(self, label: str, answer: str) -> None:
        """Presses that button, and waits for the answer."""
        newest = self.telegram.chat(self.id)[-1]
        places = [
            (r, c) for r, row in enumerate(newest.keyboard) for c, each in enumerate(row) if label in each["text"]
        ]
        self.telegram.presses(self.id, newest.id, *places[0])
        await self.heard(answer)

    async def heard(self, words: str) -> None:
        """Waits for those words of the bot."""
        await until(lambda: any(each.from_bot and words in each.text for each in self.telegram.chat(self.id)[-3:]))


def spellings(secret: str) -> set[str]:
    """The ways in which a log could hold it."""
    return {secret, json.dumps(secret)[1:-1], quote(secret), repr(secret.encode())[2:-1], ascii(secret)[1:-1]}


async def everything_happens(telegram: Telegram, gateway: BadGateway) -> None:
    """All that people write goes its way, also where Telegram's answers are none."""
    olga = Talk(telegram, telegram.joins("Olga", language_code="es").id)
    ana = Talk(telegram, telegram.joins(FIRST, last_name=LAST, username=HANDLE, language_code="es").id)
    assert olga.id == OWNER
    for words, answer in ANSWERS:
        await ana.says(words, answer)
    await ana.forges("con:announcements:on", "nuncios")
    await ana.forges("+team", "Escriba su pregunta")
    await ana.says(TO_THE_TEAM, "equipo")
    await ana.forges("+pq:a:1", "panel")
    await ana.says(TO_THE_PANEL, TO_THE_PANEL)
    await ana.presses("Enviar al panel", "panel")
    for harm, words in (("cut", CUT), ("502", BROKEN)):
        gateway.harm, before = harm, gateway.done
        telegram.says(ana.id, words)
        await until(lambda before=before: gateway.done > before)  # type: ignore[misc]
        gateway.harm = ""
    await olga.says("/anunciar", "Anuncios")
    await olga.forges("an:new", "Envíe el mensaje")
    await olga.says(ANNOUNCED, "Anuncio 1")
    await olga.presses("Enviar", "va a")
    await ana.heard(ANNOUNCED)


async def test_nothing_that_people_write_is_in_the_log(tmp_path: Path) -> None:
    clock = RunningClock(START, SPEED)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    async with served(telegram) as there, aiohttp.ClientSession() as client:
        gateway = BadGateway(there, client)
        async with serving(gateway.answer, shutdown_seconds=0.1) as address:
            file, log = tmp_path / "config.toml", tmp_path / "log"
            file.write_text(
                f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{address}"\n'
                f'[database]\nurl = "sqlite:///{tmp_path}/ciclo.db"\n[delivery]\nrate = 1000\nper_chat = 30\n'
                f"[organizers]\nids = [{OWNER}]\nconfirm_above = 0\n"
                f"[clock]\nstart = {clock.now().isoformat()}\nspeed = {SPEED}\n"
            )
            bot = await BotProcess.fork(file, log, "--debug")
            await everything_happens(telegram, gateway)
            assert await bot.stop() == 0
    logged = log.read_text()
    stamp = logged.split('"timestamp": "', maxsplit=1)[1].split('"', maxsplit=1)[0]
    assert datetime.fromisoformat(stamp).year > START.year, "the log carries the real time, not the rehearsal's"
    assert '"level": "debug"' in logged
    leaked = {secret for secret in SECRETS for each in spellings(secret) if each in logged}
    assert leaked == set()
