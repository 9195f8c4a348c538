"""A place that somebody says is theirs: proposed at once, and through the whole talk the hours are those there."""

import pytest

from tests.support.world.people import World

TALKS: list[tuple[str, tuple[str, ...], str]] = [
    # "For me", also before they have taken the zone that was offered.
    ("es", ("vivo en Tijuana", "¿a qué hora es la última para mí?"), "En Tijuana, la sesión 4"),
    ("pt-br", ("moro em Porto Velho", "que horas seria a sessão de inclusão pra mim?"), "Em Porto Velho, a sessão 2"),
    ("en", ("I'm in Bridgetown", "what time is session 4 for me"), "In Bridgetown, session 4"),
    ("fr", ("j'habite à Miami", "la séance 1 à quelle heure pour moi ?"), "de Miami, la session 1"),
    # Where somebody writes from, or works.
    ("es", ("escribo desde Tegucigalpa", "¿a qué hora es la segunda?"), "En Tegucigalpa, la sesión 2"),
    ("es", ("trabajo en la cancillería en Asunción", "¿a qué hora es la 1 acá?"), "En Asunción, la sesión 1"),
    ("pt-br", ("sou de Manaus", "que horas é a sessão 3?"), "Em Manaus, a sessão 3"),
    ("en", ("I work for the ministry in Belmopan", "what time is session 2?"), "In Belmopan, session 2"),
    (
        "fr",
        ("nous sommes basés à Port-au-Prince", "la 4 à quelle heure chez nous ?"),
        "de Port-au-Prince, la session 4",
    ),
    # Also after thanks, other subjects and another question about a session.
    (
        "es",
        ("soy de Guatemala", "gracias", "cuántas sesiones hay", "a qué hora es la 1 acá"),
        "En Guatemala, la sesión 1",
    ),
    ("pt-br", ("Moro em Manaus", "obrigado", "quais são os temas?", "a segunda é que horas aqui?"), "Em Manaus, a"),
    (
        "fr",
        ("je suis à Port-au-Prince", "c'est quoi le PMM ?", "la 4 à quelle heure pour moi ?"),
        "de Port-au-Prince, la session 4",
    ),
    ("es", ("estoy en Cancún", "la sesión de datos qué día es", "¿y en mi horario?"), "En Cancún, la sesión 4"),
    ("pt-br", ("moro em Porto Velho", "quando é a segunda?", "aqui que horas é?"), "Em Porto Velho, a sessão 2"),
    (
        "en",
        ("I'm in Bridgetown", "what is session 4 about?", "at what time does it start here?"),
        "In Bridgetown, session 4",
    ),
    ("fr", ("je suis à Montréal", "la session 3 c'est quand ?", "et chez moi ?"), "de Montréal, la session 3"),
    # Nobody has to say "here".
    (
        "es",
        (
            "hola, escribo desde Lima",
            "para qué es este bot?",
            "cuales son las fechas?",
            "y la segunda a q hora empieza?",
        ),
        "En Lima, la sesión 2",
    ),
    (
        "en",
        ("we're in Port-au-Prince and the power is cut at 3pm", "session 1 starts here at?", "and ends?"),
        "In Port-au-Prince, session 1",
    ),
    ("pt-br", ("Tô em Lisboa fazendo mestrado", "a de inclusão cai a que horas?"), "Em Lisboa, a sessão 2"),
    (
        "fr",
        ("mettez-moi à l'heure de la Guadeloupe", "voilà. la première est à quelle heure ?"),
        "de la Guadeloupe, la",
    ),
    # What is claimed is checked there.
    (
        "pt-br",
        ("Bom dia, sou servidora em Rio Branco, no Acre", "a primeira é dia 23, né", "então aqui é ao meio-dia?"),
        "Sim. Em Rio Branco",
    ),
    (
        "fr",
        ("Je suis étudiante à Genève", "mardi 29 je suis libre après 17h30", "donc ça commence à 18h pour moi ?"),
        "Oui. À l’heure de Genève",
    ),
    ("es", ("quiero seguirlo desde Madrid", "entonces el 23 me toca a las 7 de la tarde, verdad?"), "Sí. En Madrid"),
    ("es", ("escribo desde Lima", "la sesión 2", "¿es hoy?"), "No. En Lima, la sesión 2"),
    # Told before a question, in the middle of a message, and after a session, which is still talked about.
    (
        "fr",
        ("bjr je suis à Port-au-Prince. c quand la 1ere", "merci", "et celle du 12, quelle heure ?"),
        "la session 4",
    ),
    (
        "en",
        ("is the 29th a monday?", "k. kid's in school till 1 here in Barbados", "so when is it?"),
        "In Barbados, sess",
    ),
    ("es", ("¿cuándo es la 2?", "estoy en lima x cierto", "a q hora me conecto entonces"), "En Lima, la sesión 2"),
    ("pt-br", ("quando é a sessão 4?", "moro em Manaus", "quais são as datas?"), "As sessões, no horário de Manaus"),
    # What is asked of a session beside its hours is told whole, with the hours there.
    ("es", ("escribo desde Lima", "¿de qué trata la 2?", "¿ya empezó?"), "12:00 a 13:30, hora de Lima"),
]


@pytest.mark.parametrize(("language", "talk", "told"), TALKS, ids=lambda value: value if len(value) == 2 else None)
async def test_hours_are_those_of_the_place_that_they_told(
    shared_world: World, language: str, talk: tuple[str, ...], told: str
) -> None:
    """It was forgotten with the next question, and not understood in most wordings."""
    person = shared_world.person("Ana", language=language)
    await person.says("/start")
    for words in talk:
        await person.says(words)
    assert person.heard(told), person.last


@pytest.mark.parametrize(
    ("language", "words"), [("es", "soy de derechos humanos"), ("fr", "je suis de la Croix-Rouge")]
)
async def test_what_is_no_place_proposes_none(shared_world: World, language: str, words: str) -> None:
    person = shared_world.person("Ana", language=language)
    await person.says("/start")
    await person.says(words)
    assert not any(label.startswith(("Sí, usar", "Oui, utiliser")) for label in person.buttons), person.buttons
