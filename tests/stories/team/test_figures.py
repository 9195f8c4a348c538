"""Figures: pictures with their numbers in words, in which no small group stands out, and the same as in the files."""

import asyncio
import io
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from db.team.figures import Deliveries, Funnel, Registrations
from handlers.organizer.figures import chart_images, charts, figures
from handlers.organizer.figures.chart_images import THEMES, Theme
from handlers.organizer.figures.charts import Chart
from knowledge.summary.small_groups import SMALLEST_GROUP, merge_small_groups
from locales.localized import LANGUAGES
from locales.reply import Country, Say
from locales.translator import Translator, load_catalogues
from tests.support.thorough import one_in
from tests.support.world.crowd import registered, someone
from tests.support.world.documents import file_of, sheets
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import audit_of, joined, owner

BEGIN = datetime(2024, 9, 1, tzinfo=UTC)


pytestmark = pytest.mark.one_owner


async def with_a_crowd(world: World, number: int = 40) -> Person:
    """Olga, and that many people on the list."""
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(each) for each in range(number)], sessions=(1, 3))
    return olga


def picture(world: World, person: Person) -> Image.Image:
    """The newest picture in somebody's chat."""
    media = next(each.media for each in reversed(person.chat) if each.media is not None)
    return Image.open(io.BytesIO(world.telegram.files[media["file_id"]].content))


async def test_a_figure_is_a_picture_with_its_numbers_in_words(world: World) -> None:
    olga = await with_a_crowd(world)
    await olga.says("/cifras")
    assert olga.heard("Cifras del ciclo", "40 personas inscritas", "grupos de menos de 5")
    await olga.presses("Por país")
    assert olga.heard("Por país", "Argentina: 15\nBrasil: 10\nChile: 5\nHaití: 5\nMéxico: 5")
    light = picture(world, olga)
    assert light.width == 1080
    assert light.height > 800
    await olga.presses("Con fondo oscuro")
    dark = picture(world, olga)
    assert dark.size == light.size
    assert (dark.convert("L").getpixel((5, 5)), light.convert("L").getpixel((5, 5))) == (25, 255)
    await olga.presses("Otras cifras")
    assert olga.heard("Cifras del ciclo")


async def test_every_figure(world: World) -> None:
    olga = await with_a_crowd(world)
    for label, words in (
        ("Inscripciones en el tiempo", ("Hasta el", ": 40")),
        ("Por sector", ("Sociedad civil: 16", "Gobierno nacional: 8")),
        ("Por idioma", ("español: 20", "francés: 10")),
        ("Por sesión", ("Sesión 1: 40", "Sesión 2: 0", "Sesión 3: 30", "Sesión 3, en espera: 10")),
        ("Recordatorios enviados", ("Todavía no hay nada que contar",)),
        ("Puntualidad", ("Todavía no hay nada que contar",)),
        ("Preguntas al equipo", ("Todavía no hay nada que contar",)),
    ):
        await olga.says("/cifras")
        await olga.presses(label)
        assert olga.heard(*words), (label, olga.last)
        assert picture(world, olga).width == 1080, label


async def test_reminders_and_their_lateness_come_from_the_outbox(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await ana.says("/recordatorios")
    await ana.presses("Activar en todas")
    await world.turn_to("2024-10-23 17:00")
    await olga.says("/cifras")
    sent = [row for row in await rows(world, "outbox") if row["state"] == "sent"]
    assert len(sent) > 0
    await olga.presses("Recordatorios enviados")
    assert olga.heard(f"Entregados: {len(sent)}")
    await olga.says("/cifras")
    await olga.presses("Puntualidad")
    assert olga.heard("Hasta 1 segundo después", "El más tardío")


async def test_questions_are_counted_with_those_that_nobody_passed_on(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await ana.says("¿habrá café en la sede?")
    await ana.presses("Preguntar al equipo")
    await ana.says("¿habrá té en la sede?")
    await olga.says("/cifras")
    assert olga.heard("1 pregunta al equipo")
    await olga.presses("Preguntas al equipo")
    assert olga.heard("Sin contestar: 1", "no se pasaron al equipo: 1")


async def test_a_viewer_sees_no_small_group_but_how_many_come(world: World) -> None:
    """What the team acts on is exact everywhere; what tells who somebody is, is not."""
    olga = await with_a_crowd(world, 7)
    vera = await joined(world, olga, label="Invitar con solo lectura")
    await vera.says("/cifras")
    await vera.presses("Por país")
    assert vera.heard("Otros: 7")
    assert not vera.heard("Haití")
    await vera.says("/participantes")
    assert vera.heard("Sesión 3: 5 con lugar, 2 en espera")
    await vera.says("/cambiarsesion 3")
    assert vera.heard("Con lugar: 5", "En espera: 2"), vera.last
    assert await audit_of(world) == [
        ("invited", {"role": "viewer"}),
        ("joined", {"role": "viewer"}),
        ("figure", {"figure": "countries"}),
    ]
    await olga.says("/team log")
    assert olga.heard("Vera: vio una cifra (Por país)")


async def test_the_files_hold_the_same_numbers(world: World) -> None:
    """What the picture says, the workbook says; and what it puts together is in full there."""
    olga = await with_a_crowd(world, 43)
    await olga.forges("px:0:-:-:xlsx")
    table = sheets(file_of(world, olga)[1])
    in_full: dict[str, dict[str, int]] = {}
    for figure, value, number in table["Cifras"][1:]:
        in_full.setdefault(figure, {})[value] = number
    assert in_full["Por país"] == Counter(row[3] for row in table["Inscripciones"][1:])
    for label in ("Por país", "Por sector", "Por idioma"):
        await olga.says("/cifras")
        await olga.presses(label)
        said = dict(line.rsplit(": ", 1) for line in olga.last.split("\n") if line.rsplit(": ", 1)[-1].isdecimal())
        others = int(said.pop("Otros", 0))
        assert {name: int(number) for name, number in said.items()}.items() <= in_full[label].items()
        assert sum(map(int, said.values())) + others == sum(in_full[label].values()) == 43
    await olga.says("/cifras")
    await olga.presses("Por sesión")
    for state, ending in (("con lugar", ""), ("en espera", ", en espera")):
        for name, number in in_full[state].items():
            if number >= SMALLEST_GROUP:
                assert olga.heard(f"{name.capitalize()}{ending}: {number}")


async def test_drawing_keeps_nobody_waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It happens in a thread, and no transaction is open meanwhile: Ana is answered while Olga's picture is drawn."""
    olga, ana = await with_a_crowd(world), world.person("Ana")
    drawn, answered = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slowly(chart: Chart, theme: Theme, say: Say) -> bytes:
        assert threading.current_thread() is not threading.main_thread()
        asyncio.run_coroutine_threadsafe(asyncio.wait_for(answered.wait(), 20), loop).result()
        drawn.set()
        return chart_images.draw_chart(chart, theme, say)

    monkeypatch.setattr(figures, "draw_chart", slowly)
    await olga.says("/start")
    world.telegram.forges_press(olga.id, olga.chat[-1].id, "fg:countries:light")
    world.telegram.says(ana.id, "/start")
    while not any(each.from_bot for each in ana.chat):  # noqa: ASYNC110 - a phone that looks, and is told nothing
        await asyncio.sleep(0.01)
    assert not drawn.is_set()
    answered.set()
    await world.settle()
    assert olga.heard("Por país")


@given(st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(1, 30), max_size=20))
def test_no_number_in_a_chat_points_at_somebody(counted: dict[str, int]) -> None:
    """Each group has five people at least, those put together too; nobody is left out."""
    shown, others = merge_small_groups(counted)
    assert all(number >= SMALLEST_GROUP for _, number in shown)
    assert sum(number for _, number in shown) + others == sum(counted.values())
    assert others == 0 or others >= SMALLEST_GROUP or not shown
    hidden = [number for key, number in counted.items() if key not in dict(shown)]
    assert hidden != [others] or others < SMALLEST_GROUP, "one alone has a name"


def test_a_small_number_cannot_be_counted_out_of_the_total() -> None:
    """Of 23 who came three are of Brazil: whoever knows the total and all other numbers would know it."""
    found = {"AR": Funnel(20, 12, 12), "BR": Funnel(15, 3, 8), "CL": Funnel(10, 8, 7)}
    chart = charts.turnout_by_kind("camecountry", found, Country)
    assert [each.number for each in chart.bars] == [12, None, None]
    reader = Translator(load_catalogues, "UTC").reader("es", None)
    words = [reader.plain(each) for each in chart.words()]
    assert words == [
        "Argentina (inscritas: 20; a todas: 12): 12",
        "Brasil (inscritas: 15; a todas: 8): no se muestra",
        "Chile (inscritas: 10; a todas: 7): no se muestra",
    ]


@given(st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(0, 30), min_size=2, max_size=9))
def test_one_number_alone_is_never_missing(came: dict[str, int]) -> None:
    chart = charts.turnout_by_kind("camecountry", {key: Funnel(30, each, 0) for key, each in came.items()}, Country)
    assert sum(1 for each in chart.bars if each.number is None) != 1


@given(st.lists(st.integers(0, 40 * 24 * 60), max_size=200))
def test_a_list_that_grows_is_drawn_in_steps_of_five_at_least(minutes: list[int]) -> None:
    moments = [BEGIN + timedelta(minutes=each) for each in sorted(minutes)]
    line = charts.registrations_over_time(_registrations(moments), "UTC").line
    totals = [0, *(point.total for point in line)]
    assert all(after - before >= SMALLEST_GROUP for before, after in pairwise(totals))
    assert totals[-1] == (len(moments) if len(moments) >= SMALLEST_GROUP else 0)


def _registrations(moments: list[datetime], **counted: Any) -> Registrations:  # noqa: ANN401 - its fields
    usual: dict[str, Any] = {"countries": {}, "sectors": {}, "languages": {}, "going": {}, "waiting": {}}
    return Registrations(moments, **usual | counted)


def test_a_caption_fits_in_every_language_however_much_there_is() -> None:
    """Telegram takes 1024 signs under a picture."""
    names = ("AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "HT", "VC", "TT", "GS", "US")
    much = _registrations(
        [BEGIN + timedelta(hours=each) for each in range(20_000)],
        countries=dict.fromkeys(names, 12_345),
        sectors=dict.fromkeys(("national", "local", "civil", "un", "international", "academia", "other"), 12_345),
        going=dict.fromkeys(range(1, 11), 12_345),
        waiting=dict.fromkeys(range(1, 11), 12_345),
    )
    late = Deliveries(
        dict.fromkeys(("sent", "unreachable", "expired", "cancelled", "refused", "unknown", "new"), 99999),
        [timedelta(seconds=1)],
    )
    made = (
        charts.countries_chart(much),
        charts.sectors_chart(much),
        charts.sessions_chart(much),
        charts.registrations_over_time(much, "UTC"),
        charts.deliveries_chart(late),
        charts.lateness_chart(late),
    )
    translator = Translator(load_catalogues, "UTC")
    for language in LANGUAGES:
        reader = translator.reader(language, None)
        for chart in made:
            words = "\n".join(reader.plain(each) for each in (chart.title, *chart.words()))
            assert len(words.encode("utf-16-le")) // 2 <= 1000
        for chart in one_in(len(LANGUAGES), made, begin=LANGUAGES.index(language)):
            size = Image.open(io.BytesIO(chart_images.draw_chart(chart, THEMES["light"], reader.plain))).size
            assert size[1] / size[0] < 4


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_can_be_read_on_their_ground(theme: Theme) -> None:
    """Contrast as WCAG 2.2 counts it: 4.5 for words, 3 for what is drawn."""
    assert min(_contrast(theme.words, theme.ground), _contrast(theme.quiet, theme.ground)) >= 4.5
    assert min(_contrast(theme.bar, theme.ground), _contrast(theme.others, theme.ground)) >= 3


def _contrast(one: str, other: str) -> float:
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
