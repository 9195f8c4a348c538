"""How long it is until a session begins or ends, how long all of it takes, and which sessions are over."""

from datetime import datetime

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import NOON, Grader

NEAR: list[tuple[Language, str, list[str]]] = [
    ("es", "¿cuánto falta para que empiece?", ["Días hasta la sesión 1: 2.", "Horas hasta que empieza: 50."]),
    ("pt", "quantas horas faltam pra sessão 1?", ["Dias até a sessão 1: 2.", "Horas até o início: 50."]),
    ("en", "how many hours until session 1?", ["Days until session 1: 2.", "Hours until it begins: 50."]),
    ("fr", "combien d'heures avant la session 1 ?", [
        "Jours jusqu’à la session 1\u00a0: 2.", "Heures jusqu’au début\u00a0: 50.",
    ]),
    ("es", "¿cuántos días faltan para la 3?", ["Días hasta la sesión 3: 15."]),
    ("en", "how many days between session 3 and the last one?", ["From session 3 to session 4: 7 days."]),
    ("es", "¿cuántos días hay entre la 3 y la última?", ["De la sesión 3 a la sesión 4: 7 días."]),
]  # fmt: skip
GOES_ON: list[tuple[Language, str, str, str]] = [
    ("es", "¿cuántos días faltan para la 1?", "¿y para la última?", "Días hasta la sesión 4: 22."),
    ("pt", "quantos dias faltam pra sessão 1?", "e pra última?", "Dias até a sessão 4: 22."),
    ("en", "how many days left until session 1?", "and until the last?", "Days until session 4: 22."),
    ("fr", "combien de jours avant la session 1 ?", "et avant la dernière ?", "Jours jusqu’à la session 4\u00a0: 22."),
    ("es", "sesión 3", "¿cuánto falta?", "Días hasta la sesión 3: 15."),
]
WHOLE: list[tuple[Language, str, str]] = [
    ("es", "la duración total del ciclo", "De la sesión 1 a la sesión 4: 20 días."),
    ("pt", "quantas semanas dura tudo?", "Da sessão 1 à sessão 4: 20 dias."),
    ("en", "how many weeks does it all last?", "From session 1 to session 4: 20 days."),
    ("fr", "la durée totale du cycle", "De la session 1 à la session 4\u00a0: 20 jours."),
]
# Sessions 1 and 2 begin at two o'clock in Argentina and end at half past three.
NOW: list[tuple[str, Language, str, str]] = [
    ("2024-10-23T14:20", "es", "¿cuánto falta para que termine?", "Minutos hasta que termina la sesión 1: 70."),
    ("2024-10-23T14:20", "es", "¿cuánto le queda?", "Minutos hasta que termina la sesión 1: 70."),
    ("2024-10-23T14:20", "pt", "quanto falta pra acabar?", "Minutos até o fim da sessão 1: 70."),
    ("2024-10-23T14:20", "en", "how long till it's over?", "Minutes until session 1 ends: 70."),
    ("2024-10-23T14:20", "en", "how much longer does it go on", "Minutes until session 1 ends: 70."),
    ("2024-10-23T14:20", "fr", "ça finit dans combien de temps ?", "Minutes jusqu’à la fin de la session 1\u00a0: 70."),
    ("2024-10-23T14:20", "fr", "il reste combien de temps", "Minutes jusqu’à la fin de la session 1\u00a0: 70."),
    ("2024-10-23T13:50", "es", "¿en cuánto empieza?", "Minutos hasta que empieza: 10."),
    ("2024-10-23T13:50", "pt", "falta quanto pra começar", "Minutos até o início: 10."),
    ("2024-10-23T13:50", "en", "how many minutes till it starts", "Minutes until it begins: 10."),
    ("2024-10-23T13:50", "fr", "ça commence dans combien de minutes", "Minutes jusqu’au début\u00a0: 10."),
    ("2024-10-29T09:00", "es", "¿cuántas horas faltan?", "Horas hasta que empieza: 5."),
    ("2024-10-29T09:00", "pt", "quantas horas faltam", "Horas até o início: 5."),
    ("2024-10-29T09:00", "en", "how many hours to go", "Hours until it begins: 5."),
    ("2024-10-29T09:00", "fr", "dans combien d'heures", "Heures jusqu’au début\u00a0: 5."),
]
# After session 3.
OVER: list[tuple[Language, str, str]] = [
    ("es", "¿cuáles ya pasaron?", "Son 3 sesiones: 1, 2 y 3."),
    ("es", "qué sesiones me perdí", "Son 3 sesiones: 1, 2 y 3."),
    ("es", "¿qué me perdí hasta ahora?", "Son 3 sesiones: 1, 2 y 3."),
    ("es", "cuántas van", "Son 3 sesiones: 1, 2 y 3."),
    ("pt", "quais eu já perdi?", "São 3 sessões: 1, 2 e 3."),
    ("pt", "quantas já foram", "São 3 sessões: 1, 2 e 3."),
    ("en", "which ones have I missed so far", "3 sessions: 1, 2 and 3."),
    ("en", "how many are done", "3 sessions: 1, 2 and 3."),
    ("en", "have there been any yet?", "Yes. Session 3,"),
    ("fr", "lesquelles j’ai ratées ?", "3 sessions\u00a0: 1, 2 et 3."),
    ("fr", "combien ont déjà eu lieu", "3 sessions\u00a0: 1, 2 et 3."),
]
BEFORE, DURING, LATER_THAT_DAY, TWO_DAYS_LATER, AFTERWARDS = (
    "2024-10-22T12:00", "2024-10-23T14:20", "2024-10-23T15:35", "2024-10-25T10:00", "2024-11-13T10:00",
)  # fmt: skip
# In between it is of the session that began today, else of the cycle.
IS_IT_OVER = {
    "es": ["¿se acabó?", "¿ya acabó?"],
    "pt": ["acabou tudo?", "já acabou?"],
    "en": ["is it over?", "is it all over?"],
    "fr": ["c’est fini ?", "c’est terminé ?"],
}


def lines(grader: Grader, language: Language, *words: str, now: datetime = NOON) -> list[str]:
    told = grader.text(grader.converse(language, *words, now=now))
    return [each.replace("\u202f", "\u00a0") for each in told.split("\n")]


@pytest.mark.parametrize(("language", "words", "told"), NEAR)
def test_days_until_a_session_and_hours_where_it_is_near(
    grader: Grader, language: Language, words: str, told: list[str]
) -> None:
    assert lines(grader, language, words)[: len(told) + 1] == [*told, ""]


@pytest.mark.parametrize(("language", "first", "then", "told"), GOES_ON)
def test_until_another_one(grader: Grader, language: Language, first: str, then: str, told: str) -> None:
    assert lines(grader, language, first, then)[0] == told


@pytest.mark.parametrize(("now", "language", "words", "told"), NOW)
def test_on_its_day_in_hours_and_minutes(grader: Grader, now: str, language: Language, words: str, told: str) -> None:
    assert lines(grader, language, words, now=datetime.fromisoformat(f"{now}-03:00"))[0] == told


@pytest.mark.parametrize(("language", "words", "told"), OVER)
def test_those_that_are_over(grader: Grader, language: Language, words: str, told: str) -> None:
    now = datetime.fromisoformat("2024-11-05T16:00-03:00")
    assert lines(grader, language, words, now=now)[0].startswith(told)


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_whether_it_is_over(grader: Grader, language: Language) -> None:
    yes, no = {"es": ("Sí.", "No."), "pt": ("Sim.", "Não."), "en": ("Yes.", "No."), "fr": ("Oui.", "Non.")}[language]
    moments = {BEFORE: no, DURING: no, LATER_THAT_DAY: yes, TWO_DAYS_LATER: no, AFTERWARDS: yes}
    for words in IS_IT_OVER[language]:
        told = {
            now: lines(grader, language, words, now=datetime.fromisoformat(f"{now}-03:00"))[0].split()[0]
            for now in moments
        }
        assert told == moments, words


MOVED_OR_OFF: list[tuple[Language, str]] = [
    ("es", "¿la 3 se movió o se canceló?"),
    ("pt", "a 3 foi adiada ou cancelada?"),
    ("en", "was session 3 moved or cancelled?"),
    ("fr", "la 3 est reportée ou annulée ?"),
]


@pytest.mark.parametrize(("language", "words"), MOVED_OR_OFF)
def test_moved_or_called_off_claims_neither(grader: Grader, language: Language, words: str) -> None:
    assert not lines(grader, language, words)[0].startswith(("No.", "Não.", "Non."))


@pytest.mark.parametrize(("language", "words", "told"), WHOLE)
def test_all_of_it_from_the_first_to_the_last(grader: Grader, language: Language, words: str, told: str) -> None:
    assert told in lines(grader, language, words)
