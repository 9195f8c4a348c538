"""Reminders keep quiet: at night, for a while, about one session; what was chosen is kept."""

from tests.support.world.people import Person, World

HEADS = ("Recordatorio", "Lembrete", "Reminder", "Rappel")


async def wants(person: Person, zone: str, *leads: str) -> None:
    """Those reminders of session 1, in that zone."""
    await person.says("/start")
    await person.forges(f"z:{zone}")
    for lead in leads:
        await person.forges(f"rem:1:{lead}:on")
    person.listen()


async def when(world: World, person: Person, until: str) -> list[str]:
    """The moments, in UTC, at which reminders came up to then."""
    await world.turn_to(until)
    return came(person)


def came(person: Person) -> list[str]:
    """The moments, in UTC, at which reminders came."""
    return [f"{each.sent_at:%d %H:%M}" for each in person.chat if each.from_bot and each.text.startswith(HEADS)]


async def test_a_reminder_at_night_comes_before_the_night(world: World) -> None:
    expected = {
        ("Europe/Zurich", "24h"): ["22 17:00"],  # 19:00 there: no night
        ("Asia/Tokyo", "1h"): ["23 13:00"],  # 01:00 of the next day there: it comes at 22:00
        ("Asia/Tokyo", "24h"): ["22 17:00"],  # 02:00 there, and asked for after 22:00: it stays
        ("Asia/Kolkata", "1h"): ["23 16:00"],  # 21:30 there: no night yet
        ("Asia/Kolkata", "10m"): ["23 16:30"],  # 22:20 there
    }
    people = {wish: world.person("Ana") for wish in expected}
    for wish, each in people.items():
        await wants(each, *wish)
    await world.turn_to("2024-10-24 00:00")
    assert {wish: came(each) for wish, each in people.items()} == expected


async def test_who_asks_for_it_during_the_night_gets_it_at_its_time(world: World) -> None:
    ana = world.person("Ana")
    await world.turn_to("2024-10-23 14:00")  # 23:00 in Tokyo
    await wants(ana, "Asia/Tokyo", "1h", "10m")
    assert await when(world, ana, "2024-10-24 00:00") == ["23 16:00", "23 16:50"]


async def test_several_reminders_of_one_night_are_one_before_it(world: World) -> None:
    ana = world.person("Ana")
    await wants(ana, "Asia/Tokyo", "24h", "1h", "10m")
    assert await when(world, ana, "2024-10-22 16:59") == []
    assert await when(world, ana, "2024-10-23 16:59") == ["22 17:00", "23 13:00"]


async def test_without_quiet_hours_it_comes_in_the_night(world: World) -> None:
    ana = world.person("Ana")
    await wants(ana, "Asia/Tokyo", "1h")
    await ana.says("/recordatorios")
    assert ana.heard("De 22:00 a 07:00 no le escribo: el aviso llega antes de la noche.")
    await ana.presses("Horas de silencio")
    await ana.presses("Sin horas de silencio")
    assert ana.toasts[-1] == "Guardado."
    assert ana.heard("Le escribo a cualquier hora.")
    assert await when(world, ana, "2024-10-24 00:00") == ["23 16:00"]


async def test_other_quiet_hours_are_kept(world: World) -> None:
    ana = world.person("Ana")
    await wants(ana, "Asia/Tokyo", "1h")
    await ana.forges("quiet:21:00-08:00")
    assert ana.heard("De 21:00 a 08:00 no le escribo")
    assert await when(world, ana, "2024-10-24 00:00") == ["23 12:00"]


async def test_after_an_outage_one_reminder_of_the_right_rung_comes(world: World) -> None:
    """Also to who would have had them before the night."""
    ana = world.person("Ana")
    await wants(ana, "Asia/Tokyo", "1h", "10m")
    world.telegram.fails("sendMessage", status=502, description="Bad Gateway")
    assert await when(world, ana, "2024-10-24 00:00") == ["23 13:00"]


async def test_a_pause_keeps_reminders_back_and_forgets_no_choice(world: World) -> None:
    expected: dict[str, list[str]] = {
        "Hasta mañana": ["23 16:00", "23 16:50"],
        "Una semana": [],
        "Hasta después de la próxima sesión": [],
        "Silenciar todos": [],
    }
    people = {button: world.person("Ana") for button in expected}
    for button, each in people.items():
        await wants(each, "America/Lima", "24h", "1h", "10m")
        await each.says("/recordatorios")
        await each.presses("Hacer una pausa")
        await each.presses(button)
        assert each.toasts[-1] == "Listo: hago una pausa."
        assert each.heard("Le aviso: 1 día antes, 1 hora antes y 10 minutos antes.")
    await world.turn_to("2024-10-24 00:00")
    assert {button: came(each) for button, each in people.items()} == expected


async def test_a_pause_that_ends_early_brings_the_next_reminder_and_none_that_is_past(world: World) -> None:
    ana = world.person("Ana")
    await wants(ana, "America/Lima", "24h", "1h", "10m")
    await ana.forges("pause:always")
    assert ana.heard("Todo en silencio")
    await world.turn_to("2024-10-23 16:20")
    await ana.says("/recordatorios")
    await ana.presses("Terminar la pausa")
    assert ana.toasts[-1] == "Listo: la pausa terminó."
    assert await when(world, ana, "2024-10-24 00:00") == ["23 16:50"]


async def test_after_the_next_session_its_reminders_come_again(world: World) -> None:
    ana = world.person("Ana")
    await wants(ana, "America/Lima", "1h")
    await ana.forges("rem:2:1h:on")
    await ana.forges("pause:next")
    assert ana.heard("En pausa hasta el miércoles 23 de octubre de 2024, 13:30.")
    assert await when(world, ana, "2024-10-30 00:00") == ["29 16:00"]


async def test_one_session_is_muted_and_its_choice_is_kept(world: World) -> None:
    ana = world.person("Ana")
    await wants(ana, "America/Lima", "1h", "10m")
    await ana.forges("rem:2:1h:on")
    await ana.says("/recordatorios 1")
    await ana.presses("Silenciar la sesión 1")
    assert ana.heard("Esta sesión está en silencio")
    await ana.presses("Todas las sesiones")
    assert ana.heard("En silencio: 1 hora antes y 10 minutos antes.", "Le aviso: 1 hora antes.")
    assert await when(world, ana, "2024-10-23 16:20") == []
    await ana.says("/recordatorios 1")
    await ana.presses("Volver a avisarme de la sesión 1")
    assert await when(world, ana, "2024-10-30 00:00") == ["23 16:50", "29 16:00"]


async def test_a_mute_between_planning_and_sending_is_heeded(world: World) -> None:
    """What stands at the moment of sending counts."""
    ana = world.person("Ana")
    await wants(ana, "America/Lima", "1h")
    world.telegram.fails("sendMessage", status=429, retry_after=1)
    await ana.forges("mute:1:on")
    assert await when(world, ana, "2024-10-24 00:00") == []


async def test_pauses_and_quiet_hours_in_four_languages(world: World) -> None:
    people = []
    for language, pause, words in (
        ("es", "Hacer una pausa", "Todo en silencio"),
        ("pt", "Fazer uma pausa", "Tudo em silêncio"),
        ("en", "Pause", "All muted"),
        ("fr", "Faire une pause", "Tout en silence"),
    ):
        ana = world.person("Ana", language=language)
        await wants(ana, "America/Lima", "1h")
        await ana.says("/reminders")
        assert ana.heard("22:00", "07:00"), ana.last
        await ana.presses(pause)
        await ana.forges("pause:always")
        assert ana.heard(words), ana.last
        people.append(ana)
    await world.turn_to("2024-10-24 00:00")
    assert [came(each) for each in people] == [[]] * 4
