"""Reads a question to the panel that is typed in one message: "pregunta para el panel: …", in four languages."""

import re
from dataclasses import dataclass

_PANEL = (
    r"(?:panel|painel|panelistas?|painelistas?|panell?ists?|pan[eé]listes?|ponentes?|expositor(?:es|as)?|"
    r"palestrantes?|speakers?|intervenant(?:e?s)?|conf[eé]renciers?)"
)
_SPANISH = (
    r"(?:(?:yo )?(?:quiero|quisiera|me gustar[ií]a|deseo|necesito|puedo)\s+)?"
    r"(?:(?:hacer|hacerle|enviar|mandar)\s+)?(?:(?:una|mi)\s+)?"
    r"(?:pregunta|consulta|preguntar(?:le)?|consultar(?:le)?)(?:\s+algo)?\s+"
    r"(?:para\s+(?:el|la|los|las)|al|a\s+(?:la|los|las))"
)
_PORTUGUESE = (
    r"(?:(?:eu )?(?:quero|queria|gostaria de|preciso|posso)\s+)?"
    r"(?:(?:fazer|enviar|mandar)\s+)?(?:(?:uma|minha)\s+)?(?:pergunta|perguntar)(?:\s+algo)?\s+"
    r"(?:para\s+(?:o|a|os|as)|ao|aos|[àa]s|pr[oa]s?)"
)
_ENGLISH = (
    r"(?:(?:i\s+(?:want|would like|wish)\s+to|i['’]d like to|can i|may i)\s+)?"
    r"(?:ask(?:\s+a\s+question)?|(?:(?:a|my)\s+)?question)\s+(?:(?:for|to|of)\s+)?the"
)
_FRENCH = (
    r"(?:(?:je\s+(?:veux|voudrais|souhaite)|j['’]aimerais|puis-je)\s+)?(?:poser\s+)?(?:(?:une|ma)\s+)?"
    r"(?:question|demander)\s+(?:pour\s+(?:le|la|les)|au|aux)"
)
_SESSION = (
    r"(?:\s+(?:de|da|do|of|for|in|en|na|no|dans|à|pour)?\s*(?:l['’]|la|a|the)?\s*"
    r"(?:sesi[oó]n|sess[aã]o|session|s[eé]ance)\s+(?P<number>[0-9]{1,2}))?"
)
_WHOLE = re.compile(
    rf"\s*[¿¡]*\s*(?:{_SPANISH}|{_PORTUGUESE}|{_ENGLISH}|{_FRENCH})\s+{_PANEL}\b{_SESSION}"
    r"\s*[:;,.\-–—?!\s]*(?P<words>.*)",
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
    number = found["number"]
    return PanelWords(found["words"].strip(), int(number) if number else None)
