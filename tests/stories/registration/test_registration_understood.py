"""The registration understands what is meant: a slip in an address, a correction, "go on", the country's own hours."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers, rows_of


async def answers(person: Person) -> dict[str, object]:
    """What is kept of the conversation so far, without notes."""
    (state,) = await rows_of(person, "dialogs")
    return {key: value for key, value in state["answers"].items() if not key.startswith("_")}


async def from_peru(world: World) -> Person:
    """Ana works in Peru and is asked for her sessions."""
    ana = ana_of(world)
    await registers(ana, until="country")
    await ana.says("Perú")
    await ana.presses("Saltar")
    return ana


async def test_the_countrys_own_hours_are_proposed(shared_world: World) -> None:
    ana = await from_peru(shared_world)
    assert ana.heard("Horas de Argentina", "14:00")
    assert not ana.heard("no sé dónde está")
    await ana.presses("Ver en la hora de Perú")
    assert ana.heard("Horas de Lima", "12:00")
    assert not ana.heard("14:00")
    await ana.presses("Todas")
    await ana.presses("Saltar")
    await ana.presses("Acepto")
    assert ana.heard("Listo", "12:00", "Horas de Lima")


async def test_the_receipt_proposes_them_once_more(shared_world: World) -> None:
    ana = await from_peru(shared_world)
    await ana.presses("Todas")
    await ana.presses("Saltar")
    await ana.presses("Acepto")
    assert ana.heard("Listo", "14:00", "Horas de Argentina")
    await ana.presses("Ver en la hora de Perú")
    assert ana.heard("12:00")


async def test_where_a_country_has_several_hours_one_is_chosen(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="country")
    await ana.says("México")
    await ana.presses("Saltar")
    await ana.presses("Ver en la hora de México")
    await ana.presses("Tijuana")
    assert ana.heard("Horas de Tijuana", "¿A qué sesiones")
    assert (await answers(ana))["country"] == "MX"


async def test_who_works_where_the_cycle_is_is_not_asked_where_they_are(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sessions")
    assert ana.heard("Horas de Argentina")
    assert not ana.heard("no sé dónde está")


SLIPS = {
    "ana@gmail.con": "ana@gmail.com",
    "ana@gmial.com": "ana@gmail.com",
    "ana@hotmial.com": "ana@hotmail.com",
    "ana@casa.orgg": "ana@casa.org",
    "ana@cancilleria.gob.mx.com.": None,
    "ana@casa.co": None,
    "ana@mail.com": None,
    "ana@gmx.com": None,
    "ana@iom.int": None,
}


@pytest.mark.parametrize("typed", one_in(2, list(SLIPS)))
async def test_a_slip_in_an_address_gets_one_did_you_mean(shared_world: World, typed: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="email")
    await ana.says(typed)
    meant = SLIPS[typed]
    if meant is None:
        assert ana.heard("¿A qué sesiones"), ana.last
        return
    assert ana.heard("¿Quiso decir", meant), ana.last
    await ana.presses(meant)
    assert (await answers(ana))["email"] == meant
    assert ana.heard("¿A qué sesiones")


@pytest.mark.parametrize(
    ("then", "kept"),
    [
        ("sí", "ana@gmail.com"),
        ("no", "ana@gmail.con"),
        ("ana@gmail.con", "ana@gmail.con"),
        ("ana@casa.org", "ana@casa.org"),
        ("saltar", None),
    ],
)
async def test_the_did_you_mean_may_be_answered_in_words(shared_world: World, then: str, kept: str | None) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="email")
    await ana.says("ana@gmail.con")
    await ana.says(then)
    assert ana.heard("¿A qué sesiones"), ana.last
    assert (await answers(ana))["email"] == kept


CORRECTIONS = [
    ("organization", "perdón, me llamo Ana Quiñones Paz", "name", "Ana Quiñones Paz"),
    ("organization", "Ana Quiñonez", "name", "Ana Quiñonez"),
    ("organization", "*Ana María Quiñones", "name", "Ana María Quiñones"),
    ("sector", "corrijo: Casa de la Migrante", "organization", "Casa de la Migrante"),
    ("sector", "Casa del Migrantes", "organization", "Casa del Migrantes"),
    ("country", "quise decir gobierno local", "sector", "local"),
    ("email", "no, es Bolivia", "country", "BO"),
    ("sessions", "ana@casa.org", "email", "ana@casa.org"),
    ("needs", "perdón, la 2 y la 3", "sessions", [2, 3]),
]


@pytest.mark.parametrize("case", one_in(2, CORRECTIONS), ids=lambda case: case[1])
async def test_a_correction_typed_next_is_taken_as_one(shared_world: World, case: tuple[str, str, str, object]) -> None:
    step, correction, field, kept = case
    ana = ana_of(shared_world)
    await registers(ana, until=step)
    before = (await rows_of(ana, "dialogs"))[0]["step"]
    await ana.says(correction)
    (state,) = await rows_of(ana, "dialogs")
    assert (state["step"], state["answers"][field]) == (before, kept), ana.last
    assert ana.heard("Corregido")


async def test_another_answer_is_no_correction(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    await ana.says("Perdón y Memoria, asociación civil")
    assert ana.heard("¿De qué sector es?")
    assert (await answers(ana))["organization"] == "Perdón y Memoria, asociación civil"


@pytest.mark.parametrize(
    ("language", "words"),
    one_in(2, [("es", "seguir"), ("es", "Continuar"), ("pt", "avançar"), ("en", "next"), ("fr", "suivant")]),
)
async def test_go_on_is_no_answer(shared_world: World, language: str, words: str) -> None:
    rosa = shared_world.person("Rosa", last_name="Díaz", language=language)
    await rosa.says("/register")
    await rosa.says(words)
    assert await answers(rosa) == {}, "a name is needed"
    for answer in ("Rosa Díaz", "OIM", "academia", "Haiti", words, "1", words):
        await rosa.says(answer)
    (state,) = await rows_of(rosa, "dialogs")
    assert (state["step"], state["answers"]["email"], state["answers"]["needs"]) == ("consent", None, None)
    await rosa.says(words)
    assert await rows_of(rosa, "registrations") == [], "going on is not agreeing"


async def test_continue_is_named_only_where_it_is_shown(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sessions")
    assert "Continuar" not in ana.last
    assert "Continuar" not in ana.buttons
    await ana.says("seguir")
    assert ana.heard("Elija al menos una sesión")
    await ana.presses("Sesión 2")
    assert "«Continuar»" in ana.last
    assert "Continuar" in ana.buttons
    await ana.says("seguir")
    assert ana.heard("interpretación")


async def test_countries_that_are_likely_come_first_in_the_list(shared_world: World) -> None:
    ana = shared_world.person("Ana", language="es")
    await ana.says("/zonahoraria")
    await ana.says("La Habana")
    await ana.presses("Sí")
    await ana.says("/registrarme")
    for words in ("Ana Quiñones", "OIM", "academia"):
        await ana.says(words)
    assert ana.buttons[0] == "Cuba"
    await ana.presses("Elegir")
    assert ana.buttons[0] == "Cuba"
    beto = shared_world.person("Beto", language="es")
    await beto.says("/registrarme")
    for words in ("Beto Díaz", "OIM", "academia"):
        await beto.says(words)
    assert beto.buttons[0] == "Argentina", beto.buttons
    assert "México" in beto.buttons[:20], beto.buttons


async def test_the_receipt_offers_reminders_of_what_they_chose_in_one_tap(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="sessions")
    await ana.says("1 y 3")
    await ana.presses("Saltar")
    await ana.presses("Acepto")
    await ana.presses("Recordarme mis sesiones")
    subscribed = {row["session_id"] for row in await rows_of(ana, "subscriptions")}
    assert len(subscribed) == 2
    assert ana.heard("Sesión 1", "1 hora")
    assert ana.heard("no tiene recordatorios") or ana.heard("Sin recordatorios"), ana.last


async def test_an_answer_in_the_middle_does_not_lead_out(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    for question in ("¿cómo me inscribo?", "¿cuándo es la sesión 2?", "hola", "¿qué hacen con mis datos?"):
        await ana.says(question)
        for message in ana.news[:-1]:
            pressed = [each.get("callback_data", "") for row in message.keyboard for each in row]
            assert not {"menu", "+menu", "reg", "+reg", "+rem", "+cal", "+data", "data", "rem"} & set(pressed), question
        assert "organización" in ana.last


@pytest.mark.parametrize("words", ["sí", "Sí.", "si claro", "Sí, soy yo", "ok", "dale", "SÍ"])
async def test_a_yes_is_nobodys_name(shared_world: World, words: str) -> None:
    nameless = shared_world.person("🌸")
    await nameless.says("/registrarme")
    await nameless.says(words)
    assert nameless.heard("no parece un nombre", "nombre completo"), nameless.last
    assert await answers(nameless) == {}


async def test_a_yes_is_no_organization(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    await ana.says("sí")
    assert ana.heard("¿A qué organización")
    assert "organization" not in await answers(ana)


NAMED_LATER = {
    "es": ("Perdona, me llamo Ana Paz", "disculpá, mi nombre es Ana Paz", "Me llamo Ana Paz"),
    "pt": ("perdão, me chamo Ana Paz", "desculpa, meu nome é Ana Paz", "Me chamo Ana Paz"),
    "en": ("sorry, my name is Ana Paz", "my full name is Ana Paz"),
    "fr": ("pardon, je m'appelle Ana Paz", "excuse-moi, mon nom est Ana Paz"),
}


# Each sentence at one of the steps, each step with three sentences or four; thoroughly each sentence at each step.
NAMED_AT = [
    (language, typed, at)
    for language, some in NAMED_LATER.items()
    for typed in some
    for at in ("organization", "sector", "email")
]


@pytest.mark.parametrize(("language", "typed", "at"), one_in(4, NAMED_AT))
async def test_a_name_that_is_told_later_is_the_name_and_no_organization(
    shared_world: World, language: str, typed: str, at: str
) -> None:
    """Whatever was answered in between, and whichever word of apology stands before it."""
    ana = shared_world.person("Ana", language=language)
    said = ["/register", "Ana Pas", "Casa del Migrante", "ONU", "Bolivia"]
    for each in said[: {"organization": 2, "sector": 3, "email": 5}[at]]:
        await ana.says(each)
    await ana.says(typed)
    kept = await answers(ana)
    assert kept["name"] == "Ana Paz"
    assert kept.get("organization", "Casa del Migrante") == "Casa del Migrante"
    assert "email" not in kept


@pytest.mark.parametrize(
    "typed",
    one_in(
        2,
        [
            "ninguna",
            "no tengo",
            "A título personal",
            "independiente",
            "I take part on my own behalf",
            "por cuenta propia",
            "em nome próprio",
            "à titre personnel",
        ],
    ),
)
async def test_who_has_no_organization_may_say_so(shared_world: World, typed: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    await ana.says(typed)
    assert ana.heard("sector"), ana.last
    assert (await answers(ana))["organization"] == ""


@pytest.mark.parametrize("typed", ["ana@gmail.com", "+52 55 1234 5678", "https://example.org"])
async def test_an_address_or_a_telephone_is_no_organization(shared_world: World, typed: str) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    await ana.says(typed)
    assert ana.heard("Escriba el nombre de su organización", "«Participo a título personal»"), ana.last
    assert "organization" not in await answers(ana)
