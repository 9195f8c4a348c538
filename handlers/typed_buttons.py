"""The words on a button, typed instead of tapped."""

from knowledge.text.spelling import fold
from locales.reply import Button, Keyboard, Say


def find_typed_button(words: str, keyboard: Keyboard, say: Say) -> Button | None:
    """The button that says those words; none with a number: "sesión 2" is an answer, not a switch."""
    said = fold(words)
    if not said or any(sign.isdigit() for sign in said):
        return None
    ours = (button for row in keyboard for button in row if button.press is not None)
    return next((button for button in ours if fold(say(button.label)) == said), None)
