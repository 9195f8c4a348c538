"""Words the summary of a session, or of the cycle: every number says what it counts, and parts add up. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.programme.session_details import language_list
from knowledge.summary.small_groups import SMALLEST_GROUP, hide_small, merge_small_groups, number_or_few
from locales.reply import Button, Country, Day, Keyboard, Value, text

PRACTICES = ("yes", "maybe", "no")
_MARKS = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class People:
    """How many there are, and of each kind; each kind adds up to all of them."""

    number: int
    countries: Mapping[str, int]
    sectors: Mapping[str, int]
    languages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Answers that may be shown: how many gave each mark, and each answer about practices."""

    marks: Mapping[int, int]
    practices: Mapping[str, int]

    @property
    def answers(self) -> int:
        """Returns how many there are."""
        return sum(self.marks.values())

    @property
    def tenths(self) -> int:
        """Returns the average mark in tenths, rounded: 43 is 4.3."""
        total = sum(mark * answers for mark, answers in self.marks.items())
        return (2 * 10 * total + self.answers) // (2 * self.answers) if self.answers else 0


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in the summary of the cycle."""

    number: int
    placed: int
    came: int | None
    tenths: int | None  # of its ratings; None: none may be shown


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a session, or of the cycle (number 0), once it is over."""

    number: int
    title: Value
    at: datetime
    registered: People  # with a place in the session; registered for the cycle
    waiting: int = 0
    came: People | None = None  # None: nobody has recorded it
    came_to_all: int | None = None
    asked: tuple[int, int] = (0, 0)  # questions to the panel: received, answered of them
    answers: int = 0  # to the two questions, those that may not be shown yet among them
    ratings: Ratings | None = None
    by_language: Mapping[str | None, Ratings] = field(default_factory=dict)
    practices: Sequence[str] = ()
    interpretation: Sequence[str] = ()
    sessions: Sequence[SessionRow] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading: rows of a label and a number (None: fewer than may be shown), and sentences."""

    heading: Value
    rows: Sequence[tuple[Value, int | None]] = ()
    notes: Sequence[Value] = ()


def mean(tenths: int) -> Value:
    """Returns "4,3 de 5"."""
    return text("summary.mean", whole=tenths // 10, tenth=tenths % 10)


def heading(summary: Summary) -> Value:
    """Returns whose summary it is."""
    return text("summary.heading", number=summary.number) if summary.number else text("summary.heading.cycle")


def sections(summary: Summary) -> list[Section]:
    """Returns everything, part by part, in the order in which it is read."""
    found = [_people(summary)]
    if summary.sessions:
        found.append(_sessions(summary))
    counted, of = (summary.came, "came") if summary.came is not None else (summary.registered, "registered")
    found += _kinds(counted, of if summary.number or summary.came is not None else "cycle")
    return [*found, *_questions(summary), _feedback(summary), *_told(summary)]


def _people(summary: Summary) -> Section:
    first = "summary.placed" if summary.number else "summary.registered"
    rows: list[tuple[Value, int | None]] = [(text(first), hide_small(summary.registered.number))]
    if summary.waiting:
        rows.append((text("summary.waiting"), hide_small(summary.waiting)))
    if summary.came is None:
        return Section(text("summary.people"), rows, (text("summary.came.unknown"),))
    rows.append((text("summary.came" if summary.number else "summary.came.cycle"), hide_small(summary.came.number)))
    if summary.came_to_all is not None:
        rows.append((text("summary.came.all"), hide_small(summary.came_to_all)))
    return Section(text("summary.people"), rows)


def _sessions(summary: Summary) -> Section:
    there = ((each.number, each.placed if each.came is None else each.came) for each in summary.sessions)
    rows = [(text("summary.session", number=number), hide_small(people)) for number, people in there]
    rated = [each for each in summary.sessions if each.tenths is not None]
    notes = [text("summary.session.mean", number=each.number, mean=mean(each.tenths or 0)) for each in rated]
    known = any(each.came is not None for each in summary.sessions)
    return Section(text("summary.sessions.came" if known else "summary.sessions.placed"), rows, notes)


def _kinds(people: People, whose: str) -> Iterator[Section]:
    kinds: tuple[tuple[str, Mapping[str, int], Callable[[str], Value]], ...] = (
        ("countries", people.countries, Country),
        ("sectors", people.sectors, lambda key: text(f"sector.{key}")),
        ("languages", people.languages, lambda key: text(f"language.name.{key}")),
    )
    for name, counted, called in kinds:
        shown, others = merge_small_groups(counted)
        rows: list[tuple[Value, int | None]] = [(called(key), number) for key, number in shown]
        if others:
            rows.append((text("figures.others"), hide_small(others)))
        if rows:
            yield Section(text(f"summary.{name}", whose=text(f"summary.whose.{whose}")), rows)


def _questions(summary: Summary) -> Iterator[Section]:
    asked, answered = summary.asked
    if asked:
        rows = ((text("summary.asked"), asked), (text("summary.answered"), answered))
        yield Section(text("summary.questions"), rows)


def _feedback(summary: Summary) -> Section:
    title, ratings = text("summary.feedback"), summary.ratings
    if ratings is None or not ratings.answers:
        few = text("summary.feedback.few", fewest=SMALLEST_GROUP) if summary.answers else text("summary.feedback.none")
        return Section(title, notes=(few,))
    marks = [(text("summary.mark", mark=each), ratings.marks.get(each, 0)) for each in _MARKS]
    return Section(title, marks, tuple(_feedback_notes(summary, ratings)))


def _feedback_notes(summary: Summary, ratings: Ratings) -> Iterator[Value]:
    yield text("summary.usefulness", n=ratings.answers, mean=mean(ratings.tenths))
    numbers = {each: ratings.practices.get(each, 0) for each in PRACTICES}
    yield text("summary.practice", **numbers)
    if len(summary.by_language) > 1:
        for language, each in summary.by_language.items():
            name, average = spoken_language(language), mean(each.tenths)
            yield text("summary.feedback.language", language=name, n=each.answers, mean=average)
    if waiting := summary.answers - ratings.answers:
        yield text("summary.feedback.waiting", n=waiting, fewest=SMALLEST_GROUP)


def spoken_language(language: str | None) -> Value:
    """Returns the name of a language; None is several languages together."""
    return text("summary.languages.merged") if language is None else text(f"language.name.{language}")


def _told(summary: Summary) -> Iterator[Section]:
    if summary.practices:
        yield Section(text("summary.practices"), notes=tuple(summary.practices))
    if summary.interpretation:
        yield Section(text("summary.interpretation"), notes=(language_list(summary.interpretation),))


def summary_lines(summary: Summary) -> tuple[Value, ...]:
    """Returns the card: all sections as lines."""
    lines: list[Value] = [text("summary.section", heading=heading(summary)), summary.title, Day(summary.at)]
    for section in sections(summary):
        lines += ["", text("summary.section", heading=section.heading)]
        lines += [text("figures.row", label=label, number=number_or_few(number)) for label, number in section.rows]
        lines += section.notes
    return tuple(lines)


def summary_buttons(number: int, *, sentences: bool) -> Keyboard:
    """Returns the page to print in both sizes and, for who may read them, the sentences."""
    sizes = tuple(Button(text(f"summary.pdf.{size}"), f"+sm:{number}:{size}") for size in ("a4", "letter"))
    anew = (Button(text("summary.refresh"), f"sm:{number}"),)
    return (sizes, (Button(text("summary.sentences"), f"+sm:{number}:csv"),), anew) if sentences else (sizes, anew)
