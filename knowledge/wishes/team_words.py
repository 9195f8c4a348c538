"""Reads what an organizer wishes in free words, in four languages: "mover la sesión 3 al 6/11 15:00". Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from knowledge.text.words import fold

TeamWishKind = Literal[
    "move", "call_off", "places", "details", "attendance", "summary",  # of one session
    "announce", "participants", "questions", "figures", "team",
]  # fmt: skip

_POLITE = r"(?:(?:hola|por favor|ola|hello|hi|please|bonjour|s il vous plait) )?"
_WANTS = (
    r"(?:(?:yo |eu |i |je |we |nous )?(?:quiero|queremos|quisiera|necesito|necesitamos|hay que|tengo que|tenemos que|"
    r"vamos a|puedes|puede|quero|queria|preciso|precisamos|tenho que|temos que|vamos|want to|would like to|d like to|"
    r"need to|have to|let us|can you|veux|voudrais|souhaite|dois|devons|il faut|peux tu|pouvez vous) )?"
)
_BEGINS = _POLITE + _WANTS
_THE = r"(?:(?:el|la|las|los|o|a|as|os|the|le|les|l|un|una|um|uma|an|une) )?"
_EARLIER = r"adelant(?:ar|a|e|en)|antecip(?:ar|a|e)|avancer|avancez|bring(?: it)? forward"
_IT = r"(?:la|lo)?"  # "adelantarla", "moverlo"
_MOVES = (
    rf"(?:{_EARLIER}|mover|mueve|mueva|muevan|cambiar|cambia|cambie|pasar|pasa|pase|postergar|posponer|aplazar|"
    r"retrasar|retrasa|retrase|atrasar|atrasa|atrase|reprogramar|mudar|mude|adiar|adie|remarcar|remarque|reagendar|"
    r"move|change|reschedule|postpone|shift|delay|"
    r"deplacer|deplacez|changer|changez|reporter|reportez|decaler|decalez)"
)
_CALLS_OFF = (
    r"(?:suspender|suspende|suspenda|suspendan|anular|anula|cancelar|cancela|cancele|call off|cancel|"
    r"annuler|annulez|supprimer)"
)
_SETS = (
    r"(?:poner|pon|agregar|agrega|anadir|cambiar|cambia|fijar|limitar|subir|adicionar|colocar|mudar|definir|enviar|"
    r"set|add|change|limit|upload|put|mettre|ajouter|changer|fixer|limiter)"
)
_PLACES = r"(?:cupos?|capacidad|lugares|plazas|capacidade|vagas|capacity|places|seats|capacite)"
_LINK = r"(?:enlace|link|lien)"
_DETAIL = (
    rf"(?:{_LINK}|plataforma|platform|plateforme|panelistas?|painelistas?|panell?ists?|speakers?|intervenante?s?|"
    r"material(?:es)?|materiais|materials|documentos?|documents?|grabacion|gravacao|recording|enregistrement)"
)
_ATTENDANCE = (
    rf"(?:(?:abrir|abre|abra|ver|open|show|ouvrir|ouvrez|voir) )?{_THE}"
    r"(?:palabra|palavra|word|mot|(?:lista de )?(?:asistencia|presenca)|attendance|presence)"
)
_SUMMARY = rf"(?:(?:ver|show|see|voir) )?{_THE}(?:resumen|resumo|summary|resume)"
_A_SESSION = r" (?:(?:la|a|the) )?(?:sesion|sessao|session|seance) (?:(?:n|no|numero|number) )?\d{1,2}"
_OF_A_SESSION = r"(?: (?:de|da|do|of|for|para|pour|a|to|en|na|in|dans))?" + _A_SESSION
# What stands up to the session's number; the words behind it are its new time, a number, an address, or nothing.
_HEADS: dict[TeamWishKind, re.Pattern[str]] = {
    "move": re.compile(_BEGINS + _MOVES + _A_SESSION),
    "call_off": re.compile(_BEGINS + _CALLS_OFF + _A_SESSION),
    "places": re.compile(rf"{_BEGINS}(?:{_SETS} )?{_THE}(?:\d{{1,6}} )?{_PLACES}{_OF_A_SESSION}"),
    "details": re.compile(
        rf"{_BEGINS}(?:{_SETS} {_THE}{_DETAIL}|(?:(?:este es|aqui esta|here is|voici) )?{_THE}{_LINK}){_OF_A_SESSION}"
    ),
    "attendance": re.compile(_BEGINS + _ATTENDANCE + _OF_A_SESSION),
    "summary": re.compile(_BEGINS + _SUMMARY + _OF_A_SESSION),
}
_SESSION_NUMBER = re.compile(
    r"\b(?:sesi[oó]n|sess[aã]o|session|s[eé]ance)\s++[^\d\s]*+\s*+(?P<number>\d{1,2})\b", re.IGNORECASE
)
_SETS_SOMETHING = re.compile(rf"{_BEGINS}{_SETS} .*")
_IS_EARLIER = re.compile(rf"{_BEGINS}(?:{_EARLIER}){_IT} .*")
_MOVE_FIRST = re.compile(rf"{_BEGINS}{_MOVES}{_IT} (?:(?:it|la|le|a) )?")
_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"\d{1,6}")
_COUNTED_PLACES = re.compile(rf"\d{{1,6}} {_PLACES}")
# Between the session and its new time: no part of a time.
_BEFORE_A_TIME = re.compile(
    r"[\s:,.]*(?:(?:para|pra|al|ao|au|to|for|pour|until|hasta)\b\s*)?(?:(?:el|le|the)\b\s*)?", re.IGNORECASE
)
_SPAN = re.compile(
    r"(?:(?:by|en|de|for|em) |d ?)?(?P<count>\d{1,2}|an?|one|una?|uma?|une) "
    r"(?P<unit>dia|day|jour|hora|hour|heure|semana|week|semaine)s?(?: (?P<way>mas|despues|mas tarde|depois|mais tarde|"
    r"later|plus tard|apres|antes|earlier|before|avant|plus tot))?"
)
_UNITS = {
    **dict.fromkeys(("dia", "day", "jour"), timedelta(days=1)),
    **dict.fromkeys(("hora", "hour", "heure"), timedelta(hours=1)),
    **dict.fromkeys(("semana", "week", "semaine"), timedelta(weeks=1)),
}
_BACK = frozenset({"antes", "earlier", "before", "avant", "plus tot"})
_SENDS = (
    r"(?:enviar|envia|mandar|manda|hacer|escribir|publicar|fazer|escrever|send|make|write|envoyer|faire|ecrire|publier)"
)
_ALL = r"(?:todos|todas|tod[oa]s l[oa]s \w+|everyone|everybody|all|tous|toutes|participantes|participants|inscrit\w+)"
_PEOPLE = r"(?:inscrit[oae]s|inscripciones|inscricoes|inscriptions|participantes|participants|registrations)"
_WHOLE: dict[TeamWishKind, re.Pattern[str]] = {
    "announce": re.compile(
        rf"{_BEGINS}{_SENDS} {_THE}(?:(?:anuncio|aviso|comunicado|announcement|notice|annonce|avis)(?: .*)?|"
        rf"(?:mensaje|mensagem|message) (?:a|to|para|aos|as|pour) {_THE}{_ALL}(?: .*)?)"
    ),
    "participants": re.compile(
        r"(?:quien(?:es)?|quem|who|qui)(?: (?:ya|ja|has|have|is|s))*"
        r" (?:se (?:inscribio|inscribieron|registro|registraron|inscreveu|inscreveram)|esta[on]? inscrit[oa]s?|"
        r"registered|signed up|s est inscrite?|est inscrite?|sont inscrits)|"
        rf"{_BEGINS}(?:(?:ver|exportar|descargar|bajar|baixar|see|export|download|voir|exporter|telecharger) )?{_THE}"
        rf"(?:lista de|list of|liste des) {_THE}{_PEOPLE}|"
        rf"{_BEGINS}(?:exportar|descargar|bajar|baixar|export|download|exporter|telecharger) {_THE}{_PEOPLE}"
    ),
    "questions": re.compile(
        r"(?:(?:ver|see|voir|what are|cuales son|quais sao) )?(?:(?:las|the|as|les) )?"
        r"(?:preguntas (?:sin contestar|sin respuesta|pendientes|abiertas|al equipo|de la gente)|"
        r"perguntas (?:sem resposta|pendentes|abertas|a equipe)|(?:unanswered|open|pending) questions|"
        r"questions to the team|questions (?:sans reponse|en attente|a l equipe))"
    ),
    "figures": re.compile(
        r"(?:cuant[oa]s|quant[oa]s|how many|combien de?)(?: (?:personas|pessoas|gente|people|personnes))?"
        r" (?:(?:se |ya |ja |hay |ha |estan |estao |are |have |sont )*(?:inscribieron|registraron|inscreveram|"
        r"inscrit[oae]s|inscripciones|inscricoes|registrations|inscriptions|registered|signed up))(?: .*)?"
    ),
    "team": re.compile(
        rf"{_BEGINS}(?:invitar|agregar|anadir|sumar|convidar|adicionar|invite|add|inviter|ajouter) .*"
        r"(?:al equipo|a equipe|para a equipe|na equipe|to the team|a l equipe|dans l equipe)"
    ),
    "attendance": re.compile(rf"{_BEGINS}(?:abrir|abre|abra|open|ouvrir|ouvrez) .*?{_ATTENDANCE}"),
}


@dataclass(frozen=True, slots=True)
class TeamWish:
    """What is wished, of which session, and what is told with it."""

    kind: TeamWishKind
    session: int | None = None
    rest: str = ""  # a new time as it was typed, an address, or a number of places
    shift: timedelta | None = None  # so much later (or earlier, below zero) than it is


def read_team_wish(words: str) -> TeamWish | None:
    """Returns the wish that a message is as a whole; None for a question or anything else."""
    if (named := _SESSION_NUMBER.search(words)) is not None:
        head = fold(words[: named.end()])
        for kind, pattern in _HEADS.items():
            if pattern.fullmatch(head):
                return _of_session(kind, int(named["number"]), head, words[named.end() :])
    folded = fold(words)
    found = next((kind for kind, pattern in _WHOLE.items() if pattern.fullmatch(folded)), None)
    return TeamWish(found) if found else None


def _of_session(kind: TeamWishKind, number: int, head: str, rest: str) -> TeamWish | None:
    """Returns the wish for that session; None where words follow that are no part of it."""
    match kind:
        case "move":
            when = _BEFORE_A_TIME.sub("", rest, count=1).strip()
            return TeamWish(kind, number, when, _shift(_SPAN.fullmatch(fold(rest)), head))
        case "details":  # neither an address nor a verb: a question, also an organizer's
            if "\n" in rest.strip():  # more than one thing: for the dialog that reads them all
                return None
            address = _ADDRESS.search(rest)
            sets = bool(_SETS_SOMETHING.fullmatch(head))
            return TeamWish(kind, number, address[0] if address else "") if address or sets else None
        case "places":
            told = _NUMBER.search(fold(rest)) or _COUNTED_PLACES.search(head)
            return TeamWish(kind, number, told[0].split()[0]) if told else None
        case _:
            return None if fold(rest) else TeamWish(kind, number)


def read_shift(words: str) -> timedelta | None:
    """Returns by how much a session is moved in "una hora más tarde" or "posponer una semana"; None for anything else.

    A span without a word that says which way, such as "un día", is no shift.
    """
    folded = fold(words)
    verb = _MOVE_FIRST.match(folded)
    head = verb[0] if verb is not None else ""
    span = _SPAN.fullmatch(folded[len(head) :])
    return _shift(span, head) if span is not None and (head or span["way"] is not None) else None


def _shift(span: "re.Match[str] | None", head: str) -> timedelta | None:
    """Returns by how much it is moved: "by a day", "una hora antes"; None where a moment or nothing is told."""
    if span is None:
        return None
    count = int(span["count"]) if span["count"].isdecimal() else 1
    back = span["way"] in _BACK or (span["way"] is None and bool(_IS_EARLIER.fullmatch(head)))
    return _UNITS[span["unit"]] * (-count if back else count)
