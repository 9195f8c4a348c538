"""Questions as most people type them, by words alone: counted, compared, left out, claimed, or beside a reason.

From two sets of four hundred ordinary questions, and each seen to fail first.
"""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader


@pytest.mark.parametrize(
    ("language", "words", "first_line"),
    [
        ("fr", "combien de seances ont lieu un mardi", "3 sessions"),
        ("pt", "quantas sessões acontecem numa terça", "São 3 sessões: 2, 3 e 4."),
        ("es", "cual de las cuatro trae menos objetivos", "Más: 7, en la sesión 3. Menos: 5, en las sesiones 1 y 4."),
        ("fr", "laquelle des quatre a le plus d'objectifs", "Le plus"),
        ("en", "number of objectives in the protection area?", "The area Protection, in session 2, has 3 objectives"),
        ("es", "en total cuantas horas son las cuatro sesiones? es pa pedir permiso", "Las 4 sesiones duran 6 horas"),
        ("en", "can u list the sessions in date order please", "The cycle has 4 sessions:"),
        ("fr", "vous pouvez me donner les seances dans l'ordre des dates", "Le cycle compte 4 sessions"),
        ("pt", "o q vem antes, a de remessas ou a de discriminacao", "Primeiro vem a sessão 2."),
        ("en", "do session 1 and session 4 have the same number of objectives", "Yes. Session 1 discusses 5"),
        ("fr", "la seance 1 et la seance 2 ont le meme nombre d'objectifs ?", "Non. La session 2 porte sur 6"),
        ("es", "cual es la primera que cae en martes?", "La sesión 2, «Inclusión»"),
        ("en", "how many hours is it all together", "The 4 sessions take 6 hours in total."),
        ("pt", "qual sessao nao e numa terça?", "A sessão 1,"),
        ("es", "¿la 3 no es en octubre?", "No. La sesión 3"),
        # From one number to another; what two sessions differ in.
        ("es", "objetivos del 5 al 8", "5. Vías de migración regular (sesión 1)"),
        ("pt", "o que dizem os objetivos do 9 ao 12", "9. Combater o contrabando de migrantes (sessão 3)"),
        ("en", "objectives from 5 to 8", "5. Regular pathways (session 1)"),
        ("fr", "les objectifs de 5 à 8", "5. Filières de migration régulière (session 1)"),
        ("es", "dame los tres primeros principios", "Principio 1."),
        ("es", "¿cuál es la diferencia entre la 2 y la 4?", "La sesión 2, «Inclusión», trata de"),
        ("pt", "qual a diferença entre a 2 e a 3?", "A sessão 2, “Inclusão”, trata de"),
        ("fr", "quelle est la différence entre la 1 et la 4 ?", "La session 1,"),
        # A word for an hour beside what is counted; for whom they are; a word that is not understood.
        ("es", "¿cuántos objetivos toca la sesión 3?", "La sesión 3 trata 7 objetivos"),
        ("pt", "objetivo n 8", "Objetivo 8. Salvar vidas"),
        ("es", "el 3 de los principios", "Principio 3."),
        ("pt", "Para quem são essas sessões? sou de uma associação, não do governo", "Qualquer pessoa"),
        ("es", "no entiendo la palabra pansocial, qué quiere decir", "Enfoque pansocial"),
        ("fr", "je ne comprends pas le mot apatridie", "Apatridie"),
        ("es", "me interesa desarrollo y reconocimiento de competencias, ¿a qué sesión voy?", "El objetivo 18"),
        # Which session somebody missed asks nothing where they go on; the answer began with "Yes" or "No".
        ("es", "me perdí la 1, ¿hay grabación?", "La nota conceptual no dice si las sesiones se grabarán"),
        ("pt", "perdi a 1, de que foi?", "A sessão 1, “Motores da migração e vias regulares”, trata de"),
        (
            "en",
            "I missed session 1, what was it about?",
            "Session 1, “Drivers of migration and regular pathways”, is about",
        ),
        ("fr", "j'ai raté la 1, est-ce qu'il y a un enregistrement ?", "La note conceptuelle ne dit pas si"),
        ("fr", "j'ai raté la 2 ?", "Non. La session 2"),
        # What a flyer says, or a colleague, is a claim.
        ("en", "the flyer says 29 oct, is that right", "Yes. Session 2,"),
        ("es", "el correo dice que es el 6 de noviembre", "No, ese día no hay sesión"),
        ("es", "en la página sale que la 2 es miércoles, ¿es correcto?", "No. La sesión 2,"),
        ("pt", "no cartaz diz dia 29, tá certo?", "Sim. A sessão 2,"),
        ("fr", "le mail dit que la 3 est mercredi, c’est juste ?", "Non. La session 3,"),
        ("en", "my colleague told me it’s on the 6th, true?", "No, there is no session on that day"),
        # "One" is no number there, and what they speak of is what is asked.
        ("es", "léeme los principios uno por uno", "El Pacto tiene 10 principios"),
        ("pt", "os princípios um por um", "O Pacto tem 10 princípios"),
        ("en", "read me the principles one by one", "The Compact has 10 guiding principles"),
        ("fr", "les objectifs un à un", "Le Pacte a 23 objectifs"),
        (
            "es",
            "quiero hablar de remesas, ¿en cuál toca y qué día?",
            "El objetivo 20 (Remesas) se trata en la sesión 2",
        ),
        ("es", "me interesa la trata, ¿en cuál va y cuándo?", "El objetivo 10 (Erradicar la trata de personas)"),
        ("es", "¿cuántos objetivos hay en trata?", "Objetivo 10. Erradicar la trata de personas"),
        ("es", "hay tres en noviembre, no?", "No. Son 2 sesiones: 3 y 4."),
        ("en", "last session, whats its title", "Session 4, “Data"),
        ("es", "¿la 1 y la 4 tienen la misma cantidad de objetivos?", "Sí. La sesión 1 trata 5 objetivos"),
        ("pt", "a 1 e a 2 têm a mesma quantidade de objetivos?", "Não. A sessão 2 trata de 6 objetivos"),
        ("es", "que va antes la de datos o la de remesas", "Primero es la sesión 2."),
    ],
)
def test_counted_and_compared(grader: Grader, language: Language, words: str, first_line: str) -> None:
    assert grader.heard(language, words)[1].startswith(first_line)


@pytest.mark.parametrize(
    ("language", "words", "told", "not_told"),
    [
        ("es", "que objetivos quedan fuera si solo voy a la 1, la 2 y la 3", "Sesión 4", "Sesión 2"),
        ("fr", "quels objectifs je rate si je viens seulement à la 1 et à la 2", "Session 3", "Session 1."),
        ("en", "if i only make it to sessions 1 and 3 what do i miss", "Session 2", "Session 3."),
        ("es", "si solo voy a la primera y a la ultima, cuales me pierdo?", "Sesión 3", "Sesión 4"),
        ("fr", "si je viens juste aux deux de novembre, je rate quoi", "Session 1", "Session 4"),
        ("pt", "so consigo ir na 1 e na 2, quais temas vou perder", "Sessão 3", "Sessão 2"),
        ("es", "solo voy a poder ir a las dos de octubre, que temas me pierdo", "Sesión 4", "Sesión 2"),
        ("es", "los objetivos de la de inclusión menos los de protección", "16, 19 y 20", "14"),
        ("fr", "les objectifs de la séance sur la gouvernance sauf ceux du retour", "sans Retour", "21."),
        ("es", "cuándo son la primera y la última", "Sesión 4", "Sesión 3"),
    ],
)
def test_left_out(grader: Grader, language: Language, words: str, told: str, not_told: str) -> None:
    said = grader.text(grader.ask(words, language=language))
    assert told in said
    assert not_told not in said


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("pt", "aqui em Luanda a última é às 18h?", "Sim."),
        ("fr", "ici à Dakar la dernière est à 16h ?", "Non."),
        ("en", "inclusion is on a thursday isnt it", "No."),
        ("es", "inclusión es un jueves verdad", "No. La sesión 2"),
        ("fr", "les données c'est le 12 ?", "Oui."),
        ("pt", "inclusão é às 18h em Lisboa?", "Não. Em Lisboa"),
        ("en", "is session 4 called saving lives?", "No."),
        ("es", "la 2 se llama inclusión?", "Sí."),
        ("es", "el objetivo 20 esta en la sesion de inclusion?", "Sí."),
        ("pt", "o objetivo 11 e da sessao de governança?", "Sim."),
        ("en", "is objective 20 in the session on governance?", "No."),
        ("es", "en Ginebra la de inclusión sería a las 19, ¿cierto? tengo que avisar a mi jefa", "No."),
        ("pt", "em Genebra a sessão de inclusão seria às 18h, certo? tenho de avisar a missão", "Sim."),
        ("en", "in Geneva the inclusion session is at 7 pm, right? i have to tell my boss", "No."),
        ("fr", "Séance 2, mardi 29, 18 h, heure de Bruxelles. Je valide ?", "Oui."),
        ("es", "¿la 3 es a la 1 de la tarde en México?", "No. En Ciudad de México, la sesión 3"),
    ],
)
def test_claimed(grader: Grader, language: Language, words: str, first: str) -> None:
    said = grader.text(grader.ask(words, language=language))
    assert said.startswith(first)
    assert not any(other in said for other in ("Sí:", "Sim:", "Yes:", "Oui :")), "one verdict"


def test_that_a_day_is_claimed_of_what_was_told(grader: Grader) -> None:
    assert grader.heard("pt", "que dia e a terceira", "isso e uma quarta?")[1].startswith("Não. A sessão 3")
    assert grader.heard("en", "which areas are in session 4", "how many are they?")[1].startswith(
        "Session 4 has 2 areas"
    )


@pytest.mark.parametrize(
    ("language", "words", "first_line"),
    [
        (
            "es",
            "Soy de la Cancillería de Honduras: ¿cuál es el título completo de la tercera sesión?",
            "La sesión 3, «Gob",
        ),
        ("es", "voy a la 2, ¿a qué hora es?", "La sesión 2, «Inclusión», es el martes 29"),
        ("en", "what time is session 2 in eastern time", "In New York (EDT), session 2 is on"),
        ("fr", "séance 4 heure de l'est", "À l’heure de New York (EST), la session 4"),
        ("en", "i have to tell my boss. what time is session 2?", "Session 2, “Inclusion”, is on"),
    ],
)
def test_who_asks_and_why_changes_nothing(grader: Grader, language: Language, words: str, first_line: str) -> None:
    assert grader.heard(language, words)[1].startswith(first_line)


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("es", "a mi esposo lo deportaron en marzo, que dia es la charla que habla de eso", "martes 5 de noviembre"),
        ("en", "my brother was trafficked, which day do you talk about that", "Tuesday 5 November"),
    ],
)
def test_the_careful_text_and_the_session_on_what_was_told(
    grader: Grader, language: Language, words: str, told: str
) -> None:
    careful, answer = grader.text(grader.ask(words, language=language)).split("\n\n", 1)
    assert "OIM" in careful or "IOM" in careful
    assert told in answer
    assert "29" not in answer


@pytest.mark.parametrize(
    ("language", "words", "read"),
    [
        ("pt", "desculpa incomodar, a última cai quando", "day of session(order=last)"),
        ("fr", "désolé de déranger, la toute dernière tombe quand", "day of session(order=last)"),
        ("en", "sorry to bother you. when is the last one?", "day of session(order=last)"),
        ("es", "este viernes se hace algo?", "card of session(days=2024-10-25) [yes/no]"),
        ("en", "mute session 3", "stop of session(numbers=3)"),
        ("es", "silencia la sesión 3", "stop of session(numbers=3)"),
        ("en", "what are the first three objectives?", "objectives of objective(numbers=1+2+3)"),
        ("fr", "les deux premières c'est quand", "day of session(numbers=1+2)"),
        ("en", "how long does session three last", "duration of session(numbers=3)"),
        ("en", "got anything from Trinidad?", "practices of practice(countries=TT)"),
        ("pt", "tem algo do Chile?", "practices of practice(countries=CL)"),
        (
            "es",
            "¿La última es después del 15 de noviembre?",
            "card of session(days=2024-11-16..2025-11-15, order=last)",
        ),
        ("en", "True that detention should only be a last resort under objective 13?", "card of objective(numbers=13)"),
        ("pt", "são cinco encontros ao todo, confere?", "card of session(count=5) [yes/no]"),
        (
            "en",
            "georgetown guyana, governance session, wha time?",
            "hour of session(subject=session:3) in America/Guyana",
        ),
        ("es", "¿el objetivo 24 es en la sesión 2?", "sessions of objective(numbers=24) [yes/no]"),
        ("en", "objective 30 is today?", "objectives of session(subject=objective:30, days=2024-10-21) [yes/no]"),
        ("es", "soy haitiana y vivo en Santiago, me cancelaron mi cita de la residencia, qué hago ahora", "personal"),
        ("pt", "sou haitiano em Santiago, meu agendamento da residência foi cancelado, o que faço agora", "personal"),
        ("en", "I'm Haitian in Santiago, my residency appointment was cancelled, what do I do now", "personal"),
        ("es", "el Pacto no obliga jurídicamente a los países que lo firmaron, ¿verdad?", "entry gcm-binding of"),
    ],
)
def test_nothing_else_is_read_into_it(grader: Grader, language: Language, words: str, read: str) -> None:
    assert grader.heard(language, words)[0].startswith(read)
    assert " | " not in grader.heard(language, words)[0]


@pytest.mark.parametrize(
    ("language", "turns", "first_line"),
    [
        ("en", ("Session 1 in Nassau", "is it the same hour for session 4?"), "No. The sessions, in Nassau time:"),
        (
            "en",
            ("what does objective 19 say?", "any example of that in the region?"),
            "Good practices for objective 19",
        ),
        ("en", ("what is session 2 about?", "and border management is in there too?"), "No. Session 2, “Inclusion”"),
        ("fr", ("qu'est-ce que MigraCidades ?", "depuis quand ça existe ?"), "MigraCidades: Aprimorando"),
        ("es", ("sesion 4 hora de ciudad de mexico", "y en ciudad juarez es a la misma hora?"), "No. En Ciudad Juárez"),
        ("pt", ("que horas é a sessão 4 em Manaus?", "opa falei errado, é em Macapá"), "Em Macapá, a sessão 4"),
        (
            "en",
            ("do you have practices from Peru?", "which objective does the Carmen de la Legua one fall under?"),
            "Carmen de La Legua",
        ),
    ],
)
def test_what_people_say_next(grader: Grader, language: Language, turns: tuple[str, ...], first_line: str) -> None:
    assert grader.heard(language, *turns)[1].startswith(first_line)
