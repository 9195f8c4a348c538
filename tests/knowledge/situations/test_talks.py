"""What goes on with what was told: one of a list, "explain that one", another subject, a place said in passing."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader

SAYS: list[tuple[Language, tuple[str, ...], str]] = [
    # "That one" is what was told last, also after a correction.
    ("pt", ("fale do princípio 3", "não, o 4", "me explica esse"), "Princípio 4."),
    ("es", ("¿qué dice el principio 5?", "¿y el siguiente?", "explícame ese"), "Principio 6."),
    ("en", ("objective 7", "explain that to me please"), "Objective 7."),
    ("fr", ("le principe 2", "expliquez-moi celui-là"), "Principe 2."),
    ("es", ("¿cuándo es la sesión 2?", "explícame esa"), "La sesión 2, «Inclusión», trata de"),
    # A number that is claimed of the session that was told.
    ("es", ("¿cuándo ven el objetivo 18?", "entonces el 18 se ve ahí, ¿verdad?"), "Sí. El objetivo 18"),
    ("en", ("session 2", "so 18 is covered there, right?"), "No. Objective 18"),
    ("pt", ("sessão 1", "então o 18 é tratado nela, certo?"), "Sim. O objetivo 18"),
    ("fr", ("session 2", "donc le 18 y est abordé, c'est ça ?"), "Non. L’objectif 18"),
    # One of a list of practices is asked more; the list is still talked about.
    ("es", ("buenas prácticas de Colombia", "la segunda", "¿desde cuándo?"), "Registro Único"),
    ("es", ("buenas prácticas de Colombia", "la segunda", "¿desde cuándo?", "¿y la primera?"), "Estatuto Temporal"),
    ("pt", ("práticas da Colômbia", "a terceira", "tem link?"), "Registro Único"),
    ("fr", ("quelles pratiques au Brésil ?", "celle qui certifie les villes, depuis quand ?"), "MigraCidades"),
    ("en", ("practices in Mexico", "the one for children", "which objective?"), "Recepción y acogida"),
    ("es", ("¿qué es Sello Migrante?", "¿y otra de ahí?"), "Buenas prácticas: Chile"),
    ("en", ("tell me about MigraCidades", "another one?"), "Good practices: Brazil"),
    ("en", ("tell me about R4V", "will it be presented?"), "I do not know yet: the concept note does not say which"),
    ("es", ("háblame de R4V", "¿eso lo van a presentar?"), "Todavía no lo sé: la nota conceptual no dice qué"),
    # Another subject.
    ("es", ("sello migrante", "otra cosa: ¿cuándo es la 2?"), "La sesión 2,"),
    ("pt", ("sello migrante", "outra coisa, quando é a 2?"), "A sessão 2,"),
    ("en", ("tell me about R4V", "ok thanks. Another thing: when is session 2?"), "Session 2,"),
    ("fr", ("R4V", "merci, autre chose : la 3 est quand ?"), "La session 3,"),
    ("fr", ("de quoi parle la séance 4 ?", "sera-t-elle enregistrée ?"), "La note conceptuelle ne dit pas si les sess"),
    # Where somebody will be, or connects from.
    (
        "en",
        ("when is session 3?", "I'm dialling in from London. At what time?"),
        "In London (United Kingdom), session 3",
    ),
    ("es", ("¿cuándo es la sesión 3?", "estaré en Madrid, ¿a qué hora sería?"), "En Madrid (España), la sesión 3"),
    ("fr", ("quand est la session 3 ?", "je serai à Genève, à quelle heure ?"), "À l’heure de Genève, la session 3"),
    # Another of the same country; the one of them; the last of all; an order with "guiding".
    ("es", ("qué es el ETPV de Colombia?", "tenés otra práctica de ese país?"), "Buenas prácticas: Colombia"),
    ("pt", ("Me fala da Operação Acolhida", "tem outra prática do mesmo país?"), "Boas práticas: Brasil"),
    ("en", ("tell me about Sello Migrante", "what about a different one from there?"), "Good practices: Chile"),
    ("es", ("cuál es el principio sobre género?", "y el de la niñez qué busca"), "Principio 8."),
    ("pt", ("quantos princípios tem o Pacto?", "Qual é o último?"), "Princípio 10."),
    ("en", ("What is the eighth guiding principle?", "and the ninth?"), "Principle 9."),
    ("es", ("cuándo es la sesión de inclusión?", "Buenísimo. y de qué objetivos se ocupa esa?"), "La sesión 2 trata 6"),
    ("pt", ("a CORETT é o quê?", "Quantos países fazem parte dela?"), "Coalición Regional"),
    ("es", ("soy de la municipalidad de San José, busco prácticas de Costa Rica",), "Buenas prácticas: Costa Rica"),
    ("es", ("Carmen de la Legua", "¿hay prácticas para los hijos de quienes cogen café?"), "Casas de la Alegría"),
    # The same of another; an hour that is claimed goes on in the place of which it was asked.
    ("fr", ("Quelle heure à La Havane pour la 1", "pareil pour la 4 alors ?"), "À l’heure de La Havane, la session 4"),
    ("pt", ("que horas é a 1 em Luanda?", "e o mesmo pra 3?"), "Em Luanda, a sessão 3"),
    ("es", ("¿a qué hora es la 1 en Lima?", "lo mismo para la 3"), "En Lima, la sesión 3"),
    ("en", ("first session, Nassau time please", "still 1pm for the third?"), "No. In Nassau, session 3"),
    ("en", ("first session, Nassau time please", "still 12pm for the third?"), "Yes. In Nassau, session 3"),
    # After an aside, the next one is counted from the session that was told.
    ("fr", ("la prochaine séance ?", "sera-t-elle enregistrée ?", "et celle d'après ?"), "La session 2,"),
    ("es", ("¿cuál es la próxima?", "¿se graba?", "¿y la siguiente?"), "La sesión 2,"),
    # Names, and how often, of what was told; the one of a list, with what is asked of it.
    ("es", ("quiénes moderan las sesiones?", "me podés pasar los nombres?"), "Miembros de la Red Regional"),
    ("en", ("who moderates?", "could you give me their names"), "Members of the Regional United Nations Network"),
    ("es", ("¿qué es el FEMI?", "y cada cuánto se hace"), "Foro de Examen"),
    ("fr", ("c'est quoi le FEMI ?", "tous les combien ?"), "Forum d’examen"),
    ("pt", ("práticas da Colômbia", "a do registro de trabalhadores estrangeiros é de que ano?"), "Registro Único"),
    ("fr", ("pratiques en Colombie", "celle du statut temporaire, de quelle année ?"), "Estatuto Temporal"),
    # What was claimed is corrected: the one that was meant.
    ("pt", ("o objetivo 9 é o do trabalho decente né?", "ah errei. qual é então?"), "Objetivo 6."),
    ("es", ("el objetivo 5 es el de remesas, ¿no?", "¿cuál es entonces?"), "Objetivo 20."),
    ("fr", ("l'objectif 3 c'est les transferts de fonds, non ?", "c'est lequel alors ?"), "Objectif 20."),
    # Whom one may turn to, after the careful text; and all else is answered.
    (
        "es",
        ("mi hermana iba por el Darién y no sabemos de ella", "con quién puedo hablar??"),
        "Ciclo no puede asesorar",
    ),
    ("pt", ("meu irmão foi detido na fronteira", "pra onde eu ligo?"), "O Ciclo não pode orientar"),
    ("en", ("my brother was detained at the border", "is there a phone number?"), "Ciclo cannot advise"),
    ("fr", ("mon frère a été arrêté à la frontière", "à qui je peux parler ?"), "Ciclo ne peut pas conseiller"),
    ("es", ("mi hermana iba por el Darién y no sabemos de ella", "¿cuándo es la sesión 2?"), "La sesión 2,"),
    ("en", ("my brother was detained at the border", "thanks"), "You are welcome"),
    # A practice on the objective that was told; which countries, which session, and at what hour there.
    ("fr", ("objectif 16", "une bonne pratique là-dessus ?"), "Bonnes pratiques de l’objectif 16"),
    ("es", ("objetivo 16", "¿qué es una buena práctica?"), "Es una experiencia ya aplicada"),
    ("es", ("objetivo 7", "y alguna práctica?", "de qué país es"), "Encontré estas buenas prácticas"),
    (
        "es",
        ("objetivo 7", "y alguna práctica?", "y en qué sesión lo ven?"),
        "El objetivo 7 (Reducir vulnerabilidades) se",
    ),
    (
        "pt",
        ("objetivo 20", "tem prática disso?", "e em qual sessão?"),
        "O objetivo 20 (Remessas) é tratado na sessão 2",
    ),
    # Shorter: what was told is told again; a courtesy asks nothing; "for me" is the session of their field.
    ("es", ("objetivo 7", "más corto porfa"), "Objetivo 7."),
    ("fr", ("le principe 4", "plus simple svp"), "Principe 4."),
    ("en", ("what's objective 3", "in plain english please"), "Objective 3."),
    ("en", ("session 4", "sounds good"), "You are welcome"),
    ("pt", ("trabalho com crianças", "qual sessão é pra mim?"), "A sessão 4,"),
    ("es", ("trabajo en remesas", "¿cuál sesión me sirve?"), "La sesión 2,"),
    ("en", ("sign me up for reminders",), "Use /reminders"),
    ("fr", ("je veux m'inscrire aux rappels",), "Avec /rappels"),
    # Somebody's own case ends no talk; what to do then is told by the careful text.
    ("es", ("objetivo 20", "mi hermana fue deportada ayer", "¿y cuándo tratan ese objetivo?"), "El objetivo 20"),
    ("en", ("objective 7", "in which session is that objective discussed?"), "Objective 7 (Reduce vulnerabilities) is"),
    ("fr", ("objectif 20", "dans quelle session parle-t-on de cet objectif ?"), "L’objectif 20 (Envois de fonds)"),
    ("pt", ("objetivo 5", "em que sessão vão ver esse objetivo?"), "O objetivo 5"),
    ("pt", ("meu irmão foi detido na fronteira", "o que eu faço agora?"), "O Ciclo não pode orientar"),
    # What is on another day, all the dates, and a place that is no place of theirs, after what was told.
    ("en", ("the third session is on 12 November, right?", "oh. so what's on the 12th?"), "Session 4,"),
    ("pt", ("a terceira é dia 12, né?", "então o que tem no dia 12?"), "A sessão 4,"),
    ("es", ("¿cuándo es la 4?", "¿cuáles son las fechas?"), "El ciclo tiene 4 sesiones"),
    ("fr", ("la 3 c'est quand ?", "et les dates ?"), "Le cycle compte 4 sessions"),
    ("en", ("what's a champion country?", "is Colombia one?"), "Champion country"),
    # No word of the message is told to be unread where it is the place's own, or orders something.
    ("en", ("when does it finish, Barbados time",), "The sessions, in Bridgetown time:"),
    ("fr", ("donne-moi les horaires",), "Le cycle compte 4 sessions"),
    # "En fait" asks for nothing that a country does.
    ("fr", ("la session 1 est à quelle heure à Santiago ?", "non pardon, je suis à Lima en fait"), "À l’heure de Lima"),
    # What they work on, and nothing else.
    ("es", ("trabajo en remesas",), "El objetivo 20 (Remesas) se trata en la sesión 2"),
    ("en", ("we work on trafficking, thanks",), "Objective 10 (Eradicate trafficking) is discussed in session 3"),
    ("fr", ("je travaille sur la traite",), "L’objectif 10"),
]


@pytest.mark.parametrize(("language", "turns", "first_line"), SAYS)
def test_the_last_of_a_talk_is_answered(
    grader: Grader, language: Language, turns: tuple[str, ...], first_line: str
) -> None:
    _, heard = grader.heard(language, *turns)
    assert heard.startswith(first_line), heard
