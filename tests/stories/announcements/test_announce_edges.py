"""Announcements at their edges: to groups, past Telegram's 48 hours, and when more and more of them fail."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.config.settings import DeliverySettings, Organizers, Settings
from db import tables
from db.engine.database import Database
from rehearsal.telegram.telegram import Telegram
from tests.support.world.announcements import FIRST_OF_THE_CROWD, card, drafted, got, later, states, with_a_crowd
from tests.support.world.groups import with_the_bot
from tests.support.world.people import World
from tests.support.world.registration import rows
from tests.support.world.team import OWNER


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The same, with one owner; a second organizer is never asked."""
    slow = DeliverySettings(rate=60, per_chat=30)  # so that there is something to stop
    return settings.model_copy(update={"organizers": Organizers(ids=(OWNER,), confirm_above=0), "delivery": slow})


async def aged(world: World, number: int) -> None:
    """So many of the messages arrived three days ago."""
    database = Database(world.settings.database.url)
    sent = [row for row in await rows(world, "outbox") if row["kind"] == "announcement" and row["state"] == "sent"]
    async with database.transaction() as tx:
        for row in sent[-number:]:
            earlier = {"settled_at": row["settled_at"] - timedelta(days=3)}
            await tx.execute(update(tables.outbox).where(tables.outbox.c.id == row["id"]).values(earlier))
    await database.close()


async def choose_groups(olga: object, label: str) -> None:
    """Of the audience's questions, the one about groups."""
    for words in ("Para quién", "Grupos", label):
        await olga.presses(words)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("label", "in_the_group", "people"), [("sin grupos", 0, 12), ("también grupos", 1, 12), ("solo grupos", 1, 0)]
)
async def test_a_group_that_asked_for_reminders_gets_it_only_where_groups_are_chosen(
    world: World, label: str, in_the_group: int, people: int
) -> None:
    olga = await with_a_crowd(world, 12)
    group = await with_the_bot(world)
    await group.says(group.ana, "/recordatorios@ciclo_bot")
    await group.presses(group.ana, "Recordar las sesiones al grupo")
    await drafted(olga)
    await choose_groups(olga, label)
    await olga.presses("Enviar")
    await later(world)
    assert sum("sala nueva" in each.text for each in group.said) == in_the_group
    assert len(got(world, "sala nueva")) == people
    assert "terminado" in card(olga)


async def test_after_48_hours_what_cannot_be_deleted_is_said_and_stays(world: World) -> None:
    olga = await with_a_crowd(world, 8)
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    await later(world, 49 * 3600)
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("Retirar")
    assert olga.heard("Ya no se puede retirar", "48 horas", "corregir")
    assert olga.buttons == ["Volver"]
    await olga.forges("an:k:1:yes")
    assert len(got(world, "sala nueva")) == 8
    assert await states(world, "recall") == {}


async def test_what_is_too_old_to_be_deleted_is_told_apart_from_what_is_not(world: World) -> None:
    olga = await with_a_crowd(world, 8)
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    await aged(world, 3)
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("Retirar")
    assert olga.heard("En 3 chats llegó hace más de 48 horas")
    await olga.presses("Sí, retirarlo")
    await world.settle()
    (shown,) = (each.text for each in olga.chat if "Retirados" in each.text)
    assert "Retirados: 6 de 6" in shown
    assert "Se quedan donde llegaron hace más de 48 horas: 3" in shown
    assert len(got(world, "sala nueva")) == 3


async def test_it_stops_by_itself_when_more_than_one_in_five_fails(world: World) -> None:
    olga = await with_a_crowd(world, 120)
    telegram: Telegram = world.telegram
    for person in sorted(user for user in telegram.users if user >= FIRST_OF_THE_CROWD)[::2]:
        telegram.blocked.add(person)
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    assert "se detuvo solo" in card(olga)
    assert "En total: 121" in card(olga)
    found = await states(world)
    assert sum(found.values()) == 121
    assert found["held"] > 0


async def test_the_date_of_each_ones_nine_is_theirs_and_says_when_it_leaves(world: World) -> None:
    olga = await with_a_crowd(world, 3, zone="Asia/Tokyo")
    await drafted(olga)
    await olga.presses("Cuándo")
    await olga.presses("A las 09:00 de cada quien")
    assert olga.heard("a las 09:00 de cada quien, el miércoles 23", "21:00", "personas o grupos: 3")
