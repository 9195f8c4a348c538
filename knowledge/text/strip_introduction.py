"""Who somebody says they are, told from what they ask: "Soy de la cancillería y quiero saber cuándo es la sesión 2"."""

import re

_GREETS = (
    "hola", "hi", "hello", "oi", "ol[áa]", "bonjour", "buen[oa]s (?:d[ií]as|tardes|noches)", "bom dia", "boa tarde",
    "good (?:morning|afternoon)",
)  # fmt: skip
_INTRODUCES = (
    "soy", "somos", "trabajo (?:en|para|con|de)", "trabajamos", "represento", "coordino", "dirijo", "sou",
    "trabalho", "trabalhamos", "coordeno", "i['’]?\\s?a?m", "we are", "we['’]re", "i work", "we work",
    "i represent", "i coordinate", "i run", "je suis", "nous sommes", "je travaille", "nous travaillons",
    "je repr[ée]sente", "je coordonne",
)  # fmt: skip
_LEADS = (
    "por [úu]ltimo", "finalmente", "en primer lugar", "(?:una )?[úu]ltima (?:pregunta|cosa|consulta)", "antes que nada",
    "primero que (?:nada|todo)", "por fim", "(?:uma )?[úu]ltima (?:pergunta|coisa|d[úu]vida)", "em primeiro lugar",
    "finally", "lastly", "(?:one )?last (?:question|thing)", "first of all", "enfin", "pour finir",
    "(?:une )?derni[èe]re (?:question|chose)", "tout d['’]abord",
)  # fmt: skip
_AND = "(?:(?:y|e|and|et|but|pero|mas|mais)\\s+)?"
_ASKS = (
    "necesit", "quier", "quisier", "quer[ií]", "me gustar", "gostar", "precis", "want", "i want", "i need",
    "i['’]d like", "i would like", "je veux", "je voudrais", "j['’]aimerais", "pueden", "puede", "podr[ií]a",
    "can (?:you|i|we)\\b", "could you", "pouvez", "cu[aá]ndo", "quando", "when", "quand", "qu[eé]\\b",
    "cu[aá]l", "qual", "which", "what", "quel", "en qu[eé]", "em que", "dans quel", "d[oó]nde", "onde", "where",
    "c[oó]mo", "como\\b", "how", "comment", "a qu[eé] hora", "hay\\b", "dan\\b", "do you", "is there",
    "are there", "y a[- ]t[- ]il",
)  # fmt: skip
_BEGINS = re.compile(rf"^\W*(?:(?:{'|'.join(_GREETS)})\b[\s,.!]*)?(?:{'|'.join(_INTRODUCES)})\b", re.IGNORECASE)
_ON_TO = re.compile(rf"(?:[.,;:!¿]+\s*|\s){_AND}(?=(?:{'|'.join(_ASKS)}))", re.IGNORECASE)

_LEADS_ON = re.compile(rf"^\W*(?:{'|'.join(_LEADS)})\b\W*", re.IGNORECASE)


def without_introduction(text: str) -> str:
    """What somebody asks without who they say they are, where both stand in one message; else all of it."""
    text = _LEADS_ON.sub("", text)
    begins = _BEGINS.match(text)
    goes_on = _ON_TO.search(text, begins.end()) if begins else None
    return text[goes_on.end() :] if goes_on else text
