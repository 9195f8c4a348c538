"""What people type as their name, organization, sector, country, e-mail, sessions: read, or kindly not understood."""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email

from handlers.dialog import Taken
from knowledge.geography import country_codes
from knowledge.numbers_said import numbered, only_a_number
from knowledge.spelling import fold
from knowledge.zones import territories
from locales.reply import text

if TYPE_CHECKING:
    from handlers.turn import Turn

LONGEST_NAME, LONGEST_ORGANIZATION, LONGEST_NEEDS, LONGEST_EMAIL = 120, 160, 500, 254
SECTORS = ("national", "local", "civil", "un", "international", "academia", "other")
# From the most to the least particular: "agencia de la ONU" is no "agencia de gobierno".
_SECTOR_WORDS = (
    ("un", r"\b(onu|nu|un|naciones unidas|nacoes unidas|united nations|nations unies|oim|iom|acnur|unhcr|unicef)\b"),
    ("local", r"local|municip|alcald|intendencia|prefeitura|city|town|mairie|commune|ayuntamiento|provinc|estadual"),
    ("national", r"gobierno|governo|government|gouvernement|ministeri|ministry|minister|cancill|embajad|embassy"),
    ("civil", r"civil|ong\b|osc\b|ngo\b|fundaci|fundac|foundation|fondation|asociaci|associa|colectiv|sindicat"),
    ("academia", r"academ|universi|instituto de inv|research|pesquis|recherche"),
    ("international", r"internacional|international"),
    ("other", r"^(otr[oa]s?|outr[oa]s?|other|autres?)$"),
)
_LETTERS_OF_A_NAME = 2
_NO_NAME = re.compile(r"\d|https?:|www\.|[@/<>{}\[\]_=]")
_ALL = frozenset({"todas", "todos", "all", "toutes", "tous", "las cuatro", "as quatro", "all four", "les quatre"})
_ONLY_NUMBERS = re.compile(
    r"(?:la|las|el|a|as|o|os|the|les|sesion(?:es)?|sess(?:ao|oes)|sessions?|seances?|y|e|and|et|\d+| )+"
)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def name(words: str) -> Taken:
    """A person's name."""
    told = _one_line(words)
    if len(told) > LONGEST_NAME:
        return Taken(problem=text("registration.too_long", most=LONGEST_NAME))
    if sum(sign.isalpha() for sign in told) < _LETTERS_OF_A_NAME or _NO_NAME.search(told):
        return Taken(problem=text("registration.no_name"))
    return Taken(told)


def organization(words: str) -> Taken:
    """An institution, as they call it."""
    told = _one_line(words)
    if len(told) > LONGEST_ORGANIZATION:
        return Taken(problem=text("registration.too_long", most=LONGEST_ORGANIZATION))
    return Taken(told) if any(sign.isalnum() for sign in told) else Taken(problem=text("registration.no_organization"))


def needs(words: str) -> Taken:
    """What they need to take part, in their own words."""
    told = _one_line(words)
    if len(told) > LONGEST_NEEDS:
        return Taken(problem=text("registration.too_long", most=LONGEST_NEEDS))
    return Taken(told)


def sector(words: str) -> Taken:
    """One of the seven, where the words name it."""
    said = fold(words)
    found = next((key for key, pattern in _SECTOR_WORDS if re.search(pattern, said)), None)
    return Taken(found) if found else Taken(problem=text("registration.no_sector"))


def email(words: str) -> Taken:
    """An address that is written as one; nothing is looked up."""
    try:
        found = validate_email(words.strip(), check_deliverability=False)
    except EmailNotValidError:
        return Taken(problem=text("registration.no_email"))
    if len(found.normalized) > LONGEST_EMAIL:
        return Taken(problem=text("registration.no_email"))
    return Taken(found.normalized)


def country(turn: "Turn", words: str) -> Taken:
    """A country, or a place in one."""
    exact = turn.house.places.named(words, turn.language) or turn.house.places.find(words, turn.language)
    return Taken(exact[0].country) if exact else Taken(problem=text("registration.no_country", place=words[:60]))


def known_country(code: str) -> str | None:
    """The code itself where it is one."""
    return code if code in country_codes() else None


def likely_countries(turn: "Turn") -> list[str]:
    """Where their clock is, then what their phone's language says ("es-AR")."""
    there = next((each.country for each in territories() if each.zone == turn.person.zone), "")
    phone = (turn.phone or "").upper().partition("-")[2]
    return list(dict.fromkeys(code for code in (there, phone) if code and known_country(code)))


def sessions(turn: "Turn", words: str, open_ones: Collection[int]) -> Taken:
    """Which sessions: "1 y 3", "la segunda", "todas"."""
    said = fold(words)
    if said in _ALL:
        return Taken(sorted(open_ones))
    found = set(numbered(words, turn.language).get("session", ()))
    if _ONLY_NUMBERS.fullmatch(said):
        found |= {int(each) for each in re.findall(r"\d{1,3}", said)}
    elif (number := only_a_number(words, turn.language)) is not None:
        found.add(number)
    if not found or not found <= set(open_ones):
        return Taken(problem=text("registration.no_session"))
    return Taken(sorted(found))
