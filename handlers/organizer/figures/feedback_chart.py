"""What people thought of each session, by language, as a chart: only what may be shown. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from changes.summaries import by_language, ratings_of
from db.feedback.feedback import Group
from handlers.organizer.figures.charts import Bar, Chart
from knowledge.summary.small_groups import SMALLEST_GROUP
from knowledge.summary.summary import PRACTICES, mean, spoken_language
from locales.reply import Value, text


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
