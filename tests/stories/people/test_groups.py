"""In a group: introduced once, silent until named, reminders when an administrator asks, no trace when it leaves."""

import pytest
from sqlalchemy import func, select

from db.tables import outbox, participants, subscriptions, talks
from tests.support.world.groups import with_the_bot
from tests.support.world.people import World


async def rows(world: World) -> list[int]:
    """What is kept: people and groups, what they want, what they are sent, what they spoke of."""
    async with world.rehearsal.app.database.transaction() as tx:
        tables = (participants, subscriptions, outbox, talks)
        return [(await tx.execute(select(func.count()).select_from(each))).scalar_one() for each in tables]


@pytest.mark.parametrize(
    ("language", "hello", "command"),
    [
        ("es", "Hola. Soy Ciclo", "/recordatorios@ciclo_bot"),
        ("pt", "Olá. Sou o Ciclo", "/lembretes@ciclo_bot"),
        ("en", "Hello. I am Ciclo", "/reminders@ciclo_bot"),
        ("fr", "Bonjour. Je suis Ciclo", "/rappels@ciclo_bot"),
    ],
)
async def test_it_introduces_itself_once_in_the_language_of_who_added_it(
    world: World, language: str, hello: str, command: str
) -> None:
    group = await with_the_bot(world, language=language)
    await group.says(group.beto, "hola")
    (only,) = group.said
    assert only.text.startswith(hello)
    assert command in only.text


async def test_it_answers_what_names_it_and_nothing_else(world: World) -> None:
    world.telegram.me["can_read_all_group_messages"] = True
    group = await with_the_bot(world)
    for words in ("¿cuándo es la próxima sesión?", "/start", "/encuesta", "/sesiones@otro_bot", "hola @ciclo_bot_no"):
        await group.says(group.beto, words)
    assert len(group.said) == 1
    await group.says(group.beto, "@ciclo_bot ¿cuándo es la sesión 2?")
    assert "martes 29 de octubre de 2024, de 14:00 a 15:30" in group.said[-1].text
    await group.says(group.beto, "/sesiones@ciclo_bot 3")
    assert "Sesión 3" in group.said[-1].text
    assert group.said[-1].keyboard == [[{"text": "Abrir el chat", "url": "https://t.me/ciclo_bot"}]]
    await group.says(group.beto, "/idioma@ciclo_bot")
    assert group.said[-1].text == "Solo puede cambiarlo quien administra el grupo."
    await group.says(group.beto, "/cancelar@ciclo_bot")
    assert "Hablo en privado" in group.said[-1].text


async def test_an_administrator_subscribes_the_group(world: World) -> None:
    group = await with_the_bot(world)
    await group.says(group.beto, "/recordatorios@ciclo_bot")
    assert "Solo puede cambiarlo quien administra el grupo." in group.said[-1].text
    assert len(group.said[-1].keyboard) == 1
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    assert "Sesión 1: miércoles 23 de octubre de 2024, 14:00" in group.said[-1].text
    await group.presses(group.beto, "Recordar las sesiones al grupo")
    assert "no recibe" in group.said[-1].text
    toasts = [each.get("text") for each in world.telegram.toasts_of(group.beto)]
    assert toasts == ["Solo puede cambiarlo quien administra el grupo."]
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    assert "Este grupo recibe recordatorios" in group.said[-1].text
    await world.turn_to("2024-10-23 16:00")
    reminder = group.said[-1]
    assert reminder.text.startswith("Recordatorio: sesión 1\nInicio: en 1 hora")
    assert "de 14:00 a 15:30, hora de Argentina" in reminder.text
    assert reminder.keyboard == []
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Quitar los recordatorios del grupo")
    said = len(group.said)
    await world.turn_to("2024-10-23 17:00")
    assert len(group.said) == said


async def test_the_groups_zone_and_language_are_an_administrators_to_choose(world: World) -> None:
    group = await with_the_bot(world)
    await group.says(group.beto, "/zonahoraria@ciclo_bot Lima")
    assert group.said[-1].text == "Solo puede cambiarlo quien administra el grupo."
    await group.says(group.ana, "/zonahoraria@ciclo_bot Lima")
    assert "Horas de Lima." in group.said[-1].text
    assert "Sesión 1: miércoles 23 de octubre de 2024, 12:00" in group.said[-1].text
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    await group.says(group.ana, "/idioma@ciclo_bot")
    await group.presses(group.ana, "Português")
    assert group.said[-1].text.startswith("Olá. Sou o Ciclo")
    await world.turn_to("2024-10-22 17:00")
    assert "12:00" in group.said[-1].text
    assert group.said[-1].text.startswith("Lembrete")


async def test_nothing_is_left_of_a_group_that_takes_it_out(world: World) -> None:
    world.telegram.me["can_read_all_group_messages"] = True
    group = await with_the_bot(world)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    await group.says(group.ana, "@ciclo_bot ¿cuándo es la sesión 2?")
    await world.turn_to("2024-10-22 17:00")
    assert await rows(world) == [1, 12, 1, 1]
    world.telegram.removes_bot(group.id, group.ana)
    await world.settle()
    assert await rows(world) == [0, 0, 0, 0]


async def test_a_removal_that_telegram_never_told_is_learnt_from_the_refusal(world: World) -> None:
    group = await with_the_bot(world)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    world.telegram.chats[group.id].members[world.telegram.me["id"]] = "kicked"
    await world.turn_to("2024-10-22 17:00")
    assert await rows(world) == [0, 0, 0, 0]


async def test_a_group_that_grows_keeps_its_reminders_under_its_new_number(world: World) -> None:
    group = await with_the_bot(world, small=True)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    group.id = world.telegram.grows(group.id)
    await world.settle()
    await world.turn_to("2024-10-22 17:00")
    assert group.said[-1].text.startswith("Recordatorio: sesión 1")
    assert (await rows(world))[:2] == [1, 12]


async def test_who_speaks_in_a_group_is_not_kept_as_a_person(world: World) -> None:
    group = await with_the_bot(world)
    await group.says(group.beto, "/sesiones@ciclo_bot")
    assert (await rows(world))[0] == 1


@pytest.mark.parametrize(
    ("language", "command", "answer"),
    [
        ("es", "/sesiones", "Sesión 1"),
        ("pt", "/sessões", "Sessão 1"),
        ("en", "/sessions", "Session 1"),
        ("fr", "/seances", "Session 1"),
    ],
)
async def test_a_tapped_command_without_the_bots_name_is_answered(
    world: World, language: str, command: str, answer: str
) -> None:
    """Telegram brings it to us where we wrote last, or may read everything: a tap in the chat sends no name."""
    group = await with_the_bot(world, language=language)
    await group.says(group.beto, command)
    assert len(group.said) == 2
    assert answer in group.said[-1].text


async def test_a_group_that_grew_is_followed_from_the_word_of_its_new_chat(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update with migrate_to_chat_id was lost; the one with migrate_from_chat_id came."""
    group = await with_the_bot(world, small=True)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    told = world.telegram.put_update
    monkeypatch.setattr(
        world.telegram, "put_update", lambda kind, body: 0 if "migrate_to_chat_id" in body else told(kind, body)
    )
    group.id = world.telegram.grows(group.id)
    await world.settle()
    await world.turn_to("2024-10-22 17:00")
    assert group.said[-1].text.startswith("Recordatorio: sesión 1")
    assert (await rows(world))[:2] == [1, 12]


async def test_a_group_that_grew_unheard_is_followed_from_the_refusal_and_misses_nothing(world: World) -> None:
    """An outage outlived the updates of both chats: only Telegram's refusal tells the new number."""
    group = await with_the_bot(world, small=True)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    group.id = world.telegram.grows(group.id, told=False)
    await world.turn_to("2024-10-22 17:00")
    assert [each.text[:22] for each in group.said] == ["Recordatorio: sesión 1"]
    assert (await rows(world))[:2] == [1, 12]
    await world.turn_to("2024-10-23 16:00")
    assert len(group.said) == 2


async def test_a_group_that_grew_unheard_and_was_set_up_anew_is_reminded_once(world: World) -> None:
    group = await with_the_bot(world, small=True)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    group.id = world.telegram.grows(group.id, told=False)
    await group.says(group.ana, "/zonahoraria@ciclo_bot Lima")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    await world.turn_to("2024-10-22 17:00")
    assert [each.text[:22] for each in group.said[1:]] == ["Recordatorio: sesión 1"]
    assert "12:00" in group.said[-1].text
    assert (await rows(world))[:2] == [1, 12]


async def test_hidden_members_are_no_reason_to_refuse_who_administers(world: World) -> None:
    group = await with_the_bot(world)
    world.telegram.hides_members(group.id)
    await group.says(group.beto, "/recordatorios@ciclo_bot")
    assert "Solo puede cambiarlo quien administra el grupo." in group.said[-1].text
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    assert "Este grupo recibe recordatorios" in group.said[-1].text


async def test_where_nobody_says_who_administers_it_is_said_so(world: World) -> None:
    group = await with_the_bot(world)
    world.telegram.hides_members(group.id)
    world.telegram.fails("getChatAdministrators", status=400, description="Bad Request: CHAT_ADMIN_REQUIRED", times=3)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    assert "Telegram no me deja comprobar quién administra este grupo" in group.said[-1].text
    await group.says(group.ana, "/idioma@ciclo_bot")
    assert "Telegram no me deja comprobar" in group.said[-1].text
    assert "Solo puede cambiarlo" not in group.said[-1].text


async def test_a_question_in_reply_to_it_is_answered_and_chatter_is_not(world: World) -> None:
    """Unless privacy mode is off, Telegram tells bots of commands and of replies to them, and of no mentions."""
    group = await with_the_bot(world)
    assert "en respuesta a un mensaje mío" in group.said[0].text
    for words in ("jaja", "gracias!", "nos vemos"):
        world.telegram.says(group.beto, words, chat_id=group.id, reply_to=group.said[0].id)
        await world.settle()
        assert len(group.said) == 1, words
    world.telegram.says(group.beto, "cuándo es la sesión 2", chat_id=group.id, reply_to=group.said[0].id)
    await world.settle()
    assert "martes 29 de octubre de 2024, de 14:00 a 15:30" in group.said[-1].text


async def test_a_group_is_not_spoken_to_as_one_person(world: World) -> None:
    group = await with_the_bot(world)
    await group.says(group.beto, "/sesiones@ciclo_bot")
    assert "Horas de Argentina." in group.said[-1].text
    assert "no sé dónde está usted" not in group.said[-1].text


async def test_a_press_after_it_was_taken_out_leaves_no_trace(world: World) -> None:
    group = await with_the_bot(world)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    world.telegram.removes_bot(group.id, group.ana)
    await world.settle()
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    assert await rows(world) == [0, 0, 0, 0]


async def test_an_anonymous_administrator_takes_it_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram shows them as @GroupAnonymousBot, a bot like any other."""
    group = await with_the_bot(world)
    told = world.telegram.put_update
    monkeypatch.setattr(
        world.telegram, "put_update", lambda kind, body: told(kind, {**body, "from": {**body["from"], "is_bot": True}})
    )
    world.telegram.removes_bot(group.id, group.ana)
    await world.settle()
    assert await rows(world) == [0, 0, 0, 0]
