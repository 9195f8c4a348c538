"""Whatever day and hour is written in any of the usual ways, in any language, is read back as the same moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text.numbers_parser import number_words
from knowledge.text.words import lexicon
from knowledge.time.datetime_parser import DatetimeParseError, parse_datetime
from locales.localized import LANGUAGES, Language

ZONE = "America/Argentina/Buenos_Aires"
HERE = ZoneInfo(ZONE)
NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)
TODAY = date(2024, 10, 22)
OF = {"es": " de ", "pt": " de ", "en": " ", "fr": " "}
ARTICLE = {"es": "el ", "pt": "", "en": "the ", "fr": "le "}
AT = {"es": ["a las ", ""], "pt": ["às ", ""], "en": ["at ", ""], "fr": ["à ", ""]}
# Said of the hours of the clock of twelve.
PARTS = {
    "es": [
        (range(1, 5), "de la madrugada"),
        (range(6, 12), "de la mañana"),
        (range(13, 20), "de la tarde"),
        (range(20, 24), "de la noche"),
    ],
    "pt": [
        (range(1, 5), "da madrugada"),
        (range(6, 12), "da manhã"),
        (range(13, 19), "da tarde"),
        (range(19, 24), "da noite"),
    ],
    "en": [
        (range(1, 12), "in the morning"),
        (range(13, 18), "in the afternoon"),
        (range(18, 22), "in the evening"),
        (range(22, 24), "at night"),
    ],
    "fr": [(range(1, 12), "du matin"), (range(13, 18), "de l’après-midi"), (range(18, 24), "du soir")],
}
HALF = {"es": "{} y media", "pt": "{} e meia", "en": "half past {}", "fr": "{} heures et demie"}


@dataclass(frozen=True)
class Written:
    """A day and an hour, in one of the ways to write them."""

    day: date
    at: time
    language: Language
    words: str


def _day(day: date, language: Language) -> list[str]:
    months = [each.split("|") for each in lexicon("calendar")["months"][language]]
    weekday = lexicon("calendar")["weekdays"][language][day.weekday()].split("|")[0]
    named = f"{ARTICLE[language]}{day.day}{OF[language]}{months[day.month - 1][0]}"
    short = f"{day.day} {months[day.month - 1][-1]}"
    ways = [
        f"{day:%Y-%m-%d}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%y}",
        f"{named} {day.year}", f"{weekday} {named} {day.year}", f"{weekday.upper()}, {short}. {day.year}",
    ]  # fmt: skip
    if language == "en":
        ways += [f"{months[day.month - 1][0].title()} {day.day}, {day.year}"]
    if TODAY <= day < TODAY + timedelta(days=180):
        ways += [f"{day.day}/{day.month}", named, short, f"{weekday} {day.day}/{day.month}"]
    if TODAY < day <= TODAY + timedelta(days=7):
        ways += [weekday]
    if day - TODAY == timedelta(days=1):
        ways += [{"es": "mañana", "pt": "amanhã", "en": "tomorrow", "fr": "demain"}[language]]
    return ways


def _hour(at: time, language: Language) -> list[str]:
    ways = [f"{at:%H:%M}", f"{at.hour}:{at.minute:02}", f"{at.hour}:{at.minute:02} h", f"{at.hour}h{at.minute:02}"]
    ways = [f"{lead}{each}" for each in ways for lead in AT[language]]
    ways += [f"{at.hour % 12 or 12}:{at.minute:02}{am}" for am in (["am", " a. m."], [" pm", "p.m."])[at.hour >= 12]]
    words = {number: word for word, number in reversed(list(number_words(language).cardinal.items()))}
    for hours, part in PARTS[language]:
        if at.hour in hours and at.minute == 0:
            ways += [f"{AT[language][0]}{twelve} {part}" for twelve in (at.hour % 12, words[at.hour % 12])]
        if at.hour in hours and at.minute == 30:
            ways.append(f"{HALF[language].format(words[at.hour % 12])} {part}")
        if at.hour in hours:
            ways.append(f"{at.hour % 12}:{at.minute:02} {part}")
    if at == time(12):
        ways += [{"es": "al mediodía", "pt": "ao meio-dia", "en": "noon", "fr": "à midi"}[language]]
    return ways


@st.composite
def written(draw: st.DrawFn) -> Written:
    day = draw(st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=800)))
    at = draw(st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 5, 15, 30, 45, 59])))
    language = draw(st.sampled_from(LANGUAGES))
    first, second = draw(st.sampled_from(_day(day, language))), draw(st.sampled_from(_hour(at, language)))
    joint = draw(st.sampled_from([" ", ", ", "  "]))
    words = draw(st.sampled_from([f"{first}{joint}{second}", f"{second}{joint}{first}"]))
    return Written(day, at, language, words)


@given(written())
def test_every_usual_way_reads_back_as_the_same_moment(each: Written) -> None:
    for language in (each.language, *LANGUAGES):  # whatever language the person has chosen
        try:
            found = parse_datetime(each.words, language, ZONE, NOW)
        except DatetimeParseError as error:
            raise AssertionError(f"{language}: {each.words!r} was refused: {error!r} {vars(error)}") from error
        assert found.starts_at.astimezone(HERE).replace(tzinfo=None) == datetime.combine(each.day, each.at), each.words


@given(written(), st.sampled_from(["quizás", "xyz", "salvo", "≈", "99", "o"]))
@example(Written(TODAY, time(9), "es", "hoy 9:00"), "xyz")
def test_with_a_word_more_it_is_refused_or_means_the_same(each: Written, more: str) -> None:
    """A word that is not understood is never passed over."""
    for words in (f"{each.words} {more}", f"{more} {each.words}"):
        try:
            found = parse_datetime(words, each.language, ZONE, NOW)
        except DatetimeParseError:
            continue
        assert more == "o", words  # an article in Portuguese
        assert found.starts_at.astimezone(HERE).replace(tzinfo=None) == datetime.combine(each.day, each.at), words


@given(st.text() | st.text("0123456789:/.-h apm"))
def test_any_text_is_read_or_refused(words: str) -> None:
    for language in LANGUAGES:
        try:
            found = parse_datetime(words, language, ZONE, NOW, usual=NOW, zone_of=lambda _name: None)
        except DatetimeParseError:
            continue
        assert found.starts_at.tzinfo is not None
        assert found.ends_at is None or found.ends_at > found.starts_at
