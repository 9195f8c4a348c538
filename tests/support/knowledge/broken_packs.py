"""The ways in which a content pack may be broken, and what is said of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """Words of a file replaced by others; `said` follows the line, which is that of `at`, or else of the new words."""

    what: str
    old: str
    new: str
    said: str
    at: str = ""


_SECOND = "start = 2024-10-29T14:00:00-03:00"
_ID = 'id = "mx-3x1"'
_FIRST_ID = 'id = "ar-caba-en-la-ciudad-votas"'
_PERU = 'countries = ["PE"]'
_RETURN = "objectives = [21]"
_ABOUT_RETURN = "session[3].area[3].objectives"
_NODE = "https://migrationnetwork.un.org/es/node/73"

BROKEN = {
    "cycle.toml": [
        Break("a key is missing", "zone = ", "# zone = ", "cycle.zone: is missing", at="[cycle]"),
        Break("a key is misspelt", "footnote = 1", "footnoot = 1", "link[1].footnoot: is not a known key"),
        Break("a number is a text", "number = 2", 'number = "2"', "session[2].number: must be a whole number"),
        Break(
            "the zone is an offset", "America/Argentina/Buenos_Aires", "-03:00", "cycle.zone: '-03:00' is not a time"
        ),
        Break("an hour without offset", _SECOND, _SECOND[:-6], "session[2].start: has no offset"),
        Break("a day without hour", _SECOND, _SECOND[:18], "session[2].start: must be a date and hour"),
        Break(
            "a year that cannot be", _SECOND, "start = 0001-01-01T00:00:00+14:00", "session[2].start: is in the year 1"
        ),
        Break(
            "the offset of another zone",
            _SECOND,
            "start = 2024-10-29T13:00:00-04:00",
            "session[2].start: has an offset that America/Argentina/Buenos_Aires does not have at that moment; "
            "there it is 2024-10-29T14:00:00-03:00.",
        ),
        Break("the end before the start", "2024-10-29T15:30", "2024-10-29T13:30", "session[2].end: is not after"),
        Break(
            "an end on the next day",
            "end = 2024-10-29T15:30",
            "end = 2024-10-30T15:30",
            "session[2].end: is 25 hours after the session's start, more than a session lasts; correct the day.",
        ),
        Break(
            "an end in another month",
            "end = 2024-11-12T15:30",
            "end = 2024-12-12T15:30",
            "session[4].end: is 721 hours after",
        ),
        Break(
            "a year with two figures the wrong way round",
            "start = 2024-11-12T14:00:00-03:00  # martes\nend = 2024-11-12",
            "start = 2042-11-12T14:00:00-03:00  # martes\nend = 2042-11-12",
            "session[4].start: is more than a year after session 3; correct the year.",
        ),
        Break(
            "sessions that overlap",
            "start = 2024-11-05",
            "start = 2024-10-29",
            "session[3].start: is before the end of session 2",
            at="start = 2024-10-29T14:00:00-03:00  # martes\nend = 2024-11-05",
        ),
        Break("two sessions of one number", "number = 3", "number = 2 ", "session[3].number: 2 does not come after 2"),
        Break("an objective in no session", "[2, 5, 12]", "[2, 5]", "session: no area", at="[[session]]"),
        Break("an objective in two areas", _RETURN, "objectives = [21, 2]", f"{_ABOUT_RETURN}: objective 2 is already"),
        Break("an objective twice in an area", _RETURN, "objectives = [21, 21]", f"{_ABOUT_RETURN}: has 21 twice"),
        Break("an unknown objective", _RETURN, "objectives = [21, 24]", f"{_ABOUT_RETURN}: there is no objective 24"),
        Break(
            "two areas of one key",
            'key = "retorno"',
            'key = "trata"',
            "session[3].area[3].key: 'trata' is already taken",
            at='key = "trata"\nname = { es = "Retorno',
        ),
        Break("a link without a host", _NODE, "https:///es/node/73", "link[2].url: is not a page's address"),
        Break("a link with a space", _NODE, f"{_NODE} bis", "link[2].url: is not a page's address"),
        Break("a doubtful link without reason", "reason = ", "# ", "link[4].doubtful: needs", at="doubtful = true"),
    ],
    "objectives.toml": [
        Break("a text is empty", 'es = "Datos"', 'es = "  "', "objective[1].short.es: is empty"),
        Break(
            "search words lack a language",
            'pt = ["dados"',
            '# pt = ["dados"',
            "objective[1].keywords: lacks the language pt",
            at="[objective.keywords]",
        ),
        Break(
            "objectives out of order", "number = 2\n", "number = 22\n", "objective[2].number: is 22 where 2 is expected"
        ),
        Break("an unknown area", 'area = "trabajo"', 'area = "empleo"', "objective[6].area: 'empleo' is not an area"),
        Break(
            "the area of another objective",
            'area = "trabajo"',
            'area = "vias"  # ?',
            "objective[6].area: cycle.toml puts objective 6 in another area",
        ),
    ],
    "principles.toml": [
        Break(
            "a language is missing",
            'fr = "Priorité',
            '# fr = "Priorité',
            "principle[1].name.fr: is missing",
            at="[principle.name]",
        ),
        Break(
            "two principles of one letter", 'letter = "b"', 'letter = "a"  # ?', "principle[2].letter: 'a' is already"
        ),
    ],
    "practices.toml": [
        Break(
            "a language not ours", '_language = "pt"', '_language = "it"', "practice[9].title_language: must be 'es',"
        ),
        Break("two practices of one id", _ID, f"{_FIRST_ID}  # ?", "practice[3].id: 'ar-caba"),
        Break("an id no button can carry", _ID, 'id = "México 3x1"', "practice[3].id: may only have small letters"),
        Break("a country not in the world", _PERU, 'countries = ["XX"]', "practice[2].countries[1]: does not know"),
        Break("a national practice of nowhere", _PERU, "countries = []", "practice[2].countries: is empty"),
        Break("an unknown objective", "[8, 16, 22]", "[8, 99]", "practice[2].objectives: there is no objective 99"),
        Break(
            "a link that is not a page",
            'url = "https://docstore',
            'url = "ftp://docstore',
            "practice[21].url: is not a page's",
        ),
        Break("a summary too long", "Desde 2016, ", "muy " * 150, "practice[1].summary.es: is longer than 600"),
    ],
    "glossary.toml": [
        Break(
            "a flag is a text",
            "source_seen = false",
            'source_seen = "no"',
            "term[20].source_seen: must be true or false",
        ),
        Break("two terms of one key", 'key = "oim"', 'key = "pmm"  # ?', "term[10].key: 'pmm' is already taken"),
    ],
}
