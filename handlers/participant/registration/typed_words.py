"""What people type in a registration that is no answer: yes, back and skip in words, small talk, questions, wishes."""

import re

YES_WORDS = frozenset(
    {"si", "si acepto", "acepto", "confirmo", "de acuerdo", "sim", "sim aceito", "aceito", "yes", "yes i agree",
     "i agree", "agree", "oui", "jaccepte", "oui jaccepte", "daccord", "ok"}
)  # fmt: skip
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
    **dict.fromkeys(("atras", "volver", "voltar", "back", "retour"), "back"),
    **dict.fromkeys(("saltar", "omitir", "pular", "skip", "passer"), "skip"),
    **dict.fromkeys(("cancelar", "cancel", "annuler", "salir", "sair", "quit"), "cancel"),
}
# "¿Estoy inscrita?", "which sessions am I registered for?": their own registration answers that.
ASKS_FOR_OWN_REGISTRATION = re.compile(
    r"\b((estoy|quede|ya estoy) (inscri(p?t)[oa]|registrad[oa]|anotad[oa])|estou (inscrit|registrad|cadastrad)[oa]|"
    r"(am i|i am) (already )?(registered|signed up)|(suis je|je suis) (deja )?inscrite?)\b|"
    r"^(ver )?(mi inscripcion|mi registro|minha inscricao|my registration|mon inscription)$"
)
