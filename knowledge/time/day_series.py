"""Writes a month to every day of a series: "5 and 12 November" is "5 november and 12 november"."""

import re
from functools import cache

from knowledge.text.words import normalize

_MOST_DAYS = 4  # of one series
_JOINT = r"(?:y|e|and|et|o|or|ou|u)"
_ARTICLES = r"(?: (?:el|la del|dia|del|o|do|no|os|the|on|le|du|les|los))*"
_OF = r"(?: (?:de|of|del|do|d))?"
_IS = re.compile(r"(?<!\w)[éÉ](?!\w)")
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|ro|o|eme)?"
# Behind these, two numbers are no days: "sessions 2 and 12 November".
_NUMBERED = r"(?:^| )(?:(?:ses|seanc|objet|object|princip)[^ ]*|num|las|as|la|a|at) ?$"
# A number before these is no day: "on 23 October and 2 hours", "the 23rd of October and 3 pm".
_UNIT = r"(?:h|hs|hrs|horas?|hours?|heures?|[ap]m|[ap] m|min|minut\w*|ses\w*|seances?|obje[tc]\w*|dias|days|jours)"


def write_months_out(text: str, months: str) -> str:
    """Returns the plain text with the month beside each day that stands with a dated one.

    `months` is the regular expression of any month's name.
    """
    words = normalize(_IS.sub("eh", text))  # "a 2 é no dia 23": no series
    before, behind, behind_month = _patterns(months)

    def first(match: "re.Match[str]") -> str:
        numbered = re.search(_NUMBERED, words[: match.start()])
        return match[0] if numbered else f"{match['day']} {match['month']}{match['rest']}"

    for _ in range(_MOST_DAYS):
        as_it_was, words = words, before.sub(first, words)
        words = behind.sub(r"\g<dated> \g<joint> \g<day> \g<month>", words)
        words = behind_month.sub(r"\g<dated> \g<joint> \g<month> \g<day>", words)
        if words == as_it_was:  # nearly every text: no series is in it
            break
    return words


@cache
def _patterns(months: str) -> "tuple[re.Pattern[str], ...]":
    """Returns the patterns of a day before a dated one, behind "5 November", and behind "November 5"."""
    month, day = rf"(?P<month>{months})(?= )", rf"(?P<day>{_DAY})(?= )"
    joined = rf" (?P<joint>{_JOINT}){_ARTICLES} {day}(?! {_UNIT} |{_OF} (?:{months}) )"
    return (
        re.compile(rf"(?<= ){day}(?P<rest> {_JOINT}{_ARTICLES} {_DAY}{_OF} {month})"),
        re.compile(rf"(?<= )(?P<dated>{_DAY}{_OF} {month}){joined}"),
        re.compile(rf"(?<= )(?P<dated>{month}(?: the)? {_DAY}){joined}"),
    )
