"""The main job: somebody subscribes, the clock turns through the cycle, every reminder comes once, in their hour."""

from tests.support.world.people import Person, World

HOURS = [
    # place, what to type, hour of each session there (the golden table of the content's sources)
    ("Puerto Príncipe", ["13:00", "13:00", "12:00", "12:00"]),
    ("Ciudad de México", ["11:00", "11:00", "11:00", "11:00"]),
    ("Ginebra", ["19:00", "18:00", "18:00", "18:00"]),
    ("Buenos Aires", ["14:00", "14:00", "14:00", "14:00"]),
]
STARTS = ["2024-10-23 17:00", "2024-10-29 17:00", "2024-11-05 17:00", "2024-11-12 17:00"]


async def subscribe(world: World, people: dict[str, Person]) -> None:
    """Everybody tells their place and asks for all reminders, in one moment."""
    for words in ("/start", "/timezone", ""):
        await world.all_say([(each, words or place) for place, each in people.items()])
    await world.all_press([(each, "Sí, usar la hora") for each in people.values()])
    await world.all_say([(each, "/reminders") for each in people.values()])
    await world.all_press([(each, "Activar en todas las sesiones") for each in people.values()])


def reminders(person: Person) -> list[str]:
    return [each.text for each in person.chat if each.from_bot and each.text.startswith("Recordatorio")]


async def test_every_reminder_comes_once_in_the_persons_own_hour(world: World) -> None:
    people = {place: world.person("Ana") for place, _ in HOURS}
    await subscribe(world, people)
    await world.turn_to("2024-11-13 12:00")
    for place, hours in HOURS:
        assert_each_came_once(place, reminders(people[place]), hours)


def assert_each_came_once(place: str, came: list[str], hours: list[str]) -> None:
    """Three of each session, in order, with the hour there."""
    assert [text.split("\n")[0] for text in came] == [
        f"Recordatorio: sesión {n}" for n in (1, 2, 3, 4) for _ in range(3)
    ], place
    for number, hour in enumerate(hours, start=1):
        mine = [text for text in came if text.startswith(f"Recordatorio: sesión {number}")]
        assert all(f"De {hour} a" in text for text in mine), place
        assert [text.split("\n")[1] for text in mine] == [
            "Inicio: en 1 día",
            "Inicio: en 1 hora",
            "Inicio: en 10 minutos",
        ]
