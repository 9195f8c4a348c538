"""Finds who answers a command, a press, or words, in the table of contents."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from rapidfuzz import fuzz, process

from db.team.team import Role
from handlers.command import Command, Feature, command_key
from handlers.organizer import guard, team_wishes
from handlers.organizer import routes as organizer
from handlers.participant import free_text, start
from handlers.routes import COMMANDS, DIALOGS, PRESSES, RESTS_AFTER, UNREADABLE
from handlers.turn import Turn
from knowledge.wishes.wish_words import read_wish_words
from locales.reply import Reply

_RESTS_AFTER = timedelta(hours=1)
# How alike two names of commands are, of 100, for one to be the other with a slip.
_NEAR = 85
_MOST_WORDS = 3  # of a command that is typed in several
# So unlike their plural that they are not near it.
_SINGULARS = {"sessao": "sessoes"}
_SHAPES = {
    "number": r"[0-9]{1,3}",
    "place": r"[0-9]{1,3}[gw]?",  # a session; in it, who is going or who waits
    "page": r"[0-9]{1,3}",
    "key": r"[a-z0-9_-]{1,48}",
    "code": r"es|pt|en|fr|[A-Z]{2}",
    "switch": r"on|off",
    "lead": r"[0-9]{1,3}[dhm]|[0-9]{1,2}:[0-9]{2}",
    "way": r"day|week|next|always|end",
    "hours": r"[0-9:-]{11}|off",
    "zone": r"[A-Za-z0-9_+/-]{1,60}",
    "moment": r"[0-9]{1,9}",  # in minutes since 1970
    "offset": r"-?[0-9]{1,3}",  # of that moment's hour to UTC, in minutes; nothing of it is kept
    **dict.fromkeys(("step", "field", "purpose"), r"[a-z]{1,16}"),
    "version": r"[0-9]{1,9}",
    "shown": r"[0-9a-f]{8}",  # a mark of what a card showed
    "value": r"[A-Za-z0-9]{1,20}",
    "id": r"[0-9]{1,15}",
    "role": r"viewer|organizer",
    "land": r"(?:[A-Z]{2}){1,8}|-",  # countries, without anything between them
    "sector": r"[a-z]{1,16}|-",
    "kind": r"xlsx|csv",
    "figure": r"[a-z]{1,12}",
    "theme": r"light|dark",
    "minutes": r"[0-9]{1,4}",
    "act": r"cancel|restore|reset",
    "mark": r"[1-5]",
    "answer": r"yes|maybe|no",
    "paper": r"a4|letter",
    "other": r"[0-9]{1,15}",  # the other one of two ids
}


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers, and with what."""

    feature: Feature
    values: Mapping[str, str] = field(default_factory=dict)
    least: Role | None = None  # for the team only, from that role on
    moderates: bool = False  # for organizers, and for moderators of the session that `values` name, or of any
    name: str = ""  # under which a refusal is kept
    otherwise: "Route | None" = None  # who answers everybody else, as if there were no such route

    async def __call__(self, turn: Turn) -> Reply:
        """Asks the feature: the only way to it, so that nobody passes the guard by."""
        if self.least is not None and not await guard.admit(turn, self.least, self.name):
            return await (self.otherwise or Route(start.stale_button))(turn)
        if self.moderates and not await guard.admit_moderator(turn, self._number(), self.name):
            return await (self.otherwise or Route(start.stale_button))(turn)
        return await self.feature(turn, **self.values)

    def _number(self) -> int | None:
        """Returns the number of the session whose panel it is about; None where it is about no single one."""
        return int(self.values["number"]) if "number" in self.values else None


class Router:
    """Finds the feature for a command, a press, or words."""

    def __init__(self) -> None:
        self._commands = _by_name(COMMANDS)
        self._team_commands = _by_name(organizer.COMMANDS)
        self._presses = [(_pattern(shape), feature) for shape, feature in PRESSES.items()]
        self._panel_presses = [(_pattern(shape), shape, each) for shape, each in organizer.PANEL_PRESSES.items()]
        self._team_presses = [(_pattern(shape), shape, *needs) for shape, needs in organizer.PRESSES.items()]

    def command(self, name: str, rest: str) -> Route:
        """Returns the feature of that command, whatever language it is written in, also with a typing error."""
        typed = f"{name} {rest}".strip()
        for written, left in _readings(name, rest):
            if (own := self._commands.get(written)) is not None:
                return _route_command(own, left)
            if (team_route := self._team_commands.get(written)) is not None:
                otherwise = self._nearest(self._commands, written, left, typed)
                return _route_command(team_route, left, f"/{team_route.name}", otherwise)
        return self._nearest({**self._commands, **self._team_commands}, command_key(name), rest, typed)

    def _nearest(self, commands: Mapping[str, Command], name: str, rest: str, typed: str) -> Route:
        """Returns the command that was meant: /inscripcion, /sesione.

        Where none was, several words are a question and a single one is an unknown command.
        """
        near = process.extractOne(_SINGULARS.get(name, name), commands.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near is None:
            is_wish = read_wish_words(typed, "es") is not None  # "/stop" in any of the four languages
            return Route(_answer_words, {"words": typed}) if rest or is_wish else Route(start.unknown_command)
        found = commands[near[0]]
        # A slip is no attempt at anything: it is refused like the command itself, but nobody is told.
        return _route_command(
            found, rest, "", self._nearest(self._commands, name, rest, typed) if found.least else None
        )

    def press(self, data: str) -> Route:
        """Returns the feature behind that button; the menu, with a word of explanation, where there is none."""
        stale = Route(start.stale_button)
        for pattern, feature in self._presses:
            if match := pattern.fullmatch(data):
                return Route(feature, match.groupdict())
        for pattern, shape, feature in self._panel_presses:
            if match := pattern.fullmatch(data):
                return Route(feature, match.groupdict(), moderates=True, name=shape, otherwise=stale)
        for pattern, shape, least, feature in self._team_presses:
            if match := pattern.fullmatch(data):
                return Route(feature, match.groupdict(), least, name=shape, otherwise=stale)
        return stale

    def words(self, dialog: str | None, *, of_team: bool) -> Route:
        """Returns the conversation that is going on, else the answer to a question; the team has wishes of its own."""
        answers = team_wishes.answer_free_text if of_team else free_text.answer_free_text
        return _route_dialog(dialog or "", DIALOGS, organizer.DIALOGS, Route(answers))

    def unreadable(self, dialog: str | None) -> Route:
        """Returns the conversation that is going on, else the reply that only words are read."""
        return _route_dialog(dialog or "", UNREADABLE, organizer.UNREADABLE, Route(start.unreadable_message))

    def listens(self, dialog: str, silent_for: timedelta) -> bool:
        """Returns whether that conversation still takes what is typed for its answer."""
        longest = {**RESTS_AFTER, **organizer.RESTS_AFTER}.get(dialog, _RESTS_AFTER)
        return longest is None or silent_for < longest


async def _answer_words(turn: Turn, words: str) -> Reply:
    """Answers a question that was typed with a stroke before it: "/when is session 2?"."""
    return await free_text.answer_free_text(replace(turn, words=words))


def _readings(name: str, rest: str) -> Iterator[tuple[str, str]]:
    """Yields the command's name and what follows it, also where the name was typed in two or three words.

    An example is "/zona horaria".
    """
    words = [name, *rest.split()]
    yield command_key(name), rest
    for many in range(2, min(len(words), _MOST_WORDS) + 1):
        yield command_key("".join(words[:many])), " ".join(words[many:])


def _by_name(commands: Iterable[Command]) -> dict[str, Command]:
    return {name: each for each in commands for name in (each.name, *each.aliases.values())}


def _route_command(command: Command, rest: str, name: str = "", otherwise: Route | None = None) -> Route:
    link = next((feature for prefix, feature in organizer.LINKS.items() if rest.startswith(prefix)), None)
    if link is not None and command.feature is start.start:
        return Route(link, {"words": rest})
    feature = command.with_words if command.with_words and rest else command.feature
    values = {"words": rest} if command.with_words and rest else {}
    route = Route(feature, values, command.least, name=name, otherwise=otherwise)
    moderating = organizer.MODERATORS.get(command.name)  # what it opens for who moderates a panel
    return route if moderating is None else Route(moderating, {"words": rest}, moderates=True, otherwise=route)


def _route_dialog(
    name: str, everybodys: Mapping[str, Feature], teams: Mapping[str, organizer.TeamFeature], usual: Route
) -> Route:
    if name in organizer.PANEL_DIALOGS:
        return Route(organizer.PANEL_DIALOGS[name], moderates=True, otherwise=usual)
    if name in teams:
        least, feature = teams[name]
        return Route(feature, least=least, otherwise=usual)
    return Route(everybodys[name]) if name in everybodys else usual


@cache  # there are as many as routes
def _pattern(shape: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", shape)
    literal, names = parts[0::2], parts[1::2]
    groups = [f"(?P<{name}>{_SHAPES[name]})" for name in names]
    return re.compile("".join(a + b for a, b in zip(map(re.escape, literal), [*groups, ""], strict=True)))
