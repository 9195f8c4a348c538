"""A participants' report says who came: read in any shape, matched by e-mail, doubts decided by hand."""

from typing import Any

import pytest

from knowledge.attendance.participants_report import MOST_ROWS, Attendee, ReportError, read_report
from tests.support.world.crowd import registered, someone
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import audit_of, joined, owner

AFTER = "2024-10-23 20:00"
ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812,Ciclo,10/23/2024 13:50,10/23/2024 15:30,anfitrion@example.org,100,3,

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ana Quiñones (Ana Q),ANA@example.org,10/23/2024 13:55,10/23/2024 15:30,95,Yes
Beto,,10/23/2024 13:55,10/23/2024 15:30,95,Yes
Ana Quiñones,ana@Example.org,10/23/2024 15:10,10/23/2024 15:30,20,Yes
"""
TEAMS = """1. Resumen
Título de la reunión\tCiclo
Participantes asistentes\t2

2. Participantes
Nombre\tPrimera unión\tÚltima salida\tDuración en la reunión\tCorreo electrónico\tId. de participante (UPN)\tRol
Ana Quiñones\t23/10/24 13:55\t23/10/24 15:30\t1 h 35 min\tana@example.org\tana@example.org\tModerador
Beto\t23/10/24 13:55\t23/10/24 15:30\t1 h 35 min\t\t\tAsistente

3. Actividades en la reunión
Nombre\tHora de unión\tHora de salida\tDuración\tCorreo electrónico\tRol
Carla\t23/10/24 13:55\t23/10/24 15:30\t1 h\tcarla@example.org\tAsistente
"""
MEET = """Prénom;Nom;Adresse e-mail;Durée;Heure d'arrivée;Heure de départ
Ana;Quiñones;ana@example.org;1 h;13:55;15:30
Beto;;;1 h;13:55;15:30
"""
MEET_PT = "Nome,Sobrenome,E-mail,Duração\nAna,Quiñones,ana@example.org,1 h\nBeto,,,1 h\n"
THERE = [("ana@example.org", True), ("", True)]


pytestmark = pytest.mark.one_owner


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("shape", [ZOOM, TEAMS, MEET, MEET_PT], ids=["zoom", "teams", "meet-fr", "meet-pt"])
def test_each_platform_in_each_encoding(shape: str, encoding: str) -> None:
    found = read_report(shape.encode(encoding))
    assert [each.email for each in found] == ["ana@example.org", ""]
    assert found[0].name.startswith("Ana Quiñones")
    assert found[1] == Attendee("Beto", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no_heading"),
        (b"PK\x03\x04" + b"x" * 200, "excel"),
        (b"%PDF-1.7\n\x00\x01\x02\x03\x04\x05\x06\x07" * 30, "no_text"),
        (b"\0" * 5_000, "no_text"),
        (b"x" * 1_000_001, "large"),
        (b"hola,que,tal\n1,2,3\n", "no_heading"),
        (b"name,email\n", "empty"),
        (b'name,email\n"' + b"a" * 300_000, "no_heading"),
        (b"\xff\xfe\xd8", "no_text"),
        ("name,email\n" + "".join(f"x,{n}@example.org\n" for n in range(MOST_ROWS + 5)), "many"),
    ],
)
def test_a_file_that_is_no_report_is_named(content: bytes | str, reason: str) -> None:
    with pytest.raises(ReportError) as raised:
        read_report(content.encode() if isinstance(content, str) else content)
    assert raised.value.reason == reason


async def sends(person: Person, content: bytes | str, name: str = "informe.csv") -> None:
    raw = content.encode() if isinstance(content, str) else content
    await person.does(lambda telegram, me: telegram.sends_document(me, name, raw))


async def with_a_list(world: World, **more: Any) -> Person:  # noqa: ANN401 - a column's value
    olga = owner(world)
    await olga.says("/start")
    crowd = [
        someone(1, name="Ana Quiñones", email="Ana@example.org"),
        someone(2, name="Beto Ruiz", email=None),
        someone(3, name="Dora Uno", email="casa@example.org"),
        someone(4, name="Dora Dos", email="casa@example.org"),
        someone(5, name="Eva Sola", email="eva@example.org"),
    ]
    await registered(world, crowd, **more)
    await world.turn_to(AFTER)
    return olga


async def asks(olga: Person) -> None:
    await olga.says("/session 1")
    await olga.presses("Asistencia")
    await olga.presses("Subir el informe")


async def came(world: World) -> set[str]:
    names = {row["participant_id"]: row["name"] for row in await rows(world, "registrations")}
    return {names[row["participant_id"]] for row in await rows(world, "presences") if row["came"]}


REPORT = "Name,Email\nAna Q,ANA@EXAMPLE.ORG\nBeto Ruiz,\nLas Doras,casa@example.org\nNadie,otra@example.org\n"


async def test_the_same_e_mail_is_certain_and_nothing_is_noted_before_it_is_confirmed(world: World) -> None:
    olga = await with_a_list(world)
    await asks(olga)
    assert olga.heard("el archivo no se guarda")
    await sends(olga, REPORT)
    assert olga.heard("todavía no se anotó nada", "Con el mismo correo: 1 persona, de 4 en el informe")
    assert olga.heard("No está en la lista de inscripciones: 1", "Dudas: 2", "1. Beto Ruiz: sin correo")
    assert olga.heard("2. Las Doras: varias personas con ese correo")
    assert await came(world) == set()
    await olga.presses("Anotar a 1 persona")
    assert olga.heard("Hecho: se anotó a 1 persona más", "Vinieron: 1")
    assert await came(world) == {"Ana Quiñones"}
    assert ("report_imported", {"n": 1, "session": 1}) in await audit_of(world)
    assert "otra@example.org" not in repr([await rows(world, name) for name in ("dialogs", "audit", "outbox")])


async def test_doubts_are_decided_by_hand(world: World) -> None:
    olga = await with_a_list(world)
    await asks(olga)
    await sends(olga, REPORT)
    await olga.presses("2")
    assert olga.heard("¿Quién es «Las Doras»?")
    assert olga.buttons[:3] == ["Dora Dos · Organización 4", "Dora Uno · Organización 3", "Nadie de estas personas"]
    await olga.presses("Dora Uno")
    assert olga.heard("2. Las Doras: es Dora Uno")
    await olga.presses("1")
    await olga.presses("Nadie de estas personas")
    assert olga.heard("1. Beto Ruiz: nadie de la lista")
    await olga.presses("Anotar a 2 personas")
    assert await came(world) == {"Ana Quiñones", "Dora Uno"}


async def test_what_the_team_said_and_what_was_noted_before_stays(world: World) -> None:
    olga = await with_a_list(world)
    ana = next(row for row in await rows(world, "registrations") if row["name"] == "Ana Quiñones")
    await olga.forges(f"pn:{ana['participant_id']}:1:off")
    await asks(olga)
    await sends(olga, REPORT)
    assert olga.heard("Ya anotadas antes: 1")
    await olga.presses("Anotar a 1 persona")
    assert olga.heard("se anotó a 0 personas más")
    assert await came(world) == set()


async def test_a_confirmation_that_is_pressed_twice_or_old_notes_once(world: World) -> None:
    olga = await with_a_list(world)
    await asks(olga)
    await sends(olga, REPORT)
    data = next(
        button["callback_data"]
        for row in olga.chat[-1].keyboard
        for button in row
        if button["callback_data"].startswith("ar:ok")
    )
    await olga.presses("2")
    await olga.presses("Dora Uno")
    await olga.forges(data)
    assert await came(world) == set(), "the draft has changed since that button was made"
    await olga.presses("Anotar a 2 personas")
    await olga.forges(data)
    assert len(await rows(world, "presences")) == 2


async def test_a_hostile_file_gets_a_clear_answer(world: World) -> None:
    olga = await with_a_list(world)
    for content, words in (
        (b"PK\x03\x04xxxx", "es de Excel"),
        (b"x" * 1_000_001, "demasiado grande"),
        (b"\0\1\2\3" * 50, "no es un texto"),
        (b"a,b\n1,2\n", "No encuentro"),
        (b"name,email\n", "no nombra a nadie"),
    ):
        await asks(olga)
        await sends(olga, content, "informe.csv")
        assert olga.heard(words, "Envíe aquí"), olga.last
        await sends(olga, REPORT)
        assert olga.heard("todavía no se anotó nada"), (words, "it is asked for again at once")


async def test_words_and_pictures_are_no_report_and_a_file_elsewhere_is_not_read(world: World) -> None:
    olga = await with_a_list(world)
    await sends(olga, REPORT)
    assert not olga.heard("todavía no se anotó nada")
    await asks(olga)
    await olga.does(lambda telegram, me: telegram.sends_photo(me))
    assert olga.heard("Envíe aquí")
    await olga.says("aquí va")
    assert olga.heard("Envíe aquí")


async def test_a_viewer_and_a_stranger_import_nothing(world: World) -> None:
    olga = await with_a_list(world)
    vera, leo = await joined(world, olga, label="Invitar con solo lectura"), world.person("Leo")
    for person in (vera, leo):
        for data in ("ar:1", "ar:p:1:0", "ar:d:1:0", "ar:s:1:0:2", "ar:ok:1:1"):
            await person.forges(data)
        await sends(person, REPORT)
        assert "Ana" not in person.last
    assert await rows(world, "presences") == []
