"""Judges what a phone showed by labels such as "h12" or "d29", without any of the answering code."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["right", "partly", "wrong", "needlessly silent", "rightly silent"]

_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})(?:[:h]| h )(\d{2})(?!\d)\s?([ap]\.? ?m\b)?|(?<![\d:])(\d{1,2}) ?([ap]\.? ?m\b|h\b)"
)
_MONTHS = {"oct": 10, "out": 10, "nov": 11}
_DATE = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th)?(?: de)? (oct|out|nov)[a-z]*|(oct|out|nov)[a-z]* (\d{1,2})(?!\d|:)"
    r"|(?<!\d)(\d{1,2})/(10|11)(?!\d)"
)
_MONTH_OF_DAY = {23: 10, 29: 10, 5: 11, 12: 11}
_TITLES = {
    1: r"motores|drivers|moteurs",
    2: r"«inclus|\"inclus|“inclus|inclusion»|\binclus(ion|ao)\b",
    3: r"gobernanza|governanca|governance|gouvernance",
    4: r"\bdatos\b|\bdados\b|\bdata\b|donnees",
}
_NUMBERS = {
    1: "un|una|um|uma|one|une",
    2: "dos|dois|duas|two|deux",
    3: "tres|three|trois",
    4: "cuatro|quatro|four|quatre",
    5: "cinco|five|cinq",
    6: "seis|six",
    7: "siete|sete|seven|sept",
    10: "diez|dez|ten|dix",
    23: "veintitres|vinte e tres|twenty-three|vingt-trois",
}
_YES = r"(?:^|[\n.!?»:]\s*)[^\w\n]*(?:si|sim|yes|oui|correcto|exacto|exact\w*|correct|certo|asi es) ?[,.:;!—–\n]"
_NO = r"(?:^|[\n.!?»:]\s*)[^\w\n]*(?:no|nao|non) ?[,.:;!—–\n]"
_NOT_KNOWN = (
    r"no (?:lo )?se\b|no (?:dice|menciona|figura|indica|explica|describe|habla|da (?:su|los|el|un)|esta en)|no tengo"
    r"|no (?:puedo|encuentro|entend)"
    r"|nao (?:sei|diz|menciona|indica|explica|descreve|fala|da |esta n|tenho|posso|encontr|entend)"
    r"|(?:not|n't|cannot) (?:say|know|mention|give|explain|describe|find|speak|have|understand|in my|tell)|i have no"
    r"|ne (?:le |la )?(?:sais|dit|mentionne|donne|precise|indique|parle|decrit|figure|peux|trouve|comprends)"
    r"|n'(?:ai|est|explique|indique|evoque) (?:\w+ )?pas"
    r"|fuera de lo que|fora do que|outside what|en dehors de ce"
)
_DID_YOU_MEAN = (
    r"quiso decir|quis dizer|did you mean|vouliez-vous dire|se refiere a|refere-se a|alguna de estas su pregunta"
    r"|pergunta e alguma destas|one of these your question|l'une de ces questions"
)
_OPENS = {
    "menu": r"(?s)(?=.*(?:sesion|sess|seance))(?=.*(?:recordator|lembrete|remind|rappel))",
    "reminders": r"recordator|lembrete|remind|rappel",
    "stop": r"ya no (?:le|te|recib)|no (?:le|te) escribi|desactiv|desativ|desliga|turn(?:ed)? off|quitar|parar"
    r"|dejar de|deixar de"
    r"|retirar|remove|\bstop\b|arret|ne (?:vous|recevr)\w* .{0,30}plus|no more|no longer|supprimer|enlever|tirar",
    "register": r"inscri|regist",
    "team": r"equipo|equipe|\bteam\b|persona",
    "zone": r"zona horaria|fuso|time zone|fuseau"
    r"|elegir pais|escolher (?:o )?pais|choose a country|choisir (?:un |le )?pays",
    "data": r"borrar|apaga|delete|supprimer|effacer",
    "quiet": r"silencio|de noche|quiet|\bnight|\bnuit|calme|a noite|madrugada",
    "language": r"english|portugues|francais|espanol|idioma|language|langue",
    "calendar": r"calendar|calendrier|agenda",
}
_BEGINNING = 200  # signs; further down stands what is not known of a session beside what was asked
_COMMON = {
    "es": r"\b(?:el|los|las|una|del|es|y|en la|con|para que|usted|su)\b",
    "pt": r"\b(?:os|uma|do|da|dos|das|nao|em|com|voce|seu|sua|sao)\b",
    "en": r"\b(?:the|of|is|are|and|to|in|on|with|you|your)\b",
    "fr": r"\b(?:le|les|des|est|et|une|du|au|dans|vous|votre)\b",
}


@dataclass(frozen=True)
class Heard:
    """What a phone showed in return: each new message, and the labels of all buttons."""

    messages: tuple[str, ...]
    buttons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All words, small and without accents."""
        return plain("\n\n".join(self.messages))

    @property
    def everything(self) -> str:
        """The words and the labels."""
        return f"{self.text}\n{plain(' | '.join(self.buttons))}"


@dataclass(frozen=True)
class Verdict:
    """How good it was, and what is missing or false ("" where nothing is)."""

    state: State
    reason: str = ""


def plain(text: str) -> str:
    """Small letters without accents, with plain apostrophes and spaces."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^\S\n]+", " ", bare.replace("’", "'"))


def hours(text: str) -> frozenset[int]:
    """Every time of day in a plain text, in minutes."""
    found = set()
    for hour, minute, half, bare, mark in _TIME.findall(text):
        number, of_day = int(hour or bare), (half or mark)[:1]
        number = number % 12 + 12 * (of_day == "p") if of_day in {"a", "p"} else number
        found.add(number * 60 + int(minute or 0))
    return frozenset(found)


def dates(text: str) -> frozenset[tuple[int, int]]:
    """Every day and month of the autumn of the cycle in a plain text."""
    found = set()
    for day, month, named, after, slashed, number in _DATE.findall(text):
        found.add((int(day or after or slashed), int(number) if number else _MONTHS[month or named]))
    return frozenset(found)


def language_of(text: str) -> str | None:
    """Which of the four languages a plain text is in, by its smallest words; None for too few of them."""
    counts = {name: len(re.findall(words, text)) for name, words in _COMMON.items()}
    best = max(counts, key=lambda name: counts[name])
    second = sorted(counts.values())[-2]
    return best if counts[best] >= second + 3 else None


def holds(label: str, heard: Heard) -> bool:
    """Returns whether that label, or one of several joined with "~", is true. Raises ValueError for an unknown one."""
    if label.startswith("/"):
        return re.search(label[1:-1], heard.text, re.MULTILINE) is not None
    return any(_holds(part, heard) for part in label.split("~"))


def _holds(label: str, heard: Heard) -> bool:
    if label.startswith("/"):
        return re.search(label[1:-1], heard.text) is not None
    if label in {"unk", "off"}:
        return re.search(_NOT_KNOWN, heard.text) is not None
    if label in {"yes", "no"}:
        return re.search(_YES if label == "yes" else _NO, heard.text[:400], re.MULTILINE) is not None
    if label == "care":
        return _is_careful(heard)
    kind, _, value = label.partition(":")
    if kind == "open":
        return re.search(_OPENS[value], heard.everything) is not None
    return language_of(heard.everything) in {value, None} if kind == "in" else _names(label[:1], label[1:], heard.text)


def _is_careful(heard: Heard) -> bool:
    first = plain(heard.messages[0]) if heard.messages else ""
    return re.search(r"\b(?:oim|iom)\b", first) is not None and re.search(r"acnur|unhcr|\bhcr\b", first) is not None


def _names(kind: str, value: str, text: str) -> bool:
    """Returns whether a text names that hour, day, session, objective or number."""
    if kind == "h":
        return _minutes(value) in hours(text)
    if kind == "d":
        return _date(value) in dates(text)
    patterns = {
        "s": rf"(?:sesion|sessao|sesso|session|seance)\w* (?:[\d, ]|y |e |and |et )*(?<!\d){value}(?!\d|:)"
        f"|{_TITLES.get(int(value))}",
        "o": rf"(?<![\d:]){value}(?![\d:]| h\b| de (?:oct|nov|out)| (?:oct|nov|out))",
        "n": rf"\b(?:{value}|{_NUMBERS.get(int(value))})\b(?!:)",
    }
    if kind not in patterns:
        raise ValueError(f"no such label: {kind}{value}")
    return re.search(patterns[kind], text) is not None


def _minutes(written: str) -> int:
    hour, _, minute = written.partition(":")
    return int(hour) * 60 + int(minute or 0)


def _date(written: str) -> tuple[int, int]:
    day, _, month = written.partition("/")
    return int(day), int(month) if month else _MONTH_OF_DAY[int(day)]


def judge(says: Sequence[str], never: Iterable[str], heard: Heard, language: str | None) -> Verdict:
    """Compares what was heard with the labels; `language` is the one it has to be in, None for any."""
    if set(says) & {"unk", "off"}:
        return _judge_silence(says, heard)
    return _judge_answer(says, never, heard) or _judge_manner(says, heard, language)


def _judge_answer(says: Sequence[str], never: Iterable[str], heard: Heard) -> Verdict | None:
    missing = [label for label in says if not holds(label, heard)]
    false = [label for label in never if holds(label, heard)]
    if len(missing) == len(says) and _silent(heard):
        return Verdict("needlessly silent", "does not know")
    if false or len(missing) == len(says) or _another_hour(says, missing, heard):
        return Verdict("wrong", f"says {false}" if false else f"does not say {missing}")
    if missing:
        return Verdict("partly", f"does not say {missing}")
    return None


def _judge_manner(says: Sequence[str], heard: Heard, language: str | None) -> Verdict:
    if language and language_of(heard.text[:_BEGINNING]) not in {language, None}:
        return Verdict("partly", f"is not in {language}")
    if more := _more_than_asked(says, heard):
        return Verdict("partly", more)
    return Verdict("right")


def _judge_silence(says: Sequence[str], heard: Heard) -> Verdict:
    if all(holds(label, heard) for label in says) or _silent(heard):
        return Verdict("rightly silent")
    return Verdict("wrong", "answers what it cannot know")


def _silent(heard: Heard) -> bool:
    return not heard.messages or re.search(f"{_NOT_KNOWN}|{_DID_YOU_MEAN}", heard.text[:_BEGINNING]) is not None


def _another_hour(says: Sequence[str], missing: Sequence[str], heard: Heard) -> bool:
    asked = [label for label in says if label.startswith("h")]
    return bool(asked) and all(label in missing for label in asked) and bool(hours(heard.text))


def _more_than_asked(says: Sequence[str], heard: Heard) -> str:
    """One session was asked about and at least three were told."""
    named = {label for label in says if re.fullmatch(r"[dhs]\d+(?::\d+)?", label)}
    days = {label for label in named if label.startswith(("d", "s"))}
    shown = [day for day, month in _MONTH_OF_DAY.items() if (day, month) in dates(heard.text)]
    return "tells all sessions" if named and len(days) <= 1 and len(shown) > 2 else ""


def counts(verdicts: Iterable[Verdict]) -> Mapping[State, int]:
    """Counts the verdicts of each state."""
    found: dict[State, int] = {}
    for verdict in verdicts:
        found[verdict.state] = found.get(verdict.state, 0) + 1
    return found
