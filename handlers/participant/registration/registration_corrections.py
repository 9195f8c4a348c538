"""Finds what corrects an earlier answer of the registration: "perdón, me llamo Ana Paz", or nearly the same again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from handlers.dialog import Step, StepContext
from handlers.participant.registration.registration_parsers import BEFORE_NAME, is_one_address
from knowledge.text.words import fold

# What people begin a correction with, up to the comma, colon or space behind it.
_BEGINNING = re.compile(
    r"\s*(?:\*+|(?:perd[oó]n(?:a|á|e|en)?|perd[aã]o|disculp(?:a|á|e|en)?|corrijo|correcci[oó]n|me equivoqu[eé]|err[eé]|"
    r"ups|oops|desculp(?:a|e|em)?|corrigindo|corre[cç][aã]o|me enganei|errei|sorry|correction|my mistake|pardon|"
    r"erreur|je corrige|d[eé]sol[eé]e?|excuse[zs]?[- ]moi|pardonne[zs]?[- ]moi)\s*[,.:;!–—-]+|"
    r"(?:(?:perd[oó]n|perd[aã]o|sorry|desculp[ae]?|pardon)[\s,]+)?(?:quise decir|quer[ií]a decir|mejor dicho|"
    r"quis dizer|quero dizer|i meant?|je voulais dire|je veux dire)\s*[,.:]*|"
    r"(?:no|não|nao|non)\s*[,.:;]\s*(?=(?:es|era|soy|me llamo|mi |é|era|sou|me chamo|meu |minha |it|i am|i'm|my |c.est|"
    r"je |mon )))\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LEAD_IN = re.compile(
    r"(?:es|era|soy de|soy|me llamo|mi nombre (?:completo )?es|mi (?:correo|e-?mail) es|trabajo en|é|sou d[eo]|sou|"
    r"me chamo|meu nome (?:completo )?é|(?:o )?meu e-?mail é|trabalho (?:em|n[oa])|it is|it's|i am from|i am|i'm|"
    r"my (?:full )?name is|my e-?mail(?: address)? is|i work in|c.est|je suis|je m.appelle|"
    r"mon nom (?:complet )?est|mon (?:adresse|e-?mail|courriel) est|je travaille (?:en|au|aux|à))\s+",
    re.IGNORECASE,
)
# What says by itself which answer is meant, with or without a word of apology: nobody's organization is "me llamo Ana".
_NAMES_ITS_STEP = {
    "name": re.compile(rf"(?:{BEFORE_NAME}|meu nome (?:completo )?é)\s", re.IGNORECASE),
    "email": re.compile(
        r"(?:mi (?:correo|e-?mail)|(?:o )?meu e-?mail|my e-?mail(?: address)?|mon (?:adresse|e-?mail|courriel))\s",
        re.IGNORECASE,
    ),
}
_NEARLY_THE_SAME = 80  # of 100
_WRITTEN = frozenset({"name", "organization", "email"})  # answers that are kept as they were written


@dataclass(frozen=True, slots=True)
class Correction:
    """An earlier step, and the answer to it that counts from now on."""

    step: Step
    value: Any


async def find_correction(scene: StepContext, step: Step, steps: Sequence[Step]) -> Correction | None:
    """Returns what the words correct; None where they are something else."""
    words, earlier = scene.turn.words.strip(), _answered_before(scene.answers, step, steps)
    if not earlier or "?" in words or "¿" in words:
        return None
    match = _BEGINNING.fullmatch(words)
    meant = match["rest"].strip() if match is not None else words
    if (named := _names_its_step(meant)) is not None and named != step.name:
        return await _first_that_fits(scene, [each for each in earlier if each.name == named], meant)
    if match is not None:
        return await _first_that_fits(scene, earlier, meant)
    if step.name != "email" and is_one_address(words):
        return await _first_that_fits(scene, [each for each in earlier if each.name == "email"], words)
    if _is_nearly(words, scene.answers.get(earlier[0].name), earlier[0].name):
        return await _first_that_fits(scene, earlier[:1], words)
    return None


def _answered_before(answers: Mapping[str, Any], step: Step, steps: Sequence[Step]) -> list[Step]:
    """Returns the answered steps before this one, the latest first."""
    before = steps[: [each.name for each in steps].index(step.name)]
    return [each for each in reversed(before) if each.name in answers]


def _names_its_step(words: str) -> str | None:
    return next((name for name, pattern in _NAMES_ITS_STEP.items() if pattern.match(words)), None)


def _is_nearly(words: str, before: object, name: str) -> bool:
    if name not in _WRITTEN or not isinstance(before, str) or not before or words == before:
        return False
    return fuzz.ratio(fold(words), fold(before)) >= _NEARLY_THE_SAME


async def _first_that_fits(scene: StepContext, steps: Sequence[Step], words: str) -> Correction | None:
    for each in steps:
        for part in dict.fromkeys((_LEAD_IN.sub("", words, count=1), words)):
            taken = await each.read(replace(scene, turn=replace(scene.turn, words=part)))
            if taken.is_plain:
                return Correction(each, taken.value)
    return None
