"""Words in the middle of a registration that are no answer: forwarded ones, a wish to change, "am I registered?"."""

from functools import partial

import pytest

from rehearsal.telegram.telegram import Telegram
from tests.support.knowledge.phone_labels import Heard, holds
from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers, rows_of

COMMANDS = {"es": "/registrarme", "pt-br": "/inscricao", "en": "/register", "fr": "/inscription"}
FORWARDED = {
    "es": "parece un mensaje reenviado", "pt-br": "parece uma mensagem encaminhada",
    "en": "looks like a forwarded message", "fr": "ressemble à un message transféré",
}  # fmt: skip


def forwards(words: str, telegram: Telegram, who: int) -> None:
    """Passes on what somebody else wrote."""
    telegram.forwards(who, words)


async def kept(person: Person) -> dict[str, object]:
    """The answers so far."""
    (state,) = await rows_of(person, "dialogs")
    answers: dict[str, object] = state["answers"]
    return answers


async def at_the_end(world: World, language: str) -> Person:
    """Somebody at the last question, who has given all answers."""
    rosa = world.person("Rosa", last_name="Díaz", language=language)
    await registers(rosa, until="consent")
    return rosa


@pytest.mark.parametrize("language", FORWARDED)
async def test_a_forwarded_message_is_nobodys_name(shared_world: World, language: str) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says(COMMANDS[language])
    await ana.does(lambda telegram, who: telegram.forwards(who, "Gran oferta de teléfonos"))
    assert ana.heard(FORWARDED[language]), ana.last
    assert "name" not in await kept(ana)
    await ana.says("Ana Paz")
    assert (await kept(ana))["name"] == "Ana Paz"


async def test_what_is_forwarded_answers_no_step_and_agrees_to_nothing(shared_world: World) -> None:
    ana = ana_of(shared_world)
    steps = {"name": "Otra Persona", "organization": "Otra Casa", "sector": "ONG", "country": "Bolivia",
             "email": "otra@casa.org", "sessions": "todas", "needs": "Intérprete"}  # fmt: skip
    answers = ("Ana Paz", "Casa", "civil", "Perú", "ana@casa.org", "2", "nada")
    await ana.says("/registrarme")
    for (step, words), answer in zip(steps.items(), answers, strict=True):
        await ana.does(partial(forwards, words))
        assert ana.heard("reenviado"), (step, ana.last)
        assert step not in await kept(ana)
        await ana.says(answer)
    for words in (
        "Acepto e inscribirme",
        "acepto",
        "perdón, me llamo Otra Persona",
        "cancelar",
        "cambia mi correo a b@c.org",
    ):
        await ana.does(partial(forwards, words))
        assert ana.heard("¿Está todo bien?"), ana.last
    assert await rows_of(ana, "registrations") == []
    given = await kept(ana)
    assert (given["name"], given["email"]) == ("Ana Paz", "ana@casa.org")


async def test_a_forwarded_question_is_answered_and_so_are_ones_own_words(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await ana.says("/registrarme")
    await ana.does(lambda telegram, who: telegram.forwards(who, "¿Cuándo es la sesión 2?"))
    assert ana.heard("29 de octubre"), ana.news

    def own(telegram: Telegram, who: int) -> None:
        origin = {"type": "user", "sender_user": {"id": who, "is_bot": False, "first_name": "Ana"}, "date": 1729609200}
        telegram._writes(who, {"text": "Ana Paz", "forward_origin": origin})

    await ana.does(own)
    assert (await kept(ana))["name"] == "Ana Paz"


CHANGES = [
    ("es", "cambia mi correo a otra@casa.org", "email", "otra@casa.org"),
    ("es", "Por favor cambie mi correo por otra@casa.org", "email", "otra@casa.org"),
    ("es", "quiero cambiar mi nombre a Rosa Paz", "name", "Rosa Paz"),
    ("es", "corregir la organización: Casa del Migrante", "organization", "Casa del Migrante"),
    ("es", "cambiá mi país a Bolivia", "country", "BO"),
    ("es", "cambiar mis sesiones a 2 y 3", "sessions", [2, 3]),
    ("pt-br", "mude meu e-mail para otra@casa.org", "email", "otra@casa.org"),
    ("pt-br", "quero trocar o meu nome para Rosa Paz", "name", "Rosa Paz"),
    ("pt-br", "altere minha organização para Casa", "organization", "Casa"),
    ("en", "change my email to otra@casa.org", "email", "otra@casa.org"),
    ("en", "Please update my e-mail address to otra@casa.org.", "email", "otra@casa.org"),
    ("en", "can you change my name to Rosa Paz", "name", "Rosa Paz"),
    ("en", "change the country to Bolivia", "country", "BO"),
    ("fr", "changez mon adresse e-mail en otra@casa.org", "email", "otra@casa.org"),
    ("fr", "je veux changer mon nom en Rosa Paz", "name", "Rosa Paz"),
    ("fr", "modifier mon courriel : otra@casa.org", "email", "otra@casa.org"),
]


@pytest.mark.parametrize(("language", "words", "field", "value"), one_in(3, CHANGES))
async def test_change_my_email_is_a_correction(
    shared_world: World, language: str, words: str, field: str, value: object
) -> None:
    rosa = await at_the_end(shared_world, language)
    await rosa.says(words)
    assert (await kept(rosa))[field] == value, rosa.last
    assert any("✅" in each or "agree" in each or "cept" in each or "ceito" in each for each in rosa.buttons), rosa.last


@pytest.mark.parametrize(
    ("language", "words", "asked"),
    [
        ("es", "quiero cambiar mi correo", "correo"), ("pt-br", "quero mudar meu e-mail", "e-mail"),
        ("en", "change my email", "e-mail"), ("fr", "je veux changer mon adresse e-mail", "e-mail"),
        ("es", "cambia mi correo a nada-de-correo", "correo"), ("es", "cambia mi correo a ana@gmail.con", "gmail.com"),
    ],
)  # fmt: skip
async def test_a_wish_to_change_without_a_value_asks_for_it_and_comes_back(
    shared_world: World, language: str, words: str, asked: str
) -> None:
    rosa = await at_the_end(shared_world, language)
    await rosa.says(words)
    assert rosa.heard(asked), rosa.last
    await rosa.says("otra@casa.org")
    assert rosa.heard("otra@casa.org"), rosa.last
    assert (await kept(rosa))["email"] == "otra@casa.org"


async def test_the_same_words_change_a_registration_that_is_done(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana)
    await ana.says("cambia mi correo a otra@casa.org")
    assert ana.heard("otra@casa.org"), ana.last
    await ana.says("quiero cambiar mi nombre")
    assert ana.heard("nombre completo"), ana.last
    await ana.says("Ana Paz")
    (row,) = await rows_of(ana, "registrations")
    assert (row["name"], row["email"]) == ("Ana Paz", "otra@casa.org")


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [
        ("es", ("¿ya estoy inscrita?", "¿estoy registrado?", "quedé inscrita?"), "Todavía no: falta un toque"),
        ("pt-br", ("já estou inscrita?", "estou cadastrado?"), "Ainda não: falta um toque"),
        ("en", ("am I registered?", "am i signed up already", "Did I register?"), "Not yet: one tap is left"),
        ("fr", ("suis-je inscrite ?", "je suis déjà inscrit ?"), "Pas encore\u00a0: il reste un toucher"),
    ],
)
async def test_am_i_registered_at_the_final_check(
    shared_world: World, language: str, words: tuple[str, ...], answer: str
) -> None:
    rosa = await at_the_end(shared_world, language)
    for each in words:
        await rosa.says(each)
        assert rosa.heard(answer), (each, rosa.last)


async def test_am_i_registered_in_the_middle_of_it(shared_world: World) -> None:
    ana = ana_of(shared_world)
    for step in ("organization", "sector"):
        await registers(ana, until=step) if step == "organization" else await ana.says("Casa")
        await ana.says("ya estoy inscrita?")
        assert ana.heard("Todavía no: quedan preguntas"), ana.last
        assert step not in await kept(ana)


CRIES = {
    "es": "Ya estoy inscrita, pero mi marido me pega y tengo miedo",
    "pt-br": "Já estou inscrita, mas meu marido me bate e tenho medo",
    "en": "I am registered already but my husband beats me and I am afraid",
    "fr": "Je suis déjà inscrite mais mon mari me bat et j'ai peur",
}


@pytest.mark.parametrize("language", CRIES)
async def test_help_comes_before_whether_they_are_registered(shared_world: World, language: str) -> None:
    """In the middle of a registration and outside of it."""
    rosa, luz = await at_the_end(shared_world, language), shared_world.person("Luz", language=language)
    for person in (rosa, luz):
        await person.says(CRIES[language])
        heard = Heard(tuple(each.text for each in person.news))
        assert holds("care", heard), heard


async def test_where_an_organization_is_asked_for_it_may_begin_with_being_registered(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana, until="organization")
    await ana.says("Estoy registrada en la Red de Mujeres")
    assert (await kept(ana))["organization"] == "Estoy registrada en la Red de Mujeres"


async def test_other_sessions_are_chosen_one_by_one_where_a_registration_is_done(shared_world: World) -> None:
    """Its places may be wanted by others: none is given up by a sentence alone."""
    ana = ana_of(shared_world)
    await registers(ana)
    before = await rows_of(ana, "attendances")
    await ana.says("cambia mis sesiones a 2")
    assert await rows_of(ana, "attendances") == before
    assert ana.heard("Su inscripción"), ana.last
