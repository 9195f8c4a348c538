"""Organizers tell a session's link, panelists, languages, materials, recording; people hear of it at once."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from db.programme import live_programme
from rehearsal.world import running
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers, rows
from tests.support.world.reminders import reminders, subscribes
from tests.support.world.restart import again
from tests.support.world.sessions import is_called_off, lives, moves, session
from tests.support.world.team import audit_of, joined, owner

ROOM, OTHER = "https://zoom.example.org/j/2", "https://meet.example.org/abc"
LABELS = {
    "link": "enlace",
    "platform": "plataforma",
    "interpretation": "interpretación",
    "panelists": "panelistas",
    "practices": "prácticas",
    "materials": "materiales",
    "recording": "grabación",
}


pytestmark = pytest.mark.one_owner


async def drafts(olga: Person, field: str, words: str, number: int = 1) -> None:
    """Up to the dry run."""
    await olga.says(f"/session {number}")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(f": {LABELS[field]}")
    await olga.says(words)


async def tells(olga: Person, field: str, words: str, number: int = 1, button: str = "Guardar") -> None:
    """The whole way."""
    await drafts(olga, field, words, number)
    await olga.presses(button)
    assert olga.heard("Hecho."), olga.last


async def test_a_link_without_a_session_is_the_next_ones_and_those_known_after_it(world: World) -> None:
    """ "The concept note does not give it" would be untrue of session 2."""
    olga, ana = owner(world), ana_of(world)
    await registers(ana)
    await tells(olga, "link", ROOM, number=2)
    await ana.says("/cancelar")
    await ana.says("¿cuál es el enlace?")
    assert ana.heard("Sesión 1", "Todavía no lo sé: el enlace", "Sesión 2", ROOM), ana.last
    await tells(olga, "link", OTHER, number=1)
    await ana.says("¿cuál es el enlace?")
    assert ana.heard(OTHER), ana.last
    assert not ana.heard(ROOM), ana.last


async def opens(olga: Person, number: int = 1) -> None:
    """Lets anybody see the link."""
    await olga.says(f"/session {number}")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(": enlace")
    await olga.presses("Que lo vea cualquiera")
    await olga.presses("Guardar")


async def takes_away(olga: Person, field: str, number: int = 1) -> None:
    await olga.says(f"/session {number}")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(f": {LABELS[field]}")
    await olga.presses("Quitar")
    await olga.presses("Sí, quitar")


def urls(person: Person) -> list[str]:
    """The addresses of the buttons under the newest message."""
    return [button["url"] for row in person.chat[-1].keyboard for button in row if "url" in button]


def entry(world: World, person: Person) -> dict[str, str]:
    """The session in the newest calendar file in somebody's chat."""
    event = Calendar.from_ical(file_of(world, person)[1]).walk("VEVENT")[0]
    return {name: str(event[name]) for name in event}


def news(person: Person) -> list[str]:
    """The words that something is known now."""
    return [each.text for each in person.chat if each.from_bot and each.text.startswith("Novedad de la sesión")]


async def test_a_link_is_shown_counted_and_then_known_everywhere(world: World) -> None:
    olga, ana, eva = owner(world), world.person("Ana"), ana_of(world)
    await subscribes(ana)
    await registers(eva)
    await ana.says("¿cuál es el enlace?")
    assert ana.heard("Todavía no lo sé")
    assert "Avisarme cuando se sepa" in ana.buttons
    await world.turn_to("2024-10-22 17:00")
    await drafts(olga, "link", f"  {ROOM} ")
    assert olga.heard(
        "todavía no cambió nada",
        f"Enlace: {ROOM}",
        "en privado, quien tiene lugar en la sesión o recordatorios",
        "Con lugar: 1. En espera: 0. Con recordatorios: 1.",
        "Lo preguntó y lo recibe: 1 persona.",
        "por estar inscrita: 1 persona.",
        "Se corrige 1 mensaje ya entregado.",
    ), olga.last
    await eva.says("¿cuál es el enlace?")
    assert not eva.heard(ROOM)
    ana.listen()
    await olga.presses("Guardar")
    assert olga.heard("Hecho. 3 mensajes; donde es de noche", f"Enlace: {ROOM}"), olga.last
    assert ana.heard("Novedad de la sesión 1", f"Enlace: {ROOM}")
    assert ana.heard("Recordatorio: sesión 1", f"Enlace: {ROOM}"), "what had come is changed where it stands"
    assert (len(news(ana)), len(reminders(ana))) == (1, 1)
    await world.turn_to("2024-10-23 16:00")
    assert ana.heard("Inicio: en 1 hora", f"Enlace: {ROOM}")
    assert urls(ana) == [ROOM]
    assert ana.buttons[0] == "Entrar a la sesión"
    for words in ("¿cuál es el enlace?", "/sesiones 1", "/sesiones", "¿cuándo es la sesión 1?"):
        await eva.says(words)
        assert ROOM in eva.chat[-1].html, words
    told = [details for action, details in await audit_of(world) if action == "detail_set"]
    assert told == [{"session": 1, "detail": "link", "messages": 3}]
    await olga.says("/team log")
    assert olga.heard("Olga Paz: dijo un dato (sesión 1, el enlace de conexión y 3 mensajes)"), olga.last


async def test_who_is_not_concerned_and_groups_do_not_see_it_until_the_organizer_says_so(world: World) -> None:
    olga, leo = owner(world), world.person("Leo")
    await leo.says("¿cuál es el enlace?")
    await tells(olga, "link", ROOM)
    assert leo.heard("El enlace ya se conoce", "quien tiene lugar en la sesión o pide sus recordatorios")
    assert not any(ROOM in each.html or ROOM in repr(each.keyboard) for each in leo.chat)
    group = world.telegram.group("Red", creator=leo.id)
    world.telegram.adds_bot(group, leo.id)
    await world.settle()
    for words in ("/sesiones@ciclo_bot 1", "@ciclo_bot ¿cuál es el enlace?", "/sesiones@ciclo_bot"):
        world.telegram.says(leo.id, words, chat_id=group)
        await world.settle()
        said = world.telegram.chat(group)[-1]
        assert ROOM not in said.html + repr(said.keyboard), words
    await opens(olga)
    assert leo.heard("Novedad de la sesión 1", ROOM), "what was said is changed where it stands"
    world.telegram.says(leo.id, "/sesiones@ciclo_bot 1", chat_id=group)
    await world.settle()
    assert ROOM in world.telegram.chat(group)[-1].html
    await leo.says("/sesiones 1")
    assert leo.heard(ROOM)


async def test_a_groups_reminders_hold_only_an_open_link(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    group = world.telegram.group("Red", creator=olga.id)
    world.telegram.adds_bot(group, olga.id)
    await world.settle()
    world.telegram.says(olga.id, "/recordatorios@ciclo_bot", chat_id=group)
    await world.settle()
    message = world.telegram.chat(group)[-1]
    world.telegram.presses(olga.id, message.id, 0, 0, chat_id=group)
    await world.settle()
    await tells(olga, "link", ROOM)
    await world.turn_to("2024-10-23 16:00")
    told = [each.html for each in world.telegram.chat(group) if "Recordatorio" in each.text]
    assert told != []
    assert not any(ROOM in each for each in told)
    await opens(olga)
    told = [each.html for each in world.telegram.chat(group) if "Recordatorio" in each.text]
    assert ROOM in told[-1]


async def test_a_new_link_takes_the_place_of_the_old_one_wherever_we_said_it_first(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await subscribes(ana)
    await ana.says("¿cuál es el enlace?")
    await tells(olga, "link", ROOM)
    await world.turn_to("2024-10-23 16:00")
    asked_for = [each.id for each in ana.chat if not each.from_bot]
    await tells(olga, "link", OTHER)
    assert [each.text for each in ana.chat if each.from_bot and ROOM in each.html + repr(each.keyboard)] == []
    assert len(news(ana)) == 1
    await takes_away(olga, "link")
    assert [each.text for each in ana.chat if each.from_bot and OTHER in each.html + repr(each.keyboard)] == []
    assert ana.heard("Recordatorio: sesión 1", "Todavía no lo sé: el enlace")
    assert [each.id for each in ana.chat if not each.from_bot] == asked_for
    await ana.says("¿cuál es el enlace?")
    assert ana.heard("Todavía no lo sé")
    await tells(olga, "link", OTHER)
    assert len(news(ana)) == 2, "asked again, told again"


async def test_what_left_while_a_link_was_set_is_caught_up_with(world: World) -> None:
    """As if the reminder had been in the air: whoever sets it finds nothing delivered yet."""
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-23 16:00")
    app, now = world.rehearsal.app, world.rehearsal.clock.now()
    live = await session(world, 1)
    async with app.database.transaction() as tx:
        assert (
            await live_programme.set_detail(tx, live.id, "link", {"url": ROOM, "open": False}, expected=0, now=now) == 1
        )
    app.work.scheduler.refresh()
    await world.settle()
    assert ana.heard("Recordatorio: sesión 1", ROOM)


QUESTIONS = {
    "es": ("¿quién expone?", "¿hay interpretación?", "¿dónde está la grabación?", "¿me pasan las diapositivas?",
           "¿qué prácticas se presentan en la sesión 1?", "Avisarme", "/sesiones 1"),
    "pt": ("quem apresenta?", "tem tradução simultânea?", "onde vejo a gravação?", "material da sessão",
           "quais práticas são apresentadas na sessão 1?", "Avisar quando", "/sessoes 1"),
    "en": ("who is speaking?", "is there interpretation?", "where can I watch the recording?", "can I get the slides",
           "which practices are presented at session 1?", "Tell me when", "/sessions 1"),
    "fr": ("qui sont les panélistes ?", "y a-t-il une interprétation ?", "où voir l’enregistrement ?",
           "peut-on avoir les diapositives", "quelles pratiques sont présentées à la session 1 ?", "Me prévenir",
           "/seances 1"),
}  # fmt: skip
TONGUES = {"es": "francés", "pt": "francês", "en": "French", "fr": "français"}


async def test_every_question_is_answered_in_its_language(world: World) -> None:
    olga = owner(world)
    people = {language: world.person("Ana", language=language) for language in QUESTIONS}
    for language, ana in people.items():
        *asked, tell, _ = QUESTIONS[language]
        for words in asked:
            await ana.says(words)
            assert any(tell in label for label in ana.buttons), (words, ana.last)
    await tells(olga, "panelists", "Rosa <b>Díaz</b> - OIM & Cía\nJosé Paz")
    await tells(olga, "interpretation", "portugués, inglés y francés")
    await tells(olga, "recording", "https://video.example.org/1")
    await tells(olga, "materials", "Guía - parte 1 - https://docs.example.org/guia.pdf")
    await tells(olga, "practices", "- Ventanilla única <Lima>\n2. Red de acogida")
    for language, ana in people.items():
        await is_told(ana, language)


async def is_told(ana: Person, language: str) -> None:
    """Whatever she asks, what the organizer has told."""
    *asked, _, card = QUESTIONS[language]
    answers = ("Rosa <b>Díaz</b> (OIM & Cía)", TONGUES[language], "https://video.example.org/1", "Guía - parte 1",
               "Ventanilla única <Lima>")  # fmt: skip
    for words, said in zip(asked, answers, strict=True):
        await ana.says(words)
        assert ana.heard(said), (words, ana.last)
    await ana.says(card)
    assert ana.heard("Rosa <b>Díaz</b> (OIM & Cía)", TONGUES[language])
    assert not any("Guía" in each.text for each in ana.news)
    lists = [label for label in ana.buttons if label in {"Materiales", "Materiais", "Materials", "Documents"}]
    await ana.presses(lists[0])
    assert ana.heard("Guía - parte 1")
    links = [each["url"] for each in ana.chat[-1].entities if each["type"] == "text_link"]
    assert links == ["https://docs.example.org/guia.pdf"]


async def test_one_tap_is_enough_to_be_told_once(world: World) -> None:
    olga, ana, leo = owner(world), world.person("Ana"), world.person("Leo")
    for each in (ana, leo):
        await each.says("¿hay interpretación?")
        await each.presses("Avisarme cuando se sepa")
        assert each.heard("Sesión 1: en cuanto sepa los idiomas de interpretación, se lo escribo una vez.")
    await leo.presses("Mejor no avisarme")
    assert leo.heard("no le aviso")
    await tells(olga, "interpretation", "inglés")
    assert ana.heard("Novedad de la sesión 1", "Interpretación: inglés")
    assert news(leo) == []
    await tells(olga, "interpretation", "inglés, ruso, criollo haitiano y lengua de señas")
    assert ana.heard("Interpretación: inglés, ruso, criollo haitiano y lengua de señas")
    assert len(news(ana)) == 1
    await ana.presses("Avisarme")
    assert ana.heard("Interpretación: inglés, ruso"), "what is known by now is told at once"


async def test_what_is_known_of_a_later_session_is_said_and_a_platform_alone_is_not_a_link(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await tells(olga, "interpretation", "francés", number=3)
    await tells(olga, "platform", "Zoom & Cía")
    await ana.says("¿hay interpretación?")
    assert ana.heard("Sesión 3", "Interpretación: francés")
    ana = world.person("Leo")  # nothing was talked about with him
    await subscribes(ana)
    await ana.says("¿por qué plataforma es?")
    assert ana.heard("Sesión 1", "Todavía no lo sé: el enlace", "Plataforma: Zoom & Cía")
    assert "Avisarme cuando se sepa" in ana.buttons
    await tells(olga, "link", ROOM)
    assert len(news(ana)) == 1


async def test_nobody_is_told_who_has_silenced_the_session_or_deleted_their_data(world: World) -> None:
    olga, ana, eva = owner(world), world.person("Ana"), world.person("Eva")
    for each in (ana, eva):
        await subscribes(each)
        await each.says("¿cuál es el enlace?")
    await ana.forges("mute:1:on")
    await eva.says("/misdatos")
    assert eva.heard("1 dato que pidió saber de una sesión")
    await eva.forges("data:del")
    await eva.forges("data:del:yes")
    assert [row for row in await rows(world, "detail_asks") if row["participant_id"] == 3] == []
    eva.listen()
    ana.listen()
    await tells(olga, "link", ROOM)
    assert (ana.news, eva.news) == ([], [])
    assert news(ana) == []


async def test_at_night_it_waits_for_the_morning_unless_the_session_begins_before(world: World) -> None:
    olga, ana, ken = owner(world), world.person("Ana"), world.person("Ken")
    await lives(ana, "America/Lima")
    await lives(ken, "Asia/Tokyo")
    for each in (ana, ken):
        await subscribes(each)
        await each.says("¿cuál es el enlace?")
    await world.turn_to("2024-10-23 04:00")  # 23:00 in Lima; 13:00 in Tokyo, where the session begins at 2
    ana.listen()
    await tells(olga, "link", ROOM)
    assert (news(ana), len(news(ken))) == ([], 1)
    await world.turn_to("2024-10-23 12:00")  # 07:00 in Lima
    assert len(news(ana)) == 1
    await ken.says("¿cuál es el enlace de la sesión 2?")
    await world.turn_to("2024-10-29 14:00")  # 23:00 in Tokyo; the second session begins at 2
    await tells(olga, "link", OTHER, number=2)
    assert len(news(ken)) == 2


async def test_a_recording_is_offered_once_to_who_registered_where_the_organizer_says_so(world: World) -> None:
    olga, ana, leo = owner(world), ana_of(world), world.person("Leo")
    await registers(ana)
    await subscribes(leo)
    await world.turn_to("2024-10-24 15:00")
    await tells(olga, "recording", "https://video.example.org/1")
    assert (news(ana), news(leo)) == ([], [])
    await tells(olga, "recording", "https://video.example.org/2", button="Guardar y avisar")
    assert ana.heard("Novedad de la sesión 1", "Grabación: https://video.example.org/2")
    assert news(leo) == []
    await leo.says("¿dónde está la grabación?")
    assert leo.heard("Grabación: https://video.example.org/2", "equipo organizador")


async def test_calendars_get_the_link_under_a_higher_sequence(world: World) -> None:
    olga, ana = owner(world), ana_of(world)
    await registers(ana)
    await ana.says("/calendario 1")
    before = entry(world, ana)
    assert "URL" not in before
    await tells(olga, "link", ROOM)
    assert ana.heard("su calendario muestra cómo entrar a la sesión 1")
    after = entry(world, ana)
    assert (after["URL"], after["LOCATION"]) == (ROOM, ROOM)
    assert ROOM in after["DESCRIPTION"]
    assert (after["UID"], int(after["SEQUENCE"])) == (before["UID"], int(before["SEQUENCE"]) + 1)
    await ana.says("/calendario 1")
    same = entry(world, ana)
    assert same["SEQUENCE"] == after["SEQUENCE"]
    await takes_away(olga, "link")
    gone = entry(world, ana)
    assert "URL" not in gone
    assert int(gone["SEQUENCE"]) == int(after["SEQUENCE"]) + 1


BAD = (
    ("javascript:alert(1)", "empezar con https://"),
    ("http://zoom.example.org/j/1", "empezar con https://"),
    ("https://zoom example.org/j", "no lleva espacios"),
    ("https://zoom.example.org/" + "a" * 3_970, "demasiado largo"),
    ("https://ana:secreto@zoom.example.org/j", "un usuario o una contraseña"),
    ("http://ana:secreto@zoom.example.org/j", "empezar con https://"),
    ("https://127.0.0.1/j", "no lleva a un sitio"),
    ("https://localhost/j", "no lleva a un sitio"),
    ("https:///j", "no lleva a un sitio"),
    ("zoom", "empezar con https://"),
    ("https://zoom.example.org/\"><a href='x'>", "signos raros"),
)


async def test_what_is_no_safe_address_is_refused_and_nothing_is_kept(world: World) -> None:
    olga = owner(world)
    for words, said in BAD:
        await drafts(olga, "link", words)
        assert olga.heard(said), (words, olga.last)
        await drafts(olga, "materials", f"Guía - {words}")
        assert olga.heard("Guía") is False
    await drafts(olga, "materials", "Guía sin enlace")
    assert olga.heard("Falta el título o el enlace")
    await drafts(olga, "panelists", "\n".join(f"Persona {n}" for n in range(13)))
    assert olga.heard("demasiadas líneas")
    await drafts(olga, "practices", "x" * 241)
    assert olga.heard("demasiado larga")
    await olga.does(lambda telegram, me: telegram.shares_location(me, 0.0, 0.0))
    assert await rows(world, "session_details") == []


async def test_the_longest_of_everything_fits_its_messages(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await tells(olga, "panelists", "\n".join(f"{'P' * 110} {n} - {'O' * 118}" for n in range(12)))
    await tells(olga, "practices", "\n".join(f"{'x' * 236} {n}" for n in range(12)))
    await tells(olga, "materials", "\n".join(f"{'T' * 100} {n} - https://a.example.org/{'y' * 250}" for n in range(9)))
    await tells(olga, "link", f"https://a.example.org/{'z' * 670}")
    await opens(olga)
    for words in ("/sesiones 1", "¿quién expone?", "¿qué prácticas se presentan?", "¿cuál es el enlace?"):
        await ana.says(words)
        assert not ana.heard("Algo falló"), words
        assert ana.news != []
    assert "Quiénes exponen" not in ana.buttons
    await tells(olga, "panelists", "\n".join(f"{'P' * 110} {n} - {'O' * 118}" for n in range(12)), number=2)
    ana = world.person("Leo")
    await ana.says("¿quién expone?")
    assert ana.heard("Sesión 1", "Sesión 2", "equipo organizador"), "too much for one message"
    await ana.presses("Sesión 2")
    assert ana.heard("PPP")
    await ana.says("/sesiones 2")
    await ana.presses("Quiénes exponen")
    assert ana.heard("PPP")
    for number in (2, 3, 4):
        await tells(olga, "link", f"https://a.example.org/{'z' * 670}", number=number)
    for words in ("/sesiones", "¿cuál es el enlace de las sesiones 1, 2, 3 y 4?"):
        await ana.says(words)
        assert ana.news != [], words
    for field in LABELS:
        await olga.forges(f"sd:1:{field}")
        assert olga.news != [], field


async def test_a_draft_survives_a_restart_and_an_old_preview_sets_nothing(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        olga = owner(stage)
        await drafts(olga, "link", ROOM)
        await olga.says(OTHER)
    world = again(stage)
    async with running(world.rehearsal):
        await world.settle()
        olga = Person(world, olga.id)
        older = next(each for each in olga.chat if each.from_bot and ROOM in each.text)
        olga.listen()
        world.telegram.presses(olga.id, older.id, 0, 0)
        await world.settle()
        assert olga.toasts[-1] == "Cambió mientras tanto: nada se hizo"
        assert await rows(world, "session_details") == []
        newer = next(each for each in olga.chat if each.from_bot and OTHER in each.text)
        world.telegram.presses(olga.id, newer.id, 0, 0)
        await world.settle()
        assert olga.heard("Hecho.", OTHER)


async def test_of_two_organizers_at_once_the_second_is_told(world: World) -> None:
    olga = owner(world)
    vera = await joined(world, olga)
    await drafts(olga, "link", ROOM)
    await drafts(vera, "link", OTHER)
    await olga.presses("Guardar")
    await vera.presses("Guardar")
    assert vera.toasts[-1] == "Cambió mientras tanto: nada se hizo"
    assert vera.heard(ROOM)


async def test_a_viewer_reads_and_sets_nothing(world: World) -> None:
    olga = owner(world)
    await tells(olga, "link", ROOM)
    vera = await joined(world, olga, label="Invitar con solo lectura")
    await vera.says("/session 1")
    await vera.presses("Enlace, panelistas y más")
    assert vera.heard(f"Enlace: {ROOM}", "Todavía no lo sé: quiénes exponen")
    assert not any(":" in label for label in vera.buttons)
    await vera.forges("sd:1:link")
    await vera.says(OTHER)
    assert [row["value"] for row in await rows(world, "session_details")] == [{"url": ROOM, "open": False}]


async def test_a_session_that_is_over_or_called_off_has_no_way_in(world: World) -> None:
    olga, ana = owner(world), ana_of(world)
    await registers(ana)
    await tells(olga, "link", ROOM)
    await tells(olga, "link", OTHER, number=2)
    await is_called_off(world, 2)
    await world.turn_to("2024-10-24 15:00")
    for number in (1, 2):
        await ana.says(f"/sesiones {number}")
        assert urls(ana) == []
        assert not re.search(r"https://(zoom|meet)", ana.last)
        await ana.says(f"¿cuál es el enlace de la sesión {number}?")
        assert ana.heard("ya terminó" if number == 1 else "se canceló"), ana.last
        assert urls(ana) == []


async def test_a_link_outlives_a_move_and_its_old_word_does_not(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await subscribes(ana)
    await ana.says("¿cuál es el enlace?")
    await tells(olga, "link", ROOM)
    await moves(world, 1, by=timedelta(days=1))
    await is_called_off(world, 1)
    await tells(olga, "link", OTHER)
    assert len(news(ana)) == 1
    assert news(ana)[0].count(OTHER) == 1, "changed where it stands, whatever became of the session's time"
    await moves(world, 1, by=timedelta(0))
    await world.turn_to("2024-10-24 16:00")
    assert ana.heard("Inicio: en 1 hora", OTHER)


async def test_forged_buttons_of_details_lead_nowhere(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    for person in (olga, ana):
        await person.says("/start")
        for data in ("d:9:link", "d:1:nada", "tell:9:link:on", "tell:1:nada:on", "sd:9", "sd:1:nada", "sd:9:link",
                     "sd:x:1:nada", "sd:x:9:link", "sd:w:9:on", "sd:w:1:on", "sd:ok:1:link:1:on"):  # fmt: skip
            await person.forges(data)
            assert not person.heard("Algo falló"), data
    assert await rows(world, "session_details") == []


async def test_long_after_the_cycle_nothing_told_of_it_is_left(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await ana.says("¿cuál es el enlace?")
    await tells(olga, "panelists", "Rosa Díaz - OIM")
    await world.turn_to("2025-03-01 12:00")
    await world.rehearsal.app.work.scheduler.tidy()
    assert (await rows(world, "session_details"), await rows(world, "detail_asks")) == ([], [])
