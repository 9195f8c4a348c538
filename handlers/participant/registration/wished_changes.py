"""Reads "change my e-mail to ana@casa.org": which answer of a registration is to change, and to what."""

import re
from dataclasses import dataclass

_FIELDS = {
    "name": r"nombre(?: completo)?|nome(?: completo)?|(?:full )?name|nom(?: complet)?",
    "organization": r"organizaci[oó]n|instituci[oó]n|organiza[cç][aã]o|institui[cç][aã]o|organi[sz]ation|institution",
    "sector": r"sector|setor|secteur",
    "country": r"pa[ií]s|country|pays",
    "email": r"(?:direcci[oó]n de |endere[cç]o de |adresse )?(?:correo(?: electr[oó]nico)?|e-?mail|mail|courriel)"
    r"(?: address)?",
    "sessions": r"sesiones|sess[oõ]es|sessions|s[eé]ances",
}
_ASKING = (
    r"(?:(?:quiero|quisiera|necesito|me gustar[ií]a|pued(?:o|e[sn]?)|posso|podr[ií]as?|por favor|quero|queria|"
    r"preciso|gostaria de|pode(?:ria)?|"
    r"i want to|i would like to|i.d like to|i need to|can you|could you|can i|please|je veux|je voudrais|"
    r"j.aimerais|pouvez[- ]vous|s.il vous pla[iî]t),?\s+)*"
)
_CHANGING = (
    r"(?:cambi(?:a|á|e|en|ar|arme)(?:me)?|corrig(?:e|í|ir|a|ez?)|corregir|corrija|corrige|actualiz(?:a|á|ar|e|en)|"
    r"modific(?:a|á|ar)|modifique|mud(?:a|e|ar)|tro(?:ca|que|car)|alter(?:a|e|ar)|atualiz(?:a|e|ar)|change|update|"
    r"correct|fix|changer|changez|modifi(?:er|ez|e)|corriger|remplace[rz]?)"
)
_WHOSE = r"(?:el |la |los |las |o |a |os |as |the |le |l.|les )?(?:mis? |meus? |minhas? |my |mon |ma |mes )?"
_TO = r"(?:\s*[:=]\s*|,?\s+(?:a|al|por|para|pra|to|into|en|par|pour|à|as)\s+)"
_PATTERNS = {
    field: re.compile(
        rf"\s*{_ASKING}{_CHANGING}\s+{_WHOSE}(?:{names})(?:{_TO}(?P<value>.+?))?[\s.!]*", re.IGNORECASE | re.DOTALL
    )
    for field, names in _FIELDS.items()
}


@dataclass(frozen=True, slots=True)
class WishedChange:
    """The answer that is to change, by its step's name, and the new one as typed; "" where it was not said."""

    field: str
    value: str


def read_wished_change(words: str) -> WishedChange | None:
    """Returns the change that these words wish for; None where they are something else."""
    asked = words.strip().removeprefix("¿").rstrip("? ")
    for field, pattern in _PATTERNS.items():
        if (match := pattern.fullmatch(asked)) is not None:
            return WishedChange(field, (match["value"] or "").strip())
    return None
