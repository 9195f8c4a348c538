"""Splits a message into its questions, and takes away who the writer is."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from knowledge.text.numbers_parser import number_words
from knowledge.text.phrases import PhrasePattern, lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from locales.localized import LANGUAGES, Language

_AND = frozenset(["y", "e", "and", "et", "plus", "&", "además", "también", "também", "also", "aussi"])
# No "and" there: "il y aura", "le plus d'objectifs".
_ANOTHER = {"es": (), "pt": ("y",), "en": ("y", "e"), "fr": ("y", "e", "plus")}
_AFTER_IS = frozenset({"da", "do", "das", "dos", "na", "no", "nas", "nos"})
OR = {"es": ("o", "u"), "pt": ("ou",), "en": ("or",), "fr": ("ou",)}


# Where one question ends and the next begins; not the point of "14.00", "n.º 3" or "Obj. 6".
_ENDS = re.compile(
    r"[?!¿¡\n;]+|\.{2,}|(?<=[^\W\d]{4})\.(?=\s)|…|,\s*(?=(?:y|e|et|and|pero|mas|but|mais|además|aussi|also)\s)"
)


# A sentence with its mark; every sign is looked at once, however long a text without any marks is.
_SENTENCE = re.compile(r"(?:[^?!¿¡.\n;]|[.](?=\S)|(?<=\bn[or])[.](?= \d))*(?P<end>[?!¿¡.\n;]|$)")  # "no. 1"

_MERIDIEM = re.compile(r"(?<=[\d ])([ap])\. ?m\b\.?", re.IGNORECASE)


def write_meridiems(text: str) -> str:
    """Returns "at 2 p.m. in Lima" with "pm": its points end no sentence."""
    return _MERIDIEM.sub(r"\1m", text)


def without_denied(text: str, language: Language) -> str:
    """Returns "la 3" of "no, la 2 no, la 3", and of "not 2, I meant 3"; the text itself where nothing is corrected."""
    match = _correction(language).fullmatch(text.strip(" .!"))
    return text if match is None else match["rest"]


@cache
def _correction(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of a number that is denied and one that is meant instead, in a short message."""
    no, rather = ("|".join(lexicon("others")[each][language]) for each in ("denies", "rather"))
    known = number_words(language)
    number = rf"(?:\d{{1,2}}|{'|'.join(map(re.escape, (*known.ordinal, *known.cardinal)))})"
    denied = rf"(?:{no}),? (?:[^\W\d]+ ){{0,3}}?{number}(?:,? (?:{no}))?"
    apart = rf"(?:[,;.:] (?:(?:{rather}) )?|,? (?:{rather}) )"
    meant = rf"(?P<rest>[^\d,]{{0,30}}\b{number}\b)"
    return re.compile(rf"(?:[^\d]{{0,20}}[,. ])?{denied}{apart}{meant}", re.IGNORECASE)


def begin_with_then(text: str, language: Language) -> str:
    """Returns what goes on with the talk as "so …": "when then?", "sorry, I meant data", "I thought it was Monday"."""
    lead, *then = lexicon("others")["then"][language]
    text = _same_for(language).sub(lambda same: f"{lead} a " if same[0].endswith("pra ") else f"{lead} ", text)
    if (believed := _belief(language).fullmatch(text)) is not None:
        return f"{lead} {believed['rest'] or believed['thought']}?"
    corrected = _corrected(language).fullmatch(text)
    rest = corrected and (corrected["rest"] or corrected["before"])
    if rest and _interrogative(language).search(normalize(rest)) is None:  # "sorry to bother you, when is the last?"
        return f"{lead} {rest}{'?' if text.rstrip().endswith('?') else ''}"
    match = re.fullmatch(rf"(.{{2,40}}?),? (?:{'|'.join(then)})([ ?.!]*)", text, re.IGNORECASE)
    begins = rf"(?: \w+){{0,2}}?{_begins_question(language).pattern}"
    asks = match is not None and re.match(begins, normalize(match[1])) is not None
    return f"{lead} {match[1]}{match[2]}" if match is not None and asks else text


@cache
def _same_for(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "and the same for", with which a message begins."""
    same, first = lexicon("others")["same_for"][language], lexicon("meaning")["follows"][language]["first"]
    return re.compile(rf"^\W*(?:(?:{'|'.join(first)}),? ){{0,2}}(?:{'|'.join(same)}) ", re.IGNORECASE)


@cache
def _corrected(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of a few words that are meant instead, after or before what says so."""
    words = "|".join(sorted(map(re.escape, lexicon("others")["corrects"][language]), key=len, reverse=True))
    run = rf"(?:{words})(?:[ ,.:;!…-]+(?:{words})\b)*"
    first = rf"\W*(?>{run}\b[ ,.:;!…-]+)(?P<rest>(?!\d+\W*$)[^?.;!]{{1,40}}?)(?:[ ,]+{run})?[ ?.!]*"
    shapes = rf"{first}|(?P<before>(?!\d+\W)[^?.;!]{{1,40}}?)[ ,]+{run}[ .!]*"
    return re.compile(shapes, re.IGNORECASE)


@cache
def _belief(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of what somebody believed, in a message that asks nothing else."""
    words = ("believed", "thinks", "is_right")
    believed, thinks, right = ("|".join(lexicon("others")[each][language]) for each in words)
    said = rf"\W*(?:\w+\W+){{0,3}}?(?:{believed})\b,? (?P<rest>[^?\n]{{2,80}}?)"
    thought = rf"\W*(?:{thinks})\b,? (?P<thought>[^?\n]{{2,80}}?)"
    return re.compile(rf"(?:{said}(?:[,.;:]+ ?(?:{right}))?|{thought}[,.;:]+ ?(?:{right}))[ .!?]*", re.IGNORECASE)


def extract_asked_part(text: str) -> str:
    """Returns only the sentences with a question mark, if any: the rest says who writes, and why."""
    found = list(_SENTENCE.finditer(text))
    if not any(match["end"] == "?" for match in found):
        return text
    asked = [match[0] for match in found if match["end"] == "?" or (match[0].split()[:1] and _goes_on(match[0]))]
    if all(_tags().fullmatch(normalize(each)) for each in asked):  # "la 2 es el martes, ¿cierto? Tengo que avisar"
        before = text[: text.rfind(asked[-1])].rstrip(" ¿,.;:!")
        return f"{before}, {asked[-1]}" if before else text
    worded = any(any(sign.isalpha() for sign in each) for each in asked)
    return " ".join(asked) if worded and not _leads_to_hour(asked, found) else text


def _leads_to_hour(asked: Sequence[str], found: Sequence["re.Match[str]"]) -> bool:
    """Returns whether the hour or day is asked beside those, with no mark: "¿y en La Paz? la tercera a que hora"."""
    timed = [any(asks_time_pattern(language).search(normalize(each)) for language in LANGUAGES) for each in asked]
    begins = (each.casefold().strip(" ,").split()[:1] for each in asked)
    if any(timed) or not all(first and first[0] in _AND for first in begins):
        return False
    rest = (normalize(match[0]) for match in found if match[0] not in asked)
    return any(asks_time_pattern(language).search(each) for each in rest for language in LANGUAGES)


@cache
def asks_time_pattern(language: Language) -> PhrasePattern:
    """Returns the pattern of words that ask for a day or an hour."""
    return phrase_pattern(phrase for kind in ("hour", "day") for phrase in lexicon("asks")[kind][language])


def _goes_on(sentence: str) -> bool:
    """Returns whether it adds to the question before, with no mark: "also what time is the last one", "session 4"."""
    first, *rest = sentence.casefold().split()
    if len(rest) == 1 and rest[0].isdigit():
        return True
    asking = (_begins_question(each).match(normalize(" ".join(rest[:4]))) for each in LANGUAGES)
    return first.strip(",") in _AND and any(asking)


def split_questions(text: str, language: Language) -> list[str]:
    """Returns the questions of a message: by its marks, and by "and when", "y cómo", ", who"; "right?" is none."""
    parts: list[str] = []
    for part in _split_by_marks(text, language):
        if _says_nothing(part, language) or (parts and _asks_once(parts[-1], part, language)):
            continue
        if parts and _tags().fullmatch(normalize(part)):
            parts[-1] = f"{parts[-1]}, {part}?"
        else:
            parts.append(part)
    return parts


def _asks_once(before: str, part: str, language: Language) -> bool:
    """Returns whether both ask the same: "is there one on children? which?"."""
    which = re.compile(rf" (?:{'|'.join(lexicon('others')['which_alone'][language])}) ")
    yes_no = lexicon_pattern("turns", "yes_no", language).search(normalize(before)) is not None
    return yes_no and which.fullmatch(normalize(part)) is not None


def _says_nothing(text: str, language: Language) -> bool:
    """Returns whether a part of a message asks nothing: a courtesy, or who somebody is."""
    return _is_only_polite(text, language) or introduces_somebody(text)


def introduces_somebody(text: str) -> bool:
    """Returns whether it is nothing but somebody's name or organization: "soy periodista" may be what it is about."""
    begins, goes_on = _find_introduction(text) if _introduction("{of_whom}").search(text) else (None, None)
    return begins is not None and goes_on is None


def begins_with_who_writes(text: str) -> bool:
    """Returns whether it begins with who somebody is, whatever else it tells: "we are a small group in Lima, and …"."""
    return _find_introduction(text)[0] is not None


def _find_introduction(text: str) -> "tuple[re.Match[str] | None, re.Match[str] | None]":
    """Returns how a text begins where somebody says who they are, and where it goes on to what they ask."""
    begins = _introduction(_BEGINS).match(text)
    return begins, _introduction(_ON_TO).search(text, begins.end()) if begins else None


def _is_only_polite(text: str, language: Language) -> bool:
    """Returns whether it says nothing but "sorry to bother you"."""
    return not lexicon_pattern("talk", "polite", language).sub(" ", normalize(text)).strip()


def _asks_nothing(text: str, language: Language) -> bool:
    return _tags().fullmatch(normalize(text)) is not None or _says_nothing(text, language)


def _split_by_marks(text: str, language: Language) -> Iterator[str]:
    for sentence in _ENDS.split(text):
        words = sentence.replace(",", " , ").split()
        cuts = [place for place in find_conjunctions(words, language) if _starts_question(words[place + 1 :], language)]
        if _starts_question(words, language):  # ", is he right?" is no question of its own, nor "session 2, which day?"
            asks = _interrogative(language)
            commas = (place for place, word in enumerate(words) if word == ",")
            cuts += [place for place in commas if asks.match(normalize(" ".join(words[place + 1 :])))]
        for first, last in pairwise([-1, *sorted(cuts), len(words)]):
            if part := " ".join(words[first + 1 : last]).replace(" ,", ",").strip(" ,"):
                yield part


def find_conjunctions(words: Sequence[str], language: Language) -> list[int]:
    """Returns where an "and" or an "or" stands; as it is written, for "é" is no "e"."""
    joints = _AND.union(OR[language]).difference(_ANOTHER[language])
    found = [place for place, word in enumerate(words) if word.casefold().strip(",.") in joints]
    return [place for place in found if not (language == "pt" and _is_verb(words, place))]


def _is_verb(words: Sequence[str], place: int) -> bool:
    """Returns whether "e" is "é" without its accent: "o objetivo 11 e da sessão 3?", but "da 2 e da 3"."""
    follows = words[place + 1] if words[place] == "e" and place + 1 < len(words) else ""
    return follows in _AFTER_IS and follows not in words[:place]


def split_series(text: str, language: Language, most: int, joints: int) -> Iterator[list[str]]:
    """Yields ways to take a text apart: at all its commas and joints, up to `most` parts; then at one joint only."""
    words = text.split()
    places = find_conjunctions(words, language)
    commas = [place for place, word in enumerate(words) if word.endswith(",")]
    apart: list[list[str]] = [[]]
    for place, word in enumerate(words):
        if place in places:
            apart.append([])
            continue
        apart[-1].append(word.rstrip(","))
        if place in commas:
            apart.append([])
    parts = [text for part in apart if (text := " ".join(part)) and not _asks_nothing(text, language)]
    if len(places) + len(commas) > 1 and len(parts) in range(2, most + 1):
        yield parts
    for place in places[:joints]:
        if place and words[place + 1 :]:
            yield [" ".join(words[:place]), " ".join(words[place + 1 :])]
    if commas and not places and len(parts) > 1:
        yield parts


def _starts_question(words: Sequence[str], language: Language) -> bool:
    start = normalize(" ".join(words[:4]))
    return _begins_question(language).match(start) is not None or _meaning_start().match(start) is not None


_LEAST_BEFORE, _MOST_ENDINGS = 2, 4  # words; endings
_MOST_BETWEEN = 6  # words between "and" and what is asked: "and, while you are at it, how many"


def endings_that_ask(text: str, language: Language) -> list[str]:
    """Returns what stands from each asking word to the end, longest first: a question after a story without marks."""
    words, asks = text.split(), _interrogative(language)
    places = [at for at in range(_LEAST_BEFORE, len(words)) if asks.match(normalize(" ".join(words[at : at + 3])))]
    return [" ".join(words[at:]) for at in places[:_MOST_ENDINGS]]


def halves_that_ask(text: str, language: Language) -> list[str]:
    """Returns both halves of "what day is it and, while you are at it, how many objectives"; [] where one asks."""
    words, asks = text.split(), _interrogative(language)
    places = [at for at in range(len(words)) if asks.match(normalize(" ".join(words[at : at + 3])))]
    ands = {at for at in find_conjunctions(words, language) if words[at].casefold().strip(",.") not in OR[language]}
    for at in reversed(places[1:]):
        joint = next((each for each in range(at - 1, places[0], -1) if each in ands), None)
        if joint is not None and at - joint <= _MOST_BETWEEN:
            begins = joint + 1 if at - joint <= _LEAST_BEFORE else at  # "y a quién dejan entrar"
            return [" ".join(words[:joint]).strip(" ,"), " ".join(words[begins:])]
    return []


def gives_a_reason(text: str, language: Language) -> bool:
    """Returns whether it says whom somebody has to tell, and asks nothing: "tenho de avisar a missão"."""
    words = normalize(text)
    obliged = re.match(rf" (?:{'|'.join(lexicon('introductions')['obliged'])}) ", words)
    asks = _interrogative(language)
    if obliged is None:
        return False
    return not any(asks.match(words, at) for at in range(obliged.end() - 1, len(words)) if words[at] == " ")


def without_reasons(text: str, language: Language) -> str:
    """Returns the text without sentences that only say whom somebody has to tell, where a question is left."""
    kept = [match for match in _SENTENCE.finditer(text) if not gives_a_reason(match[0], language)]
    asks = any(match["end"] == "?" and any(map(str.isalnum, match[0])) for match in kept)
    return "".join(match[0] for match in kept) if asks else text


@cache
def _tags() -> "re.Pattern[str]":
    """Returns the pattern of what only asks whether the sentence before is so: "right?", "¿cierto?"."""
    tags = (each for language in LANGUAGES for each in lexicon("others")["tags"][language])
    return re.compile(rf" (?:(?:{'|'.join(tags)}) )+")


@cache
def _interrogative(language: Language) -> "re.Pattern[str]":
    words = (*lexicon("others")["interrogative"][language], *lexicon("stop")["asking"][language])
    return re.compile(rf" (?:{'|'.join(words)}) ")


@cache
def _begins_question(language: Language) -> "re.Pattern[str]":
    return re.compile(rf" (?:{'|'.join(lexicon('others')['begins_question'][language])}) ")


@cache
def _meaning_start() -> "re.Pattern[str]":
    return re.compile(rf" (?:{'|'.join(lexicon('meaning')['before'])}) ")


_AND_BEFORE = r"(?:(?:y|e|and|et|but|pero|mas|mais)\s+)?"


@cache
def _introduction(pattern: str) -> "re.Pattern[str]":
    """Returns a pattern with the lists of introductions.toml in it: "{greets}"."""
    lists = {name: f"(?:{'|'.join(words)})" for name, words in lexicon("introductions").items()}
    return re.compile(pattern.format_map(lists), re.IGNORECASE | re.DOTALL)


_LEADS_ON = rf"^\W*(?:{{leads}}\b\W*|{{done}}(?:[,.;]\s*|\s+){_AND_BEFORE}(?={{done_but}}\b))"
_LEADS_TO, _REASON = r"\b{leads_to}\b[\s,:]*(?:que\b(?= ses))?", r"[\s,]+{reason}.*"
_BEGINS, _ON_TO = r"^\W*(?:{greets}\b[\s,.!]*)?{introduces}\b", rf"(?:[.,;:!¿]+\s*|\s){_AND_BEFORE}(?={{asks}})"


# "My name is Ana and", "and my name is Ana", "Kind regards, Marcia López": beside what asks something.
_BY_NAME = r"^\W*{named}\s+\w+(?:\s+\w+)?(?:\s*[,.;]\s*|\s+(?:y|e|and|et)\s+)(?=\w)"
_NAMED = rf"(?<=\w)[\s,.;?!]+{_AND_BEFORE}{{named}}\s+\w+(?:\s+\w+){{{{0,2}}}}\W*$"
_SIGNED = r"(?<=\w)(?P<end>\s*[.?!]*)[\s,;]+{closes}\b(?:[\s,.]+\w+){{0,5}}\W*$"
_FIRST = r"\W*(?P<who>(?:{greets}\b[\s,.!]*)?[^.,;:!?¿\n]{{3,80}})[.,;:!]+\s+(?P<rest>.*\w\W+\w.*)"
# "Hi, sorry to bother you:", "help please,", "... Thanks in advance.": courtesies around what is asked.
_FRAMED = r"^\W*(?:{greets}\b[\s,.:;!]+)*(?:{framing}\b[\s,.:;!-]+)+(?=\w+\W+\w)"
_FRAMED_AFTER = r"(?<=\w)(?P<end>[?.!]*)[\s,.;!¡(]+{framing_after}[\s.!)]*$"
_BEFORE_ASKED = (_BY_NAME, _FRAMED)
_AFTER_ASKED = ((_SIGNED, r"\g<end>"), (_NAMED, ""), (_FRAMED_AFTER, r"\g<end>"))
_LONGEST_INTRODUCED = 600  # letters: a longer message is a story
_LONGEST_SIGNATURE = 200  # letters: patterns over thousands of spaces would hold everybody up


def without_signature(text: str) -> str:
    """Returns a message without the name and the courtesies with which it begins or ends: no question is in them."""
    begins, rest = text[:_LONGEST_SIGNATURE], text[_LONGEST_SIGNATURE:]
    for pattern in _BEFORE_ASKED:
        begins = _introduction(pattern).sub("", begins)
    text = begins + rest
    rest, end = text[:-_LONGEST_SIGNATURE], text[-_LONGEST_SIGNATURE:]
    for pattern, kept in _AFTER_ASKED:
        end = _introduction(pattern).sub(kept, end)
    return rest + end


def split_off_introduction(text: str) -> tuple[str, str]:
    """Returns the first part of a message, where it is only somebody's name or organization, and the rest of it."""
    match = _introduction(_FIRST).fullmatch(text) if len(text) <= _LONGEST_INTRODUCED else None
    return (match["who"], match["rest"]) if match is not None and introduces_somebody(match["who"]) else ("", text)


def strip_introduction(text: str) -> str:
    """Returns what somebody asks without who they say they are, where both stand in one message; else all of it."""
    text = _introduction(_LEADS_ON).sub("", text)
    if (lead := _introduction(_LEADS_TO).search(text)) is not None and text[lead.end() :].strip(" ?.!"):
        asked = text[lead.end() :]
        return _introduction(_REASON).sub("", asked) or asked
    begins, goes_on = _find_introduction(text)
    if begins is None or goes_on is None:
        return text
    # "We are in Milan, the first one at what time?": what stands between a mark and the asking word belongs to it.
    mark = max(text.rfind(sign, begins.end(), goes_on.start()) for sign in ",.;:!¿")
    return text[goes_on.end() if goes_on[0].strip() or mark < 0 else mark + 1 :].lstrip()
