"""/figures: pictures of how the cycle goes, each with its numbers in words."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial

from db.feedback import feedback
from db.team import figures
from handlers.organizer.figures import charts
from handlers.organizer.figures.chart_images import THEMES, draw_chart
from handlers.organizer.figures.charts import Chart
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.summary.small_groups import SMALLEST_GROUP
from locales.reply import Button, Document, Reply, reply, rows, text

_OTHER = {"light": "dark", "dark": "light"}


async def show_figures(turn: Turn) -> Reply:
    """Shows the sums, and which pictures there are (/figures)."""
    registered = await figures.registration_figures(turn.tx, turn.cycle.key)
    delivered = await figures.delivery_figures(turn.tx, turn.cycle.key)
    asked = await figures.question_figures(turn.tx)
    buttons = [Button(text(f"figures.{key}"), f"+fg:{key}:light") for key in _CHARTS]
    return reply(
        text("figures.heading"),
        "",
        text("participants.total", n=len(registered.moments)),
        text("figures.sent", n=delivered.outcomes.get("sent", 0)),
        text("figures.asked", n=sum(asked.states.values())),
        "",
        text("figures.careful", fewest=SMALLEST_GROUP),
        keyboard=(*rows(*buttons, of=2), (Button(text("summary.button"), "+sm"),), home_row()),
    )


async def show_chart(turn: Turn, figure: str, theme: str) -> Reply:
    """Shows one chart, with its numbers as its caption."""
    make = _CHARTS.get(figure)
    if make is None:
        return await show_figures(turn)
    chart = await make(turn)
    await turn.note("figure", figure=figure)
    answer = reply(
        text("figures.caption", title=chart.title),
        "",
        *chart.words(),
        keyboard=(
            (Button(text(f"figures.{_OTHER[theme]}"), f"+fg:{figure}:{_OTHER[theme]}"),),
            (Button(text("figures.other"), "+fg"), *home_row()),
        ),
    )
    drawing = Document(f"{figure}.png", partial(draw_chart, chart, THEMES[theme]), picture=True)
    return replace(answer, document=drawing, fresh=True)


def _of_people(chart: Callable[[figures.Registrations], Chart]) -> Callable[[Turn], Awaitable[Chart]]:
    async def make(turn: Turn) -> Chart:
        return chart(await figures.registration_figures(turn.tx, turn.cycle.key))

    return make


def _of_messages(chart: Callable[[figures.Deliveries], Chart]) -> Callable[[Turn], Awaitable[Chart]]:
    async def make(turn: Turn) -> Chart:
        return chart(await figures.delivery_figures(turn.tx, turn.cycle.key))

    return make


def _of_turnout(chart: Callable[[figures.Turnout], Chart]) -> Callable[[Turn], Awaitable[Chart]]:
    async def make(turn: Turn) -> Chart:
        return chart(await figures.turnout_figures(turn.tx, turn.cycle.key, now=turn.now))

    return make


async def _over_time(turn: Turn) -> Chart:
    return charts.registrations_over_time(await figures.registration_figures(turn.tx, turn.cycle.key), turn.cycle.zone)


async def _questions(turn: Turn) -> Chart:
    return charts.questions_chart(await figures.question_figures(turn.tx))


async def _feedback(turn: Turn) -> Chart:
    groups, total = await feedback.groups(turn.tx, turn.cycle.key), await feedback.totals(turn.tx, turn.cycle.key)
    return charts.feedback_chart(groups, total)


_CHARTS: Mapping[str, Callable[[Turn], Awaitable[Chart]]] = {
    "time": _over_time,
    "countries": _of_people(charts.countries_chart),
    "sectors": _of_people(charts.sectors_chart),
    "languages": _of_people(charts.languages_chart),
    "sessions": _of_people(charts.sessions_chart),
    "came": _of_turnout(charts.turnout_chart),
    "camecountry": _of_turnout(charts.turnout_by_country),
    "camesector": _of_turnout(charts.turnout_by_sector),
    "deliveries": _of_messages(charts.deliveries_chart),
    "lateness": _of_messages(charts.lateness_chart),
    "questions": _questions,
    "feedback": _feedback,
}
