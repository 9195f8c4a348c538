"""What a figure shows: numbers that may be seen in a chat, with no group so small that it points at somebody. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from changes.summaries import by_language, ratings_of
from db.feedback.feedback import Group
from db.team.figures import Deliveries, Funnel, Questions, Registrations, Turnout
from knowledge.summary.small_groups import SMALLEST_GROUP, hide_small, kept_back, merge_small_groups, number_or_few
from knowledge.summary.summary import PRACTICES, mean, spoken_language
from locales.reply import Country, Day, Duration, Value, text

_MOST_POINTS = 12
_LATE = (timedelta(seconds=1), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
_STATES = ("sent", "waiting", "unreachable", "expired", "cancelled", "refused", "unknown")


@dataclass(frozen=True, slots=True)
class Bar:
    """One group; `number` None says that it is smaller than SMALLEST_GROUP, or kept back beside one that is."""

    label: Value
    number: int | None
    others: bool = False
    kept_back: bool = False

    @property
    def shown(self) -> Value:
        """Returns the number as it is read."""
        return _shown(self.number, kept_back=self.kept_back)


@dataclass(frozen=True, slots=True)
class Point:
    """How many there were in all at that moment."""

    at: datetime
    total: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture's content: bars, or a line over time; what it says in words is made of the same."""

    title: Value
    bars: Sequence[Bar] = ()
    line: Sequence[Point] = ()
    notes: Sequence[Value] = ()
    zone: str = "UTC"  # whose days the line has

    def words(self) -> Iterable[Value]:
        """Returns the text alternative: everything that the picture shows."""
        for each in self.bars:
            yield text("figures.row", label=each.label, number=each.shown)
        for point in self.line:
            yield text("figures.until", day=Day(point.at, self.zone, "short"), number=point.total)
        yield from self.notes


def _shown(number: int | None, *, kept_back: bool) -> Value:
    return text("figures.kept_back") if kept_back else number_or_few(number)


def chart_by_kind(key: str, counted: Mapping[str, int], called: Callable[[str], Value]) -> Chart:
    """Returns the chart of people by country, sector or language."""
    shown, others = merge_small_groups(counted)
    bars = [Bar(called(name), number) for name, number in shown]
    if others:
        bars.append(Bar(text("figures.others"), hide_small(others), others=True))
    merged = (text("figures.merged", fewest=SMALLEST_GROUP),) if others else ()
    return Chart(text(f"figures.{key}"), bars, notes=merged or _nobody_note(bars))


def _nobody_note(shown: Sequence[object]) -> tuple[Value, ...]:
    return () if shown else (text("figures.nobody"),)


def countries_chart(found: Registrations) -> Chart:
    """Returns the chart by country."""
    return chart_by_kind("countries", found.countries, Country)


def sectors_chart(found: Registrations) -> Chart:
    """Returns the chart by sector."""
    return chart_by_kind("sectors", found.sectors, lambda key: text(f"sector.{key}"))


def languages_chart(found: Registrations) -> Chart:
    """Returns the chart by language."""
    return chart_by_kind("languages", found.languages, lambda key: text(f"language.name.{key}"))


def sessions_chart(found: Registrations) -> Chart:
    """Returns the chart by session: people may come to several, so no groups are merged."""
    going = [Bar(text("figures.session", number=number), hide_small(people)) for number, people in found.going.items()]
    waiting = [
        Bar(text("figures.session.waiting", number=number), hide_small(people), others=True)
        for number, people in found.waiting.items()
        if people
    ]
    return Chart(text("figures.sessions"), [*going, *waiting])


def turnout_chart(found: Turnout) -> Chart:
    """Returns registered, came, came to all, and who came to each session. Groups within groups are never merged."""
    total = found.total
    bars = [
        Bar(text("figures.registered"), hide_small(total.registered), others=True),
        Bar(text("figures.came_once"), hide_small(total.came)),
        Bar(text("figures.came_to_all", n=found.held), hide_small(total.came_to_all)),
    ]
    each = [Bar(text("figures.session", number=number), hide_small(came)) for number, came in found.sessions.items()]
    if not found.held:
        return Chart(text("figures.came"), notes=(text("figures.none_over"),))
    return Chart(text("figures.came"), [*bars, *each])


def turnout_by_kind(key: str, found: Mapping[str, Funnel], called: Callable[[str], Value]) -> Chart:
    """Returns who came by country or sector: groups that may be shown, and all others together.

    The total is on view beside it: where a single number is small, a second one is not shown either.
    """
    shown, others = merge_small_groups({name: each.registered for name, each in found.items()})
    groups = [(called(name), found[name]) for name, _ in shown]
    if others:
        rest = [each for name, each in found.items() if name not in dict(shown)]
        came, all_ = sum(each.came for each in rest), sum(each.came_to_all for each in rest)
        groups.append((text("figures.others"), Funnel(others, came, all_)))
    bars = _funnel_bars(groups)
    if others:
        bars[-1] = replace(bars[-1], others=True)
    merged = (text("figures.merged", fewest=SMALLEST_GROUP),) if others else ()
    return Chart(text(f"figures.{key}"), bars, notes=merged or _nobody_note(bars))


def _funnel_bars(groups: Sequence[tuple[Value, Funnel]]) -> list[Bar]:
    came, to_all = [found.came for _, found in groups], [found.came_to_all for _, found in groups]
    no_came = kept_back(came, [found.registered for _, found in groups])
    no_all = kept_back(
        to_all, [_most_to_all(found, hidden=place in no_came) for place, (_, found) in enumerate(groups)]
    )
    bars = []
    for place, (what, found) in enumerate(groups):
        registered = number_or_few(hide_small(found.registered))
        all_ = _shown(hide_small(found.came_to_all), kept_back=place in no_all)
        label, hidden = text("figures.came_of", what=what, registered=registered, all=all_), place in no_came
        bars.append(Bar(label, None if hidden else hide_small(found.came), kept_back=hidden))
    return bars


def _most_to_all(found: Funnel, *, hidden: bool) -> int:
    """Returns how many of that group can have come to all sessions, as everybody sees it."""
    if hidden:
        return found.registered
    return found.came if hide_small(found.came) is not None else min(SMALLEST_GROUP - 1, found.registered)


def turnout_by_country(found: Turnout) -> Chart:
    """Returns the chart by country."""
    return turnout_by_kind("camecountry", found.countries, Country)


def turnout_by_sector(found: Turnout) -> Chart:
    """Returns the chart by sector."""
    return turnout_by_kind("camesector", found.sectors, lambda key: text(f"sector.{key}"))


def registrations_over_time(found: Registrations, zone: str) -> Chart:
    """Returns how the list grew: each step is of SMALLEST_GROUP people at least."""
    total = len(found.moments)
    step = max(SMALLEST_GROUP, -(-total // _MOST_POINTS))
    marks = list(range(step, total + 1, step))
    if marks:
        marks[-1] = total  # what is left is too little for a step of its own
    line = [Point(found.moments[mark - 1], mark) for mark in marks]
    few_ = () if line or not total else (text("figures.row", label=text("figures.total"), number=number_or_few(None)),)
    return Chart(text("figures.time"), line=line, notes=few_ or _nobody_note(line), zone=zone)


def deliveries_chart(found: Deliveries) -> Chart:
    """Counts reminders by what became of them. Messages, not people: nothing is put together."""
    known = {state: found.outcomes.get(state, 0) for state in _STATES}
    known["waiting"] += sum(number for state, number in found.outcomes.items() if state not in _STATES)
    bars = [Bar(text(f"outcome.{state}"), number) for state, number in known.items() if number]
    return Chart(text("figures.deliveries"), bars, notes=_none_yet_note(bars))


def _none_yet_note(shown: Sequence[object]) -> tuple[Value, ...]:
    return () if shown else (text("figures.none_yet"),)


def lateness_chart(found: Deliveries) -> Chart:
    """Returns how long after their moment reminders were with Telegram."""
    if not found.lateness:
        return Chart(text("figures.lateness"), notes=_none_yet_note(()))
    within = [sum(1 for each in found.lateness if each <= limit) for limit in _LATE]
    bars = [Bar(text("figures.within", time=_length(_LATE[0])), within[0])]
    for place, (start, end) in enumerate(pairwise(_LATE)):
        label = text("figures.between", start=_length(start), end=_length(end))
        bars.append(Bar(label, within[place + 1] - within[place]))
    bars.append(Bar(text("figures.later", time=_length(_LATE[-1])), len(found.lateness) - within[-1]))
    worst = text("figures.worst", time=_length(found.lateness[-1]))
    return Chart(text("figures.lateness"), bars, notes=(worst,))


def _length(time: timedelta) -> Value:
    """Returns a duration, to the second below a minute, where duration in words says nothing."""
    if time < timedelta(minutes=1):
        return text("figures.seconds", n=-(-time // timedelta(seconds=1)))
    return Duration(time)


def questions_chart(found: Questions) -> Chart:
    """Returns the questions that the content did not answer, by what became of them."""
    known = {key: number for key, number in found.states.items() if number}
    bars = [Bar(text(f"figures.question.{key}"), known[key]) for key in ("answered", "open", "closed") if key in known]
    if found.not_passed_on:
        bars.append(Bar(text("figures.question.not_passed_on"), found.not_passed_on, others=True))
    return Chart(text("figures.questions"), bars, notes=_none_yet_note(bars))


def feedback_chart(groups: Sequence[Group], total: Mapping[int, int]) -> Chart:
    """Returns a bar for each session and language with the number of answers; averages are in the labels.

    `total` are all answers by session, those among them that may not be shown yet.
    """
    numbers = sorted({each.number for each in groups}, key=lambda each: (each == 0, each))
    bars = [bar for number in numbers for bar in _bars(number, [each for each in groups if each.number == number])]
    notes = [*_practice_notes(numbers, groups), *_waiting_notes(groups, total)]
    nothing = () if bars or notes else (text("figures.none_yet"),)
    return Chart(text("figures.feedback"), bars, notes=(*notes, *nothing))


def _about(number: int) -> Value:
    return text("figures.session", number=number) if number else text("figures.feedback.cycle")


def _bars(number: int, groups: Sequence[Group]) -> Iterator[Bar]:
    for language, ratings in by_language(groups).items():
        spoken, average = spoken_language(language), mean(ratings.tenths)
        label = text("figures.feedback.bar", about=_about(number), language=spoken, mean=average)
        yield Bar(label, ratings.answers, others=language is None)


def _practice_notes(numbers: Sequence[int], groups: Sequence[Group]) -> Iterator[Value]:
    for number in numbers:
        ratings = ratings_of(each for each in groups if each.number == number)
        answers: dict[str, Value] = {each: ratings.practices.get(each, 0) for each in PRACTICES}
        yield text("figures.feedback.practice", about=_about(number), mean=mean(ratings.tenths), **answers)


def _waiting_notes(groups: Sequence[Group], total: Mapping[int, int]) -> Iterator[Value]:
    for number, answers in sorted(total.items()):
        waiting = answers - sum(each.answers for each in groups if each.number == number)
        if waiting:
            yield text("figures.feedback.waiting", about=_about(number), n=waiting, fewest=SMALLEST_GROUP)
