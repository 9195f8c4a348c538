"""What is only near to a question is told as the nearest; a question within a long message is found."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader


def heard(grader: Grader, language: Language, *messages: str) -> str:
    """What is said to the last of those messages, each after the one before."""
    return grader.text(grader.converse(language, *messages))


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("en", "my essay on climate change", "I do not know whether this is what you ask"),
        ("es", "¿me hacen la tarea sobre el cambio climático?", "No sé si es esto lo que pregunta"),
        ("fr", "y a-t-il une nourrice pour les enfants pendant les séances", "Je ne sais pas"),
    ],
)
def test_what_few_words_lead_to_is_told_as_the_nearest(
    grader: Grader, language: Language, words: str, first: str
) -> None:
    assert heard(grader, language, words).startswith(first)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "hay estacionamiento en el lugar"),
        ("pt", "tem creche no local?"),
        ("en", "is there parking at the venue"),
        ("fr", "je peux venir avec mon bébé"),
    ],
)
def test_services_of_a_venue_are_not_known(grader: Grader, language: Language, words: str) -> None:
    (answer,) = grader.ask(words, language=language)
    assert (answer.ids, answer.known) == (("logistics",), False)


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("fr", "combien de jours entre la session 3 et la 4", "De la session 3 à la session 4\u00a0: 7 jours."),
        ("es", "cuántos días faltan para la sesión de inclusión", "Días hasta la sesión 2: 8."),
        ("en", "how many hours is the whole thing in total", "The 4 sessions take 6 hours in total."),
        ("es", "cuantas semanas dura todo el ciclo", "De la sesión 1 a la sesión 4: 20 días."),
        ("pt", "quantas semanas dura o ciclo inteiro", "Da sessão 1 à sessão 4: 20 dias."),
    ],
)
def test_days_and_hours_are_counted(grader: Grader, language: Language, words: str, said: str) -> None:
    assert said in heard(grader, language, words)


@pytest.mark.parametrize(
    ("language", "words", "read"),
    [
        ("es", "en octubre ando de comisión, dígame qué sesiones caen en noviembre", "days=2024-11-01..2024-11-30)"),
        ("fr", "je suis enseignante à Jacmel, je voudrais juste savoir quel jour on parle de la traite", "area:trata"),
        ("en", "the pdf is in Spanish and I don't read Spanish, when is the one about governance", "day of session"),
        ("pt", "tem alguma na quarta?", "weekdays=2"),
        ("pt", "quais objetivos na segunda?", "numbers=2"),
        ("en", "London. First and second", "numbers=1+2) in Europe/London"),
        ("en", "Nairobi & Joburg for the 29th", "in Africa/Nairobi + Africa/Johannesburg"),
        ("en", "what time Pacific for the first one", "numbers=1) in America/Los_Angeles"),
        ("es", "¿el obj 7 y el 17 se ven el mismo día?", "day of session(subject=objective:7 objective:17) [same]"),
        ("fr", "Cayenne c'est pareil que Buenos Aires ?", "in America/Cayenne + America/Argentina/Buenos_Aires [same]"),
        ("en", "does the hour shift in New York because of daylight saving", "hour of session() in America/New_York"),
        ("pt", "quem vai falar pelo Brasil na sessão 2?", "entry panelist"),
        ("en", "was Operação Acolhida presented in session 2 as a good practice?", "entry practices-presented"),
        ("en", "I registered, not yet got any link", "entry link"),
        ("fr", "le jour où on parle des gens qui rentrent au pays, c’est lequel", "subject=area:retorno"),
        ("pt", "a prefeitura de Corumbá pediu pra ver que dia vai ser discutida a documentação", "subject=objective:4"),
        ("pt", "a primeira é numa quinta, né?", "weekdays=3"),
        (
            "fr",
            "moi je suis à Ouaga, la rencontre sur les données tombe quand et vers quelle heure",
            "Africa/Ouagadougou",
        ),
        ("fr", "laquelle a lieu la première semaine de novembre", "days=2024-11-01..2024-11-07"),
        ("en", "I changed my mind, I wanna attend session 3 as well", "register of session(numbers=3)"),
        ("en", "any good practice from Costa Rica about kids", "practices of practice("),
        ("en", "what is session 4 called and what time does it finish in Barbados", "topic of session(numbers=4)"),
        ("fr", "chui à Cayenne, la dernière est à quelle heure", "hour of session(order=last) in America/Cayenne"),
        ("fr", "mettez-moi un rappel la veille pour la 3", "remind of session(numbers=3)"),
    ],
)
def test_the_question_is_found(grader: Grader, language: Language, words: str, read: str) -> None:
    assert read in " | ".join(str(answer.query) for answer in grader.ask(words, language=language))


def test_others_beside_one_are_told_without_yes_or_no(grader: Grader) -> None:
    said = heard(grader, "pt", "a primeira cai na quarta e as outras tudo na terça, confere?")
    assert not said.startswith(("Sim", "Não"))


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        (
            "fr",
            "je voudrais juste savoir quel jour on parle du retour des déportés parce que mon frère a été expulsé",
            "5 novembre",
        ),
        (
            "es",
            "mi mamá perdió sus papeles... explícame la portabilidad de la seguridad social",
            "aportes",
        ),
    ],
)
def test_care_comes_first_and_the_question_is_answered(
    grader: Grader, language: Language, words: str, told: str
) -> None:
    first, *more = grader.ask(words, language=language)
    assert first.topic in {"personal_case", "emergency"}
    assert told in grader.text(more)


def test_a_question_goes_on_after_then_in_quebec(grader: Grader) -> None:
    said = heard(grader, "fr", "c'est quand la séance sur les données", "pis à Québec à quelle heure ?")
    assert "12:00" in said
    assert "23 octobre" not in said


def test_one_of_a_kind_is_meant_after_one_of_that_kind(grader: Grader) -> None:
    assert heard(grader, "en", "what is principle 4", "which one is about children").startswith("Principle 8")


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("es", "retorno y trata van juntos?", "Sí."),
        ("en", "my boss says the return one is on a Tuesday, true?", "Yes."),
        (
            "en",
            "I must talk about the asylum of my son on Tuesday, what do I do",
            "Ciclo cannot advise on personal cases",
        ),
        ("fr", "je dois parler de l'asile de mon fils mardi, j'ai peur", "Ciclo ne peut pas conseiller"),
        ("en", "do remittances and data go together?", "No."),
        ("es", "¿qué sesión está en curso ahora?", "Ahora no hay ninguna sesión."),
        ("pt", "em qual sessão a gente tá agora?", "Agora não há nenhuma sessão."),
    ],
)
def test_the_first_line_answers(grader: Grader, language: Language, words: str, first: str) -> None:
    assert heard(grader, language, words).startswith(first)


def test_a_count_goes_on_with_what_was_told(grader: Grader) -> None:
    assert "5 objetivos" in heard(grader, "pt", "que objetivos tem na sessão 1", "são quantos então?")
