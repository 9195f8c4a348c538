"""What words do not settle is answered by its meaning in three bands; the model itself is not needed to check them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from knowledge.answers.answer_models import Answer
from knowledge.answers.meaning_answers import choose_band
from knowledge.search.team_answers import TeamAnswer, faq_from_entry
from knowledge.understanding.meaning import Near
from locales.localized import Language
from tests.support.knowledge.grading import Grader

UNREAD = "zzyx qwrt plm"  # no word of it is known


class Entry:
    """What the team has published."""

    id = 1
    asked: Mapping[Language, tuple[str, ...]] = MappingProxyType({"es": ("¿Dan certificado?",)})
    texts: Mapping[Language, str] = MappingProxyType({"es": "Sí, se envía por correo."})
    answered_at = datetime(2024, 10, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader()


def ask(grader: Grader, words: str, *near: Near, team: TeamAnswer | None = None) -> list[Answer]:
    knows = grader.answering.with_team([team]) if team else grader.answering
    return knows.answers(words, replace(grader.situation(), near=near))


def test_what_is_plainly_near_is_answered(grader: Grader) -> None:
    found = ask(grader, UNREAD, Near("faq:recordings", 0.9), Near("faq:link", 0.5))
    assert [answer.topic for answer in found] == ["recordings"]


def test_two_that_are_as_near_are_offered_and_the_team_beneath(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("faq:recordings", 0.7), Near("faq:link", 0.69), Near("wish:calendar", 0.6))
    assert found.offers == (("faq", "recordings"), ("faq", "link"), ("calendar", ""), ("team", ""), ("menu", ""))
    assert not found.known


def test_a_wish_that_is_plain_is_offered_as_its_one_button(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("wish:quiet hours", 0.9), Near("faq:reminders-stop", 0.6))
    assert found.offers == (("reminders", ""), ("team", ""), ("menu", ""))


def test_the_careful_texts_are_never_offered_as_a_choice(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("faq:emergency", 0.6), Near("faq:recordings", 0.56))
    assert found.offers == (("faq", "recordings"), ("team", ""), ("menu", ""))


def test_what_is_far_from_everything_is_not_known_and_no_topic_stands_beneath(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("faq:recordings", 0.2))
    assert found.offers == (("team", ""), ("menu", ""))


def test_another_subject_is_said_so_and_the_team_is_left_alone(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("beyond:weather", 0.6), Near("faq:recordings", 0.5))
    assert found.offers == (("menu", ""),)


def test_what_the_team_published_is_told_before_what_the_note_does_not_say(grader: Grader) -> None:
    """In another language, and in other words than it was published under."""
    near = Near("faq:team-1", 0.9), Near("faq:certificate", 0.7)
    team = faq_from_entry(Entry())
    (without,) = ask(grader, "will we be given some proof of attendance?", *near)
    (found,) = ask(grader, "will we be given some proof of attendance?", *near, team=team)
    assert without.topic != "team_answer"
    assert found.topic == "team_answer"


def test_nothing_near_changes_nothing() -> None:
    assert choose_band(()).query is None
    assert choose_band(()).offers == ()
