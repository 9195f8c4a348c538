"""Finds the places that a question names ("en Lima", "hora boliviana") and decides between places of one name."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from rapidfuzz.distance import OSA

from knowledge.places.gazetteer import REGION, country_name
from knowledge.places.places import Place, Places
from knowledge.text.phrases import fold_phrase, phrase_pattern
from knowledge.text.words import fold, is_listed, lexicon, name_key, normalize, phonetic_key
from knowledge.time.zones import parse_written_zone
from locales.localized import LANGUAGES, Language

_JOINTS = frozenset(["en", "de", "del", "da", "do", "in", "of", "au", "em", "du"])
_ABBREVIATED = 3  # letters of "BCS", "BC"; in small letters they are words: "or"
_LONGEST_AREA = 5  # words
_MANY_PEOPLE, _FAMOUS_PEOPLE = 80_000, 500_000
# In Portuguese "Salvador" is a city first.
_HOME: Mapping[Language, str] = {"pt": "BR"}
_NEAR = REGION | {"US", "CA", "ES", "PT", "FR", "GB", "IT", "CH", "DE", "BE", "NL"}


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The places that a name may mean, best first, and the words of the text that name them."""

    places: tuple[Place, ...] = ()
    words: str = ""
    name: str = ""  # of those words, the city's, where its country or state follows
    guessed: bool = False  # it is written rather otherwise: "Gouyave" is near Guyane, and a town of its own


def rank_places(found: Sequence[Place], name: str, language: Language) -> list[Place]:
    """Returns the same, those first that people of the cycle mean more often; several countries are named."""
    ordered = sorted(found, key=lambda place: _rank(place, found[0], name, language))
    kept = [each for each in ordered if each.country == ordered[0].country or _may_be_meant(each, ordered[0], name)]
    return _add_countries(kept, language) if len({place.country for place in kept}) > 1 else kept


def _may_be_meant(place: Place, first: Place, name: str) -> bool:
    """Returns whether it is worth naming beside the likeliest: no hamlet, and no Santo Domingo Tehuantepec."""
    if place.kind == "city" and place.people < _MANY_PEOPLE:
        return False
    return normalize(place.name) == normalize(name) or "country" in {place.kind, first.kind}


def _rank(place: Place, first: Place, name: str, language: Language) -> int:
    if place.country == _HOME.get(language) and normalize(place.name) == normalize(name):
        return 0
    if first.country in _NEAR:
        return 1 if place.country in _NEAR else 2
    if place.country in REGION:
        return 0  # Armenia in Colombia before the country
    known = place.kind == "country" or place.people >= _FAMOUS_PEOPLE  # Dublin in Ireland before that in Ohio
    return 1 if place.country in _NEAR or known else 2


def _add_countries(found: Sequence[Place], language: Language) -> list[Place]:
    named = ((each, country_name(each.country, language)) for each in found)
    return [
        each if each.kind == "country" or country in each.name else replace(each, name=f"{each.name} ({country})")
        for each, country in named
    ]


def join_areas(
    words: Sequence[str], found: Mapping[int, NamedPlace], language: Language, places: Places
) -> Iterator[NamedPlace]:
    """Yields the names in their order; a city and its own country or state are one place ("La Paz BCS")."""
    end = 0
    for start in sorted(found):
        if start < end:
            continue  # the area of the one before
        each = found[start]
        end = start + len(each.words.split())
        while (longer := _extend_with_area(words[start:], each, language, places)) is not None:
            each, end = longer, start + len(longer.words.split())  # "Manaus, Amazonas, Brasil"
        yield each


def _extend_with_area(words: Sequence[str], city: NamedPlace, language: Language, places: Places) -> NamedPlace | None:
    """Returns the city with which those words begin, with the country or state that follows it, if one does."""
    name, end = city.name or city.words, len(city.words.split())
    for after in range(min(len(words), end + _LONGEST_AREA), end, -1):
        area = " ".join(words[end + 1 : after] if normalize(words[end]).strip() in _JOINTS else words[end:after])
        full = len(area) > _ABBREVIATED or area.isupper()
        if full and (found := places.within(name, area, language)):
            return NamedPlace(tuple(_add_countries(found, language)), " ".join(words[:after]), name)
    return None


_MOST_WORDS, _MOST_PLACES = 5, 3
_MOST_LOOKED_AT = 40  # words of a long message; its place is near its hour
_WITH_ARTICLE = 2  # words
_SHORTEST = 3  # letters of a name alone: "la" and "sp" are none
_ARTICLES: Mapping[Language, frozenset[str]] = {
    "es": frozenset(["la", "el", "los", "las", "the"]),
    "pt": frozenset(["o", "a", "os", "as", "la", "el", "los", "las", "sao"]),
    "en": frozenset(["the", "la", "el", "los", "las"]),
    "fr": frozenset(["la", "le", "les", "el", "los", "las"]),
}
_ELIDED = re.compile(r"\b[dl]['’](?=\w)|-(?:based|time)\b", re.IGNORECASE)  # "Geneva-based"
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_HOUR = r"(?:hora|horas|horario|huso|fuso|heure|heures|time|oclock)"
_LEADS = {
    "es": ["en", "desde", "de", "d", "para", "por", "hora", "horario", "aca en", "aqui en"],
    "pt": ["em", "no", "na", "desde", "de", "do", "da", "para", "pra", "hora", "horario", "aqui em"],
    "en": ["in", "from", "for", "at", "time in"],
    "fr": ["a", "au", "aux", "en", "de", "depuis", "pour", "d", "heure"],
}


def parse_places(text: str, language: Language, places: Places, *, loosely: bool = False) -> list[NamedPlace]:
    """Returns the places that a text names, each once; at most three.

    Names are taken as they are written; with `loosely` also one with slips, where "in" or "hora" leads to it.
    """
    if (written := parse_written_zone(text, language)) is None:
        return _parse_names(text, language, places, loosely=loosely)
    zone = Place(written.name, "", written.zone or "", "zone" if written.zone else "unread")
    rest = text if written.words in text else normalize(text)
    others = _parse_names(rest.replace(written.words, " ", 1), language, places)
    if len(others) == 1 and not _is_joined(written.words, text):
        return others  # "CST, Costa Rica": the place says which of the zones so called is meant
    return [NamedPlace((zone,), written.words), *others][:_MOST_PLACES]


def _is_joined(zone: str, text: str) -> bool:
    """Returns whether "and", "or" or "not" stands beside that zone: "EST and London", "Lima o GMT-5"."""
    joint, name = f"(?:{'|'.join(lexicon('typed/places')['joined'])})", re.escape(normalize(zone).strip())
    return re.search(rf" (?:{joint} (?:[^ ]+ )?{name}|{name} {joint}) ", normalize(text)) is not None


def _parse_names(text: str, language: Language, places: Places, *, loosely: bool = False) -> list[NamedPlace]:
    if people := _parse_demonym(text, language, places):
        return [NamedPlace(tuple(people))]
    plain = _ELIDED.sub("", text)  # "d'Haïti"; but "Saint-Michel de l'Atalaye"
    readings = [_exact_names(written, language, places) for written in dict.fromkeys((plain, text))]
    words, names = max(readings, key=lambda each: sum(len(name.words) for name in each[1].values()))
    if not names and loosely:
        led = ((phrase, places.find(phrase, language)) for phrase in _names_after_lead(text, language))
        named = (NamedPlace(tuple(found), phrase, guessed=_is_far(phrase, found[0])) for phrase, found in led if found)
        return list(islice(named, 1))
    return list(join_areas(words, names, language, places))[:_MOST_PLACES]


def _is_far(written: str, place: Place) -> bool:
    """Returns whether more than one slip is between what was written and that place, and they sound different."""
    words, name = fold(written).split(), name_key(fold(place.name))
    keys = [name_key(" ".join(words[:end])) for end in range(1, len(words) + 1)]  # "bogta a que hora"
    near = any(key[0] == name[0] and OSA.distance(key, name) <= 1 for key in keys)
    return not near and phonetic_key(name) not in map(phonetic_key, keys)


def _exact_names(text: str, language: Language, places: Places) -> tuple[list[str], dict[int, NamedPlace]]:
    """Returns the words of a text, and the names that are written in it exactly, by the place of their first word."""
    words = _WORD.findall(text)[:_MOST_LOOKED_AT]
    names: dict[int, NamedPlace] = {}
    taken: set[int] = set()
    for start, run in _word_runs(words, language):
        own, name = range(start, start + len(run)), " ".join(run)
        if taken.isdisjoint(own) and (found := places.find_exactly(name, language)):  # "York" within "Nueva York"
            names[start] = NamedPlace(tuple(rank_places(found, name, language)), name)
            taken.update(own)
    return words, names


def _word_runs(words: list[str], language: Language) -> Iterator[tuple[int, list[str]]]:
    """Runs of words and where each begins, longest first; none of them made of words without meaning."""
    stop = frozenset(lexicon("stop")[language])
    little = stop | _ARTICLES[language]
    for start, length in _spans([normalize(word).strip() for word in words], little):
        run = words[start : start + length]
        folded = [normalize(word).strip() for word in run]
        article = length > 1 and folded[0] in _ARTICLES[language]
        # "entre" and "sur" are no places, "Entre Ríos" and "San Juan del Sur" are.
        begins, ends = (folded[end] in stop and not run[end][0].isupper() for end in (0, -1))
        said = language == "en" and length > 1 and folded[0] == "i"  # "I run a shelter" is not Irún
        if (begins and not article) or ends or said or (length == 1 and folded[0] in stop):
            continue
        short = len(folded[0]) < _SHORTEST and not run[0].isupper()  # "LA" is a name, "la" is none
        if length == 1 and (short or folded[0] in _vocabulary()):
            continue
        if article and length == _WITH_ARTICLE and folded[1] in _vocabulary() and not run[1][0].isupper():
            continue  # "la reunión" is a session, "La Reunión" an island
        yield start, run


def _spans(folded: Sequence[str], little: Collection[str]) -> list[tuple[int, int]]:
    """Returns where runs begin and their lengths, longest first: "Rio Branco" before "à Rio", as "à" counts little."""
    lengths = range(min(_MOST_WORDS, len(folded)), 0, -1)
    found = [(start, length) for length in lengths for start in range(len(folded) - length + 1)]
    return sorted(found, key=lambda span: -2 * span[1] + 1.5 * (span[1] > 1 and folded[span[0]] in little))


@cache
def _vocabulary() -> frozenset[str]:
    """Returns the words of sessions and objectives, which are no places here whatever a map says."""
    nouns = (word for kind in lexicon("nouns").values() for words in kind.values() for word in words)
    return frozenset(fold_phrase(word) for word in nouns if "*" not in word)


@cache
def _lead_pattern(language: Language) -> "re.Pattern[str]":
    words = "|".join(sorted(_LEADS[language], key=len, reverse=True))
    return re.compile(rf"(?<= )(?:{words}) (?P<name>[^ ]+(?: [^ ]+){{0,3}})(?= )")


def _names_after_lead(text: str, language: Language) -> Iterator[str]:
    words = normalize(text)
    place = 0
    stop = frozenset(lexicon("stop")[language]) | _vocabulary()
    while match := _lead_pattern(language).search(words, place):
        name = match["name"].split()
        yield from (" ".join(name[:length]) for length in range(len(name), 0, -1) if name[0] not in stop)
        place = match.start("name") - 1


def _parse_demonym(text: str, language: Language, places: Places) -> list[Place]:
    """Reads a demonym: "hora peruana", "Jamaican time"."""
    words = normalize(text)
    for word in (*re.findall(rf" {_HOUR} ([^ ]+)(?= )", words), *re.findall(rf"(?<= )([^ ]+) {_HOUR} ", words)):
        for code, people in lexicon("demonyms").items():
            if phrase_pattern(people).search(f" {word} "):
                return places.of_country(code, language)
    return []


def parse_countries(text: str, places: Places) -> list[str]:
    """Returns the countries (ISO 3166) that a text names, as such or by a city, in any of the four languages."""
    found: list[str] = []
    words = _WORD.findall(_ELIDED.sub("", text))[:_MOST_LOOKED_AT]
    for _, run in _word_runs(words, "es"):
        matches = (places.find_exactly(" ".join(run), language)[:1] for language in LANGUAGES)
        new = [each.country for match in matches for each in match if each.country not in found]
        found += new[:1]
    return found


_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*\w"
_LOW = r"[^\W\d_]{4,}(?:-[^\W\d_]+)*"
_AREA = re.compile(r"^[\s,(/-]*(?:(?:in|en|em|au|aux|de|del|do|da|du)\s+)?")


def find_strange_name(text: str, language: Language, known: Sequence[NamedPlace]) -> NamedPlace:
    """Returns the name, as typed, to which "en" leads and that no map and no word list has; no words where none is.

    It is guessed where the nearest of the known places is taken for it.
    """
    for name, parts, area in _strange_names(text, language):
        if not any(_is_of(each, part, area) for each in known for part in parts):
            near = (fold(each.words) in fold(name) for each in known if each.words)
            return NamedPlace(words=name, guessed=any(near) or any(each.guessed for each in known))
    return NamedPlace()


@lru_cache(maxsize=16)  # of one message they are looked for before its places are known, and after
def _strange_names(text: str, language: Language) -> tuple[tuple[str, list[str], str], ...]:
    """Returns each such name, with those parts of it of which one may be a place's name, and what follows it."""
    text, found = text.lower() if text.isupper() else text, []
    for match in _strange_pattern(language).finditer(text):
        name = match[match.lastgroup or 0]
        first, *more = name.split()
        if match["low"] and more and is_listed(more[0]):
            name = first  # "vivo en colchane mientras tanto"
        parts = [part for part in re.split(r"[\s'’]+", name) if len(part) >= _SHORTEST and not part.isupper()]
        ends = tuple(lexicon("typed/places")["no_endings"]) if match["low"] else ()
        strange = [part for part in parts if not (is_listed(part) or fold(part).endswith(ends))]
        if strange and (strange == parts or not match["low"]) and not name.endswith(("'s", "’s")):
            area = _AREA.sub("", text[match.start(match.lastgroup or 0) + len(name) :])
            found.append((name, parts if match["low"] else [name], area))  # "en Kingsten Jamaica" has its country
    return tuple(found)


def _is_of(place: NamedPlace, name: str, area: str) -> bool:
    """Returns whether that name is the place's, surely, or the place's country follows it."""
    words = fold(place.words)
    return bool(words) and (fold(area).startswith(words) or (fold(name) in words and not place.guessed))


@cache
def _strange_pattern(language: Language) -> "re.Pattern[str]":
    words = lexicon("typed/places")
    leads, articles, joints = "|".join(words["leads"][language]), "|".join(words["articles"]), "|".join(words["joints"])
    capitals = rf"{_CAPITAL}(?:[\s]+(?:(?:{joints})\s+)*{_CAPITAL}){{0,3}}"
    name = rf"(?:(?:(?i:{articles})\s+)?(?P<name>{capitals})|(?P<low>{_LOW}(?:\s{_LOW})?))"
    timed = rf"|(?P<timed>{capitals}) time\b" if language == "en" else ""
    leads = rf"(?:(?<!\w)(?i:{leads})|^\W*(?i:{'|'.join(words['begins'])}))"
    return re.compile(rf"{leads}(?=(?:\s+|(?<=['’])){name}){timed}")
