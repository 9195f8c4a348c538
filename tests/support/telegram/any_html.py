"""HTML as Telegram takes it, for hypothesis."""

from hypothesis import strategies as st

TAGS = st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler", "a href='https://a.org'"])
SIGNS = st.characters(exclude_characters="<&", exclude_categories=["Cs"])
WORDS = st.text(SIGNS, max_size=8) | st.sampled_from(["😀", " ", "\n", "\r", "&lt;", "\u202e", "/start", "a.org"])
MARKED = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.partition(' ')[0]}>", TAGS, st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)
