"""At the question where they are: wishes, what a clock says in a sentence, and one hour after another."""

import pytest

from tests.support.thorough import one_in
from tests.support.world.people import World

WISHES = [
    ("es", "no me escriban de noche", "no le escriba"), ("pt-br", "não me escrevam de noite", "eu não escreva"),
    ("en", "don't write to me at night", "not"), ("fr", "ne m'écrivez pas la nuit", "ne vous écrive pas"),
    ("es", "ya no quiero mensajes", "recordatorios"), ("en", "delete my data", "Delete everything"),
    ("es", "mis datos", "Lo que guardo"), ("es", "recordatorios", "ecordatorios"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "answer"), one_in(2, WISHES))
async def test_a_wish_is_carried_out_and_is_no_place(
    shared_world: World, language: str, words: str, answer: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/timezone")
    await ana.says(words)
    assert ana.heard(answer), ana.last
    assert not ana.heard("«"), ana.last
    await ana.says("Lima")
    assert ana.heard("Lima"), ana.last


CLOCKS = [
    ("es-AR", "mi reloj marca las 12"), ("es-AR", "En mi celular son las 12:00"), ("es-AR", "aquí son las 12"),
    ("es-AR", "mi teléfono dice 12:00 pm"), ("es-AR", "son las 12 del mediodía"), ("pt-br", "meu relógio marca 12:00"),
    ("pt-br", "o relógio está marcando 12h"), ("pt-br", "aqui são 12 horas"), ("pt-br", "no meu celular é meio-dia"),
    ("en", "my clock says 10"), ("en", "my phone shows 10:00 am"), ("en", "it's 10 o'clock here"),
    ("fr", "ma montre indique 10h"), ("fr", "mon téléphone affiche 10:00"), ("fr", "ici il est 10h00"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), one_in(3, CLOCKS))
async def test_what_their_clock_says_in_a_sentence(shared_world: World, language: str, words: str) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/timezone")
    await ana.says(words)
    wanted = {"es-AR": "Buenos Aires", "pt-br": "São Paulo", "en": "Jamaica", "fr": "Mexique"}[language]
    assert wanted in ana.last or wanted in ana.buttons, (ana.last, ana.buttons)


async def test_a_typed_hour_is_asked_about_before_it_counts(shared_world: World) -> None:
    """UTC-4, then "son las 12": the phone's country must not decide in silence."""
    ana = shared_world.person("Ana", language="pt-br")
    await ana.says("/timezone")
    await ana.says("UTC-4")
    await ana.says("são 12 horas")
    assert ana.heard("São Paulo"), ana.last
    await ana.says("/sessions")
    assert ana.heard("ainda não sei onde você está"), ana.last
    await ana.says("/timezone")
    await ana.says("12:00")
    await ana.presses("Sim, usar o horário de")
    assert ana.heard("Pronto", "São Paulo"), ana.last


async def test_who_is_elsewhere_is_one_tap_from_the_countries(shared_world: World) -> None:
    ana = shared_world.person("Ana", language="pt-br")
    await ana.says("/timezone")
    await ana.says("12:00")
    await ana.presses("Não estou em: Brasil")
    await ana.presses("Uruguai")
    assert ana.heard("Montevid"), ana.last


@pytest.mark.parametrize(
    ("language", "said", "asked", "hours", "goes_on", "then"),
    [
        ("es", "estoy en Monterrey", "¿la de datos?", "de 11:00 a 12:30", "¿y la 1?", "de 11:00 a 12:30"),
        ("pt-br", "moro em Lisboa", "a primeira é a que horas?", "das 18:00 às 19:30", "e a última?", "das 17:00"),
        ("en", "I'm in Halifax, Nova Scotia", "time of session 3?", "13:00 to 14:30", "and session 1?", "14:00"),
        ("fr", "je suis à Abidjan", "la première est à quelle heure ?", "de 17:00 à 18:30", "et la 4 ?", "de 17:00"),
    ],
)
async def test_where_they_just_said_they_are_is_whose_hours_they_get(  # noqa: PLR0917 - one row of the table each
    shared_world: World, language: str, said: str, asked: str, hours: str, goes_on: str, then: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says(said)
    await ana.says(asked)
    assert ana.heard(hours), ana.last
    await ana.says(goes_on)
    assert ana.heard(then), ana.last
