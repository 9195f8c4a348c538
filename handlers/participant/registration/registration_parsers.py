"""Parses what people type in a registration: name, organization, sector, country, e-mail, sessions; small talk."""

import re
import unicodedata
from typing import TYPE_CHECKING

from babel.languages import get_official_languages

from handlers.dialog import StepResult
from knowledge.places.gazetteer import country_codes
from knowledge.text.phrases import drop_politeness
from knowledge.text.words import fold, normalize
from knowledge.time.zones import territories
from locales.localized import LANGUAGES, Language
from locales.reply import text

if TYPE_CHECKING:
    from handlers.turn import Turn
from rapidfuzz.distance import OSA

LONGEST_NAME, LONGEST_ORGANIZATION, LONGEST_NEEDS, LONGEST_EMAIL = 120, 160, 500, 254
SECTORS = ("national", "local", "civil", "un", "international", "academia", "other")
# From the most to the least particular: "agencia de la ONU" is no "agencia de gobierno".
_SECTOR_WORDS = (
    ("un", r"\b(onu|naciones unidas|nacoes unidas|united nations|nations unies|oim|iom|acnur|unhcr|unicef)\b"),
    ("local", (r"\b(local(es)?|locale?s?|municip\w*|alcald\w*|intendencia|prefeitura|city|town|mairie|commune|"
        r"ayuntamiento|provinc\w*|estadual|territorial\w*)\b")),
    ("national", (r"\b(gobierno|governo|government|gouvernement|minist\w*|cancill\w*|embajada|embaixada|"
        r"embassy|ambassade|consulado?|consulate?|federal|estatal)\b")),
    ("civil", (r"\b(civile?|ongs?|oscs?|ngos?|fundaci\w*|fundacao|foundation|fondation|asociaci\w*|associa\w*|"
        r"colectiv\w*|sindicat\w*)\b")),
    ("academia", r"\b(academi\w*|universi\w*|instituto de inv\w*|research\w*|pesquis\w*|recherche)\b"),
    ("international", r"\b(internaciona\w*|internationa\w*)\b"),
    ("other", r"^(otr[oa]s?|outr[oa]s?|other|autres?)\b"),
)  # fmt: skip
# As a word of its own "un" is an article in Spanish and French, and "UN" the United Nations.
_UN = re.compile(r"\b(UN|NU)\b")
_LETTERS_OF_A_NAME = 2
_NO_NAME = re.compile(r"\d|https?:|www\.|[@/<>{}\[\]_=]")
# What is said before a name and before nothing else; a part of patterns.
BEFORE_NAME = r"me llamo|mi nombre (?:completo )?es|me chamo|my (?:full )?name is|je m.appelle|mon nom (?:complet )?est"
# "Hola, me llamo Ana Paz": what people say before their name where it is asked for.
_NAME_INTRODUCED = re.compile(
    rf"(?:(?:hola|ol[aá]|oi|hello|hi|bonjour)\W+)?(?:{BEFORE_NAME}|yo me llamo|eu me chamo|(?:yo )?soy|(?:eu )?sou|"
    r"(?:o )?meu nome(?: completo)? [eé]|i am|i['’]m|je suis)\s+",
    re.IGNORECASE,
)
# Of so many words with one of these, or of any with two, it is rather a sentence than a name. Name particles such as
# "de la", "y", "e", "san" are none of them.
_WORDS_OF_A_SENTENCE, _SENTENCE_ANYWAY = 4, 2
_NOT_IN_NAMES = frozenset(
    {"que", "es", "esta", "este", "esto", "estoy", "soy", "tengo", "puedo", "quiero", "voy", "vamos", "se", "me",
     "mi", "mis", "te", "le", "lo", "yo", "un", "una", "con", "para", "por", "en", "pero", "porque", "como",
     "cuando", "donde", "si", "no", "ya", "todavia", "ahora", "luego", "despues", "manana", "hoy", "aqui", "ahi",
     "solo", "muy", "mas", "tambien", "hay", "fue", "ser", "sou", "estou", "tenho", "posso", "quero", "vou", "eu",
     "meu", "minha", "um", "uma", "com", "em", "na", "nas", "nos", "ainda", "agora", "depois", "amanha", "hoje",
     "nao", "sei", "isso", "isto", "so", "tambem", "foi", "tem", "the", "is", "are", "was", "were", "am", "i",
     "my", "you", "your", "it", "its", "this", "that", "these", "to", "for", "with", "from", "at", "on", "of", "a",
     "cannot", "can", "not", "dont", "have", "has", "want", "need", "would", "could", "please", "later",
     "now", "here", "there", "how", "when", "where", "what", "who", "if", "or", "but", "about", "je", "ne", "pas",
     "suis", "est", "ce", "cette", "ces", "une", "pour", "avec", "dans", "sur", "chez", "mon", "ma", "mes", "vous",
     "nous", "il", "elle", "jai", "cest", "quoi", "comment", "quand", "ou", "plus", "tard", "encore", "aussi",
     "trop", "peux", "veux", "vais", "dites", "moi", "ca"}
)  # fmt: skip
# Seldom somebody's name, though it may be one: asked about once.
_HARDLY_A_NAME = re.compile(
    r"(?:yo|yo mism[oa]|eu|eu mesm[oa]|me|myself|moi|moi meme|(?:mi|meu|my|mon) (?:nombre|nome|name|nom)(?: completo)?|"
    r"an[oy]nim[oae]|anonymous|anonyme|nadie|ninguem|nobody|personne|sin nombre|sem nome|no name|"
    r"(?:prefiero|prefiro|i prefer|i d rather|id rather|i would rather|je prefere|mejor|melhor|better) "
    r"(?:no|nao|not|ne)\b.*)"
)
_DOES_NOT_KNOW = re.compile(
    r"(?:todavia |aun |ainda )?(?:no (?:lo )?se|ni idea|nao (?:o )?sei|sei la|i (?:do not|dont) know|dont know|no idea|"
    r"not sure|je (?:ne )?sais pas|aucune idee|sais pas)(?: (?:que|o que|what|quoi|cual|qual|which|laquelle)\b.*)?"
)
_NOTHING = re.compile(
    r"(?:no|nao|non|nada|nenhum|nenhuma|ningun|ninguna|ninguno|nothing|none|rien|aucun|aucune|no gracias|"
    r"nao obrigad[oa]|no thanks|no thank you|non merci|n a|nop|nope|"
    r"(?:no|nao) (?:tengo|necesito|uso|hace falta|tenho|preciso|uso)(?: \w+){0,2}|"
    r"(?:i )?(?:do not|dont) (?:have|need)(?: \w+){0,2}|je n(?: )?(?:en )?ai pas(?: \w+){0,3})"
)
_FOR_THEMSELVES = re.compile(
    r"(?:(?:soy|participo|sou|i am|i take part|je suis|je participe) )?(?:"
    r"(?:a|de) titulo (?:personal|pessoal)|por (?:mi )?cuenta propia|por mi cuenta|en nombre propio|em nome proprio|"
    r"por conta propria|on my own(?: behalf)?|a titre personnel|pour moi|"
    r"independiente|independente|independent|independante?|particular|individual|self)"
)
_ADDRESS = re.compile(r"[^\s<>:;,()\"“”«»]+@[^\s<>:;,()\"“”«»]+")
NO_ORGANIZATION = ""  # an organization that is none: somebody for themselves
_INVISIBLE = frozenset({"Cc", "Cf", "Co"})
_INVISIBLE_BUT_NEEDED = "\u200c\u200d"  # they join letters in Persian names and signs in emoji
# "trabajo en Bolivia": the place comes last.
_PLACE_AFTER = re.compile(r".*\b(?:en|em|in|de|from|au|aux|do|da|no|na)\s+(.+)", re.IGNORECASE | re.DOTALL)
YES_WORDS = frozenset(
    {"si", "si acepto", "acepto", "confirmo", "de acuerdo", "sim", "sim aceito", "aceito", "yes", "yes i agree",
     "i agree", "agree", "oui", "jaccepte", "oui jaccepte", "daccord", "ok"}
)  # fmt: skip
# No consent, said where it is asked for.
_REFUSES = re.compile(
    r"no|nao|non|no acepto|no estoy de acuerdo|no quiero|nao aceito|nao concordo|nao quero|i do not agree|i dont agree|"
    r"i disagree|no thanks|no gracias|nao obrigad[oa]|je naccepte pas|je ne suis pas daccord|pas daccord|non merci"
)
# "Sí, soy yo", "yes please", "dale": a yes to something, and nobody's name.
_YES = re.compile(
    r"(?:si+p?|sim|yes|yeah|yep|oui|ok(?:ay|ey)?|vale|dale|claro|bueno|correcto|exacto|asi es|de acuerdo|daccord|isso|"
    r"certo|confirmo|acepto|aceito|right|sure|thats right|cest ca)"
    r"(?: (?:si|sim|claro|por favor|gracias|soy yo|correcto|acepto|esta bien|sou eu|por favor|obrigad[oa]|please|"
    r"thanks|thats me|its me|its right|merci|cest moi|cest ca|bien sur))*"
)
QUESTION_START = re.compile(
    r"^(cuando|que|como|donde|quien|quienes|cual|cuales|cuant[oa]s?|por que|para que|a que|en que|hay|puedo|tengo|"
    r"quando|o que|onde|quem|qual|quais|quant[oa]s?|tem|posso|when|what|how|where|who|which|why|is|are|can|do|does|"
    r"quand|quel|quels|quelle|quelles|qui|comment|ou|combien|pourquoi|est ce|quest ce|cest)\b"
)
# Nobody is called so; what somebody needs to take part may well begin so.
WISH_START = re.compile(
    r"^(quiero|quisiera|necesito|me gustaria|anota(me|rme)|cancelar|borrar|eliminar|cambiar|recuerda|recordame|avisame|"
    r"quero|queria|preciso|gostaria|apagar|excluir|mudar|me lembre|i want|i need|i would like|cancel|delete|change|"
    r"remind|je veux|je voudrais|annuler|effacer|supprimer|changer|rappelle)\b"
)
SMALL_TALK = frozenset(
    {"ayuda", "ajuda", "help", "aide", "menu", "recordatorios", "lembretes", "reminders", "rappels", "mis datos",
     "meus dados", "my data", "mes donnees", "hola", "buenas", "buenos dias", "buenas tardes", "buenas noches",
     "gracias", "muchas gracias", "ola", "oi", "bom dia", "boa tarde", "boa noite", "obrigado", "obrigada", "hello",
     "hi", "thanks", "thank you", "bonjour", "bonsoir", "salut", "merci"}
)  # fmt: skip
CONTROL_WORDS = {
    **dict.fromkeys(
        (
            "atras",
            "volver",
            "volver atras",
            "vuelve atras",
            "ir atras",
            "un paso atras",
            "regresar",
            "anterior",
            "voltar",
            "voltar atras",
            "volta",
            "passo anterior",
            "back",
            "go back",
            "previous",
            "step back",
            "retour",
            "retour en arriere",
            "revenir",
            "revenir en arriere",
            "precedent",
        ),
        "back",
    ),
    **dict.fromkeys(("saltar", "omitir", "pular", "skip", "passer"), "skip"),
    **dict.fromkeys(
        (
            "seguir",
            "continuar",
            "siguiente",
            "proximo",
            "avancar",
            "prosseguir",
            "continue",
            "next",
            "go on",
            "suivant",
            "continuer",
        ),
        "next",
    ),
    **dict.fromkeys(("cancelar", "cancel", "annuler", "salir", "sair", "quit"), "cancel"),
}


def read_control(words: str, language: Language) -> str | None:
    """Returns which of the buttons around a question is typed, also kindly: "atrás, por favor"; None for none."""
    folded = fold(words)
    plain = (folded, *(drop_politeness(normalize(words), each) for each in (language, *LANGUAGES)))
    return next((CONTROL_WORDS[each] for each in plain if each in CONTROL_WORDS), None)


# "¿Estoy inscrita?", "which sessions am I registered for?": their own registration answers that.
ASKS_FOR_OWN_REGISTRATION = re.compile(
    r"\b((estoy|quede|ya estoy) (inscri(p?t)[oa]|registrad[oa]|anotad[oa])|estou (inscrit|registrad|cadastrad)[oa]|"
    r"(am i|i am) (already )?(registered|signed up)|(suis je|je suis|chu|chuis|j suis) (deja )?inscrite?|"
    r"em quais sessoes (eu )?estou)\b|"
    r"^(ver )?(mi inscripcion|mi registro|minha inscricao|my registration|mon inscription)$"
)


def _one_line(words: str) -> str:
    """Returns the text without line ends and without invisible signs, such as those that turn a list's direction."""
    line = " ".join(words.split())
    shown = (sign for sign in line if sign in _INVISIBLE_BUT_NEEDED or unicodedata.category(sign) not in _INVISIBLE)
    cleaned = unicodedata.normalize("NFC", "".join(shown))
    return cleaned.strip(_INVISIBLE_BUT_NEEDED + " ")


def means_nothing(words: str) -> bool:
    """Returns whether they say that there is nothing to answer: "no", "ninguna", "no tengo correo"."""
    return bool(_NOTHING.fullmatch(fold(words)))


def _does_not_know(words: str) -> bool:
    """Returns whether they say that they do not know, and nothing else."""
    return bool(_DOES_NOT_KNOW.fullmatch(fold(words)))


def refuses(words: str) -> bool:
    """Returns whether they do not agree, and say nothing else."""
    return bool(_REFUSES.fullmatch(fold(words)))


def begins_with_yes(words: str) -> bool:
    """Returns whether they agree to something and say more: "sí, pero sin fotos" needs a tap, and no answer."""
    folded = fold(words)
    return any(folded.startswith(f"{yes} ") for yes in YES_WORDS)


def means_yes(words: str) -> bool:
    """Returns whether they agree to something and say nothing else."""
    return bool(_YES.fullmatch(fold(words)))


def is_one_address(words: str) -> bool:
    """Returns whether they are an e-mail address and nothing else."""
    return bool(_ADDRESS.fullmatch(words.strip()))


def parse_name(words: str) -> StepResult:
    """Reads a person's name."""
    line = _one_line(words)
    if len(line) > LONGEST_NAME:
        return StepResult(problem=text("registration.too_long", most=LONGEST_NAME))
    introduced = _NAME_INTRODUCED.match(line)
    name = line[introduced.end() :].rstrip(" .!") if introduced is not None else line
    letters = sum(sign.isalpha() for sign in name)
    is_none = means_nothing(line) or means_yes(line) or _does_not_know(line)
    if letters < _LETTERS_OF_A_NAME or _NO_NAME.search(name) or is_none:
        return StepResult(problem=text("registration.no_name"))
    return StepResult(name)


def is_hardly_a_name(words: str) -> bool:
    """Returns whether they are what people write who would rather give no name."""
    return bool(_HARDLY_A_NAME.fullmatch(fold(words)))


def looks_like_sentence(name: str) -> bool:
    """Returns whether so many everyday words are in a name that it is rather a sentence, or hardly anybody's name."""
    if is_hardly_a_name(name):
        return True
    words = fold(name).split()
    everyday = sum(word in _NOT_IN_NAMES for word in words)
    return everyday >= (1 if len(words) >= _WORDS_OF_A_SENTENCE else _SENTENCE_ANYWAY)


def parse_organization(words: str) -> StepResult:
    """Reads an institution, as they call it; empty for somebody who says that they belong to none."""
    line = _one_line(words)
    if len(line) > LONGEST_ORGANIZATION:
        return StepResult(problem=text("registration.too_long", most=LONGEST_ORGANIZATION))
    if means_nothing(line) or _FOR_THEMSELVES.fullmatch(fold(line)):
        return StepResult(NO_ORGANIZATION)
    is_none = not any(sign.isalpha() for sign in line) or is_one_address(line) or line.startswith(("http:", "https:"))
    is_none = is_none or _does_not_know(line)
    return StepResult(problem=text("registration.no_organization")) if is_none or means_yes(line) else StepResult(line)


def parse_needs(words: str) -> StepResult:
    """Reads what they need to take part, in their own words; None for nothing. A yes alone does not say what."""
    line = _one_line(words)
    if means_yes(line):
        return StepResult(problem=text("registration.needs_what"))
    if len(line) > LONGEST_NEEDS:
        return StepResult(problem=text("registration.too_long", most=LONGEST_NEEDS))
    return StepResult(None if means_nothing(line) else line or None)


def parse_sector(words: str) -> StepResult:
    """Reads one of the seven sectors, where the words name it."""
    folded = fold(words)
    if _UN.search(words) or folded in {"un", "nu"}:
        return StepResult("un")
    found = next((key for key, pattern in _SECTOR_WORDS if re.search(pattern, folded)), None)
    return StepResult(found) if found else StepResult(problem=text("registration.no_sector"))


def parse_email(words: str) -> StepResult:
    """Reads an address that is written as one, alone or in a sentence; None for none. Nothing is looked up."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 25 ms at every start

    if means_nothing(words):
        return StepResult(None)
    addresses = _ADDRESS.findall(_one_line(words))
    try:
        found = validate_email((addresses[0] if len(addresses) == 1 else "").rstrip(".!?"), check_deliverability=False)
    except EmailNotValidError:
        return StepResult(problem=text("registration.no_email"))
    if len(found.normalized) > LONGEST_EMAIL:
        return StepResult(problem=text("registration.no_email"))
    return StepResult(found.normalized)


def parse_country(turn: "Turn", words: str) -> StepResult:
    """Reads a country, or a place in one."""
    tail = _PLACE_AFTER.fullmatch(words.strip())
    for phrase in (words, tail[1] if tail else ""):
        exact = turn.services.places.find_exactly(phrase, turn.language) or turn.services.places.find(
            phrase, turn.language
        )
        if exact:
            return StepResult(exact[0].country)
    return StepResult(problem=text("registration.no_country", place=words[:60]))


BETWEEN_SEVERAL = re.compile(r"\s*(?:[,;/&+]|\b(?:y|e|o|ou|or|and|et)\b)\s*", re.IGNORECASE)


def several_countries(turn: "Turn", words: str) -> list[str]:
    """Returns the countries where nothing but two or more are named: "Cuba y Haití"; none for a single one's name."""
    if not any(sign in words for sign in ",;/&+") and _country_named(turn, words):
        return []  # "Trinidad y Tobago"
    named = [_country_named(turn, part) for part in BETWEEN_SEVERAL.split(words.strip(" .")) if part]
    codes = list(dict.fromkeys(code for code in named if code))
    return codes if all(named) and len(codes) > 1 else []


def _country_named(turn: "Turn", words: str) -> str | None:
    """Returns the country of that name; a large one is found by its cities, whose names are others."""
    found = turn.services.places.find_exactly(words, turn.language)
    is_city = any(each.kind == "city" and fold(each.name) == fold(words) for each in found)
    return found[0].country if found and not is_city else None


def known_country(code: str) -> str | None:
    """Returns the code itself where it is one."""
    return code if code in country_codes() else None


def likely_countries(turn: "Turn") -> list[str]:
    """Returns where their clock is, then what their phone's language says ("es-AR")."""
    there = [each.country for each in territories() if each.zone == turn.person.zone]
    phone = (turn.phone or "").upper().partition("-")[2]
    return list(dict.fromkeys(code for code in (*there, phone) if code and known_country(code)))


def countries_in_order(turn: "Turn") -> list[tuple[str, str]]:
    """Returns every country, code and name.

    The likely ones come first, then those of the region that speak their language, then the others.
    """
    places, language = turn.services.places, turn.language
    region, others = places.region_countries(language), places.other_countries(language)
    names = dict([*region, *others])
    speaking = [code for code, _ in region if language in get_official_languages(code, de_facto=True)]
    order = dict.fromkeys([*likely_countries(turn), *speaking, *names])
    return [(code, names[code]) for code in order if code in names]


# Mail services that many people have: a domain that is nearly one of these, and none of them, is likely a slip.
_SERVICES = (
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "hotmail.fr", "hotmail.com.ar", "hotmail.com.br",
    "outlook.com", "outlook.es", "outlook.fr", "outlook.com.ar", "outlook.com.br", "live.com", "live.com.ar",
    "live.com.mx", "live.fr", "msn.com", "yahoo.com", "yahoo.es", "yahoo.fr", "yahoo.com.ar", "yahoo.com.br",
    "yahoo.com.mx", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "mail.com", "email.com", "gmx.com",
    "gmx.net", "proton.me", "protonmail.com", "zoho.com", "yandex.com", "uol.com.br", "bol.com.br", "terra.com.br",
)  # fmt: skip
# Endings that do not exist, and what they stand for. Source: https://data.iana.org/TLD/tlds-alpha-by-domain.txt
_ENDINGS = {
    **dict.fromkeys(("con", "cmo", "ocm", "comm", "coom", "cim", "vom", "xom", "c0m", "copm"), "com"),
    **dict.fromkeys(("orgg", "ogr", "rog", "prg", "orh", "ort"), "org"),
    **dict.fromkeys(("nte", "nett", "ner"), "net"),
    **dict.fromkeys(("eduu", "deu", "edi"), "edu"),
    **dict.fromkeys(("itn", "intt"), "int"),
}
_SHORT, _ONE_SLIP, _TWO_SLIPS = 9, 1, 2  # letters; letters that differ


def suggest_email(address: str) -> str | None:
    """Returns the address that was likely meant; None where nothing looks like a slip."""
    name, _, domain = address.rpartition("@")
    meant = _near_service(domain) or _with_known_ending(domain)
    return None if meant is None or meant == domain else f"{name}@{meant}"


def _with_known_ending(domain: str) -> str | None:
    rest, _, ending = domain.rpartition(".")
    return f"{rest}.{_ENDINGS[ending]}" if ending in _ENDINGS else None


def _near_service(domain: str) -> str | None:
    if domain in _SERVICES:
        return None
    most = _ONE_SLIP if len(domain) <= _SHORT else _TWO_SLIPS
    near = [(OSA.distance(domain, each), place) for place, each in enumerate(_SERVICES)]
    distance, place = min(near)
    return _SERVICES[place] if distance <= most else None
