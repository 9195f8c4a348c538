"""Builds an announcement's card: its progress, every row counted once, and its buttons. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from locales.reply import Button, Day, Duration, Formatted, Hour, Keyboard, Media, Reply, Value, reply, text

_SQUARES = 10
# Every row is in one of these; what a sender has in hand counts as waiting.
_OUTCOMES = ("unreachable", "refused", "expired", "cancelled", "unknown", "waiting", "held")


class AnnouncementState(Protocol):
    """What the card needs to know of an announcement."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def state(self) -> str:
        """Whether it runs, is paused, over, ..."""

    @property
    def stage(self) -> str:
        """How far it has been let go."""


class DeliveryCounts(Protocol):
    """How many rows there are, and of each kind."""

    @property
    def counts(self) -> Mapping[str, int]:
        """By state."""

    @property
    def rows(self) -> int:
        """In all."""

    @property
    def team(self) -> int:
        """Those of the team, who get it first."""

    @property
    def settled(self) -> int:
        """Those that nothing more will become of."""

    @property
    def ready(self) -> int:
        """Those that may leave now."""

    @property
    def rest(self) -> int:
        """Those that a stop, or too long a pause, has kept from leaving."""

    @property
    def unknown(self) -> int:
        """Those that may have arrived or not."""


class AnnouncementBody(Protocol):
    """The words of an announcement in one language."""

    @property
    def html(self) -> str:
        """As Telegram formats it."""

    @property
    def media(self) -> tuple[str, str] | None:
        """A picture or file that Telegram has."""

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """Labels and addresses."""


def build_announcement(body: AnnouncementBody) -> Reply:
    """Builds exactly what arrives: also what a preview shows."""
    links = tuple((Button(label, url=url),) for label, url in body.buttons)
    lines = (Formatted(body.html),) if body.html else ()
    return Reply(lines, links, media=Media(*body.media) if body.media else None)


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """Corrections or deletions of what arrived, by state."""

    amended: Mapping[str, int] = field(default_factory=dict)
    recalled: Mapping[str, int] = field(default_factory=dict)


def count_outcomes(counted: DeliveryCounts) -> dict[str, int]:
    """Counts the rows by outcome, every row in exactly one place: their sum is the number of rows."""
    counts = counted.counts
    found = {each: counts.get(each, 0) for each in ("sent", *_OUTCOMES)}
    return found | {"waiting": found["waiting"] + counts.get("claimed", 0)}


def build_card(
    announcement: AnnouncementState,
    counted: DeliveryCounts,
    *,
    starts_at: datetime | None = None,
    later: datetime | None = None,
    rate: float | None = None,
    afterwards: FollowUpCounts = FollowUpCounts(),
) -> Reply:
    """Builds the card, with the brakes that make sense now."""
    return reply(
        _heading(announcement),
        "",
        _progress_bar(counted),
        *_time_lines(announcement, counted, starts_at, later, rate),
        "",
        *_count_lines(counted),
        *_follow_up_lines(afterwards),
        *_kept_lines(announcement, counted, afterwards),
        keyboard=_build_controls(announcement, afterwards, counted),
    )


def _count_lines(counted: DeliveryCounts) -> list[Value]:
    """Returns every message in one place: by outcome, how many wait for later, in all, and those of the team."""
    outcomes = count_outcomes(counted).items()
    lines: list[Value] = [text(f"announce.outcome.{name}", count=n) for name, n in outcomes if n or name == "sent"]
    if kept_back := counted.counts.get("waiting", 0) - counted.ready:
        lines.append(text("announce.outcome.later", n=kept_back))
    lines.append(text("announce.total", n=counted.rows))
    return [*lines, text("announce.total.team", n=counted.team)] if counted.team else lines


def _heading(announcement: AnnouncementState) -> Value:
    running = announcement.state == "running"
    state = f"announce.stage.{announcement.stage}" if running else f"announce.state.{announcement.state}"
    return text("announce.card", number=announcement.id, state=text(state))


def _progress_bar(counted: DeliveryCounts) -> Value:
    # What was stopped or came too late is settled, too, but never left.
    left_out = counted.counts.get("cancelled", 0) + counted.counts.get("expired", 0)
    share = (counted.settled - left_out) / counted.rows if counted.rows else 1.0
    full = int(share * _SQUARES)  # never more than is true
    return f"{'▓' * full}{'░' * (_SQUARES - full)} {int(share * 100)} %"


def _time_lines(
    announcement: AnnouncementState,
    counted: DeliveryCounts,
    starts_at: datetime | None,
    later: datetime | None,
    rate: float | None,
) -> list[Value]:
    if announcement.state != "running":
        return []
    if announcement.stage == "hold" and starts_at is not None:
        return [text("announce.leaves", day=Day(starts_at), hour=Hour(starts_at))]
    if counted.ready and rate:
        left = timedelta(minutes=max(round((counted.rows - counted.settled) / rate / 60), 1))
        return [text("announce.rate", rate=f"{rate:.0f}", left=Duration(left))]
    return [text("announce.later", day=Day(later), hour=Hour(later))] if later is not None else []


def _follow_up_lines(afterwards: FollowUpCounts) -> list[Value]:
    found: list[Value] = []
    for name, counts in (("amended", afterwards.amended), ("recalled", afterwards.recalled)):
        if total := sum(counts.values()):
            found += ["", text(f"announce.{name}", done=counts.get("sent", 0), total=total)]
            failed = sum(counts.get(each, 0) for each in ("unreachable", "refused", "expired"))
            found += [text("announce.after.failed", count=failed)] if failed else []
    return found


def _kept_lines(announcement: AnnouncementState, counted: DeliveryCounts, afterwards: FollowUpCounts) -> list[Value]:
    """Returns what Telegram no longer lets us take back."""
    kept = counted.counts.get("sent", 0) - sum(afterwards.recalled.values())
    recalled = announcement.state == "recalled" and afterwards.recalled
    return [text("announce.kept", count=kept)] if recalled and kept else []


def _build_controls(announcement: AnnouncementState, afterwards: FollowUpCounts, counted: DeliveryCounts) -> Keyboard:
    """Builds the buttons for what can be done now."""
    number = announcement.id
    go_on, stop = Button(text("announce.resume"), f"an:r:{number}"), Button(text("announce.stop"), f"an:x:{number}")
    if announcement.state == "running" and announcement.stage == "hold":
        return ((Button(text("announce.undo"), f"an:u:{number}"),),)
    if announcement.state == "running":
        return ((Button(text("announce.pause"), f"an:h:{number}"), stop), _change_buttons(number))
    if announcement.state in {"paused", "halted"}:
        return ((go_on, stop), _change_buttons(number))
    missed = (Button(text("announce.file"), f"+an:f:{number}"),)
    if announcement.state == "recalled" or afterwards.recalled:
        return (missed,)
    return (*_again_buttons(number, counted), missed, _change_buttons(number))


def _again_buttons(number: int, counted: DeliveryCounts) -> Keyboard:
    """Builds a button for what did not leave, and one for what may not have arrived, where there is any."""
    buttons = [Button(text("announce.rest"), f"an:l:{number}:rest")] if counted.rest else []
    buttons += [Button(text("announce.unknown"), f"an:l:{number}:unknown")] if counted.unknown else []
    return tuple((each,) for each in buttons)


def _change_buttons(number: int) -> tuple[Button, ...]:
    correct = Button(text("announce.correct"), f"an:e:{number}")
    return (correct, Button(text("announce.recall"), f"an:k:{number}"))
