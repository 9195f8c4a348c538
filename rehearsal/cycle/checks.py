"""The checks of a rehearsed cycle: each compares what was done with what can be seen, and can fail. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from locales.time_zone import time_zone
from rehearsal.cycle.ledger import Evidence, Ledger, Message
from rehearsal.cycle.players import Player, is_night, reminder_moments

_TOLERANCE = timedelta(minutes=1)
_SHOWN = 3
_NOT_ASKED = ("approved", "passed_on")
_SERVICE = ("after.heading", "nudge.heading", "moved.heading", "nudge.cycle", "survey.heading")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the sheet."""

    name: str
    counted: str
    problems: Sequence[str]

    @property
    def passed(self) -> bool:
        """Returns whether nothing was wrong."""
        return not self.problems


def _headed(evidence: Evidence, player: Player, key: str, session: int = 0) -> list[Message]:
    """Returns that person's messages that begin so, in their order."""
    heading = evidence.headings[key][player.language].replace("{n}", str(session))
    # "session 1" is not "session 12", and the heading stands first.
    return [each for each in evidence.chats.get(player.id, ()) if each.text.split("\n")[0] == heading]


def reminders(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that each reminder comes once to each who wants it, when it is due where they are, with their hour."""
    problems, counted = [], 0
    for player in ledger.players:
        for session, start in ledger.starts.items():
            got = _headed(evidence, player, "reminder.soon", session)
            counted += len(got)
            problems += _wrong_moments(ledger, player, session, got)
            hour = _local_hour(start, player)
            problems += [f"{player.name}: session {session} not at {hour}" for each in got if hour not in each.text]
    allowed = sum(len(each) for each in ledger.may_repeat.values())
    return Check("each reminder once, at its moment, in local hours", f"{counted}, {allowed} may be repeated", problems)


def _local_hour(moment: datetime, player: Player) -> str:
    return f"{moment.astimezone(time_zone(player.zone)):%H:%M}"


def _wrong_moments(ledger: Ledger, player: Player, session: int, got: Sequence[Message]) -> list[str]:
    moments = [] if player.blocks else reminder_moments(player, session, ledger.starts[session])
    times = [sum(1 for each in got if abs(each.at - moment) <= _TOLERANCE) for moment in moments]
    repeated = sum(each - 1 for each in times if each > 1)
    allowed = int(player.id in ledger.may_repeat.get(session, ()))
    right = all(times) and sum(times) == len(got)
    wrong = [] if right else [f"came at {_moments([each.at for each in got])}, not {_moments(moments)}"]
    wrong += [f"{repeated} repeated"] if repeated > allowed else []
    return [f"{player.name} in {player.zone}: session {session}: {each}" for each in wrong]


def _moments(found: Sequence[datetime]) -> str:
    return ", ".join(f"{each:%d %b %H:%M}" for each in found) + " UTC"


def moved(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that everybody is told once of a moved session, with the new hour where they are."""
    problems, counted = [], 0
    for player in ledger.reachable() if ledger.moved else ():
        got = _headed(evidence, player, "moved.heading", ledger.moved)
        counted += len(got)
        hour = _local_hour(ledger.starts[ledger.moved], player)
        problems += [] if len(got) == 1 else [f"{player.name} was told {len(got)} times"]
        problems += [f"{player.name}: not {hour}" for each in got if hour not in each.text]
    return Check("a moved session is told to everybody, once", f"{counted} people", problems)


def links(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that the link of the session with few places comes to all who have one, and to nobody else."""
    names = {each.id: each.name for each in ledger.players}
    blocked = {each.id for each in ledger.players if each.blocks}
    problems = [f"{names[each]} has no place" for each in sorted(evidence.linked - evidence.with_place)]
    problems += [f"{names[each]} got no link" for each in sorted(evidence.with_place - evidence.linked - blocked)]
    if len(evidence.with_place) != ledger.places:
        problems.append(f"{len(evidence.with_place)} of {ledger.places} places are taken")
    return Check("a link only for who has a place", f"{len(evidence.linked)} links, {ledger.places} places", problems)


def panel(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that questions and votes are counted exactly, in the database and on the big screen."""
    kept = {each.words: each.votes for each in evidence.panel}
    right = {words: len(voters) for words, voters in ledger.votes.items()}
    problems = _differences("votes", kept, right) + _differences("on the screen", evidence.screen, right)
    # What nobody put to the panel has gone to the team's inbox; a stranger declines nothing.
    problems += [f"{each.words!r} is {each.state}" for each in evidence.panel if each.state not in _NOT_ASKED]
    asked, votes = len(ledger.asked), sum(kept.values())
    problems += [] if asked == len(evidence.panel) else [f"{len(evidence.panel)} of {asked} questions are kept"]
    return Check("questions and votes counted exactly", f"{asked} questions, {votes} votes", problems)


def _differences(what: str, found: Mapping[K, object], right: Mapping[K, object]) -> list[str]:
    """Returns what is not as it should be, also what is missing and what is too many."""
    keys = [*right, *(key for key in found if key not in right)]
    wrong = [key for key in keys if found.get(key) != right.get(key)]
    return [f"{what}: {key}: {found.get(key)} instead of {right.get(key)}" for key in wrong]


def attendance(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that who typed the word in time has come, and nobody else."""
    problems = []
    for number, came in ledger.came.items():
        noted = evidence.came.get(number, frozenset())
        if noted != came:
            problems.append(f"session {number}: {len(came - noted)} missing, {len(noted - came)} too many")
    counted = ", ".join(str(len(each)) for each in evidence.came.values())
    return Check("who typed the word in time has come", counted, problems)


def thanks(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that who came is thanked once and who is silent reminded once; nobody else hears of either."""
    problems, counted = [], 0
    for number, came in ledger.came.items():
        for key, right in (("after.heading", came), ("nudge.heading", ledger.silent[number])):
            got = {each: len(_headed(evidence, each, key, number)) for each in ledger.players}
            counted += sum(got.values())
            wrong = [each.name for each, times in got.items() if times != int(each.id in right)]
            problems += [f"session {number}, {key}: {each}" for each in wrong]
    return Check("thanks once to who came, one nudge to who is silent", f"{counted} messages", problems)


def feedback(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that each answer is counted once, also where somebody tapped twice."""
    right = {number: len(each) for number, each in ledger.rated.items() if each}
    problems = _differences("session", evidence.feedback, right)
    return Check("each answer counted once", f"{sum(evidence.feedback.values())} answers", problems)


def certificates(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that who came and asked has one for exactly the sessions that they came to, and nobody else."""
    came = {number: ledger.came[number] & ledger.wanted_certificate for number in sorted(ledger.came)}
    right = {one: [number for number, there in came.items() if one in there] for one in set().union(*came.values())}
    found = {one: list(numbers) for one, numbers in evidence.certificates.items()}
    files = {one: _files(chat) for one, chat in evidence.chats.items() if _files(chat)}
    problems = _differences("certificate", found, right) + _differences("files", files, dict.fromkeys(right, 1))
    return Check("certificates for who came, and what they came to", f"{len(found)} certificates", problems)


def _files(chat: Sequence[Message]) -> int:
    return sum(1 for each in chat if each.file.endswith(".pdf"))


def summaries(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that the team has each session's summary, and the cycle's, once."""
    session, cycle = (evidence.headings[key]["es"] for key in ("summary.heading", "summary.heading.cycle"))
    wanted = [*(session.replace("{n}", str(number)) for number in ledger.starts), cycle]
    first_lines = [each.text.split("\n")[0] for each in evidence.team]
    got = {words: first_lines.count(words) for words in wanted}
    return Check("summaries are ready", str(sum(got.values())), _differences("times", got, dict.fromkeys(wanted, 1)))


def nights(ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that what the bot says about sessions that are over, or that move in days, wakes nobody."""
    problems, counted = [], 0
    for player in ledger.players:
        for each in _of_service(ledger, evidence, player):
            counted += 1
            if is_night(each.at, player.zone):
                problems.append(f"{player.name} in {player.zone}: {_local_hour(each.at, player)}")
    return Check("nothing at night", f"{counted} messages by day", problems)


def _of_service(ledger: Ledger, evidence: Evidence, player: Player) -> Iterator[Message]:
    for key in _SERVICE:
        sessions = ledger.starts if "{n}" in evidence.headings[key]["es"] else (0,)
        for number in sessions:
            yield from _headed(evidence, player, key, number)


def log(_ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that the log holds no error."""
    return Check("no error in the log", f"{len(evidence.errors)} errors", list(evidence.errors))


def deletion(_ledger: Ledger, evidence: Evidence) -> Check:
    """Checks that nothing is left of who asked to be deleted."""
    left = [f"table {each}" for each in evidence.left_of_deleted]
    return Check("nothing is left of who was deleted", "one person", left)


CHECKS: tuple[Callable[[Ledger, Evidence], Check], ...] = (
    reminders,
    moved,
    links,
    panel,
    attendance,
    thanks,
    feedback,
    certificates,
    summaries,
    nights,
    log,
    deletion,
)


def sheet(checks: Iterable[Check]) -> list[str]:
    """Returns the lines of the sheet, each check with its first problems."""
    lines = []
    for each in checks:
        lines.append(f"{'pass' if each.passed else 'FAIL'}  {each.name}: {each.counted}")
        lines += [f"      {problem}" for problem in each.problems[:_SHOWN]]
        more = len(each.problems) - _SHOWN
        lines += [f"      and {more} more"] if more > 0 else []
    return lines
