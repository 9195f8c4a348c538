"""Reads a question to the panel that is typed in one message: "pregunta para el panel: …", in four languages."""

import re
from dataclasses import dataclass

# Every run of signs is possessive (`++`, `*+`): what it took it keeps. With `+` a message of 4,000 spaces took minutes.
_PANEL = (
    r"(?:panel|painel|panelistas?|painelistas?|panell?ists?|pan[eé]listes?|ponentes?|expositor(?:es|as)?|"
    r"palestrantes?|speakers?|intervenant(?:e?s)?|conf[eé]renciers?)"
)
# "buenas tardes, gracias por la sesión 2:" is too much of a sentence; a greeting of some words is not.
_GREETING = (
    r"(?:(?:hola|buen[oa]s(?:\s++(?:d[ií]as|tardes|noches))?|oi|ol[aá]|bom dia|boa (?:tarde|noite)|hi|hello|hey|"
    r"good (?:morning|afternoon|evening)|bonjour|bonsoir|salut)(?:\s++(?:a\s++)?(?:tod[oa]s|all|everyone|[àa] tous))?"
    r"\s*+[,.;:!]*+\s*+)?"
)
_SPANISH = (
    r"(?:(?:yo )?(?:quiero|quisiera|me gustar[ií]a|deseo|necesito|puedo|tengo|traigo|va|aqu[ií] va|les?|dejo)\s++)?"
    r"(?:(?:hacer|hacerle|enviar|mandar|dejar)\s++)?(?:(?:una|mi|otra|esta)\s++)?"
    r"(?:pregunta|consulta|duda|pregunto|consulto|preguntar(?:les?)?|consultar(?:les?)?)(?:\s++algo)?\s++"
    r"(?:para\s++(?:el|la|los|las)|al|a\s++(?:la|los|las))"
)
_PORTUGUESE = (
    r"(?:(?:eu )?(?:quero|queria|gostaria de|preciso|posso|tenho|deixo|vai|l[aá] vai)\s++)?"
    r"(?:(?:fazer|enviar|mandar|deixar)\s++)?(?:(?:uma|minha|a minha|outra)\s++)?"
    r"(?:pergunta|d[uú]vida|pergunto|perguntar)(?:\s++algo)?\s++"
    r"(?:para\s++(?:o|a|os|as)|ao|aos|[àa]s|pr[oa]s?)"
)
_ENGLISH = (
    r"(?:(?:i\s++(?:want|would like|wish)\s++to|i['’]d like to|can i|may i|i have|i['’]ve(?: got)?|here(?: is|['’]s))"
    r"\s++)?"
    r"(?:ask(?:\s++a\s++question)?|(?:(?:a|an|my|one|another)\s++)?question)\s++(?:(?:for|to|of)\s++)?the"
)
_FRENCH = (
    r"(?:(?:je\s++(?:veux|voudrais|souhaite|pose)|j['’]aimerais|j['’]ai|puis-je|voici)\s++)?(?:poser\s++)?"
    r"(?:(?:une|ma|cette)\s++)?(?:question|demander)\s++(?:pour\s++(?:le|la|les)|au|aux|[àa]\s++la)"
)
# "Para el panel: …" says so only with its colon: "para el panel, ¿quién habla?" asks us.
_ADDRESSED = r"(?:para\s++(?:el|la|los|las|o|a|os|as)|pour\s++(?:le|la|les)|for\s++the|to\s++the)"
_SESSION = (
    r"(?:\s++(?:de|da|do|of|for|in|en|na|no|dans|à|pour)?\s*+(?:l['’]|la|a|the)?\s*+"
    r"(?:sesi[oó]n|sess[aã]o|session|s[eé]ance)\s++(?P<number>[0-9]{1,2}))?"
)
_SESSION_TOO = _SESSION.replace("<number>", "<number_too>")  # a group has one name in a pattern
_WHOLE = re.compile(
    rf"\s*+[¿¡]*+\s*+{_GREETING}[¿¡]*+(?:(?:{_SPANISH}|{_PORTUGUESE}|{_ENGLISH}|{_FRENCH})\s++{_PANEL}\b{_SESSION}"
    rf"(?:\s++(?:es|é|is|est|ser[ií]a)\b)?|{_ADDRESSED}\s++{_PANEL}\b{_SESSION_TOO}\s*+(?=:))"
    r"\s*+[:;,.\-–—?!\s]*+(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class PanelWords:
    """What is asked of the panel ("" where only the wish to ask is told), and of which session's (None: not told)."""

    words: str
    session: int | None


def read_panel_words(text: str) -> PanelWords | None:
    """Returns the question to the panel that a message holds; None where it does not begin by saying so."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    number = found["number"] or found["number_too"]
    return PanelWords(found["words"].strip(), int(number) if number else None)
