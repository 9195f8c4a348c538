"""What is claimed, left open, left out or corrected: "2 or 4?", "by 4", "not 2, I meant 3", "which one is it then?".

Each kind was answered wrongly to somebody who read the answers; in all four languages.
"""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader

# Language, what is said (each after the one before), and how a line near the top of the last answer begins.
LEFT_OPEN: list[tuple[Language, str, str]] = [
    ("en", "is remittances in session 2 or 4", "Objective 20 (Remittances) is discussed in session 2"),
    ("es", "¿remesas se ve en la 2 o en la 4?", "El objetivo 20 (Remesas) se trata en la sesión 2"),
    ("pt", "o tráfico de pessoas é na 3 ou na 4?", "O objetivo 10 (Erradicar o tráfico de pessoas) é tratado na"),
    ("fr", "la traite c'est la séance 2 ou 3 ?", "L’objectif 10 (Éradiquer la traite de personnes) est abordé"),
    ("en", "is session 2 on the 29th or the 30th?", "Session 2, “Inclusion”, is on Tuesday 29 October"),
    ("es", "¿la 3 es el 5 o el 6?", "La sesión 3, «Gobernanza de la migración"),
    ("pt", "a sessão 2 é dia 29 ou 30?", "A sessão 2, "),
    ("fr", "la séance 4 c'est le 12 ou le 13 ?", "La session 4, « Données"),
    ("en", "is session 2 about remittances or trafficking", "Session 2, “Inclusion”, is about:"),
    ("es", "¿la sesión 2 es sobre remesas o sobre trata?", "La sesión 2, «Inclusión», trata de:"),
    ("fr", "la 3 parle de retour ou de données ?", "La session 3, « Gouvernance de la migration"),
    ("pt", "a 1 é sobre trabalho ou sobre proteção?", "A sessão 1, “Motores da migração"),
    ("en", "is inclusion on Tuesday or Wednesday?", "Session 2, “Inclusion”, is on Tuesday 29 October"),
    ("en", "does session 2 or 3 have more objectives?", "Session 3 discusses 7 objectives"),
    ("es", "quién va primero, la 2 o la 3", "Primero es la sesión 2"),
    ("pt", "o que vem antes, dados ou inclusão?", "Primeiro vem a sessão 2"),
    ("fr", "qu'est-ce qui vient avant, la traite ou l'inclusion ?", "La session 2 vient en premier"),
    ("es", "qué viene antes, trata o remesas", "Primero es la sesión 2"),
    (
        "en",
        "is objective 5 in the first session or the 2nd",
        "Objective 5 (Regular pathways) is discussed in session 1",
    ),
    ("es", "¿el objetivo 5 va en la primera o en la segunda sesión?", "El objetivo 5 (Vías de migración regular) se"),
    ("pt", "o objetivo 21 é da segunda ou da terceira sessão?", "O objetivo 21 ("),
    ("fr", "l'objectif 5 est dans la première ou la deuxième séance", "L’objectif 5 (Filières de migration régulière)"),
]
ENDS: list[tuple[Language, str, str]] = [
    ("fr", "c'est vrai que tout finit le 5 novembre ?", "Non. La session 4"),
    ("es", "¿es cierto que el ciclo termina el 12 de noviembre?", "Sí. La sesión 4"),
    ("pt", "é verdade que tudo acaba em 5 de novembro?", "Não. A sessão 4"),
    ("en", "does it all end on 12 November?", "Yes. Session 4"),
    ("es", "¿las sesiones empiezan el 29 de octubre?", "No. La sesión 1"),
    ("fr", "le cycle commence le 29 octobre ?", "Non. La session 1"),
    ("pt", "o ciclo começa no dia 23 de outubro, certo?", "Sim. A sessão 1"),
    ("en", "so the sessions start on 23 October, right?", "Yes. Session 1"),
    ("es", "a las 2 y media de la tarde ya estará empezada en Argentina?", "Sí. "),
    ("fr", "à 14h30 en Argentine ça a déjà commencé ?", "Oui. "),
    ("en", "at 1:30 pm in Argentina will it have started?", "No. "),
    ("pt", "às 15h na Argentina já terá começado?", "Sim. "),
    ("en", "will session 2 be over by 3 pm in Argentina?", "No. "),
    ("fr", "la 2 sera terminée à 16h en Argentine ?", "Oui. "),
    ("fr", "la 2 se termine à 16h en Argentine ?", "Non. "),
    # What is at that time is no session: it has begun by then, and is not over.
    ("en", "does session 2 clash with 3 pm?", "Yes. Session 2"),
    ("en", "will session 4 overlap with my 4 pm call?", "No. Session 4"),
    ("es", "¿la sesión 2 se cruza con una reunión a las 3 de la tarde?", "Sí. La sesión 2"),
    ("es", "¿la 3 choca con algo a las 4 de la tarde?", "No. La sesión 3"),
    ("pt", "a sessão 2 bate com uma reunião às 15h?", "Sim. A sessão 2"),
    ("fr", "la séance 2 tombe en même temps qu'une réunion à 15h ?", "Oui. La session 2"),
    ("en", "so its all tuesdays yeah?", "No."),
    ("fr", "c'est tous des mardis, non ?", "Non."),
    ("en", "is it a full day thing", "No. They last the same: 90 minutes each."),
    ("es", "¿dura todo el día?", "No. Duran igual: 90 minutos cada una."),
    ("pt", "dura o dia inteiro?", "Não. Têm a mesma duração: 90 minutos cada uma."),
    ("fr", "ça prend toute la journée ?", "Non. Elles ont la même durée : 90 minutes chacune."),
    ("en", "is the governance one longer?", "They last the same"),
    ("es", "¿la de gobernanza es más larga?", "Duran igual"),
    ("pt", "a de governança é mais longa?", "Têm a mesma duração"),
    ("fr", "celle sur la gouvernance est plus longue ?", "Elles ont la même durée"),
    ("en", "is the hour the same for all of them in Geneva", "No. The sessions, in Geneva time"),
    ("fr", "l'heure est la même pour toutes à Genève ?", "Non. Les sessions, à l’heure de Genève"),
]
LEFT_OUT: list[tuple[Language, str, str]] = [
    ("es", "¿qué sesión no es martes?", "La sesión 1,"),
    ("en", "which session is not on a Tuesday", "Session 1,"),
    ("pt", "quais objetivos ficam fora das sessões 1 e 2", "Objetivos tratados em outras sessões (3 e 4)"),
    ("fr", "quels objectifs en dehors des séances 1 et 2 ?", "Objectifs traités dans d’autres sessions (3 et 4)"),
    ("en", "which objectives won't be discussed in october", "Objectives that other sessions discuss (3 and 4)"),
    ("es", "¿qué objetivos no se tratan en octubre?", "Objetivos que se tratan en otras sesiones (3 y 4)"),
    ("es", "¿qué objetivos no se tratan en la sesión 2?", "Objetivos que se tratan en otras sesiones (1, 3 y 4)"),
    ("pt", "quais objetivos não se tratam na sessão 2", "Objetivos tratados em outras sessões (1, 3 e 4)"),
    ("fr", "quels objectifs ne seront pas traités en octobre", "Objectifs traités dans d’autres sessions (3 et 4)"),
    ("en", "november schedule pls", "2 sessions: 3 and 4."),
    ("en", "sched for november?", "2 sessions: 3 and 4."),
    ("es", "programa de noviembre", "Son 2 sesiones: 3 y 4."),
    ("en", "I'm off 28 oct to 6 nov, which ones will I miss", "2 sessions: 2 and 3."),
    ("en", "im away 28 October till 2 November, what do i miss", "Session 2,"),
    ("en", "sessions between 28 october and 6 november", "2 sessions: 2 and 3."),
    ("es", "viajo del 28 de octubre al 6 de noviembre, ¿qué me pierdo?", "Son 2 sesiones: 2 y 3."),
    ("pt", "o que tem de 28 de outubro a 6 de novembro?", "São 2 sessões: 2 e 3."),
    ("fr", "je suis absent du 28 octobre au 6 novembre, je rate quoi", "2 sessions : 2 et 3."),
    ("en", "what do u do with my data", "What is needed to answer in your language"),
    ("es", "excepto la primera, ¿cuáles me faltan?", "Sesión 2."),
    ("es", "¿qué sesión no es en noviembre ni sobre inclusión?", "La sesión 1,"),
    ("pt", "qual sessão não é em novembro nem sobre inclusão", "A sessão 1,"),
    ("en", "which session is not in October and not about data", "Session 3,"),
    ("fr", "quelle session n'est pas en octobre et pas sur les données", "La session 3,"),
    ("pt", "tirando a primeira, quais faltam", "Sessão 2."),
    ("fr", "à part la première, lesquelles restent ?", "Session 2."),
    ("en", "apart from the first one, which are left?", "Session 2."),
    ("en", "are there any objectives left out of the cycle", "No. The cycle discusses 23 of the 23"),
    ("es", "¿se ven todos los objetivos del pacto en el ciclo?", "Sí. El ciclo trata 23 de los 23"),
    ("pt", "algum objetivo fica de fora do ciclo?", "Não. O ciclo trata de 23 dos 23"),
    ("fr", "est-ce que le cycle couvre tous les objectifs ?", "Oui. Le cycle aborde 23 des 23"),
    ("es", "¿cuál tiene menos?", "Más: 7, en la sesión 3. Menos: 5"),
    ("fr", "laquelle en a le moins ?", "Le plus : 7, à la session 3. Le moins : 5"),
    ("es", "¿qué más hay en la sesión de remesas?", "La sesión 2, «Inclusión», trata de:"),
    ("en", "what else is in the session on remittances", "Session 2, “Inclusion”, is about:"),
    ("pt", "o que mais tem na sessão de tráfico", "A sessão 3, “Governança"),
    ("en", "what time is the session the 12", "Session 4,"),
    ("en", "the november one", "2 sessions: 3 and 4."),
    ("es", "¿en la de datos hablan de cooperación?", "Sí. La sesión 4"),
    ("pt", "na de governança falam de remessas?", "Não. A sessão 3"),
    ("fr", "je travaille à la douane à Port-au-Prince, c'est quels jours les séances", "Les sessions, à l’heure de"),
    ("en", "how many objectives do the last two sessions have", "That is 12 objectives in all"),
    ("es", "¿hay algún principio sobre los niños? ¿cuál?", "Principio 8."),
    ("pt", "criança que fica sem certidão... qual objetivo é esse e em que dia vão falar dele?", "O objetivo 4 ("),
    ("en", "how many guiding principles are there and which one is on children", "The Compact has 10 guiding"),
    ("pt", "qual q tem mais objetivos", "Mais: 7, na sessão 3"),
    ("en", "how is objective 7 different from 13", "Objective 7."),
    ("es", "¿qué día es hoy?", "Son las 12:00 del lunes 21"),
    ("es", "no puedo entrar, el enlace no funciona", "No puedo ayudar con la conexión"),
    ("fr", "la session 2 c'est le mercredi 29 non ?", "Non. La session 2, « Inclusion », a lieu le mardi 29"),
    ("es", "la 2 es el martes 29, ¿no?", "Sí. La sesión 2"),
    ("en", "is session 4 on Monday 12 November?", "No. Session 4"),
    ("fr", "la session sur les données est avant ou après celle sur l'inclusion", "La session 2 vient en premier"),
    ("pt", "a de dados vem antes ou depois da de inclusão?", "Primeiro vem a sessão 2"),
    ("fr", "À part la session 3, quelles sessions ont lieu un mardi ?", "Session 2."),
    ("es", "aparte de la 2, ¿cuáles son en noviembre?", "Sesión 3."),
    ("fr", "à quelle heure finit la session 1, heure de Montréal", "À l’heure de Montréal, la session 1"),
    ("en", "john from the airport in nassau, what days are the sessions", "The sessions, in Nassau time"),
]
TALKS: list[tuple[Language, str, str, str]] = [
    ("en", "when is session 2", "no, not 2, session 3", "Session 3,"),
    ("es", "sesión 2", "no, la 2 no, la 3", "La sesión 3,"),
    ("fr", "séance 2", "non, pas la 2, la 4", "La session 4,"),
    ("pt", "sessão 1", "não, a 1 não, quis dizer a 2", "A sessão 2,"),
    ("en", "objective 6", "not 6, I meant 16", "Objective 16."),
    ("fr", "objectif 3", "non, pas le 3 mais le 13", "Objectif 13."),
    ("es", "sesión 2", "no, la 1 y la 2", "Sesión 1."),
    ("en", "whens the data one", "sorry i meant inclusion", "Session 2,"),
    ("en", "when is the one on return", "oops, inclusion I mean", "Session 2,"),
    ("es", "¿cuándo es la de datos?", "perdón, quise decir inclusión", "La sesión 2,"),
    ("pt", "quando é a de dados", "desculpa, quis dizer inclusão", "A sessão 2,"),
    ("fr", "c'est quand celle sur les données", "pardon, je voulais dire inclusion", "La session 2,"),
    ("en", "what time is the data one in Kingston", "and inclusion?", "In Kingston (Jamaica), session 2"),
    ("es", "¿cuánto dura la de datos?", "¿y remesas?", "La sesión 2 dura 90 minutos"),
    ("fr", "à quelle heure la 3 à Montréal", "et les données ?", "À l’heure de"),
    ("en", "when is session 2", "does that clash with 10 am?", "No. Session 2"),
    ("en", "is session 1 on tuesday", "when then", "Session 1,"),
    ("en", "so session 2 is on data", "which one is then", "Session 4,"),
    ("es", "¿la 4 es sobre inclusión?", "¿cuál es entonces?", "La sesión 2,"),
    ("fr", "la 4 parle de la traite ?", "laquelle alors ?", "La session 3,"),
    ("pt", "a sessão 2 é sobre dados?", "qual é então", "A sessão 4,"),
    ("en", "session 2", "and then?", "Session 3,"),
    ("es", "¿de qué va la 4?", "¿y la anterior?", "La sesión 3, «Gobernanza de la migración, salvar vidas y"),
    ("pt", "tema da 2", "e da 4", "A sessão 4, “Dados, decisões baseadas em evidências"),
    ("fr", "de quoi parle la 1", "et la suivante", "La session 2, « Inclusion », porte sur"),
    ("en", "what's session 3 about", "and the one before", "Session 2, “Inclusion”, is about:"),
    ("en", "what's session 3 about", "when is the next one?", "Session 4,"),
    ("es", "¿la 2 es el 29?", "¿y la 3 el 6?", "No. La sesión 3"),
    ("en", "is session 2 on the 29th?", "and 3 on the 6th?", "No. Session 3"),
    ("pt", "a 2 é dia 29?", "e a 3 dia 5?", "Sim. A sessão 3"),
    ("fr", "la 2 est le 29 ?", "et la 4 le 12 ?", "Oui. La session 4"),
    ("fr", "le 23 y a une session ?", "et le 24", "Non, il n’y a pas de session ce jour-là (jeudi 24 octobre"),
    (
        "en",
        "is there a session on the 5th?",
        "and the 6th?",
        "No, there is no session on that day (Wednesday 6 November",
    ),
    ("en", "does session 3 cover trafficking?", "and remittances?", "No. Session 3"),
    ("es", "¿en la de datos se habla de vulnerabilidad?", "¿y de discriminación?", "Sí. La sesión 4"),
    ("fr", "dans la 1 on parle de travail ?", "et de discrimination ?", "Non. La session 1"),
    ("pt", "na de governança falam de tráfico?", "e de remessas?", "Não. A sessão 3"),
    (
        "es",
        "¿qué viene antes, trata o remesas?",
        "¿cuántos días entre las dos?",
        "De la sesión 2 a la sesión 3: 7 días",
    ),
    ("en", "is session 2 before session 1", "how many days apart", "From session 1 to session 2: 6 days"),
    ("fr", "quoi vient avant, la traite ou l'inclusion ?", "combien de jours entre les deux", "De la session 2 à la"),
    ("en", "what are the areas in session 2", "which objectives are in the first of them?", "The area Protection"),
    ("pt", "áreas da sessão 4", "quais objetivos tem a primeira delas?", "A área Dados"),
    ("es", "sesión 2", "día y hora", "La sesión 2,"),
    ("pt", "a 3 em Miami", "pq muda", "Se o seu lugar muda de horário"),
    ("en", "session 3 in Miami", "why is it different?", "If clocks change where you are"),
    ("en", "has it started yet", "how long till it starts", "Days until session 1: 2"),
    ("en", "session 2", "what else does it cover", "Session 2, “Inclusion”, is about:"),
    ("en", "session 2", "when is it over?", "Session 2,"),
    ("es", "¿la sesión 3 es el 5 de noviembre?", "¿entonces no es miércoles?", "No. La sesión 3"),
    ("pt", "a de inclusão é na terça?", "então não é na quarta", "Não. A sessão 2"),
    ("fr", "la session 2 est mardi ?", "donc ce n'est pas mercredi", "Non. La session 2"),
    ("en", "is session 2 on a Tuesday?", "so it isn't on Wednesday?", "No. Session 2"),
    ("es", "¿hay sesión sobre racismo?", "¿esa es la de inclusión?", "No. La sesión 4"),
    ("pt", "a sessão sobre fronteira é qual", "é a de dados?", "Não. A sessão 3"),
    ("en", "what's the next session", "is that the one on data", "No. Session 1"),
    ("fr", "la prochaine ?", "c'est celle sur le travail ?", "Oui. La session 1"),
    ("es", "¿cuándo hablan del cambio climático?", "¿cuál objetivo es ese?", "Objetivo 2."),
    ("pt", "fala de remessas em qual sessão", "qual é o objetivo", "Objetivo 20."),
    ("en", "detention in session 3?", "what objective is it", "Objective 13."),
    ("fr", "quelle session parle des frontières", "c'est quel objectif", "Objectif 11."),
    ("en", "which session is on remittances", "which objectives", "Session 2 discusses 6 objectives"),
    ("en", "session 3", "is it over by 7pm?", "Yes. Session 3"),
    ("fr", "j'ai pas reçu le rappel", "la session 3 peut être reportée ?", "La session 3"),
    ("es", "buenas prácticas de Chile", "aparte de la 2, ¿cuáles son en noviembre?", "Sesión 3."),
    ("es", "¿qué temas hay?", "dame más del segundo", "La sesión 2,"),
    ("pt", "quais os temas?", "fala mais do terceiro", "A sessão 3,"),
    ("es", "hora de la sesión 1 en Tijuana", "¿cuándo es la de datos?", "En Tijuana, la sesión 4"),
    ("fr", "heure de la séance 1 à Cayenne", "quand a lieu la dernière ?", "À l’heure de Cayenne, la session 4"),
    ("en", "session 3", "in ny", "In New York, session 3"),
    ("pt", "sessão 2", "em sp", "Em São Paulo, a sessão 2"),
]


@pytest.mark.parametrize(
    ("language", "turns", "begins"),
    [
        *((language, (asked,), begins) for language, asked, begins in (*LEFT_OPEN, *ENDS, *LEFT_OUT)),
        *((language, (first, then), begins) for language, first, then, begins in TALKS),
    ],
)
def test_what_is_claimed_left_open_or_corrected(
    grader: Grader, language: Language, turns: tuple[str, ...], begins: str
) -> None:
    told = grader.text(grader.converse(language, *turns)).split("\n")[:3]
    assert any(line.replace("\xa0", " ").startswith(begins) for line in told), told


@pytest.mark.parametrize(
    ("language", "asked", "first", "second"),
    [
        ("en", "session 3 is on trafficking and session 4 on data, correct?", "Yes. Session 3", "Yes. Session 4"),
        ("es", "la sesión 3 es sobre trata y la 4 sobre remesas, ¿cierto?", "Sí. La sesión 3", "No. La sesión 4"),
        ("pt", "a sessão 1 é no dia 23 e a 2 no dia 30, certo?", "Sim. A sessão 1", "Não. A sessão 2"),
        ("fr", "la séance 3 porte sur la traite et la 4 sur les données, c'est bien ça ?", "Oui. La", "Oui. La"),
    ],
)
def test_each_of_two_claims_is_checked(grader: Grader, language: Language, asked: str, first: str, second: str) -> None:
    told = [grader.text([each]) for each in grader.converse(language, asked)]
    assert [told[0].startswith(first), told[-1].startswith(second), len(told)] == [True, True, 2]


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("en", "difference between migrant and refugee", ["They are two separate compacts of 2018"]),
        (
            "es",
            "diferencia entre enfoque pansocial y pangubernamental",
            ["Enfoque pansocial", "Enfoque pangubernamental"],
        ),
        ("fr", "différence entre approche pansociale et pangouvernementale", ["Approche mobilisant l’ensemble"]),
        ("en", "what are the principles, just the names", ["The Compact has 10 guiding principles"]),
        ("es", "los principios, solo los nombres", ["El Pacto tiene 10 principios rectores"]),
        ("pt", "os princípios, só os nomes", ["O Pacto tem 10 princípios orientadores"]),
        ("fr", "les principes, juste les noms", ["Le Pacte a 10 principes directeurs"]),
    ],
)
def test_it_is_one_question(grader: Grader, language: Language, asked: str, told: list[str]) -> None:
    answers = grader.converse(language, asked)
    said = grader.text(answers)
    assert len(answers) == 1
    assert said.startswith(told[0])
    assert all(each in said for each in told)
