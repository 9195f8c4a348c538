"""Parses a message into questions: which session, objective, place, day and wish each names. Reads no clock."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from knowledge.places.places import Place, Places
from knowledge.places.places_parser import NamedPlace, parse_countries, parse_places
from knowledge.text.language_detection import LanguageDetector, LanguageGuess
from knowledge.text.message_splitting import extract_asked_part, find_conjunctions, split_questions, strip_introduction
from knowledge.text.noun_spelling import correct_nouns
from knowledge.text.numbers_parser import NumberedKind, noun_pattern, parse_numbers, parse_only_number
from knowledge.text.words import drop_homonym_verbs, lexicon, lexicon_pattern, normalize, phrase_pattern
from knowledge.time.days_parser import DayRange, day_offset_pattern, parse_days
from knowledge.understanding.message_intent import MessageIntent, classify_intent, refine_intent
from locales.localized import Language

Noun = Literal["session", "objective", "principle", "area", "practice"]
NOUNS: tuple[Noun, ...] = ("session", "objective", "principle", "area", "practice")


@cache
def _non_subject_patterns(language: Language) -> "tuple[re.Pattern[str], ...]":
    wishes = [
        lexicon_pattern("wishes", wish, language) for wish in ("when", "which_session", "which_area", "count", "all")
    ]
    talk = [lexicon_pattern("talk", kind, language) for kind in ("greeting", "polite", "thanks")]
    return (*wishes, *talk, *(noun_pattern(language, kind) for kind in NOUNS))


def _extract_subject(words: str, language: Language) -> str:
    """The subject: the plain text without greetings, words for hours, and the names of kinds of things."""
    for each in _non_subject_patterns(language):
        words = each.sub(" ", words)
    return " ".join(words.split())


def _is_empty_subject(subject: str, language: Language) -> bool:
    """Whether only words without meaning, days and orders are left."""
    words = f" {subject} "
    said = ("next", "last", "previous", "present", "over", "event")
    for each in (*_calendar_patterns(language), *(lexicon_pattern("wishes", wish, language) for wish in said)):
        words = each.sub(" ", words)
    stop = frozenset(lexicon("stop")[language])
    return all(word in stop or word[0].isdigit() for word in words.split())


@cache
def _calendar_patterns(language: Language) -> "tuple[re.Pattern[str], ...]":
    calendar = lexicon("calendar")
    names = [name for kind in ("months", "weekdays") for each in calendar[kind][language] for name in each.split("|")]
    spans = [*calendar["days"][language], *calendar["weeks"][language], *calendar["weekends"][language]]
    return (day_offset_pattern(language), phrase_pattern(spans), phrase_pattern(names))


_MOST_QUESTIONS, _MOST_JOINTS = 3, 4
_LONGEST_JOINED = 60  # words
_FOLLOWS = {
    "es": r"^ (?:y|e|que tal|pero|entonces|o sea|ah|ok|bueno)(?: (?:si|que|de|la|el|para|con))* ",
    "pt": r"^ (?:e|mas|entao|ah|ok|bom)(?: (?:se|que|a|o|para))* ",
    "en": r"^ (?:and|what about|how about|but|so|ok|then)(?: (?:what about|if|the))* ",
    "fr": r"^ (?:et|mais|alors|ok|bon)(?: (?:si|que|la|le|pour))* ",
}
# Words that only make sense after something was said: "¿y qué objetivos ven ahí?"
_POINTS = phrase_pattern(
    ["ahi", "alli", "alla", "ese dia", "esa sesion", "ese", "esa", "eso", "esta sesion", "este objetivo", "este",
     "ese objetivo", "nesse dia", "essa sessao", "esse objetivo", "nela", "nele", "ali", "isso", "esse", "essa",
     "there", "that day", "that session", "that one", "that objective", "it", "this one", "this session", "la bas",
     "ce jour la", "cette seance", "cette session", "cet objectif", "celle la", "celui la", "y aura"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One question, taken apart."""

    text: str
    language: Language
    sure: bool = False  # the text itself says its language
    mood: MessageIntent = "asking"
    numbers: Mapping[NumberedKind, Sequence[int]] = field(default_factory=dict)
    number: int | None = None  # where the message is a number and nothing else
    days: tuple[DayRange, ...] = ()
    places: tuple[tuple[Place, ...], ...] = ()  # for each name, what it may mean, best first
    only_place: bool = False  # and says nothing else
    countries: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    today: date = date.min
    known: Sequence[date] = ()  # the days of the sessions
    theme: str = ""  # what is left when all of that is taken out: the subject
    beside: str = ""  # the theme without the names of places
    bare: bool = False  # no word of the theme says anything: "¿qué se trata ese día?"
    follows: bool = False  # it goes on with what was talked about

    def wants(self, *wishes: str) -> bool:
        """Whether any of those wishes is in it."""
        return not self.wishes.isdisjoint(wishes)

    @property
    def numbered(self) -> bool:
        """Whether anything is named by its number."""
        return any(self.numbers.values())

    def names(self, *kinds: str) -> bool:
        """Whether any of those kinds of things is called by its word."""
        return not self.nouns.isdisjoint(kinds)


@dataclass(frozen=True)
class QuestionParser:
    """Takes texts apart; knows places, languages, and the days of the sessions."""

    places: Places
    languages: LanguageDetector

    def parse(
        self, text: str, guess: LanguageGuess, now: datetime, zone: str, days: Sequence[date]
    ) -> tuple[Question, list[Question]]:
        """The text as one question, and as several where it holds them (at most three).

        `guess` is the text's language, `zone` the person's IANA zone, in which "today" is meant; `days` are those of
        the sessions.
        """
        today = now.astimezone(ZoneInfo(zone)).date()
        return self._parse_parts(text, guess, today, days)

    def parse_asked_part(self, whole: Question) -> tuple[Question, list[Question]] | None:
        """Only what is asked, without who asks and why, where it makes sense by itself; the places are those of all."""
        text = strip_introduction(extract_asked_part(whole.text))
        if normalize(text) == normalize(whole.text):
            return None
        guess = LanguageGuess(whole.language, whole.sure)
        asked, parts = self._parse_parts(text, guess, whole.today, whole.known)
        named = asked.numbered or (asked.nouns and not asked.bare)
        introduced = strip_introduction(whole.text) != whole.text
        if asked.mood != "asking" or not (named or (introduced and not asked.bare)):
            return None  # "Me interesa la trata; ¿para cuándo está previsto?" is one question
        return replace(asked, places=asked.places or whole.places), parts

    def _parse_parts(
        self, text: str, guess: LanguageGuess, today: date, days: Sequence[date]
    ) -> tuple[Question, list[Question]]:
        parts = list(split_questions(extract_asked_part(text), guess.language))[:_MOST_QUESTIONS]
        return self._question(text, guess, today, days), [self._question(each, guess, today, days) for each in parts]

    def split_halves(self, whole: Question) -> Iterator[tuple[Question, Question]]:
        """The ways to read it as two questions joined by "and"."""
        guess = LanguageGuess(whole.language, whole.sure)
        words = whole.text.split()
        if len(words) > _LONGEST_JOINED:
            return  # a story, not two questions
        for place in find_conjunctions(words)[:_MOST_JOINTS]:
            left, right = " ".join(words[:place]), " ".join(words[place + 1 :])
            if left and right:
                yield (
                    self._question(left, guess, whole.today, whole.known),
                    self._question(right, guess, whole.today, whole.known),
                )

    def _question(self, text: str, guess: LanguageGuess, today: date, days: Sequence[date]) -> Question:
        language = guess.language
        text = correct_nouns(text, language)
        words = said = drop_homonym_verbs(normalize(text))
        mood = classify_intent(words, language)
        if mood in {"wordless", "greeting", "thanks", "goodbye"}:
            return Question(text, language, guess.sure, mood)
        ordered = lexicon_pattern("others", "no_order", language).sub(" ", words)  # "por último" names no last session
        wishes = frozenset(_find_wishes(ordered, language))
        places = parse_places(text, language, self.places, loosely=bool(wishes & {"hour", "zone"}))
        elsewhere = _without_places(words, places)
        named = frozenset(kind for kind in NOUNS if noun_pattern(language, kind).search(elsewhere))
        words = elsewhere if wishes & {"hour", "when"} else words  # where no hour is asked, a place is a subject
        subject = _extract_subject(words, language)
        numbers = parse_numbers(text if ordered == said else ordered, language)
        return Question(
            text=text, language=language, today=today, known=days, sure=guess.sure, nouns=named, wishes=wishes,
            mood=refine_intent(said, language, mood, wishes, names_ours=bool(named) or any(numbers.values())),
            numbers=numbers,
            number=parse_only_number(text, language),
            days=tuple(parse_days(text, language, today, days)),
            places=tuple(each.places for each in places), beside=_extract_subject(elsewhere, language),
            only_place=bool(places) and _is_empty_subject(_extract_subject(elsewhere, language), language),
            countries=tuple(parse_countries(text, self.places)) if "practice" in named else (),
            theme=subject,
            bare=_is_empty_subject(subject, language),
            follows=bool(re.match(_FOLLOWS[language], words) or _POINTS.search(words)),
        )  # fmt: skip


def _without_places(words: str, places: Sequence[NamedPlace]) -> str:
    """The plain text without the names of places: "Puerto Príncipe" names no principle."""
    for each in places:
        words = words.replace(normalize(each.words), " ") if each.words else words
    return words


def _find_wishes(words: str, language: Language) -> set[str]:
    """What is wished; "mi país" is a wish for its hours only where hours are asked."""
    found = {wish for wish in lexicon("wishes") if lexicon_pattern("wishes", wish, language).search(words)}
    return found | {"zone"} if {"own_country", "hour"} <= found else found
