"""What a server of the benchmarks permits, and what it does to whoever sends more."""

import json
import math
import random
from dataclasses import asdict, dataclass

# Chats from here on are people who wrote and wait for a reply; below are those of a broadcast.
REPLIES_FROM = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Rules:
    """Real Telegram's are unpublished; these are the ways in which it has been seen to behave."""

    rate: float = 0.0  # messages a second over all chats; 0 permits any
    burst: float = 30.0  # how many may come at once; between 1 and 2: none, but a little unevenness is forgiven
    punish_seconds: float = 0.0  # after one message too many, everything is refused for that long
    latency: float = 0.0  # seconds that every call takes
    random_429: float = 0.0  # share of the broadcast's calls that are refused for no reason
    random_429_replies: float = 0.0  # the same of replies
    broken: float = 0.0  # share of the calls that are answered with 502
    lost: float = 0.0  # share of the calls that are done, but never answered
    replies_count: bool = False  # whether replies use the permitted rate too
    seed: int = 5

    def as_json(self) -> str:
        """Returns the rules for the server's command line."""
        return json.dumps(asdict(self))


class Limiter:
    """A bucket of tokens that fills at the permitted rate."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._tokens = rules.burst
        self._since = 0.0
        self._punished_until = 0.0
        self._chance = random.Random(rules.seed)  # noqa: S311 - the same refusals in every run

    def refused(self, chat: int, now: float) -> int | None:
        """Returns the seconds to wait for; None where the message is taken."""
        rules, reply = self._rules, chat >= REPLIES_FROM
        if self._chance.random() < (rules.random_429_replies if reply else rules.random_429):
            return 1
        if not rules.rate or (reply and not rules.replies_count):
            return None
        if now < self._punished_until:
            return math.ceil(self._punished_until - now)
        self._tokens = min(rules.burst, self._tokens + (now - self._since) * rules.rate)
        self._since = now
        if self._tokens >= 1:
            self._tokens -= 1
            return None
        self._punished_until = now + rules.punish_seconds
        return max(1, math.ceil(rules.punish_seconds or (1 - self._tokens) / rules.rate))
