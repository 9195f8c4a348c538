"""Masters of their data: seen, taken away, allowed or not, deleted for good."""

import hashlib
import json

import pytest

from db import tables
from db.engine.database import Database
from db.people import my_data
from handlers.participant.mine import my_data as data_card
from handlers.participant.registration import consent
from handlers.participant.registration.consent import Purpose
from handlers.updates import UpdateHandler
from locales.localized import LANGUAGES
from locales.translator import read_catalogue
from rehearsal.world import running
from telegram_io.incoming import IncomingMessage
from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers, rows, twice, with_everything
from tests.support.world.restart import again

EVERYTHING = ("registrations", "attendances", "consents", "subscriptions", "dialogs", "talks", "questions", "outbox")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/misdatos", ("Lo que guardo de usted", "Número de usuario de Telegram", "Zona horaria: no la ha dicho")),
        ("/meusdados", ("O que guardo de você",)),
        ("/mydata", ("What I keep about you",)),
        ("/mesdonnees", ("Ce que je conserve de vous",)),
    ],
)
async def test_my_data_is_shown_in_four_languages(world: World, command: str, words: tuple[str, ...]) -> None:
    language = {"/misdatos": "es", "/meusdados": "pt", "/mydata": "en", "/mesdonnees": "fr"}[command]
    someone = world.person("Ana", language=language)
    await someone.says(command)
    assert someone.heard(*words)


async def test_my_data_names_everything_that_is_kept(world: World) -> None:
    ana = await with_everything(world)
    await ana.says("/calendario")
    await ana.forges("pause:always")
    await ana.forges("quiet:23:00-06:00")
    await ana.says("/misdatos")
    assert ana.heard("Primer mensaje suyo: martes 22 de octubre de 2024", "4 sesiones para su calendario")
    assert ana.heard("Todo en silencio", "De 23:00 a 06:00")
    named = {*data_card.COUNTED, *data_card.SHOWN_IN_FULL}
    assert named == {table.name for table in my_data.tables_with_people()}, "a new table is named in /mydata, too"


async def test_privacy_tells_what_is_kept_and_what_stays(world: World) -> None:
    ana = ana_of(world)
    await ana.says("/privacidad")
    for words in ("pausas", "calendario", "de qué hablábamos", "o, si usted llegó más tarde", "una marca cifrada"):
        assert ana.heard(words), words


async def test_my_data_is_taken_away_as_a_file_with_all_of_it(world: World) -> None:
    ana = await with_everything(world)
    await ana.says("/misdatos")
    assert ana.heard("Ana Quiñones", "Casa del Migrante", "12 recordatorios", "3 permisos")
    await ana.presses("Descargar todo")
    file = ana.chat[-1].media
    assert file is not None
    content = json.loads(world.telegram.files[file["file_id"]].content)
    assert content["format"] == "ciclo/1"
    assert content["participants"][0]["telegram_id"] == ana.id
    assert content["registrations"][0]["name"] == "Ana Quiñones"
    assert {row["session"] for row in content["attendances"]} == {f"pmm-2024/{number}" for number in (1, 2, 3, 4)}
    assert set(content) >= {table.name for table in my_data.tables_with_people()}


async def test_deletion_takes_two_taps_and_leaves_a_receipt_and_a_mark(world: World) -> None:
    ana = await with_everything(world)
    await ana.says("/misdatos")
    await ana.presses("Borrar todo lo mío")
    await ana.presses("Sí, borrar todo")
    assert ana.heard("Borrado: martes 22 de octubre de 2024, 12:00", "Recibo")
    for table in ("participants", *EVERYTHING):
        assert await rows(world, table) == [], table
    (mark,) = await rows(world, "tombstones")
    assert str(ana.id) not in str(mark)
    assert mark["mark"][:8] in ana.last
    await ana.says("/miinscripcion")
    assert ana.heard("Todavía no está en la lista")


async def test_what_was_said_before_the_deletion_brings_nobody_back(stage: World) -> None:
    """Updates that Telegram repeats, and those that a restored inbox holds."""
    async with running(stage.rehearsal):
        await stage.settle()
        ana = await with_everything(stage)
        before = stage.rehearsal.clock.now()
        await stage.turn_to("2024-10-22 16:00")
        await ana.says("/misdatos")
        await ana.presses("Borrar todo lo mío")
        await ana.presses("Sí, borrar todo")
        updates = stage.rehearsal.app.work.handler
        assert isinstance(updates, UpdateHandler)
        old = IncomingMessage(9_000_001, "command", ana.id, "es", words="registrarme", said_at=before)
        database = Database(stage.settings.database.url)
        async with database.transaction() as tx:
            await tx.execute(tables.inbox.insert().values(update_id=old.update_id, received_at=before, payload="{}"))
        assert await updates.conversation.answer(old, "") is None
        await database.close()
        assert await rows(stage, "participants") == []


async def test_a_restored_backup_brings_nobody_back(stage: World) -> None:
    """The tables of people come from yesterday's backup; the marks are kept. At start she is deleted again."""
    async with running(stage.rehearsal):
        await stage.settle()
        ana = await with_everything(stage)
        beto = stage.person("Beto")
        await beto.says("/start")
        backup = await _people(stage)
        await stage.turn_to("2024-10-22 16:00")
        await ana.says("/misdatos")
        await ana.presses("Borrar todo lo mío")
        await ana.presses("Sí, borrar todo")
    await _restore(stage, backup)
    assert len(await rows(stage, "participants")) == 2
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert [row["telegram_id"] for row in await rows(stage, "participants")] == [beto.id]
        assert await rows(stage, "registrations") == []
        await ana.says("/registrarme")
        assert ana.heard("nombre completo"), "whoever comes back by themselves is welcome"
    async with running(again(stage).rehearsal):
        await stage.settle()
        assert len(await rows(stage, "participants")) == 2, "and stays"


async def _people(stage: World) -> dict[str, list[dict[str, object]]]:
    names = ("participants", "registrations", "attendances", "consents", "subscriptions")
    return {name: await rows(stage, name) for name in names}


async def _restore(stage: World, backup: dict[str, list[dict[str, object]]]) -> None:
    database = Database(stage.settings.database.url)
    async with database.transaction() as tx:
        await tx.execute(tables.participants.delete())
        for name, kept in backup.items():
            await tx.execute(tables.metadata.tables[name].insert(), kept)
    await database.close()


async def test_a_changed_sentence_asks_again_once_and_counts_as_no_until_then(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = ana_of(world)
    await registers(ana, until="consent")
    await ana.presses("Anuncios: no")
    await ana.presses("Acepto e inscribirme")
    changed = (consent.PURPOSES[0], Purpose("announcements", 2), consent.PURPOSES[2])
    monkeypatch.setattr(consent, "PURPOSES", changed)
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("martes 29 de octubre")
    assert ana.heard("Hemos cambiado una de estas frases", "No está permitido")
    await ana.says("¿cuándo es la sesión 3?")
    assert not ana.heard("Hemos cambiado")
    await ana.presses("Anuncios: no")
    kept = {row["purpose"]: (row["given"], row["version"]) for row in await rows(world, "consents")}
    assert kept["announcements"] == (True, 2)


async def test_people_and_half_done_registrations_are_forgotten_as_promised(world: World) -> None:
    ana = ana_of(world)
    await registers(ana)
    beto = world.person("Beto")
    await beto.says("/registrarme")
    await world.turn_to("2024-11-22 16:00")
    await world.rehearsal.app.work.scheduler.tidy()
    assert await rows(world, "dialogs") == []
    await world.turn_to("2025-02-20 16:00")
    await world.rehearsal.app.work.scheduler.tidy()
    for table in ("participants", "registrations", "attendances", "consents"):
        assert await rows(world, table) == [], table


@pytest.mark.parametrize("command", ["/privacidad", "/privacidade", "/privacy", "/confidentialite"])
async def test_privacy_says_what_why_who_and_how_long(world: World, command: str) -> None:
    language = {"/privacidad": "es", "/privacidade": "pt", "/privacy": "en", "/confidentialite": "fr"}[command]
    someone = world.person("Ana", language=language)
    await someone.says(command)
    assert someone.heard("90", {"es": "/misdatos", "pt": "/meusdados", "en": "/mydata", "fr": "/mesdonnees"}[language])


AGREED = {
    # purpose: the version, and the sum of its sentence in the four languages
    "registration": (2, "257ecd6c"),
    "announcements": (1, "eaa344d2"),
    "photos": (1, "e506dcbf"),
}


def test_a_sentence_of_consent_changes_with_its_version() -> None:
    """Changed a sentence? Where it means something else now, give it the next version; then write its sum here."""
    for purpose in consent.PURPOSES:
        said = [read_catalogue(language).get(f"consent.{purpose.key}") for language in LANGUAGES]
        forms = [each.string for each in said if each is not None]
        total = hashlib.sha256(repr(forms).encode()).hexdigest()[:8]
        assert AGREED[purpose.key] == (purpose.version, total), purpose.key


async def test_a_double_tap_on_delete_keeps_the_receipt_as_it_was(world: World) -> None:
    """In her language, not in her phone's: the second tap must not meet her as somebody new."""
    ana = ana_of(world)
    await ana.says("/idioma")
    await ana.presses("Português")
    await ana.says("/meusdados")
    await ana.presses("Apagar tudo")
    await twice(ana, "Sim, apagar tudo")
    assert ana.last.startswith("Apagado: terça-feira")
    assert await rows(world, "participants") == []


async def test_deleting_in_the_middle_of_a_registration_asks_only_that(world: World) -> None:
    ana = ana_of(world)
    await registers(ana, until="sector")
    old = ana._find("ONU")
    await ana.says("/misdatos")
    await ana.presses("Borrar todo lo mío")
    assert ana.buttons == ["Sí, borrar todo", "No, conservarlo"]
    await ana.presses("Sí, borrar todo")
    await ana.does(lambda telegram, me: telegram.presses(me, *old))
    assert await rows(world, "dialogs") == []


async def test_what_is_allowed_means_nothing_without_a_registration(world: World) -> None:
    ana = ana_of(world)
    await registers(ana)
    await ana.says("/miinscripcion")
    await ana.presses("Lo que permito")
    old = ana._find("Fotos o citas")
    await ana.says("/miinscripcion")
    await ana.presses("Cancelar mi inscripción")
    await ana.presses("Sí, cancelar")
    await ana.does(lambda telegram, me: telegram.presses(me, *old))
    assert ana.heard("Todavía no está en la lista")
    assert await rows(world, "consents") == []
