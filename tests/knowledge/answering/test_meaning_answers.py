"""What words do not settle is answered by its meaning in three bands; the model itself is not needed to check them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from knowledge.answering.meaning_answers import WISHED, Band, choose_band
from knowledge.answers.answer_models import Answer
from knowledge.search.team_answers import TeamAnswer, faq_from_entry
from knowledge.understanding.meaning import Near
from knowledge.understanding.query import Property
from locales.localized import Language
from tests.support.knowledge.grading import Grader

UNREAD = "zzyx qwrt plm"  # no word of it is known


class Entry:
    """What the team has published."""

    id = 1
    asked: Mapping[Language, tuple[str, ...]] = MappingProxyType({"es": ("¿Dan certificado?",)})
    texts: Mapping[Language, str] = MappingProxyType({"es": "Sí, se envía por correo."})
    answered_at = datetime(2024, 10, 1, tzinfo=UTC)


def ask(grader: Grader, words: str, *near: Near, team: TeamAnswer | None = None) -> list[Answer]:
    knows = grader.answering.with_team([team]) if team else grader.answering
    return knows.answers(words, replace(grader.situation(), near=near))


def test_what_is_plainly_meant_is_answered(grader: Grader) -> None:
    found = ask(grader, UNREAD, Near("faq:recordings", 0.7), Near("faq:link", 0.2))
    assert [answer.topic for answer in found] == ["recordings"]


def test_two_that_are_as_likely_are_offered_and_the_team_beneath(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("faq:recordings", 0.4), Near("faq:link", 0.3), Near("wish:calendar", 0.25))
    assert found.offers == (("faq", "recordings"), ("faq", "link"), ("calendar", ""), ("team", ""), ("menu", ""))
    assert not found.known


def test_two_that_one_answer_suits_are_one(grader: Grader) -> None:
    """Who may come is answered alike to "who is it open to" and to "may I come though I am not from a government"."""
    (found,) = ask(grader, UNREAD, Near("faq:audience-me", 0.5), Near("faq:audience", 0.4))
    assert found.known


def test_a_wish_that_is_plain_stands_for_what_is_done(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("wish:quiet hours", 0.9), Near("faq:reminders-stop", 0.05))
    assert (found.topic, found.ids, found.offers) == (WISHED, ("quiet",), (("reminders", ""), ("menu", "")))


def test_the_careful_texts_are_never_offered_as_a_choice(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("faq:emergency", 0.35), Near("faq:recordings", 0.3))
    assert found.offers == (("faq", "recordings"), ("team", ""), ("menu", ""))


def test_what_is_near_to_nothing_is_not_known_and_no_topic_stands_beneath(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("faq:recordings", 0.15), Near("faq:link", 0.1))
    assert found.offers == (("team", ""), ("menu", ""))


def test_another_subject_is_said_so_and_the_team_is_left_alone(grader: Grader) -> None:
    (found,) = ask(grader, UNREAD, Near("beyond:weather", 0.6), Near("faq:recordings", 0.3))
    assert found.offers == (("menu", ""),)


def test_the_class_says_what_is_asked_and_the_words_of_what(grader: Grader) -> None:
    """No word of it asks; it names a day, and its meaning is "at what hour"."""
    (found,) = ask(grader, "la del 29 zzyx qwrt plm vrtk", Near("ask:hour", 0.9))
    assert found.query.asks == (Property.HOUR,)
    assert found.ids == ("2",)


def test_what_is_found_by_a_likeness_gives_way_to_a_very_clear_meaning(grader: Grader) -> None:
    words = "is the compact legally binding yes or no"  # a principle has the words
    (without,) = ask(grader, words)
    (found,) = ask(grader, words, Near("faq:gcm-binding", 0.95))
    assert without.topic == "principle"
    assert found.query.entry == "gcm-binding"


def test_an_entry_that_words_found_gives_way_too_but_not_to_thanks(grader: Grader) -> None:
    words = "can I attend just one"  # words lead to who may attend
    (found,) = ask(grader, words, Near("faq:attend-some", 0.95))
    assert found.query.entry == "attend-some"
    (thanked,) = ask(grader, words, Near("small:thanks", 0.98))
    assert thanked.query.entry != ""


def test_the_class_says_that_a_date_is_asked_and_the_words_of_which_session(grader: Grader) -> None:
    words = "me podrían dar la fecha de la sesión de inclusión"
    (found,) = ask(grader, words, Near("faq:session-dates", 0.95))
    assert found.ids == ("2",)


@pytest.mark.parametrize(
    "near",
    [
        (Near("faq:emergency", 0.54), Near("faq:press", 0.1)),
        (Near("faq:personal-abuse", 0.5), Near("faq:emergency", 0.3), Near("faq:press", 0.1)),
    ],
)
def test_danger_that_no_word_tells_of_is_heard(grader: Grader, near: tuple[Near, ...]) -> None:
    """Also where words led to an entry, or to "now"."""
    for words in ("they stopped our truck and want all we have, tell me who can come", "need help right now"):
        (found,) = ask(grader, words, *near)
        assert found.topic == "personal_case"


def test_what_is_named_by_its_number_or_day_does_not_give_way(grader: Grader) -> None:
    (found,) = ask(grader, "¿a qué hora es la sesión 2?", Near("faq:recordings", 1.0))
    assert found.query.asks == (Property.HOUR,)


def test_danger_does_not_give_way_to_any_meaning(grader: Grader) -> None:
    (found,) = ask(grader, "me quieren matar, ayuda", Near("ask:hour", 1.0))
    assert found.topic == "emergency"


def test_what_the_team_published_is_told_before_what_the_note_does_not_say(grader: Grader) -> None:
    """In another language, and in other words than it was published under."""
    near = Near("faq:team-1", 0.9), Near("faq:certificate", 0.9)
    team = faq_from_entry(Entry())
    (without,) = ask(grader, "will we be given some proof of attendance?", *near)
    (found,) = ask(grader, "will we be given some proof of attendance?", *near, team=team)
    assert without.topic != "team_answer"
    assert found.topic == "team_answer"


def test_a_practice_that_is_described_is_told(grader: Grader) -> None:
    """Which practices there are, and this one, are both what is asked: one answer suits both."""
    words = "¿hay un lugar que cuide a los hijos de quienes cogen café?"
    (found,) = ask(grader, words, Near("practice:cr-casas-alegria", 0.5), Near("ask:practices", 0.2))
    assert found.ids == ("cr-casas-alegria",)
    (listed,) = ask(grader, "buenas prácticas sobre salud", Near("ask:practices", 0.8), Near("practice:sv-pire", 0.1))
    assert len(listed.ids) > 1


def test_where_a_word_is_discussed_is_no_question_for_its_meaning(grader: Grader) -> None:
    near = Near("term:trabajo_decente", 0.5), Near("ask:which-session", 0.4)
    (found,) = ask(grader, "¿dónde hablan de trabajo decente?", *near)
    assert found.ids == ("1",)
    (told,) = ask(grader, "Which session deals with trafficking in persons?", Near("term:trata", 0.9))
    assert told.query.criteria.kind == "session"


def test_a_principle_that_is_asked_for_comes_before_words_for_speakers(grader: Grader) -> None:
    words = "el principio donde entran los expositores"
    (found,) = ask(grader, words, Near("principle:10", 0.95))
    assert (found.topic, found.ids) == ("principle", ("10",))


STORY = (
    "Somos una asociación pequeñita de Cúcuta y apenas tenemos datos en el celular. "
    "Traen títulos de enfermera y aquí no se los reconocen. ¿Cuál de las sesiones trata de eso?"
)


def test_the_session_on_what_a_story_tells_is_told(grader: Grader) -> None:
    """Sentence by sentence: "datos en el celular" led to the session on data. Who writes is compared with nothing."""
    knows, at = grader.answering, grader.situation()
    assert knows.needs_meaning(knows.answers(STORY, at), STORY)
    asked, *told = knows.compared_texts(STORY, at)
    assert (asked, told) == (
        "Cuál de las sesiones trata de eso?",
        ["Traen títulos de enfermera y aquí no se los reconocen."],
    )
    near = (Near("objective:18", 0.8), Near("objective:6", 0.1))
    (found,) = knows.answers(STORY, replace(at, near=(Near("ask:which-session", 0.9),), near_parts=((told[0], near),)))
    assert (found.ids, found.query.criteria.kind) == (("1",), "session")


def test_the_careful_text_stands_before_the_session_of_a_story(grader: Grader) -> None:
    words = "A mi hermana la engañaron con un trabajo y ahora no la dejan salir ni le pagan. ¿Qué sesión habla de eso?"
    at = grader.situation()
    near_parts = ((words, (Near("objective:10", 0.9),)),)
    found = grader.answering.answers(words, replace(at, near=(Near("ask:which-session", 0.5),), near_parts=near_parts))
    assert found[0].topic in {"personal_case", "emergency"}


def test_a_wish_by_its_own_words_gives_way_to_no_likely_entry(grader: Grader) -> None:
    words = "Se me pasan las cosas con tanto trabajo, ¿podrían recordarme cada sesión?"
    (found,) = ask(grader, words, Near("faq:session-themes", 0.62), Near("faq:reminders", 0.28))
    assert found.topic == "reminders"


def test_nothing_near_is_silence() -> None:
    assert choose_band(()) == Band()
