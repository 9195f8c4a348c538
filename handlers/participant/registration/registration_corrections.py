"""Finds what corrects an earlier answer of the registration: "perdón, me llamo Ana Paz", or nearly the same again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from handlers.dialog import Step, StepContext
from handlers.participant.registration.registration_parsers import is_one_address
from knowledge.text.spelling import fold

# What people begin a correction with, up to the comma, colon or space behind it.
_BEGINNING = re.compile(
    r"\s*(?:\*+|(?:perd[oó]n(?:e|en)?|disculpe?n?|corrijo|correcci[oó]n|me equivoqu[eé]|err[eé]|ups|oops|desculpe?|"
    r"corrigindo|corre[cç][aã]o|me enganei|errei|sorry|correction|my mistake|pardon|erreur|je corrige|"
    r"d[eé]sol[eé]e?|excusez[- ]moi)\s*[,.:;!–—-]+|"
    r"(?:perd[oó]n[\s,]+|sorry[\s,]+|desculpe?[\s,]+|pardon[\s,]+)?(?:quise decir|quer[ií]a decir|mejor dicho|"
    r"quis dizer|quero dizer|i meant?|je voulais dire|je veux dire)\s*[,.:]*|"
    r"(?:no|não|nao|non)\s*[,.:;]\s*(?=(?:es|era|soy|me llamo|mi |é|era|sou|me chamo|meu |minha |it|i am|i'm|my |c.est|"
    r"je |mon )))\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LEAD_IN = re.compile(
    r"(?:es|era|soy de|soy|me llamo|mi nombre (?:completo )?es|mi correo es|trabajo en|é|sou d[eo]|sou|me chamo|"
    r"meu nome é|trabalho (?:em|n[oa])|it is|it's|i am from|i am|i'm|my name is|i work in|c.est|je suis|je m.appelle|"
    r"mon nom est|je travaille (?:en|au|aux|à))\s+",
    re.IGNORECASE,
)
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
    if (match := _BEGINNING.fullmatch(words)) is not None:
        return await _first_that_fits(scene, earlier, match["rest"].strip())
    if step.name != "email" and is_one_address(words):
        return await _first_that_fits(scene, [each for each in earlier if each.name == "email"], words)
    if _is_nearly(words, scene.answers.get(earlier[0].name), earlier[0].name):
        return await _first_that_fits(scene, earlier[:1], words)
    return None


def _answered_before(answers: Mapping[str, Any], step: Step, steps: Sequence[Step]) -> list[Step]:
    """Returns the answered steps before this one, the latest first."""
    before = steps[: [each.name for each in steps].index(step.name)]
    return [each for each in reversed(before) if each.name in answers]


def _is_nearly(words: str, before: object, name: str) -> bool:
    if name not in _WRITTEN or not isinstance(before, str) or not before or words == before:
        return False
    return fuzz.ratio(fold(words), fold(before)) >= _NEARLY_THE_SAME


async def _first_that_fits(scene: StepContext, steps: Sequence[Step], words: str) -> Correction | None:
    for each in steps:
        for part in dict.fromkeys((_LEAD_IN.sub("", words, count=1), words)):
            taken = await each.read(replace(scene, turn=replace(scene.turn, words=part)))
            if taken.problem is None and taken.page is None and taken.note is None and taken.value is not None:
                return Correction(each, taken.value)
    return None
