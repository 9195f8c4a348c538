"""Reads the shipped content when it is imported: bots that are forked afterwards have it, as begun_again()'s have."""

from bot.config.content import CONTENT
from bot.work import load_answering

load_answering(CONTENT / "pmm-2024")
