"""Finds a time zone from the hour that a phone shows and the country. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from knowledge.places.gazetteer import REGION, STATES
from knowledge.places.places import Place, Places
from knowledge.text.words import fold
from knowledge.time.zones import territories, utc_offset
from locales.localized import Language

# Where people of the cycle also are: its organizations' seats and its diasporas.
_NEAR = ("ES", "CH", "US", "CA")
_MOST_COUNTRIES = 36
_REGION_OF_A_PHONE = re.compile(r"[a-z]{2,3}[-_]([a-z]{2})", re.IGNORECASE)
# "English (United States)" and "Español (Estados Unidos)" are what phones are sold with all over the continent.
_SAYS_NOTHING = frozenset({"US"})


def country_of_language_tag(tag: str | None) -> str | None:
    """Returns the country in a phone's language tag ("es-MX"), where it tells where somebody is; else None."""
    match = _REGION_OF_A_PHONE.fullmatch(tag or "")
    code = match[1].upper() if match else None
    return code if code in {each.country for each in territories()} - _SAYS_NOTHING else None


def utc_offset_minutes(zone: str, at: datetime) -> int:
    """Returns how far that zone's clocks are ahead of UTC at that moment, in minutes."""
    return int(utc_offset(zone, at).total_seconds()) // 60


def list_utc_offsets(at: datetime, *, everywhere: bool = False) -> dict[int, str]:
    """Returns the offsets of that moment, from west to east, each with a zone: near the region, or everywhere."""
    near = REGION | set(_NEAR)
    zones = (each.zone for each in territories() if everywhere or each.country in near)
    found: dict[int, str] = {}
    for zone in zones:
        found.setdefault(utc_offset_minutes(zone, at), zone)
    return dict(sorted(found.items()))


# Words around the hour, folded: "mi reloj marca las", "en mi celular son las", "aqui sao".
_CLOCK = (
    r"(?:(?:en|no|on|sur|by|segun|pelo) )?(?:(?:mi|el|meu|o|my|the|mon|ma|la|minha) )?"
    r"(?:reloj|relogio|clock|watch|phone|cell ?phone|telefono|celular|movil|telefone|montre|horloge|telephone|portable)"
    r"(?: (?:marca|dice|muestra|indica|mostra|diz|esta marcando|says?|shows?|reads|marque|indique|affiche|dit))?"
)
_NOW = r"ahora|agora|now|maintenant|aqui|aca|here|ici"
_HOUR = re.compile(
    rf"(?:(?:{_CLOCK}|{_NOW}) ?)*"
    r"(?:(?:que )?(?:son las|son|es las|es la|sao as|sao|e|it s|it is|its|is|il est|las|as|a las|la) )?"
    r"(?P<hour>\d{1,2})(?: ?h? ?(?P<minute>[0-5]\d))?"
    r" ?(?:horas|hours|heures|heure|hora|hrs|hs|h|o ?clock|oclock|en punto|em ponto|pile)?"
    r" ?(?P<half>[ap] ?m|de la (?:manana|tarde|noche)|da (?:manha|tarde|noite)|du matin|du soir|de l apres midi|"
    rf"del? mediodia|do meio dia)?(?: (?:{_NOW}))*"
)
_NOON = re.compile(r"\b(?:es )?(?:mediodia|meio dia|noon|midday|midi)$")
_MORNING = frozenset(["am", "a m", "de la manana", "da manha", "du matin"])
_HALF_DAY, _DAY = 12 * 60, 24 * 60  # minutes
_CLOSE = 5  # minutes: a phone is looked at, then one types


def parse_phone_hour(words: str) -> tuple[int, ...]:
    """Returns the minutes after midnight that "12:00", "3pm", "son las 12" may mean; () for other words."""
    folded = fold(words)
    match = _HOUR.fullmatch(folded) or _HOUR.fullmatch(_NOON.sub("12 pm", folded))
    if match is None or int(match["hour"]) > _DAY // 60:
        return ()
    minutes = (int(match["hour"]) * 60 + int(match["minute"] or 0)) % _DAY
    if half := match["half"]:
        return (minutes % _HALF_DAY + (0 if half in _MORNING else _HALF_DAY),)
    twelve_hours = 0 < int(match["hour"]) <= _HALF_DAY // 60 and not match["hour"].startswith("0")
    return (minutes, (minutes + _HALF_DAY) % _DAY) if twelve_hours else (minutes,)


def offsets_showing(hours: Iterable[int], at: datetime) -> list[int]:
    """Returns the offsets to UTC at which clocks show one of those minutes; those of the region where there are."""
    now = at.hour * 60 + at.minute
    for everywhere in (False, True):
        found = [
            offset
            for offset in list_utc_offsets(at, everywhere=everywhere)
            if any(min((now + offset - hour) % _DAY, (hour - now - offset) % _DAY) <= _CLOSE for hour in hours)
        ]
        if found:
            return found
    return []


def countries_at_offset(places: Places, minutes: int, at: datetime, language: Language) -> list[tuple[str, str]]:
    """Returns the likely countries (code, name) whose clocks show that hour, the region's states first."""
    there = {each.country for each in territories() if utc_offset_minutes(each.zone, at) == minutes}
    countries = [each for each in places.countries(language) if each[0] in there]
    likely = sorted(countries, key=lambda each: _likelihood_rank(each[0]))[:_MOST_COUNTRIES]
    return sorted(likely, key=lambda each: _likelihood_rank(each[0]) > 1)


def _likelihood_rank(code: str) -> int:
    if code in STATES:
        return 0
    return 1 if code in _NEAR else 2 if code in REGION else 3


def places_at_offset(places: Places, code: str, minutes: int, at: datetime, language: Language) -> list[Place]:
    """Returns the places of a country whose clocks show that hour then, one for each clock, best known first."""
    return [each for each in places.of_country(code, language) if utc_offset_minutes(each.zone, at) == minutes]


def distinct_clocks(found: Iterable[Place], moments: Sequence[datetime]) -> list[Place]:
    """Returns the best known place for each hour shown at those moments; without moments, for each zone."""
    kept: dict[tuple[int, ...] | str, Place] = {}
    for place in found:
        kept.setdefault(tuple(utc_offset_minutes(place.zone, each) for each in moments) or place.zone, place)
    return list(kept.values())
