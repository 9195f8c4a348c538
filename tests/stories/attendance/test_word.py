"""The word of a session: opened by the team, typed by who is there, of no use to anybody else."""

import pytest
import structlog

from tests.support.attendance import DURING, at_the_session, opens, word_of
from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers, rows
from tests.support.world.team import audit_of, joined, owner

pytestmark = pytest.mark.one_owner


async def came(world: World) -> list[tuple[bool, str]]:
    return [(row["came"], row["source"]) for row in await rows(world, "presences")]


async def test_the_team_opens_a_suggested_word_and_who_is_there_types_it(world: World) -> None:
    olga, ana = owner(world), ana_of(world)
    await registers(ana)
    await world.turn_to(DURING)
    await olga.says("/session 1")
    await olga.presses("Asistencia")
    assert olga.heard("Asistencia a la sesión 1", "La palabra no está abierta", "Vinieron: 0")
    await olga.presses("Abrir la palabra")
    word = word_of(olga)
    await olga.presses("Otra palabra")
    assert word_of(olga) != word
    word = word_of(olga)
    await olga.presses("15 minutos")
    assert olga.heard(f"Diga en voz alta la palabra «{word}»", "abierta hasta las 15:35")
    await ana.says("/sesiones 1")
    await ana.presses("Estoy aquí")
    assert ana.heard("Escriba la palabra que se dijo en la sesión 1")
    assert await came(world) == [], "a tap alone proves nothing"
    await ana.says(word.upper())
    assert ana.heard("Anotado: usted vino a la sesión 1")
    assert await came(world) == [(True, "word")]
    await olga.says("/session 1")
    await olga.presses("Asistencia")
    assert olga.heard("Vinieron: 1")
    assert ("window_opened", {"session": 1, "minutes": 15}) in await audit_of(world)
    assert word not in repr(await audit_of(world))
    await olga.says("/team log")
    assert olga.heard("abrió la palabra de asistencia")


async def test_i_am_here_may_be_typed(world: World) -> None:
    olga = owner(world)
    said = (
        ("es", "ya estoy aquí", "todavía no está abierta", "Escriba la palabra"),
        ("pt-BR", "estou aqui", "ainda não está aberta", "Escreva a palavra"),
        ("en", "I'm here", "is not open yet", "Type the word"),
        ("fr", "je suis là", "n’est pas encore ouvert", "Écrivez le mot"),
    )
    people = [world.person("Ana", language=language) for language, *_ in said]
    await world.turn_to(DURING)
    for ana, (_, typed, early, _) in zip(people, said, strict=True):
        await ana.says(typed)
        assert ana.heard(early), ana.last
    await opens(olga)
    for ana, (_, typed, _, asked) in zip(people, said, strict=True):
        await ana.says(typed)
        assert ana.heard(asked), ana.last
    assert await came(world) == [], "words alone prove nothing"


async def test_it_is_typed_without_a_button_in_any_language_and_with_one_slip(world: World) -> None:
    await at_the_session(world, owner(world), word="Zanahoria")
    said = (
        ("es", "ZANAHORIA", "usted vino a la sesión 1"),
        ("es", "la palabra es zanahoria.", "usted vino a la sesión 1"),
        ("pt", "zanahória", "sua presença na sessão 1"),
        ("en", "zanahoira", "you came to session 1"),
        ("fr", "zanaho ria", "votre présence à la session 1"),
    )
    for language, typed, heard in said:
        leo = world.person("Leo", language=language)
        await leo.says(typed)
        assert leo.heard(heard), leo.last
    assert await came(world) == [(True, "word")] * len(said)


async def test_a_slip_that_may_be_another_word_is_not_forgiven(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await at_the_session(world, olga, word="sombreros")
    await leo.forges("here:1")
    await leo.says("sombrero")  # a word of the content's list: it may have been said elsewhere
    assert leo.heard("No es la palabra")
    assert await came(world) == []


async def test_a_word_that_the_bot_answers_or_that_cannot_be_typed_is_refused(world: World) -> None:
    olga = owner(world)
    await world.turn_to(DURING)
    await olga.forges("at:o:1")
    for typed in ("menu", "remesas", "sí", "tres palabras juntas", "日本語です", "palabra2", "x" * 40):
        await olga.says(typed)
        assert olga.heard("Elija otra palabra"), typed
    assert await rows(world, "attendance_windows") == []


async def test_outside_the_window_it_is_told_kindly_and_two_minutes_are_forgiven(world: World) -> None:
    olga, ana, leo = owner(world), ana_of(world), world.person("Leo")
    await ana.forges("here:1")
    assert ana.heard("todavía no", "sesión 1")
    await at_the_session(world, olga, word="zanahoria", minutes=10)  # until 18:30
    await world.turn_to("2024-10-23 18:31")
    await ana.says("zanahoria")
    assert ana.heard("Anotado")
    await world.turn_to("2024-10-23 18:33")
    await leo.says("zanahoria")
    assert leo.heard("llegó tarde", "15:30", "equipo")
    await leo.forges("here:1")
    assert leo.heard("ya cerró", "equipo")
    assert len(await came(world)) == 1


async def test_the_date_of_the_message_counts_not_when_it_arrives(world: World) -> None:
    """The line was down; what was typed in time is taken after the window. What is edited later is not."""
    olga, ana = owner(world), ana_of(world)
    await at_the_session(world, olga, word="zanahoria", minutes=10)
    leo = world.person("Leo")
    await leo.says("hola")
    early = leo.world.telegram.says(leo.id, "estoy escuchando")
    await world.settle()
    world.telegram.cut_line(cut=True)
    world.telegram.says(ana.id, "zanahoria")
    await world.turn_to("2024-10-23 18:50")
    world.telegram.cut_line(cut=False)
    await world.settle()
    assert len(await came(world)) == 1
    await leo.does(lambda telegram, me: telegram.edits(me, early, "zanahoria"))
    assert len(await came(world)) == 1, "the window was closed when it was edited"


async def test_five_wrong_words_and_no_sixth(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await at_the_session(world, olga, word="zanahoria")
    await leo.forges("here:1")
    for number, typed in enumerate(("perejil", "lechuga", "cebolla", "tomate"), start=1):
        await leo.says(typed)
        assert leo.heard("No es la palabra", f"{5 - number} intento"), leo.last
    await leo.says("pepino")
    assert leo.heard("cinco palabras", "equipo")
    await leo.says("zanahoria")
    assert not leo.heard("Anotado")
    await leo.forges("here:1")
    assert leo.heard("cinco palabras")
    assert await came(world) == []
    await opens(olga, word="perejiles")  # opened again: everybody may try again
    await leo.says("perejiles")
    assert leo.heard("Anotado")


async def test_words_that_are_typed_without_the_button_are_counted_as_well(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await at_the_session(world, olga, word="zanahoria")
    for typed in ("perejil", "lechuga", "cebolla", "rabanito", "pepino"):
        await leo.says(typed)
    await leo.says("zanahoria")
    assert await came(world) == []
    await leo.says("¿cuándo es la sesión 2?")
    assert leo.heard("29 de octubre")


async def test_a_question_in_the_middle_is_answered_and_counts_for_nothing(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await at_the_session(world, olga, word="zanahoria")
    await leo.forges("here:1")
    await leo.says("¿cuándo es la sesión 2?")
    assert leo.heard("29 de octubre")
    await leo.says("zanahoria")
    assert leo.heard("Anotado")
    assert await rows(world, "attendance_tries") == []


async def test_who_is_not_registered_is_told_what_a_certificate_needs(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await olga.forges("ct:on")
    await at_the_session(world, olga, word="zanahoria")
    await leo.says("zanahoria")
    assert leo.heard("Anotado", "hace falta su nombre")
    assert "Inscribirme" in leo.buttons


async def test_it_is_closed_and_opened_again_only_around_the_session(world: World) -> None:
    olga = owner(world)
    await olga.forges("at:1")
    assert olga.heard("se abre durante la sesión")
    assert "Abrir la palabra" not in olga.buttons
    await olga.forges("at:o:1:15")
    assert await rows(world, "attendance_windows") == []
    await at_the_session(world, olga, word="zanahoria")
    await olga.presses("Cerrar ahora")
    assert olga.heard("La palabra no está abierta")
    await opens(olga, word="zanahoria")
    assert len(await rows(world, "attendance_windows")) == 2
    await world.turn_to("2024-10-23 20:00")
    await olga.forges("at:o:1")
    assert olga.heard("se abre durante la sesión")


async def test_a_viewer_sees_how_many_and_changes_nothing(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga, label="Invitar con solo lectura")
    await at_the_session(world, olga, word="zanahoria")
    await vera.forges("at:1")
    assert vera.heard("Vinieron: 0")
    assert "zanahoria" not in vera.last.lower(), "the word is for who says it"
    for data in ("at:o:1", "at:o:1:30", "at:x:1"):
        await vera.forges(data)
    assert len(await rows(world, "attendance_windows")) == 1


async def test_the_word_is_never_said_to_participants_nor_written_into_the_log(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    with structlog.testing.capture_logs() as logs:
        await at_the_session(world, olga, word="zanahoria")
        await leo.forges("here:1")
        for typed in ("perejil", "¿cuál es la palabra?", "/sesiones 1", "/misdatos"):
            await leo.says(typed)
        await leo.says("zanahoria")
    assert "zanahoria" not in repr(logs).lower()
    said = " ".join(each.text for each in leo.chat if each.from_bot)
    assert "zanahoria" not in said.lower()
    assert (
        "zanahoria"
        not in repr([row for name in ("outbox", "talks", "audit") for row in await rows(world, name)]).lower()
    )


async def test_typed_twice_it_is_noted_once(world: World) -> None:
    olga, ana = owner(world), ana_of(world)
    await at_the_session(world, olga, word="zanahoria")
    await ana.says("zanahoria")
    await ana.says("zanahoria")
    assert ana.heard("Ya está anotado")
    assert len(await came(world)) == 1


async def test_it_is_noted_also_where_something_else_was_asked(world: World) -> None:
    await at_the_session(world, owner(world), word="zanahoria")
    for asked in ("zone", "team", "verify"):
        leo = world.person("Leo")
        await (leo.says("/verificar") if asked == "verify" else leo.forges(asked))
        await leo.says("zanahoria")
        assert leo.heard("Anotado: usted vino a la sesión 1"), (asked, leo.last)
    assert await came(world) == [(True, "word")] * 3


async def test_a_place_that_is_near_to_the_word_is_a_place(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await at_the_session(world, olga, word="bogote")
    await leo.forges("zone")
    await leo.says("Bogotá")
    assert leo.heard("Bogotá"), leo.last
    assert await came(world) == []


async def test_a_forwarded_word_notes_nobody_and_is_no_try(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await at_the_session(world, olga, word="zanahoria")
    await leo.does(lambda telegram, me: telegram.forwards(me, "zanahoria"))
    assert not leo.heard("Anotado")
    await leo.forges("here:1")
    await leo.does(lambda telegram, me: telegram.forwards(me, "zanahoria"))
    assert leo.heard("parece un mensaje reenviado", "Escriba la palabra que se dijo"), leo.last
    assert await came(world) == []
    assert await rows(world, "attendance_tries") == []
    await leo.says("zanahoria")
    assert leo.heard("Anotado")
