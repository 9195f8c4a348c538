"""Parses sessions, objectives and principles named by number: "objetivos 4 a 8", "la segunda", "session two", "s3"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.text.phrases import PhrasePattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from locales.localized import LANGUAGES, Language

NumberedKind = Literal["session", "objective", "principle"]
KINDS: tuple[NumberedKind, ...] = ("session", "objective", "principle")

_OWN_NOUNS = ("sesion", "sessao", "sesao", "sess", "seance")  # the content's own words for a session
_LONGEST_NUMBER_WORDS = 3
_MOST_SESSIONS = 12  # "la 350" is no session of any cycle
_LIST = frozenset(["y", "e", "and", "et", "o", "u", "ou", "or", "vs", "n"])
_ONE = frozenset(["un", "una", "um", "uma", "one", "une"])  # also an article
_UP_TO = frozenset(["pra", "para", "to", "hasta", "ate"])
_RANGE = frozenset(["a", "al", "to", "hasta", "ate", "au", "through", "thru"])
_SHORT: tuple[tuple[NumberedKind, str], ...] = (
    ("session", r"s|ses|sesion|session|sessao|seance"),
    ("objective", r"o|ob|obj|objetivo|objective|objectif"),
    ("principle", r"principio|principle|principe"),
)
# A/RES/73/195, paragraph 15, has the guiding principles as a) to j).
_BEFORE_LETTER = frozenset(["letra", "inciso", "literal", "letter", "lettre", "item", "alinea", "point"])
_DASH = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_DATED = re.compile(r"\d\s*[/.:-]\s*\d")
_ROMAN_DIGITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {
    tens + ones: 10 * len(tens) + n for tens in ("", "x", "xx") for n, ones in enumerate(_ROMAN_DIGITS) if tens + ones
}
# "la 3", "a segunda", "the third": people leave the word session away, for nothing else.
_THE = {"es": {"la"}, "pt": {"a", "na", "da", "pra"}, "en": {"the", "di"}, "fr": {"la", "l"}}
_DATED_ALONE = re.compile(r"(?:and |what about )?([1-9]) (?:is )?on the \d")  # "and 3 on the 6th?"
_SIGNED = re.compile(
    r"(?:\bn[or]?\.|\bn[º°]|\bnro\b\.?|\bn[uú]m(?:ero|\.)?(?=\s*\d)|\bnumber|#)\s*(\d{1,2})\b", re.IGNORECASE
)
# The same, folded; "no" denies elsewhere.
_SIGNED_PLAINLY = {
    "en": re.compile(r" (?:n|no|nro|num) (\d{1,2})(?= )"),
    "other": re.compile(r" (?:n|nro|num) (\d{1,2})(?= )"),
}
_PART_ENDS = re.compile(r"[.,;:!?\n]+(?=\s|$)|\s[-–—]\s")
_BESIDE_ORDINAL = frozenset(["one", "la", "a", "the", "y", "e", "and", "et"])
_DECIMAL = re.compile(r"(?<![\w.])\d{1,2}\.\d{1,2}(?![\w.])")  # "target 10.7" is of another agreement
_VERY = frozenset(["very", "mera"])  # "the very first", "la mera primera"
_POINTS_AT = frozenset(["el", "del", "al", "o", "do", "ao", "the", "le", "du", "la", "a", "da", "de", "numero"])
_AN_HOUR = frozenset(["am", "pm", "hs", "h", "hrs", "hora", "horas", "hour", "de"])


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of one language: what counts and what orders."""

    cardinal: Mapping[str, int]
    ordinal: Mapping[str, int]


@cache
def number_words(language: Language) -> NumberWords:
    """Returns that language's words for numbers and for places in an order, folded, with their number."""
    words = lexicon("numbers")[language]
    return NumberWords(_table(words["cardinal"]), _table(words["ordinal"]))


def write_all_out(text: str, language: Language) -> str:
    """Returns "the principles all" of "the principles one by one", where "one" is no number, and "by one" no hour."""
    return _one_by_one(language).sub(lexicon("turns")["list"][language][0], text)


@cache
def _one_by_one(language: Language) -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(lexicon('others')['one_by_one'][language])})\b", re.IGNORECASE)


def write_ranges_out(text: str, language: Language) -> str:
    """Returns "los objetivos 5 a 8" of "los objetivos del 5 al 8": "del 5" is no day, and "celle du 5 a 7" no range."""

    def written(match: "re.Match[str]") -> str:
        ranged = f"{match['noun']} {match['first']} a {match['last']}"
        return ranged if _is_numbered_by_itself(match["noun"], language) else match[0]

    return _range_pattern().sub(written, text)


def write_owned_out(text: str, language: Language) -> str:
    """Returns "principios 3" of "el 3 de los principios"."""

    def written(match: "re.Match[str]") -> str:
        named = _is_numbered_by_itself(match["noun"], language)
        return f"{match['noun']} {match['number']}" if named else match[0]

    return _OWNED.sub(written, text)


def _is_numbered_by_itself(word: str, language: Language) -> bool:
    """Returns whether it is a word for an objective or a principle, whose numbers are no days."""
    return any(noun_pattern(language, kind).search(normalize(word)) for kind in ("objective", "principle"))


_OWNED = re.compile(
    r"\b(?:el|o|the|le|number|número|numéro) (?P<number>\d{1,2}) (?:de los|dos|of the|des) (?P<noun>\w+)", re.IGNORECASE
)


@cache
def _range_pattern() -> "re.Pattern[str]":
    first, to = ("|".join(lexicon("others")["range"][each]) for each in ("from", "to"))
    numbers = rf"(?P<first>\d{{1,2}}) (?:{to}) (?P<last>\d{{1,2}})\b"
    return re.compile(rf"(?P<noun>\b\w+) (?:{first}) ?{numbers}", re.IGNORECASE)


def _table(words: Sequence[str]) -> dict[str, int]:
    return {variant: number for number, each in enumerate(words, start=1) for variant in each.split("|")}


@cache
def other_noun_pattern(language: Language) -> PhrasePattern:
    """Returns the pattern of words for a session that the content does not use: "reunión", "encontro"."""
    return phrase_pattern(word for word in lexicon("nouns")["session"][language] if not word.startswith(_OWN_NOUNS))


@cache
def noun_pattern(language: Language, kind: str) -> PhrasePattern:
    """Returns the words for a kind of thing: all of that language's, the plainest of the others'."""
    words = lexicon("nouns")[kind]
    return phrase_pattern([*words[language], *(word for other in LANGUAGES for word in words[other][:2])])


def parse_numbers(text: str, language: Language) -> dict[NumberedKind, list[int]]:
    """Returns the numbers of each kind, in order, each once."""
    words = normalize(_DASH.sub(" a ", _DECIMAL.sub(" ", text))).split()
    words = [word for word in words if word != "guiding"]  # "the eighth guiding principle"
    if language == "fr":  # "la séance 4 a sept objectifs" is no range
        words = [
            "has" if word == "a" and _is_noun("".join(words[at + 2 : at + 3]), language) else word
            for at, word in enumerate(words)
        ]
    found: dict[NumberedKind, list[int]] = {kind: [] for kind in KINDS}
    joined = ((kind, re.fullmatch(rf"(?:{names})([0-9]{{1,2}})", word)) for word in words for kind, names in _SHORT)
    shorthand = ((kind, int(match[1])) for kind, match in joined if match)
    for kind, number in (*_beside_nouns(words, language), *shorthand):
        if number not in found[kind]:
            found[kind].append(number)
    if not any(found.values()):
        dated = _DATED_ALONE.match(" ".join(words)) if language == "en" else None
        read = (*_parse_after_article(words, language), *_parse_bare_list(words, language))
        read = (int(dated[1]), *read) if dated is not None and not read else read
        found["session"] = list(dict.fromkeys(read or (*_parse_signed(text, language), *_parse_alone(text, language))))
    elif len(found["objective"]) == 1 and not (found["session"] or found["principle"]):
        # "¿La 3 incluye el objetivo 12?": sessions are feminine, objectives are not.
        signed = (each for each in _parse_signed(text, language) if each not in found["objective"])
        found["session"] = list(dict.fromkeys((*_parse_after_article(words, language), *signed)))
    return found


def _parse_signed(text: str, language: Language) -> list[int]:
    """Returns the numbers of "no. 4", "n°3", "#2", also without their signs: "n 3", in English "no 4"."""
    plainly = _SIGNED_PLAINLY["en" if language == "en" else "other"].finditer(normalize(text))
    numbers = (int(match[1]) for match in (*_SIGNED.finditer(text), *plainly))
    return [number for number in numbers if number <= _MOST_SESSIONS]


def _parse_alone(text: str, language: Language) -> Iterator[int]:
    """Yields the ordinals that are a part of the message by themselves: "Belmopan. 2nd one. Day and time"."""
    for part in _PART_ENDS.split(text):
        typed = normalize(part).split()
        words = [word for word in typed if word not in _BESIDE_ORDINAL]
        number = number_words(language).ordinal.get(words[0]) if len(words) == 1 else None
        # "First, who are you?" and "primero, ..." only begin a list of things to say.
        of_session = number is not None and (words[0].endswith("a") or words[0][0].isdigit() or "one" in typed)
        if number is not None and of_session and number <= _MOST_SESSIONS:
            yield number


def _beside_nouns(words: Sequence[str], language: Language) -> Iterator[tuple[NumberedKind, int]]:
    signs = frozenset(lexicon("nouns")["number_sign"]["all"])
    for place, word in enumerate(words):
        kind = next((kind for kind in KINDS if noun_pattern(language, kind).search(f" {word} ")), None)
        if kind is None:
            continue
        yield from ((kind, ordinal) for ordinal in _ordinals_before(words, place, language))
        if kind == "principle" and (letter := _letter(words[place + 1 :])):
            yield kind, letter
        start = place + 1
        while start < len(words) and words[start] in signs and _parse_number(words, start, language) is None:
            start += 1
        if not _is_of_a_weekday(words[start : start + 2], language):  # "combien de séances un mardi"
            yield from ((kind, number) for number in _parse_sequence(words, start, language))


def _is_of_a_weekday(words: Sequence[str], language: Language) -> bool:
    days = {day for names in lexicon("calendar")["weekdays"][language] for day in names.replace("|", " ").split()}
    return len(words) > 1 and words[0] in {"un", "um", "uma", "a", "los", "les"} and words[1] in days


def _letter(words: Sequence[str]) -> int | None:
    """Returns the number of a principle that is named by its letter in the resolution: "principio d", "letra d)"."""
    named = ["d" if word == "de" else word for word in words if word not in _BEFORE_LETTER]  # "d" was written out
    known = "abcdefghij" if len(named) < len(words) else "bcdfghj"  # alone, "a", "e" and "i" are words or numbers
    return ord(named[0]) - ord("a") + 1 if len(named) == 1 and named[0] in set(known) else None


def parse_letter(text: str, language: Language) -> int | None:
    """Returns the number of a principle that a follow-up names by nothing but its letter: "et le g maintenant ?"."""
    stop = frozenset(lexicon("stop")[language])
    words = normalize(text).split()
    named = [word for word in words if word in _BEFORE_LETTER or (len(word) == 1 and word not in {"a", "e", "i", "y"})]
    return _letter(named) if all(word in named or word in stop for word in words) else None


def _parse_sequence(words: Sequence[str], place: int, language: Language) -> Iterator[int]:
    """Yields the numbers from that place on: one, a list, a range."""
    read = _parse_number(words, place, language)
    while read is not None:
        number, place = read
        yield number
        joint = words[place] if place < len(words) else ""
        after = place + 1 if joint in _LIST | _RANGE else place
        # "La sesión 3 y la 4"; with words, "the first session or the next" goes on with no number.
        pointed = joint in _LIST and after < len(words) and words[after] in _THE[language]
        after += pointed and _is_figure(words, after + 1)
        read = _parse_number(words, after, language, alone=joint in _LIST | _RANGE)
        if read is not None and joint in _RANGE and number < read[0] <= number + 30:
            yield from range(number + 1, read[0])


def _is_figure(words: Sequence[str], place: int) -> bool:
    return place < len(words) and words[place].isascii() and words[place].isdigit()


def _parse_number(
    words: Sequence[str], place: int, language: Language, *, alone: bool = True
) -> tuple[int, int] | None:
    """Reads the number that begins there and returns where it ends; `alone` False takes figures only."""
    if place >= len(words):
        return None
    if words[place].isascii() and words[place].isdigit() and len(words[place]) <= 3:  # noqa: PLR2004 - no objective has more
        return int(words[place]), place + 1
    if not alone:
        return None
    if words[place] in _ROMAN and (len(words[place]) > 1 or place + 1 == len(words)):
        return _ROMAN[words[place]], place + 1  # in the middle "i" and "x" are words
    for length in range(_LONGEST_NUMBER_WORDS, 0, -1):
        phrase = " ".join(words[place : place + length])
        for each in _languages_of(phrase, language):
            number = number_words(each).cardinal.get(phrase) or number_words(each).ordinal.get(phrase)
            if number is not None and place + length <= len(words):
                return number, place + length
    return None


def _languages_of(phrase: str, language: Language) -> tuple[Language, ...]:
    """Returns the languages that a number word may come from: "dos" is a number in Spanish, not in Portuguese."""
    return (language,) if phrase in lexicon("stop")[language] else (language, *LANGUAGES)


def _ordinals_before(words: Sequence[str], place: int, language: Language) -> list[int]:
    """Returns the ordinals before a noun: of "the third session", of "la primera y la segunda sesión" both."""
    for length in range(min(_LONGEST_NUMBER_WORDS, place), 0, -1):
        phrase, start = " ".join(words[place - length : place]), place - length
        for each in _languages_of(phrase, language):
            if phrase in number_words(each).ordinal:
                start -= start > 0 and words[start - 1] in _THE[language]
                joined = start > 1 and words[start - 1] in _LIST
                before = _ordinals_before(words, start - 1, language) if joined else []
                return [*before, number_words(each).ordinal[phrase]]
    return []


def is_placed(numbers: Sequence[int], text: str, language: Language) -> bool:
    """Returns whether the one number is a place in an order and not in figures: "the third", "la segunda"."""
    if len(numbers) != 1:
        return False
    ordinals = [number_words(each).ordinal for each in (language, *LANGUAGES)]
    places = [phrase for words in ordinals for phrase, number in words.items() if number == numbers[0]]
    words = normalize(text)
    return f" {numbers[0]} " not in words and phrase_pattern(places).search(words) is not None


def _parse_bare_list(words: Sequence[str], language: Language) -> Iterator[int]:
    """Yields the numbers of "2 y 3": numbers of sessions, two or more, and not a word beside them."""
    numbers = list(_parse_sequence(words, 0, language))
    plain_numbers = [word for word in words if word not in _LIST | _RANGE]
    if len(numbers) > 1 and len(plain_numbers) <= len(numbers) and max(numbers) <= _MOST_SESSIONS:
        yield from numbers


def _parse_after_article(words: Sequence[str], language: Language) -> Iterator[int]:
    words = [word for word in words if word not in _VERY]
    for place, word in enumerate(words[:-1]):
        if word not in _THE[language]:
            continue
        found = _parse_number(words, place + 1, language)
        follows = words[found[1]] if found is not None and found[1] < len(words) else ""
        an_hour = follows in _AN_HOUR and (place == 0 or words[place - 1] in {"a", "as", "at"})
        read = " ".join(words[place + 1 : found[1]]) if found is not None else ""
        asked = follows == "de" and words[found[1] + 1 : found[1] + 2] in (["que"], ["q"]) if found else False
        an_hour = an_hour and not asked and read not in number_words(language).ordinal  # "la primera, de qué trata"
        one = found is not None and words[place + 1] in _ONE
        one = one or (language == "en" and read in number_words("en").cardinal)  # "the two": both
        weekday = follows == "feira" or (found is not None and language == "en" and words[place - 1 : place] == ["on"])
        opening = follows in {"hours", "time", "times"}  # "the opening hours" are of an office
        if found is None or found[0] > _MOST_SESSIONS or an_hour or one or weekday or opening:
            continue
        dated = follows == "dia" and _is_figure(words, found[1] + 1)  # "a 3 dia 6"
        if dated or not (
            follows in lexicon("numbers")["span"]["all"] or _is_noun(follows, language)
        ):  # "the 10 principles" are ten
            yield found[0]
            yield from _sequence_after(words, found[1], language)


def _is_noun(word: str, language: Language) -> bool:
    return any(noun_pattern(language, kind).search(f" {word} ") for kind in lexicon("nouns") if kind != "number_sign")


def _sequence_after(words: Sequence[str], place: int, language: Language) -> Iterator[int]:
    """Yields the second number of "la 2 y la 3", "da segunda pra terceira"."""
    if place + 1 < len(words) and words[place] in _LIST | _UP_TO:
        after = place + 2 if words[place + 1] in _THE[language] else place + 1
        a_person = words[place] in _UP_TO and words[after] in _ONE  # "la cuarta para una colega"
        if not a_person and (read := _parse_number(words, after, language)) is not None:
            yield read[0]


def parse_only_number(text: str, language: Language) -> int | None:
    """Returns the number where a message is nothing else: "15", "¿y el 9?"."""
    words = [word for word in normalize(text).split() if word not in lexicon("numbers")["around"]["all"]]
    read = _parse_number(words, 0, language)
    return read[0] if read is not None and read[1] == len(words) else None


def parse_ordinal(text: str, language: Language) -> int | None:
    """Returns the number of "cuéntame del tercero", "the 3rd"; None for "the one", spans of time and dates."""
    words = [] if _DATED.search(text) else normalize(text).split()
    for place, word in enumerate(words[:-1]):
        found = _parse_number(words, place + 1, language) if word in _POINTS_AT else None
        if found is None or words[place + 1] in number_words(language).cardinal:
            continue
        follows = set(words[found[1] : found[1] + 2])
        if follows.isdisjoint({*lexicon("numbers")["span"]["all"], *_month_words()} | (_AN_HOUR - {"de"})):
            return found[0]
    return None


@cache
def _month_words() -> frozenset[str]:
    months = lexicon("calendar")["months"]
    return frozenset(name for language in LANGUAGES for names in months[language] for name in names.split("|"))
