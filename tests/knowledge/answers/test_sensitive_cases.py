"""Who tells of danger or of a case of their own is told whom to turn to; who asks about the subject is answered."""

import pytest

from tests.support.knowledge.grading import Grader

CAREFUL = {"personal_case", "emergency"}


@pytest.mark.parametrize(
    "words",
    [
        "mi hermano lleva tres días sin comunicarse en la frontera",
        "mi prima salió de Venezuela y no responde el teléfono desde el lunes",
        "no tengo noticias de mi marido desde que cruzó el Darién",
        "estamos en un camión y no nos dejan bajar",
        "una amiga está encerrada en una casa y no la dejan salir",
        "mi cuñado murió en el desierto, cómo traigo el cuerpo",
        "quiero volver a mi país y no tengo con qué",
        "no puedo regresar porque las pandillas me buscan",
        "me detuvieron en Texas, qué sesión me sirve",
        "¿Qué objetivo del Pacto ayuda a mi primo que está detenido?",
        "Mi hermano desapareció en el Darién. ¿Cuándo es la sesión 3? ¿Y cuál es el link?",
        "quiero saber cómo pedir asilo en Chile",
        "los guardias nos están pegando",
        "no quiero seguir viviendo",
        "mi amiga fue violada",
        "cuánto cuesta la visa americana",
        "me ofrecieron trabajo en otro país y ahora me piden pagar una deuda con sexo",
        "how long does asylum take in Mexico",
        "I don't feel safe here",
        "we crossed last night and have no food",
        "quanto custa o visto",
        "combien coûte le visa",
        "someone is following me",
        "they want to send me back to Honduras",
        "my friend is being held by smugglers",
        "I haven't heard from my cousin since he crossed the Darien",
        "we are stuck in the jungle without water",
        "the smugglers left us in the desert",
        "my son is in a detention center in Texas, which objective protects him?",
        "querem me mandar de volta para o Haiti",
        "fui agredida no abrigo",
        "meu vizinho bate na mulher dele e ela é imigrante",
        "minha irmã viajou com um coiote e o celular está desligado",
        "o que faço se me pegarem",
        "ils veulent me renvoyer en Haïti",
        "on m'a battue au refuge",
        "je n'ai nulle part où dormir",
        "ma cousine est exploitée par son employeur",
        "les passeurs nous ont laissés dans le désert",
        "j'ai fui mon pays et je ne peux pas rentrer",
    ],
)
def test_danger_and_cases_told_in_indirect_words_get_the_careful_answer(grader: Grader, words: str) -> None:
    answers = grader.ask(words)
    assert answers[0].topic in CAREFUL
    assert CAREFUL.isdisjoint({answer.topic for answer in answers[1:]})
    assert not answers[0].known
    assert ("team", "") not in answers[0].offers


@pytest.mark.parametrize(
    "words",
    [
        "migrantes desaparecidos",
        "mi esposa puede conectarse conmigo?",
        "estoy en el aeropuerto, ¿puedo conectarme desde el celular?",
        "quiero presentar el caso de mi país",
        "mi organización atiende a víctimas de violencia",
        "soy refugiada venezolana y quiero asistir",
        "I am a migrant, can I attend?",
        "me interesan los migrantes detenidos",
        "trabajo con víctimas de trata, ¿qué sesión me sirve?",
        "¿me dan los papeles de la reunión?",
        "necesito una constancia para mi trabajo",
        "estoy perdido, ¿de qué va esto?",
        "tengo una emergencia y no podré asistir, cancelen mi inscripción",
        "mi amigo quiere saber cuándo es la sesión sobre detención",
        "mi hermana quiere inscribirse en la sesión de fronteras",
        "¿qué pasa si alguien muere en el camino?",
        "I need information on border management",
        "I'm lost, what is this?",
        "I lost the link",
        "I am a lawyer, which session should I attend?",
        "send me back the link please",
        "people are dying in the desert, which objective is that?",
        "does my boss need to sign my registration?",
        "quero saber sobre tráfico de pessoas",
        "minha colega perdeu o link",
        "je veux des informations sur les migrants disparus",
        "mon ami veut s'inscrire",
    ],
)
def test_a_subject_or_a_wish_is_no_case(grader: Grader, words: str) -> None:
    assert not {answer.topic for answer in grader.ask(words)} & CAREFUL


@pytest.mark.parametrize(
    "words",
    [
        "a que hora es la sesion 2? ademas mi patron me tiene el pasaporte",
        "what time is session 2? also my boss took my passport",
    ],
)
def test_the_hour_asked_beside_danger_comes_after_the_careful_text(grader: Grader, words: str) -> None:
    first, *more = grader.ask(words)
    assert first.topic in CAREFUL
    assert [(answer.topic, answer.ids) for answer in more] == [("session", ("2",))]
