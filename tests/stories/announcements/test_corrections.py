"""Corrections of an announcement: previewed, confirmed by a second organizer, and counted as they are."""

import pytest
from sqlalchemy import select, update

from db import tables
from db.delivery.outbox import ANNOUNCEMENT, UNKNOWN
from db.engine.database import Database
from tests.support.world.announcements import FIRST_OF_THE_CROWD, card, drafted, got, later, with_a_crowd
from tests.support.world.people import Person, World
from tests.support.world.team import audit_of, joined

PLAN = "Ver el plano - https://example.org/plano"


pytestmark = pytest.mark.one_owner(confirm_above=50)


async def arrived(world: World, number: int, words: str = "La sesión 2 tiene sala nueva.") -> Person:
    """Olga, whose announcement has arrived at so many."""
    olga = await with_a_crowd(world, number)
    await drafted(olga, words)
    await olga.presses("Enviar")
    await later(world)
    return olga


async def types_correction(olga: Person, words: str, language: str = "español") -> None:
    """As far as the preview."""
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("Corregir")
    await olga.presses(language)
    await olga.says(words)


def edits(world: World) -> int:
    """How many messages of the crowd were asked to change."""
    changed = [each for each in world.telegram.calls if each.method == "editMessageText"]
    return len([each for each in changed if int(each.params["chat_id"]) >= FIRST_OF_THE_CROWD])


async def test_a_correction_is_shown_as_it_will_arrive_and_changes_nothing_before_a_yes(world: World) -> None:
    olga = await arrived(world, 8)
    await types_correction(olga, "La sesión 2 es en línea.")
    assert olga.heard("español")
    assert any(each.text == "La sesión 2 es en línea." for each in olga.news)
    assert olga.heard("Corrección del anuncio 1", "9 mensajes ya entregados")
    assert got(world, "es en línea") == []
    await olga.presses("Escribir de nuevo")
    await olga.says("La sesión 2 es en línea, a la misma hora.")
    await olga.presses("Corregir ahora")
    assert len(got(world, "a la misma hora")) == 8
    assert got(world, "sala nueva") == []


async def test_a_correction_that_is_discarded_leaves_everything_as_it_was(world: World) -> None:
    olga = await arrived(world, 8)
    await types_correction(olga, "La sesión 2 es en línea.")
    await olga.presses("Descartar")
    await later(world)
    assert len(got(world, "sala nueva")) == 8
    assert "Corregidos" not in card(olga)


async def test_many_need_a_second_organizer_for_a_correction_too_and_she_sees_the_words(world: World) -> None:
    olga = await with_a_crowd(world, 60)
    vera = await joined(world, olga)
    await drafted(olga)
    await olga.presses("Enviar")
    await vera.presses("Ver el anuncio")
    await vera.presses("Confirmar")
    await later(world)
    await types_correction(olga, "Palabras nuevas.")
    assert "Corregir ahora" not in olga.buttons
    await olga.presses("Pedir que otra persona lo confirme")
    assert got(world, "Palabras nuevas") == []
    assert vera.last.startswith("El anuncio 1 tiene una corrección, español, para 60 personas")
    await vera.presses("Ver la corrección")
    assert any(each.text == "Palabras nuevas." for each in vera.news)
    await olga.forges("ac:ok:1")
    assert "otra persona" in olga.toasts[-1].lower()
    assert got(world, "Palabras nuevas") == []
    await vera.presses("Confirmar y corregir")
    await world.settle()
    assert len(got(world, "Palabras nuevas")) == 60
    assert [each for each, _ in await audit_of(world)][-3:] == [
        "correction_asked", "correction_confirmed", "corrected",
    ]  # fmt: skip


async def test_the_link_stays_under_a_corrected_text_unless_it_is_taken_away(world: World) -> None:
    olga = await arrived(world, 4, f"Sala nueva.\n{PLAN}")
    await types_correction(olga, "Sala nueva, la 5.")
    assert olga.heard("Corrección del anuncio 1", "Botones: Ver el plano")
    await olga.presses("Corregir ahora")
    message = next(each for each in world.telegram.chat(FIRST_OF_THE_CROWD) if "la 5" in each.text)
    assert message.keyboard == [[{"text": "Ver el plano", "url": "https://example.org/plano"}]]
    await types_correction(olga, "Sala nueva, la 6.")
    await olga.presses("Quitar los botones")
    assert olga.heard("Corrección del anuncio 1", "Sin botones.")
    await olga.presses("Corregir ahora")
    message = next(each for each in world.telegram.chat(FIRST_OF_THE_CROWD) if "la 6" in each.text)
    assert message.keyboard == []


async def test_only_messages_in_the_corrected_language_change_and_count(world: World) -> None:
    olga = await with_a_crowd(world)
    await drafted(olga)
    await olga.presses("PT")
    await olga.says("A sessão 2 tem sala nova.")
    await olga.presses("Enviar")
    await later(world)
    portuguese = len(got(world, "sala nova"))
    await types_correction(olga, "A sessão 2 é em linha.", "portugués")
    assert olga.heard(f"{portuguese} mensajes ya entregados")
    await olga.presses("Corregir ahora")
    await world.settle()
    assert len(got(world, "em linha")) == portuguese
    await later(world)
    assert f"{portuguese} de {portuguese}" in card(olga), card(olga)


async def speaks(world: World, user: int, language: str) -> None:
    """They have chosen that language."""
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        mine = update(tables.participants).where(tables.participants.c.telegram_id == user)
        await tx.execute(mine.values(language=language))
    await database.close()


async def sent_in_two_languages(world: World) -> Person:
    """Olga, who has sent eight people an announcement in Spanish and Portuguese."""
    olga = await with_a_crowd(world, 8)
    await drafted(olga)
    await olga.presses("PT")
    await olga.says("A sessão 2 tem sala nova.")
    await olga.presses("Enviar")
    await later(world)
    await later(world)
    return olga


async def test_what_arrived_in_spanish_is_corrected_in_spanish_whatever_they_speak_now(world: World) -> None:
    olga = await sent_in_two_languages(world)
    spanish, portuguese = set(got(world, "sala nueva")), set(got(world, "sala nova"))
    await speaks(world, min(spanish), "pt")
    await speaks(world, min(portuguese), "es")
    await types_correction(olga, "La sesión 2 es en línea.")
    assert olga.heard(f"{len(spanish) + 1} mensajes ya entregados")
    before = edits(world)
    await olga.presses("Corregir ahora")
    await later(world)
    assert set(got(world, "en línea")) == spanish
    assert set(got(world, "sala nova")) == portuguese
    assert edits(world) - before == len(spanish), "nothing else is touched"
    assert f"Corregidos: {len(spanish) + 1} de {len(spanish) + 1}" in card(olga)


async def test_what_is_sent_again_counts_in_the_language_in_which_it_will_leave(world: World) -> None:
    olga = await sent_in_two_languages(world)
    spanish = min(got(world, "sala nueva"))
    await may_not_have_arrived(world, spanish)
    await speaks(world, spanish, "pt")
    await olga.says("/anunciar")
    await olga.presses("Anuncio 1")
    await olga.presses("Enviar a quienes no se sabe")
    await olga.presses("Sí, enviar a 1")
    await olga.forges("an:e:1")
    await olga.presses("portugués")
    await olga.says("A sessão 2 é em linha.")
    assert olga.heard("Y 1 mensaje que todavía no salió")


async def may_not_have_arrived(world: World, user: int) -> None:
    """A crash came before it was noted whether their message arrived."""
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        theirs = select(tables.participants.c.id).where(tables.participants.c.telegram_id == user)
        row = update(tables.outbox).where(tables.outbox.c.participant_id.in_(theirs))
        await tx.execute(row.where(tables.outbox.c.kind == ANNOUNCEMENT).values(state=UNKNOWN, message_id=None))
    await database.close()


@pytest.mark.parametrize("people", [50, 51])
async def test_as_many_of_the_audience_need_a_second_organizer_as_where_it_was_sent(world: World, people: int) -> None:
    """Fifty and the team: nobody else had to confirm the announcement, and nobody has to now."""
    olga = await with_a_crowd(world, people)
    vera = await joined(world, olga)
    await drafted(olga)
    await olga.presses("Enviar")
    if people > 50:
        await vera.presses("Ver el anuncio")
        await vera.presses("Confirmar")
    await later(world)
    await types_correction(olga, "Palabras nuevas.")
    assert ("Corregir ahora" in olga.buttons) == (people == 50)
    await later(world)
