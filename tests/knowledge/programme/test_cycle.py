"""What the shipped pack says, and how the cycle is asked for it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from knowledge.loading.cycle_loader import load_cycle
from knowledge.programme.cycle import Cycle, NotInThisCycle
from locales.localized import LANGUAGES, Localized


@pytest.fixture(scope="module")
def cycle() -> Cycle:
    """The shipped cycle; the same for every question."""
    return load_cycle(Path(__file__).parents[3] / "knowledge" / "content" / "pmm-2024")


def test_each_objective_has_its_session_and_area(cycle: Cycle) -> None:
    assert cycle.session_of(20).number == 2
    assert cycle.area_of(20).name.fr == "Inclusion"
    assert cycle.session_of(10).title.en == "Migration governance, saving lives and sustainable reintegration"
    for objective in cycle.objectives:
        assert objective.number in cycle.session_of(objective.number).objectives


def test_sessions_are_known_in_utc(cycle: Cycle) -> None:
    starts = [session.starts_at for session in cycle.sessions]
    assert starts == [
        datetime(2024, month, day, 17, tzinfo=UTC) for month, day in ((10, 23), (10, 29), (11, 5), (11, 12))
    ]
    assert {session.ends_at - session.starts_at for session in cycle.sessions} == {
        starts[0].replace(hour=18, minute=30) - starts[0]
    }


def test_the_fourth_session_shows_its_title_corrected_and_keeps_the_note_s(cycle: Cycle) -> None:
    session = cycle.session(4)
    assert session.title.es == "Datos, decisiones basadas en evidencias y cooperación internacional"
    assert session.title_in_note.es == "Datos, decisiones basado en evidencias, y cooperación internacional"
    assert session.title.pt == session.title_in_note.pt


def test_practices_are_found_by_objective_by_country_and_by_id(cycle: Cycle) -> None:
    assert [practice.id for practice in cycle.practices_of(20)] == []
    assert [practice.id for practice in cycle.practices_of(19)] == ["mx-3x1"]
    assert [practice.id for practice in cycle.practices_in("TT")] == ["tt-capacitacion"]
    assert cycle.practices_in("JP") == ()
    assert cycle.practice("mx-3x1").caution is not None


def test_countries_come_in_the_order_of_their_names(cycle: Cycle) -> None:
    assert cycle.countries()[:4] == ("AR", "BZ", "BR", "CL")
    assert cycle.countries("en").index("DO") < cycle.countries("en").index("SV")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda cycle: cycle.session(5), "pmm-2024 has no session 5."),
        (lambda cycle: cycle.objective(0), "pmm-2024 has no objective 0."),
        (lambda cycle: cycle.session_of(24), "pmm-2024 has no objective 24."),
        (lambda cycle: cycle.area_of(24), "pmm-2024 has no objective 24."),
        (lambda cycle: cycle.practice("none"), "pmm-2024 has no practice 'none'."),
    ],
)
def test_what_the_cycle_does_not_have_is_named(cycle: Cycle, ask: Callable[[Cycle], object], said: str) -> None:
    with pytest.raises(NotInThisCycle) as caught:
        ask(cycle)
    assert str(caught.value) == said
    assert isinstance(caught.value, KeyError)


def test_a_link_that_may_not_open_is_not_offered(cycle: Cycle) -> None:
    assert [link.key for link in cycle.links if link.doubtful] == ["plan_de_trabajo"]
    assert "plan_de_trabajo" not in {link.key for link in cycle.open_links()}


def test_what_the_note_does_not_say_is_listed(cycle: Cycle) -> None:
    names = "link platform registration panelists moderators interpretation recordings programme contact format"
    assert {thing.key for thing in cycle.unknown} == set(names.split())


def test_practices_say_who_classified_them_and_where_they_come_from(cycle: Cycle) -> None:
    for practice in cycle.practices:
        assert practice.url is not None
        assert practice.url.startswith("http")
        assert practice.translated == ("pt", "en", "fr"), practice.id
        assert len(f"p:{practice.id}".encode()) <= 64
    assert sum(practice.objectives_from == "editorial" for practice in cycle.practices) == 25


def test_no_practice_is_said_to_be_presented_at_a_session(cycle: Cycle) -> None:
    shown = " ".join(text for practice in cycle.practices for text in asdict(practice.summary).values())
    assert not re.search(r"\bsesi[oó]n|\bsess(ão|ões|ion)", shown, re.IGNORECASE)


def test_french_is_set_as_the_french_set_it(cycle: Cycle) -> None:
    """No-break spaces before double signs and curved apostrophes, so that lines do not break before a colon."""
    for text in (each.fr for each in _texts(cycle)):
        assert not re.search(r"\w'\w| [;:?!»]|« ", text), text


def test_a_language_has_one_kind_of_quotation_marks(cycle: Cycle) -> None:
    others = {"es": "“”", "pt": "«»", "en": "«»", "fr": "“”"}
    for text, signs in ((each.in_(language), others[language]) for each in _texts(cycle) for language in LANGUAGES):
        assert set(signs).isdisjoint(text), text


def test_texts_are_tidy_in_every_language(cycle: Cycle) -> None:
    for text in (each.in_(language) for each in _texts(cycle) for language in LANGUAGES):
        assert not re.search(r"  |\n|^\s|\s$|\.\.", text), text


def test_summaries_and_definitions_are_whole_sentences(cycle: Cycle) -> None:
    sentences = [each.summary for each in cycle.objectives] + [each.summary for each in cycle.principles]
    sentences += [each.summary for each in cycle.practices] + [each.definition for each in cycle.terms]
    for text in (each.in_(language) for each in sentences for language in LANGUAGES):
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.endswith("."), text


def _texts(thing: object) -> Iterator[Localized]:
    if isinstance(thing, Localized):
        yield thing
    elif isinstance(thing, (tuple, list)):
        for part in thing:
            yield from _texts(part)
    elif isinstance(thing, (BaseModel, Cycle)):
        for part in vars(thing).values():
            yield from _texts(part)
