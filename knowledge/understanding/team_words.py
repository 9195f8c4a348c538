"""Reads what an organizer wishes in free words, in four languages: "mover la sesión 3 al 6/11 15:00". Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.text.spelling import fold

TeamWishKind = Literal["move", "call_off", "attendance", "summary", "link", "announce", "participants", "figures"]

_POLITE = r"(?:(?:hola|por favor|ola|hello|hi|please|bonjour|s il vous plait) )?"
_WANTS = (
    r"(?:(?:yo |eu |i |je |we |nous )?(?:quiero|queremos|quisiera|necesito|necesitamos|hay que|tengo que|tenemos que|"
    r"vamos a|puedes|puede|quero|queria|preciso|precisamos|tenho que|temos que|vamos|want to|would like to|d like to|"
    r"need to|have to|let us|can you|veux|voudrais|souhaite|dois|devons|il faut|peux tu|pouvez vous) )?"
)
_BEGINS = _POLITE + _WANTS
_MOVES = (
    r"(?:mover|mueve|mueva|muevan|cambiar|cambia|cambie|pasar|pasa|pase|postergar|aplazar|adelantar|reprogramar|"
    r"mudar|mude|adiar|adie|antecipar|remarcar|remarque|reagendar|move|change|reschedule|postpone|shift|"
    r"deplacer|deplacez|changer|changez|reporter|reportez|decaler|decalez)"
)
_CALLS_OFF = r"(?:suspender|suspende|suspenda|suspendan|anular|anula|call off|annuler|annulez|supprimer)"
_A_SESSION = r" (?:(?:la|a|the) )?(?:sesion|sessao|session|seance) (?:(?:n|no|numero|number) )?\d{1,2}"
_OF_A_SESSION = r"(?: (?:de|da|do|of|for|para|pour|a))?" + _A_SESSION
_ATTENDANCE = (
    r"(?:(?:abrir|abre|abra|ver|open|show|ouvrir|ouvrez|voir) )?(?:(?:la|a|the|l) )?"
    r"(?:palabra|palavra|word|mot|asistencia|presenca|attendance|presence|lista de asistencia|lista de presenca)"
)
_SUMMARY = r"(?:(?:ver|show|see|voir) )?(?:(?:el|o|the|le) )?(?:resumen|resumo|summary|resume)"
_LINK = (
    r"(?:(?:poner|agregar|anadir|cambiar|por|adicionar|colocar|mudar|set|add|change|mettre|ajouter|changer|este es|"
    r"aqui esta|here is|voici) )?(?:(?:el|o|the|le) )?(?:enlace|link|lien)"
)
_HEADS: dict[TeamWishKind, re.Pattern[str]] = {
    "move": re.compile(_BEGINS + _MOVES + _A_SESSION),
    "call_off": re.compile(_BEGINS + _CALLS_OFF + _A_SESSION),
    "attendance": re.compile(_BEGINS + _ATTENDANCE + _OF_A_SESSION),
    "summary": re.compile(_BEGINS + _SUMMARY + _OF_A_SESSION),
    "link": re.compile(_BEGINS + _LINK + _OF_A_SESSION),
}
_ADDRESS = re.compile(r"https?://\S+")
_SESSION_NUMBER = re.compile(
    r"\b(?:sesi[oó]n|sess[aã]o|session|s[eé]ance)\s++[^\d\s]*+\s*+(?P<number>\d{1,2})\b", re.IGNORECASE
)
# Between the session and its new time: no part of a time.
_BEFORE_A_TIME = re.compile(
    r"[\s:,.]*(?:(?:para|pra|al|ao|au|to|for|pour|until|hasta)\b\s*)?(?:(?:el|le|the)\b\s*)?", re.IGNORECASE
)
_ANNOUNCE = (
    r"(?:enviar|mandar|hacer|escribir|publicar|fazer|escrever|send|make|write|envoyer|faire|ecrire|publier)"
    r" (?:(?:una?|uma?|an?|une) )?(?:anuncio|aviso|comunicado|announcement|notice|annonce|avis)(?: .*)?"
)
_PARTICIPANTS = (
    r"(?:quien(?:es)?|quem|who|qui)(?: (?:ya|ja|has|have|is|s))*"
    r" (?:se (?:inscribio|inscribieron|registro|registraron|inscreveu|inscreveram)|esta[on]? inscrit[oa]s?|"
    r"registered|signed up|s est inscrite?|est inscrite?|sont inscrits)|"
    r"(?:lista de|list of|liste des) (?:inscrit[oa]s|participantes|participants|registrations)"
)
_FIGURES = (
    r"(?:cuant[oa]s|quant[oa]s|how many|combien de?)(?: (?:personas|pessoas|gente|people|personnes))?"
    r" (?:(?:se |ya |ja |hay |ha |estan |estao |are |have |sont )*(?:inscribieron|registraron|inscreveram|"
    r"inscrit[oae]s|inscripciones|inscricoes|registrations|inscriptions|registered|signed up))(?: .*)?"
)
_WHOLE: dict[TeamWishKind, re.Pattern[str]] = {
    "announce": re.compile(_BEGINS + _ANNOUNCE),
    "participants": re.compile(_PARTICIPANTS),
    "figures": re.compile(_FIGURES),
}


@dataclass(frozen=True, slots=True)
class TeamWish:
    """What is wished, of which session, and the words that follow it: its new time, as it was typed."""

    kind: TeamWishKind
    session: int | None = None
    rest: str = ""


def read_team_wish(words: str) -> TeamWish | None:
    """Returns the wish that a message is as a whole; None for a question or anything else."""
    if (named := _SESSION_NUMBER.search(words)) is not None:
        head = fold(words[: named.end()])
        for kind, pattern in _HEADS.items():
            if pattern.fullmatch(head):
                return _of_session(kind, int(named["number"]), words[named.end() :])
    folded = fold(words)
    kind_found = next((kind for kind, pattern in _WHOLE.items() if pattern.fullmatch(folded)), None)
    return TeamWish(kind_found) if kind_found else None


def _of_session(kind: TeamWishKind, number: int, rest: str) -> TeamWish | None:
    """Returns the wish for that session; None where words follow that are no part of it."""
    if kind == "link":  # without an address it is a question, also an organizer's
        address = _ADDRESS.search(rest)
        return TeamWish(kind, number, address[0]) if address is not None else None
    if kind in {"attendance", "summary"}:
        return None if fold(rest) else TeamWish(kind, number)
    return TeamWish(kind, number, _BEFORE_A_TIME.sub("", rest, count=1).strip())
