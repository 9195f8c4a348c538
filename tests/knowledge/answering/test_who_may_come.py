"""Whether somebody may come, has to register, or hears the sessions in their language; and whether it is in person."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader

Talk = tuple[str, ...]
BEGINS: list[tuple[Language, Talk, str]] = [
    ("en", ("im just a student can i come",), "Anyone: it is open"),
    ("en", ("I'm a teacher, can I join?",), "Anyone: it is open"),
    ("es", ("quién participa", "puede ir mi hija de 15 años"), "Cualquier persona: está abierto"),
    ("es", ("mi hijo de 16 años puede asistir?",), "Cualquier persona: está abierto"),
    ("pt", ("minha filha de 15 anos pode participar?",), "Qualquer pessoa: é aberto"),
    ("en", ("who takes part", "can my 15 year old daughter come"), "Anyone: it is open"),
    ("fr", ("ma fille de 15 ans peut venir ?",), "Tout le monde : c’est ouvert"),
    ("fr", ("je suis journaliste, je peux y assister ?",), "La note conceptuelle ne parle ni de la presse"),
    ("fr", ("je peux venir avec mon bébé",), "Je ne sais pas : la note conceptuelle"),
    # No session is asked for before another.
    ("es", ("puedo ir a la sesión 4 sin haber ido a las otras",), "La nota conceptual no fija reglas de asistencia"),
    ("pt", ("posso ir à sessão 3 sem ter ido à 1 e 2",), "A nota conceitual não fixa regras de presença"),
    ("en", ("can i join session 3 without having attended 1 and 2",), "The concept note sets no rules on attendance"),
    ("fr", ("puis-je venir à la session 3 sans avoir suivi les deux premières",), "La note conceptuelle ne fixe"),
    # Whether, and not how.
    ("es", ("¿hay que inscribirse?",), "La nota conceptual no pide inscribirse."),
    ("pt", ("preciso me inscrever?",), "A nota conceitual não pede inscrição."),
    ("en", ("do I need to register",), "The concept note does not ask anyone to register."),
    ("fr", ("faut-il s'inscrire ?",), "La note conceptuelle ne demande pas de s’inscrire."),
    ("es", ("¿cómo hay que inscribirse?",), "Aquí mismo, en este chat"),
    ("en", ("what do I have to do to register",), "Right here, in this chat"),
    # The languages of the sessions, and the bot's.
    ("en", ("in what language is it", "so no english?"), "The concept note does not say in which languages"),
    ("es", ("¿en qué idioma es la sesión?", "¿entonces no en inglés?"), "La nota conceptual no dice en qué idiomas"),
    ("pt", ("em que idioma são as sessões?", "e em inglês?"), "A nota conceitual não diz em que idiomas"),
    ("fr", ("en quelle langue sont les sessions ?", "et en anglais ?"), "La note conceptuelle ne dit pas dans quelles"),
    ("es", ("¿qué idiomas hablas?",), "Escribo en español"),
    ("pt", ("que idiomas você fala?",), "Escrevo em espanhol"),
    ("en", ("do you speak Portuguese?",), "I write in Spanish"),
    ("fr", ("parlez-vous espagnol ?",), "J’écris en espagnol"),
    # "In person" is no person, and a question with "or" is one.
    ("en", ("Is it in person or online?",), "The concept note does not say whether the sessions are online"),
    ("en", ("I want to talk to a human",), "I am a program: to talk to a person, tap “Ask the team”."),
    ("es", ("quiero hablar con una persona",), "Soy un programa: para hablar con una persona, toque"),
    ("pt", ("quero falar com uma pessoa",), "Sou um programa: para falar com uma pessoa, toque"),
    ("fr", ("parler à une personne",), "Je suis un programme : pour parler à une personne, touchez"),
    ("en", ("trafficking vs smuggling",), "They are two different things."),
    ("es", ("diferencia entre trata y tráfico",), "Son dos cosas distintas."),
    ("en", ("what's the refugee compact",), "They are two separate compacts of 2018"),
    ("es", ("cuál es la diferencia entre migrante y refugiado",), "Son dos pactos distintos de 2018"),
]  # fmt: skip
# What befell somebody close is told with care first; what they ask of the cycle is told as well.
STORIES: list[tuple[Language, str, str]] = [
    ("es", "mi hermano fue deportado, ¿hay alguna sesión sobre eso?", "se trata en la sesión 3"),
    ("pt", "meu primo foi deportado, tem uma sessão sobre isso?", "é tratado na sessão 3"),
    ("en", "My cousin was deported from the US, is there a session on that?", "is discussed in session 3"),
    ("fr", "mon cousin a été expulsé, y a-t-il une session là-dessus ?", "est abordé à la session 3"),
    ("en", "my mother died, please cancel my registration", "/myregistration"),
    ("es", "cancelen mi inscripción por favor, murió mi mamá", "/miinscripcion"),
    ("pt", "minha mãe morreu, cancelem a minha inscrição por favor", "/minhainscricao"),
    ("es", "mi hermano está detenido, ¿cómo me inscribo?", "/registrarme"),
    ("fr", "mon frère est en prison, comment je m'inscris ?", "/inscription"),
    ("es", "deportaron a mi primo, ¿van a grabar la sesión 3?", "no dice si las sesiones se grabarán"),
    ("en", "my brother was detained, where is the link for session 2", "link"),
]
# Words of danger in their everyday sense.
HARMLESS: list[tuple[Language, str, str]] = [
    ("fr", "mon fils est malade, enlevez-moi de la liste", "/moninscription"),
    ("fr", "ma collègue a perdu le lien, c’est quand la séance 2 ?", "29 octobre"),
    ("en", "my husband is stuck in traffic, what time does session 1 end?", "15:30"),
    ("en", "my friend lost her link, can you send the link of session 2", "link"),
    ("es", "mi hija se perdió la sesión 1, ¿hay grabación?", "no dice si las sesiones se grabarán"),
    ("pt", "minha amiga ficou presa no trânsito, a que horas termina a sessão 1?", "15:30"),
]


@pytest.mark.parametrize(("language", "talk", "begins"), BEGINS)
def test_it_is_answered(grader: Grader, language: Language, talk: Talk, begins: str) -> None:
    told = grader.text(grader.converse(language, *talk)).replace("\xa0", " ")
    assert told.startswith(begins)


@pytest.mark.parametrize(("language", "words", "said"), STORIES)
def test_what_is_asked_beside_what_befell_them(grader: Grader, language: Language, words: str, said: str) -> None:
    careful, session = grader.converse(language, words)
    assert careful.topic == "emergency"
    assert said in grader.text([session])


@pytest.mark.parametrize(("language", "words", "said"), HARMLESS)
def test_who_is_in_no_danger_is_only_answered(grader: Grader, language: Language, words: str, said: str) -> None:
    found = grader.converse(language, words)
    assert "emergency" not in {each.topic for each in found}
    assert said in grader.text(found)


@pytest.mark.parametrize("words", ["mi hermano fue deportado", "my brother was deported, what can I do about that?"])
def test_a_story_that_asks_for_no_session(grader: Grader, words: str) -> None:
    (careful,) = grader.converse("es", words)
    assert careful.topic == "emergency"
