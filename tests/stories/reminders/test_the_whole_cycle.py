"""The main job: somebody subscribes, the clock turns through the cycle, every reminder comes once, in their hour."""

import pytest

from tests.support.world.people import Person, World

HOURS = [
    # place, what to type, hour of each session there (the golden table of the content's sources)
    ("Puerto Príncipe", ["13:00", "13:00", "12:00", "12:00"]),
    ("Ciudad de México", ["11:00", "11:00", "11:00", "11:00"]),
    ("Ginebra", ["19:00", "18:00", "18:00", "18:00"]),
    ("Buenos Aires", ["14:00", "14:00", "14:00", "14:00"]),
]
STARTS = ["2024-10-23 17:00", "2024-10-29 17:00", "2024-11-05 17:00", "2024-11-12 17:00"]


async def subscribes(person: Person, place: str) -> None:
    await person.says("/start")
    await person.says("/timezone")
    await person.says(place)
    await person.presses("Sí, usar la hora")
    await person.says("/reminders")
    await person.presses("Activar en todas las sesiones")


def reminders(person: Person) -> list[str]:
    return [each.text for each in person.chat if each.from_bot and each.text.startswith("Recordatorio")]


@pytest.mark.parametrize(("place", "hours"), HOURS)
async def test_every_reminder_comes_once_in_the_persons_own_hour(world: World, place: str, hours: list[str]) -> None:
    ana = world.person("Ana")
    await subscribes(ana, place)
    await world.turn_to("2024-11-13 12:00")
    came = reminders(ana)
    assert [text.split("\n")[0] for text in came] == [
        f"Recordatorio: sesión {n}" for n in (1, 2, 3, 4) for _ in range(3)
    ]
    for number, hour in enumerate(hours, start=1):
        mine = [text for text in came if text.startswith(f"Recordatorio: sesión {number}")]
        assert all(f"De {hour} a" in text for text in mine)
        assert [text.split("\n")[1] for text in mine] == [
            "Inicio: en 1 día",
            "Inicio: en 1 hora",
            "Inicio: en 10 minutos",
        ]
