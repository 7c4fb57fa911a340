"""Chats as their programs and exporters write them: which of them a text is, and its messages."""

from __future__ import annotations

from sild.formats.chat import looks_like_chat, read_chat
from sild.formats.json_form import read_json
from sild.formats.limits import Account
from sild.formats.place import Place
from sild.formats.signal_json import is_signal_json, read_signal_json
from sild.formats.signal_text import REACTIONS_LEFT_OUT, is_signal_text, read_signal_text
from sild.formats.telegram import is_telegram_json, is_telegram_page, read_telegram_page
from sild.values.document import Block


def is_chat_json(text: str) -> bool:
    """Whether a JSON text, or one of a JSON object a line, begins as a chat that is known here does."""
    return is_telegram_json(text) or is_signal_json(text)


def is_chat_page(text: str) -> bool:
    """Whether an HTML page is a chat that is known here."""
    return is_telegram_page(text)


def is_chat_text(text: str) -> bool:
    """Whether a plain text is a chat: stamped line by line, or in blocks with head lines."""
    return looks_like_chat(text) or is_signal_text(text)


def read_chat_export(text: str, name: str, place: Place, account: Account) -> list[Block]:
    """One block of kind "chat" a message. Raises Unreadable on markup or JSON that cannot be followed."""
    if is_telegram_page(text):
        return read_telegram_page(text, name, place, account)
    head = text.lstrip("\ufeff \t\r\n")[:1]
    if head in ("{", "[") and is_signal_json(text):
        blocks, reactions = read_signal_json(text, name, place)
    elif head == "{":
        return read_json(text, name, place)
    elif is_signal_text(text):
        blocks, reactions = read_signal_text(text, place)
    else:
        return read_chat(text, name, place, account)
    if reactions:
        account.warn(f"{name}: {REACTIONS_LEFT_OUT}")
    return blocks
