"""Recognizes what is typed instead of tapped: a button's label, "change my e-mail", a question to the panel."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.text.message_splitting import asks_time_pattern
from knowledge.text.numbers_parser import noun_pattern
from knowledge.text.phrases import PhrasePattern, drop_politeness, fold_phrase, lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon, normalize, write_out
from knowledge.wishes.told_place import read_place_of_stay, read_told_place
from locales.localized import LANGUAGES, Language

_MOST_WORDS = 12  # what is longer tells a story; its wish is read with the rest of it


@dataclass(frozen=True, slots=True)
class WishWords:
    """What is wished: the thing to open or to do, and what is named with it: a place, or a language's code."""

    kind: str  # a key of wishes.toml, or "place", "told_place" (only if it is one), "switch"
    value: str = ""


def read_wish_words(text: str, language: Language) -> WishWords | None:
    """Returns the wish that these words are; None for a question, and for words that say more than a wish."""
    text = write_out(text, language)
    words = drop_politeness(normalize(text), language)
    short = len(words.split()) <= _MOST_WORDS
    if short and (labelled := _labelled(words, language)) is not None:
        return labelled
    asks = "?" in text or lexicon_pattern("turns", "open", language).search(f" {words} ")
    if short and not asks and (place := read_place_of_stay(text, words, language)):
        return WishWords("place", place)
    if short and (said := _saying(f" {words} ", alone=len(words.split()) <= 2)):  # noqa: PLR2004 - "stop", "baja ya"
        return said
    told = "" if asks else read_told_place(text, language)
    return WishWords("told_place", told) if told else None


def _labelled(words: str, language: Language) -> WishWords | None:
    """Returns the wish of a button's label, of a bare word, and of a language's name."""
    labels = (lexicon("typed/wishes")["labels"][code] for code in (language, *LANGUAGES))
    for known in (*labels, lexicon("typed/wishes")["bare"]):
        for kind, phrases in known.items():
            if words in phrases:
                return WishWords(kind)
    code = _language_to_switch_to(words)
    return WishWords("switch", code) if code is not None else None


def asks_way_in(text: str, language: Language) -> bool:
    """Returns whether somebody says that they are registered and asks how to get in."""
    words = f" {normalize(write_out(text, language))} "
    if not any(pattern.search(words) for pattern, several in _sayings("registered") if several):
        return False
    return any(lexicon_pattern("typed/wishes", "way_in", code).search(words) for code in LANGUAGES)


def asks_of_own_sessions(text: str, language: Language) -> bool:
    """Returns whether it speaks of the sessions in which somebody has a place: "my next one", "¿cuáles me tocan?"."""
    words = normalize(write_out(text, language))
    return any(lexicon_pattern("typed/wishes", "own_sessions", code).search(words) for code in LANGUAGES)


def asks_when(text: str, language: Language) -> bool:
    """Returns whether it asks for a day or an hour: "I signed up, what day do I join?"."""
    return asks_time_pattern(language).search(normalize(write_out(text, language))) is not None


def asks_whether(text: str, kind: str, language: Language) -> bool:
    """Returns whether it asks for a yes or no to that saying: "am I registered?", not "in which ones am I?"."""
    wish = read_wish_words(text, language)
    opens = lexicon_pattern("turns", "open", language).search(normalize(write_out(text, language)))
    return wish is not None and wish.kind == kind and opens is None


def _saying(words: str, *, alone: bool) -> WishWords | None:
    nouns = (noun_pattern(code, kind) for code in LANGUAGES for kind in ("session", "objective", "principle"))
    asks = any(each.search(words) for each in nouns)  # "third session, I'm lost"
    asks = asks or phrase_pattern(lexicon("meaning")["word"]).search(words) is not None  # "no entiendo la palabra …"
    for kind in lexicon("typed/wishes")["sayings"]:
        if kind == "confused" and asks:
            continue
        for pattern, several in _sayings(kind):
            if (alone or several) and pattern.search(words):
                # "arrêtez de m'écrire la nuit" is about the hour, not about all messages
                at_night = any(lexicon_pattern("typed/wishes", "night", code).search(words) for code in LANGUAGES)
                return WishWords("quiet" if kind == "stop" and at_night else kind)
    return None


@cache
def _sayings(kind: str) -> tuple[tuple[PhrasePattern, bool], ...]:
    """Returns patterns: of several words, found anywhere; of a single word, only where nothing else is said."""
    phrases = [phrase for language in LANGUAGES for phrase in lexicon("typed/wishes")["sayings"][kind][language]]
    several, single = ([each for each in phrases if (" " in each) is joined] for joined in (True, False))
    return (phrase_pattern(several), True), (phrase_pattern(single), False)


def _language_to_switch_to(words: str) -> Language | None:
    for code in LANGUAGES:
        for name in lexicon("typed/wishes")["languages"][code]:
            lead = words.removesuffix(f" {fold_phrase(name)}")
            if lead != words and lead in lexicon("typed/wishes")["switch"]["all"]:
                return code
            if words == name:
                return code
    return None


# Every run of signs is possessive (`++`, `*+`): what it took it keeps. With `+` a message of 4,000 spaces took minutes.
_PANEL = (
    r"(?:panel|painel|panelistas?|painelistas?|panell?ists?|pan[eé]listes?|ponentes?|expositor(?:es|as)?|"
    r"palestrantes?|speakers?|intervenant(?:e?s)?|conf[eé]renciers?)"
)
# "buenas tardes, gracias por la sesión 2:" is too much of a sentence; a greeting of some words is not.
_GREETING = (
    r"(?:(?:hola|buen[oa]s(?:\s++(?:d[ií]as|tardes|noches))?|oi|ol[aá]|bom dia|boa (?:tarde|noite)|hi|hello|hey|"
    r"good (?:morning|afternoon|evening)|bonjour|bonsoir|salut)(?:\s++(?:a\s++)?(?:tod[oa]s|all|everyone|[àa] tous))?"
    r"\s*+[,.;:!]*+\s*+)?"
)
_SPANISH = (
    r"(?:(?:yo )?(?:quiero|quisiera|me gustar[ií]a|deseo|necesito|puedo|tengo|traigo|va|aqu[ií] va|les?|dejo)\s++)?"
    r"(?:(?:hacer|hacerle|enviar|mandar|dejar)\s++)?(?:(?:una|mi|otra|esta)\s++)?"
    r"(?:pregunta|consulta|duda|pregunto|consulto|preguntar(?:les?)?|consultar(?:les?)?)(?:\s++algo)?\s++"
    r"(?:para\s++(?:el|la|los|las)|al|a\s++(?:la|los|las))"
)
_PORTUGUESE = (
    r"(?:(?:eu )?(?:quero|queria|gostaria de|preciso|posso|tenho|deixo|vai|l[aá] vai)\s++)?"
    r"(?:(?:fazer|enviar|mandar|deixar)\s++)?(?:(?:uma|minha|a minha|outra)\s++)?"
    r"(?:pergunta|d[uú]vida|pergunto|perguntar)(?:\s++algo)?\s++"
    r"(?:para\s++(?:o|a|os|as)|ao|aos|[àa]s|pr[oa]s?)"
)
_ENGLISH = (
    r"(?:(?:i\s++(?:want|would like|wish)\s++to|i['’]d like to|can i|may i|i have|i['’]ve(?: got)?|here(?: is|['’]s))"
    r"\s++)?"
    r"(?:ask(?:\s++a\s++question)?|(?:(?:a|an|my|one|another)\s++)?question)\s++(?:(?:for|to|of)\s++)?the"
)
_FRENCH = (
    r"(?:(?:je\s++(?:veux|voudrais|souhaite|pose)|j['’]aimerais|j['’]ai|puis-je|voici)\s++)?(?:poser\s++)?"
    r"(?:(?:une|ma|cette)\s++)?(?:question|demander)\s++(?:pour\s++(?:le|la|les)|au|aux|[àa]\s++la)"
)
# "Para el panel: …" says so only with its colon: "para el panel, ¿quién habla?" asks us.
_ADDRESSED = r"(?:para\s++(?:el|la|los|las|o|a|os|as)|pour\s++(?:le|la|les)|for\s++the|to\s++the)"
_SESSION = (
    r"(?:\s++(?:de|da|do|of|for|in|en|na|no|dans|à|pour)?\s*+(?:l['’]|la|a|the)?\s*+"
    r"(?:sesi[oó]n|sess[aã]o|session|s[eé]ance)\s++(?P<number>[0-9]{1,2}))?"
)
_SESSION_TOO = _SESSION.replace("<number>", "<number_too>")  # a group has one name in a pattern
_WHOLE = re.compile(
    rf"\s*+[¿¡]*+\s*+{_GREETING}[¿¡]*+(?:(?:{_SPANISH}|{_PORTUGUESE}|{_ENGLISH}|{_FRENCH})\s++{_PANEL}\b{_SESSION}"
    rf"(?:\s++(?:es|é|is|est|ser[ií]a)\b)?|{_ADDRESSED}\s++{_PANEL}\b{_SESSION_TOO}\s*+(?=:))"
    r"\s*+[:;,.\-–—?!\s]*+(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class PanelWords:
    """What is asked of the panel ("" where only the wish to ask is told), and of which session's (None: not told)."""

    words: str
    session: int | None


def read_panel_words(text: str) -> PanelWords | None:
    """Returns the question to the panel that a message holds; None where it does not begin by saying so."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    number = found["number"] or found["number_too"]
    return PanelWords(found["words"].strip(), int(number) if number else None)


_CHANGED_FIELDS = {
    "name": r"nombre(?: completo)?|nome(?: completo)?|(?:full )?name|nom(?: complet)?",
    "organization": r"organizaci[oó]n|instituci[oó]n|organiza[cç][aã]o|institui[cç][aã]o|organi[sz]ation|institution",
    "sector": r"sector|setor|secteur",
    "country": r"pa[ií]s|country|pays",
    "email": r"(?:direcci[oó]n de |endere[cç]o de |adresse )?(?:correo(?: electr[oó]nico)?|e-?mail|mail|courriel)"
    r"(?: address)?",
    "sessions": r"sesiones|sess[oõ]es|sessions|s[eé]ances",
}
_ASKING_TO_CHANGE = (
    r"(?:(?:quiero|quisiera|necesito|me gustar[ií]a|pued(?:o|e[sn]?)|posso|podr[ií]as?|por favor|quero|queria|"
    r"preciso|gostaria de|pode(?:ria)?|"
    r"i want to|i would like to|i.d like to|i need to|can you|could you|can i|please|je veux|je voudrais|"
    r"j.aimerais|pouvez[- ]vous|s.il vous pla[iî]t),?\s+)*"
)
_CHANGING = (
    r"(?:cambi(?:a|á|e|en|ar|arme)(?:me)?|corrig(?:e|í|ir|a|ez?)|corregir|corrija|corrige|actualiz(?:a|á|ar|e|en)|"
    r"modific(?:a|á|ar)|modifique|mud(?:a|e|ar)|tro(?:ca|que|car)|alter(?:a|e|ar)|atualiz(?:a|e|ar)|change|update|"
    r"correct|fix|changer|changez|modifi(?:er|ez|e)|corriger|remplace[rz]?)"
)
_WHOSE = r"(?:el |la |los |las |o |a |os |as |the |le |l.|les )?(?:mis? |meus? |minhas? |my |mon |ma |mes )?"
_TO = r"(?:\s*[:=]\s*|,?\s+(?:a|al|por|para|pra|to|into|en|par|pour|à|as)\s+)"
# One pattern for all: six took 20 ms of each start.
_FIELDS = "|".join(f"(?P<{field}>{names})" for field, names in _CHANGED_FIELDS.items())
_CHANGE = re.compile(
    rf"\s*{_ASKING_TO_CHANGE}{_CHANGING}\s+{_WHOSE}(?:{_FIELDS})(?:{_TO}(?P<value>.+?))?[\s.!]*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class WishedChange:
    """The answer that is to change, by its step's name, and the new one as typed; "" where it was not said."""

    field: str
    value: str


def read_wished_change(words: str) -> WishedChange | None:
    """Returns the change that these words wish for; None where they are something else."""
    asked = words.strip().removeprefix("¿").rstrip("? ")
    if (match := _CHANGE.fullmatch(asked)) is None:
        return None
    field = next(each for each in _CHANGED_FIELDS if match[each] is not None)
    return WishedChange(field, (match["value"] or "").strip())
