"""Practices of a country and on a subject, and what is asked of the one that was just told."""

import pytest

from locales.localized import Language
from tests.support.knowledge.grading import Grader

Talk = tuple[str, ...]
SAYS: list[tuple[Language, Talk, str]] = [
    # The country that is asked for comes first, and what is cut off is counted.
    ("es", ("buenas prácticas de México",), "Honduras-México (México, El Salvador, Guatemala y Honduras)"),
    ("es", ("buenas prácticas de Honduras",), "Migrantes (Honduras, Belice, Costa Rica y otros 5)"),
    ("pt", ("práticas da Nicarágua",), "(Nicarágua, Belize, Costa Rica e outros 5)"),
    ("en", ("good practices Costa Rica",), "(Costa Rica, Belize, El Salvador and 5 others)"),
    ("fr", ("bonnes pratiques du Honduras",), "(Honduras, Belize, Costa Rica et 5 autres)"),
    # Of a country that has none; and what goes on with it are still practices.
    ("es", ("buenas prácticas de Haití",), "No tengo ninguna práctica de Haití"),
    ("pt", ("boas práticas do haiti?",), "Não tenho nenhuma prática do Haiti"),
    ("en", ("good practices in Haiti",), "I have no practice from Haiti"),
    ("fr", ("bonnes pratiques en haiti",), "Je n’ai aucune pratique d’Haïti"),
    ("es", ("prácticas de ecuador", "y de chile"), "Buenas prácticas: Chile"),
    ("pt", ("tem prática do equador", "e do peru"), "Boas práticas: Peru"),
    ("en", ("practices of ecuador", "and of chile?"), "Good practices: Chile"),
    ("fr", ("pratiques de Cuba", "et du pérou ?"), "Bonnes pratiques : Pérou"),
    ("es", ("prácticas de puerto rico", "¿y regionales?"), "Migrantes de Venezuela (R4V)"),
    ("pt", ("práticas do haiti", "e as regionais?"), "Migrantes de Venezuela (R4V)"),
    ("en", ("practices from haiti", "and regional ones?"), "Migrantes de Venezuela (R4V)"),
    ("fr", ("pratiques de Cuba", "et régionales ?"), "Migrantes de Venezuela (R4V)"),
    # What is asked of the one that was told.
    ("en", ("practices in trinidad", "when was that"), "When: 2018"),
    ("en", ("practices in trinidad", "when was that", "which objective"), "Objectives, by its theme: 7 "),
    ("es", ("háblame del estatuto temporal", "¿de qué objetivo es?"), "Objetivos, según el Foro Mundial"),
    ("es", ("estatuto temporal", "de qué objetivo es", "y eso en qué sesión se ve"), "se trata en la sesión 4, en el"),
    ("pt", ("proceso de quito", "qual objetivo", "e sessão"), "é tratado na sessão 4, na área"),
    ("pt", ("operação acolhida", "e ela entra em qual objetivo"), "Objetivos, pelo tema: 4 "),
    ("fr", ("processus de quito", "quel objectif", "et session"), "est abordé à la session 4, dans le domaine"),
    ("es", ("qué es el sello migrante", "¿sigue vigente?"), "Cuándo: De 2015 al presente"),
    ("pt", ("o que é o migracidades", "ainda existe?"), "Quando: Desde 2019"),
    ("en", ("tell me about sello migrante", "is it still going?"), "When: 2015 to the present"),
    ("fr", ("migracidades", "ça existe toujours ?"), "Quand : Depuis 2019"),
    ("es", ("primero la niñez", "¿cuándo fue?"), "No sé de cuándo es"),
    ("en", ("sello migrante", "where can I read more"), "Source: Open the source"),
    ("es", ("sello migrante", "¿dónde leo más?"), "Fuente: Abrir la fuente"),
    ("pt", ("migracidades", "onde posso ler mais"), "Fonte: Abrir a fonte"),
    ("fr", ("sello migrante", "je peux lire plus où ?"), "Source : Ouvrir la source"),
    # A subject is kept when a country follows; a country gives way to the next one.
    ("en", ("practices on children", "in costa rica"), "Casas de la Alegría"),
    ("es", ("prácticas sobre niñez", "en costa rica", "dónde leo más"), "Casas de la Alegría"),
    ("en", ("practices of mexico", "and chile?"), "Sello Migrante (Chile)"),
    ("en", ("practices of mexico", "and chile?", "which one is about decent work"), "Where: Chile and Mexico"),
    # Of the subject that was told: an area's objectives, or the objective that deals with a word.
    ("es", ("objetivo de trabajo decente", "¿y hay prácticas de eso?"), "Programa de prácticas de contratación"),
    ("pt", ("objetivo do trabalho decente", "e tem práticas disso?"), "Programa de prácticas de contratación"),
    ("es", ("¿qué es la apatridia?", "¿hay prácticas de eso?"), "Buenas prácticas del objetivo 4"),
    ("pt", ("o que é apatridia", "tem prática disso"), "Boas práticas do objetivo 4"),
    ("en", ("what is statelessness", "any practices on that?"), "Good practices for objective 4"),
    ("fr", ("c'est quoi l'apatridie", "il y a des pratiques là-dessus ?"), "Bonnes pratiques de l’objectif 4"),
    # A subject that is an objective's has all of its practices.
    ("es", ("buenas prácticas sobre trata de personas",), "Trinidad y Tobago"),
    ("pt", ("boas práticas sobre tráfico de pessoas",), "Trinidad e Tobago"),
    ("fr", ("bonnes pratiques contre la traite",), "Trinité-et-Tobago"),
    ("en", ("practices on return in central america",), "(PIRE) (El Salvador)"),
]  # fmt: skip
SILENT: list[tuple[Language, Talk, str]] = [
    # A practice that is called by its name comes alone, and what is asked of the cycle is none of it.
    ("pt", ("a operação acolhida está entre as boas práticas?",), "Unidad de Integración"),
    ("en", ("sello migrante", "when is session 2?"), "2015 to the present"),
    ("es", ("sello migrante", "¿cuáles son los objetivos del pacto?"), "Sello Migrante"),
    ("es", ("sello migrante", "¿cuándo es la próxima sesión?"), "Sello Migrante"),
    ("fr", ("pratiques du Mexique", "et le Chili ?"), "Grupos Beta"),
]


@pytest.mark.parametrize(("language", "talk", "said"), SAYS)
def test_practices_are_told(grader: Grader, language: Language, talk: Talk, said: str) -> None:
    told = grader.text(grader.converse(language, *talk)).replace("\xa0", " ")
    assert said in told


@pytest.mark.parametrize(("language", "talk", "said"), SILENT)
def test_what_is_not_asked_is_not_told(grader: Grader, language: Language, talk: Talk, said: str) -> None:
    assert said not in grader.text(grader.converse(language, *talk))
