"""What was stopped, and what may not have arrived, can be sent later to exactly those, once each."""

import asyncio
import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from db import tables
from db.delivery import outbox
from db.engine.database import Database
from locales.translator import Message
from rehearsal.world import running
from reminders.delivery.delivery import Delivery
from reminders.messages.message_builder import MessageBuilder
from telegram_io.sender import Sender, SendResult
from tests.support.world.announcements import FIRST_OF_THE_CROWD, card, drafted, got, later, states, with_a_crowd
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.restart import again
from tests.support.world.team import audit_of, joined

pytestmark = pytest.mark.one_owner(confirm_above=0)


async def stopped_in_the_middle(world: World) -> Person:
    """Olga, who stopped her announcement while 4 of 9 waited for their morning in Tokyo."""
    olga = await with_a_crowd(world, 4, zone="Asia/Tokyo")
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    await olga.presses("Ver el anuncio")
    await olga.presses("Detener")
    await olga.presses("Sí, detenerlo")
    return olga


async def test_after_a_stop_the_rest_gets_it_with_one_button_and_nobody_twice(world: World) -> None:
    olga = await stopped_in_the_middle(world)
    assert got(world, "sala nueva") == []
    assert "No salieron: 4" in card(olga)
    await olga.presses("Enviar al resto")
    assert olga.heard("4 personas o grupos", "no lo recibe otra vez")
    await olga.presses("Sí, enviar a 4")
    assert olga.heard("4 personas o grupos más")
    await olga.forges("an:l:1:rest:4")
    await world.turn_to("2024-10-23 00:00")
    assert sorted(got(world, "sala nueva")) == list(range(FIRST_OF_THE_CROWD, FIRST_OF_THE_CROWD + 4))
    assert len([each for each in olga.chat if each.from_bot and each.text == "La sesión 2 tiene sala nueva."]) == 1
    assert "terminado" in card(olga)
    assert "En total: 5" in card(olga)
    assert "Enviar al resto" not in olga.buttons
    assert ("sent_rest", {"n": 4, "announcement": 1}) in await audit_of(world)


async def test_undone_within_a_minute_the_rest_stays_unsent_and_the_announcement_stopped(world: World) -> None:
    olga = await stopped_in_the_middle(world)
    await olga.presses("Enviar al resto")
    await olga.presses("Sí, enviar a 4")
    await olga.presses("Deshacer el envío")
    assert olga.heard("detenido", "No salieron: 4")
    await world.turn_to("2024-10-23 12:00")
    assert got(world, "sala nueva") == []
    assert await states(world) == {"sent": 1, "cancelled": 4}


async def change_rows(world: World, ids: list[int], **values: object) -> None:
    """Sets those values in rows of the outbox, as another process does."""
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        await tx.execute(update(tables.outbox).where(tables.outbox.c.id.in_(ids)).values(values))
    await database.close()


async def lost_in_a_crash(world: World, lost: int) -> Person:
    """Olga, whose announcement arrived at 6; of so many of them the bot was ended before it could note it."""
    olga = await with_a_crowd(world, 6)
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    sent = [each["id"] for each in await rows(world, "outbox") if each["kind"] == outbox.ANNOUNCEMENT][-lost:]
    reason = "a stop came while it was being sent"
    await change_rows(world, sent, state=outbox.UNKNOWN, message_id=None, reason=reason)
    return olga


async def test_of_whom_nobody_knows_get_it_again_and_nobody_else(world: World) -> None:
    olga = await lost_in_a_crash(world, 2)
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    assert olga.heard("No se sabe si llegaron: 2")
    await olga.presses("Enviar a quienes no se sabe")
    assert olga.heard("De 2 personas o grupos", "dos veces")
    await olga.presses("Sí, enviar a 2")
    await later(world)
    assert len(got(world, "sala nueva")) == 8
    assert len(set(got(world, "sala nueva"))) == 6
    assert await states(world) == {"sent": 7}
    assert ("sent_unknown", {"n": 2, "announcement": 1}) in await audit_of(world)


async def test_what_is_unknown_stays_unknown_where_it_is_undone(world: World) -> None:
    olga = await lost_in_a_crash(world, 2)
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("Enviar a quienes no se sabe")
    await olga.presses("Sí, enviar a 2")
    await olga.presses("Deshacer el envío")
    assert await states(world) == {"sent": 5, "unknown": 2}
    assert "Enviar al resto" not in olga.buttons


async def test_what_is_sent_again_and_then_comes_too_late_is_still_unknown(world: World) -> None:
    """They may have it already: "who got it does not get it again" would be wrong of them."""
    olga = await with_a_crowd(world, 6, zone="Asia/Tokyo")
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    lost = [each["id"] for each in await rows(world, "outbox") if each["kind"] == outbox.ANNOUNCEMENT][-2:]
    await change_rows(world, lost, state=outbox.UNKNOWN, reason="a stop came while it was being sent")
    await olga.presses("Ver el anuncio")
    await olga.presses("Detener")
    await olga.presses("Sí, detenerlo")
    await olga.presses("Enviar a quienes no se sabe")
    await olga.presses("Sí, enviar a 2")
    await later(world)
    await olga.presses("Ver el anuncio")
    await olga.presses("Pausar")
    await world.turn_to("2024-10-26 12:00")
    world.rehearsal.app.work.delivery.tidy_seconds = 0.0  # what is too late is seen at once, not after half a minute
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("Seguir")
    await later(world)
    assert await states(world) == {"sent": 1, "cancelled": 4, "expired": 2}
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("Enviar al resto")
    assert olga.heard("4 personas o grupos", "no lo recibe otra vez")
    await olga.presses("Volver")
    await olga.presses("Enviar a quienes no se sabe")
    assert olga.heard("De 2 personas o grupos", "dos veces")


async def test_the_author_is_told_how_many_are_unknown(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        olga = await with_a_crowd(stage, 6)
        await drafted(olga)
        await olga.presses("Enviar")
        unsent = [each["id"] for each in await rows(stage, "outbox") if each["kind"] == outbox.ANNOUNCEMENT][-2:]
    # What a process leaves that was ended while it sent them.
    await change_rows(stage, unsent, state=outbox.CLAIMED, owner="gone", lease_until=stage.rehearsal.clock.now())
    async with running(again(stage).rehearsal):
        await stage.settle()
        await later(stage)
        await later(stage, 600)
        assert any("De 2 personas o grupos no se sabe" in each.text for each in olga.chat), olga.last


async def test_every_number_says_whether_it_is_people_or_messages_and_now_or_later(world: World) -> None:
    olga = await with_a_crowd(world, 4, zone="Asia/Tokyo")
    await drafted(olga)
    assert olga.heard("4 personas que permiten anuncios", "En su momento: 0 personas o grupos", "Duermen: 4")
    await olga.presses("Enviar")
    assert olga.heard("va a 4 personas o grupos", "En su momento: 0", "Duermen: 4", "el equipo: 1 mensaje")
    await later(world)
    assert "4 mensajes salen más tarde" in card(olga)
    assert "De ellos, 1 mensaje al equipo" in card(olga)


async def test_of_the_team_only_who_can_be_reached_is_counted_as_first(world: World) -> None:
    olga = await with_a_crowd(world, 4)
    vera = await joined(world, olga)
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        hers = update(tables.participants).where(tables.participants.c.telegram_id == vera.id)
        await tx.execute(hers.values(unreachable_since=world.rehearsal.clock.now()))
    await database.close()
    await drafted(olga)
    await olga.presses("Enviar")
    assert olga.heard("el equipo: 1 mensaje")
    assert "De ellos, 1 mensaje al equipo" in card(olga)


async def what_happened(world: World, olga: Person) -> dict[str, int]:
    """How often each reason is in the file of whom it did not reach."""
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("A quiénes no llegó")
    found = csv.DictReader(io.StringIO(file_of(world, olga)[1].decode("utf-8-sig")), delimiter=";")
    return dict(Counter(row["Qué pasó"] for row in found))


async def test_the_file_tells_stopped_and_taken_back_and_the_persons_own_wish_apart(world: World) -> None:
    olga = await with_a_crowd(world, 6, zone="Asia/Tokyo")
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        await tx.execute(update(tables.consents).where(tables.consents.c.participant_id % 6 == 0).values(given=False))
        never = world.rehearsal.clock.now() + timedelta(days=90)
        paused = update(tables.participants).where(tables.participants.c.id % 6 == 1)
        await tx.execute(
            paused.where(tables.participants.c.telegram_id >= FIRST_OF_THE_CROWD).values(paused_until=never)
        )
    await database.close()
    await world.turn_to("2024-10-22 22:30")  # 07:30 in Tokyo
    assert await what_happened(world, olga) == {
        "no salió: ya no permite anuncios": 1,
        "no salió: pausó los mensajes hasta después": 1,
    }


@pytest.mark.parametrize(
    ("button", "yes", "reason"),
    [
        ("Detener", "Sí, detenerlo", "no salió: el equipo lo detuvo"),
        ("Retirar", "Sí, retirarlo", "no salió: el equipo lo retiró"),
    ],
)
async def test_what_the_team_did_is_in_the_file(world: World, button: str, yes: str, reason: str) -> None:
    olga = await with_a_crowd(world, 4, zone="Asia/Tokyo")
    await drafted(olga)
    await olga.presses("Enviar")
    await later(world)
    await olga.presses("Ver el anuncio")
    await olga.presses(button)
    await olga.presses(yes)
    assert await what_happened(world, olga) == {reason: 4}


@dataclass
class StopsWhileBuilding:
    """The delivery's builder; a stop comes while it builds what was just claimed."""

    delivery: Delivery
    builder: MessageBuilder
    stopped: asyncio.Event

    async def build(self, *about: Any) -> Any:  # noqa: ANN401 - as the builder's own
        """Builds a message."""
        self.delivery.stop()
        self.stopped.set()
        return await self.builder.build(*about)

    async def rebuild(self, *about: Any) -> Any:  # noqa: ANN401 - as the builder's own
        """Builds it anew."""
        return await self.builder.rebuild(*about)


@dataclass
class NotesWhatLeaves:
    """The delivery's sender; over HTTP a request has left before there is a moment in which it could be cancelled."""

    sender: Sender
    begun: list[int]

    async def send(self, chat_id: int, content: Message) -> SendResult:
        """Sends a message."""
        self.begun.append(chat_id)
        return await self.sender.send(chat_id, content)


async def test_what_is_claimed_while_the_bot_stops_leaves_once(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four of 2,000 got it twice at each SIGTERM: they left without a moment in which to notice the stop."""
    async with running(stage.rehearsal):
        await stage.settle()
        olga = await with_a_crowd(stage, 12)
        await drafted(olga)
        await olga.presses("Enviar")
        delivery, stopped, begun = stage.rehearsal.app.work.delivery, asyncio.Event(), list[int]()
        monkeypatch.setattr(delivery, "sender", NotesWhatLeaves(delivery.sender, begun))
        monkeypatch.setattr(delivery, "builder", StopsWhileBuilding(delivery, delivery.builder, stopped))
        stage.rehearsal.clock.jump(stage.rehearsal.clock.now() + timedelta(seconds=61))
        async with asyncio.timeout(60):
            await stopped.wait()
    assert begun == [], "what was claimed meanwhile went back"
    async with running(again(stage).rehearsal):
        await stage.settle()
        await later(stage)
    said = [each.text for each in olga.chat if each.from_bot]
    assert said.count("La sesión 2 tiene sala nueva.") == 1
    assert sorted(got(stage, "sala nueva")) == list(range(FIRST_OF_THE_CROWD, FIRST_OF_THE_CROWD + 12))
