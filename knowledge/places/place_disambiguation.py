"""Places of the same name told apart: by the country or state said after it, else by which is likelier here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.places.geography import REGION, country_name
from knowledge.places.places import Place, Places
from knowledge.text.words import plain
from locales.localized import Language

_JOINTS = frozenset(["en", "de", "del", "da", "do", "in", "of", "au", "em", "du"])
_ABBREVIATED = 3  # letters of "BCS", "BC"; in small letters they are words: "or"
_LONGEST_AREA = 5  # words
_MANY_PEOPLE = 80_000
# In Portuguese "Salvador" is a city first.
_HOME: Mapping[Language, str] = {"pt": "BR"}
_NEAR = REGION | {"US", "CA", "ES", "PT", "FR", "GB", "IT", "CH", "DE", "BE", "NL"}


@dataclass(frozen=True, slots=True)
class Named:
    """The places that a name may mean, best first, and the words of the text that name them."""

    places: tuple[Place, ...] = ()
    words: str = ""
    name: str = ""  # of those words, the city's, where its country or state follows


def likeliest(found: Sequence[Place], name: str, language: Language) -> list[Place]:
    """The same, those first that people of the cycle mean more often; with their countries where there are several."""
    ordered = sorted(found, key=lambda place: _rank(place, found[0], name, language))
    kept = [each for each in ordered if each.country == ordered[0].country or _may_be_meant(each, ordered[0], name)]
    return _told_apart(kept, language) if len({place.country for place in kept}) > 1 else kept


def _may_be_meant(place: Place, first: Place, name: str) -> bool:
    """Whether it is worth naming beside the likeliest: no hamlet, and no Santo Domingo Tehuantepec."""
    if place.kind == "city" and place.people < _MANY_PEOPLE:
        return False
    return plain(place.name) == plain(name) or "country" in {place.kind, first.kind}


def _rank(place: Place, first: Place, name: str, language: Language) -> int:
    if place.country == _HOME.get(language) and plain(place.name) == plain(name):
        return 0
    if first.country in _NEAR:
        return 1 if place.country in _NEAR else 2
    if place.country in REGION:
        return 0  # Armenia in Colombia before the country
    return 1 if place.country in _NEAR or place.kind == "country" else 2


def _told_apart(found: Sequence[Place], language: Language) -> list[Place]:
    return [replace(each, name=_with_country(each, language)) for each in found]


def _with_country(place: Place, language: Language) -> str:
    country = country_name(place.country, language)
    return place.name if place.kind == "country" or country in place.name else f"{place.name} ({country})"


def with_areas(words: Sequence[str], named: Mapping[int, Named], language: Language, places: Places) -> Iterator[Named]:
    """The names in their order; a city and its own country or state are one place ("La Paz BCS")."""
    end = 0
    for start in sorted(named):
        if start < end:
            continue  # the area of the one before
        each = named[start]
        end = start + len(each.words.split())
        while (longer := _with_area(words[start:], each, language, places)) is not None:
            each, end = longer, start + len(longer.words.split())  # "Manaus, Amazonas, Brasil"
        yield each


def _with_area(words: Sequence[str], city: Named, language: Language, places: Places) -> Named | None:
    """The city with which those words begin, with the country or state that follows it, if one does."""
    name, end = city.name or city.words, len(city.words.split())
    for after in range(min(len(words), end + _LONGEST_AREA), end, -1):
        area = words[end + 1 : after] if plain(words[end]).strip() in _JOINTS else words[end:after]
        if found := _within(name, area, language, places):
            return Named(tuple(_told_apart(found, language)), " ".join(words[:after]), name)
    return None


def _within(name: str, area: Sequence[str], language: Language, places: Places) -> list[Place]:
    written = " ".join(area)
    if not area or (len(written) <= _ABBREVIATED and not written.isupper()):
        return []
    return places.within(name, written, language)
