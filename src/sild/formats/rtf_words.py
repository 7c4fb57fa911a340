"""RTF word by word: groups, control words, escapes and texts in their character sets, handed to a sink. Nothing in it is run or loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Protocol

from sild.formats.charsets import charset_name
from sild.formats.limits import Account
from sild.formats.unreadable import refusal

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|(\\)", re.DOTALL
)
# the character sets of fonts, as Windows numbers them
_FONT_SETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOLS, _WESTERN = "symbols", "western"
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"tab": "\t",
    b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"zwj": "", b"zwnj": "", b"ltrmark": "", b"rtlmark": "",
}  # fmt: skip
_ESCAPED_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"{": "{", b"}": "}", b"\\": "\\"}
# groups whose text is not part of the letter
_ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata listtable listoverridetable revtbl rsidtbl generator themedata "
    b"colorschememapping latentstyles datastore xmlnstbl filetbl fldinst bkmkstart bkmkend mmathPr shprslt nonesttables "
    b"picprop nonshppict template passwordhash annotation atnid atnauthor atntime atndate xe tc rxe docvar wgrffmtfilter do sp "
    b"sn sv pgptbl userprops".split()
)
# what a star marks as skippable, and this reader reads all the same
_READ_WITH_STAR = frozenset([b"htmltag", b"shppict", b"shptxt", b"footnote", b"nesttableprops", b"shpinst", b"fldrslt"])
_SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class Group:
    """What holds inside one pair of braces: `place` is the destination ("" in the letter itself)."""

    place: bytes = b""
    aside: bool = False
    hidden: bool = False
    only_rtf: bool = False
    font: int = -1
    skip_after_unicode: int = 1


class Sink(Protocol):
    """Who takes what is read."""

    def text(self, text: str, group: Group) -> None:
        """A stretch of text."""

    def word(self, word: bytes, number: int | None, group: Group) -> None:
        """A control word that this module does not handle itself (par, cell, row, htmlrtf, ...)."""

    def closed(self, group: Group) -> None:
        """The end of a group that had a destination of its own."""


class RtfWords:
    """One pass over an RTF file. Linear in its size; raises Unreadable on groups nested beyond the limit."""

    def __init__(self, name: str, sink: Sink, account: Account) -> None:
        self._name, self._sink, self._account = name, sink, account
        self._set = "cp1252"
        self._fonts: dict[int, str] = {}
        self._entry = -1
        self._default_font = -1
        self._open: list[Group] = [Group()]
        self._bytes = bytearray()
        self._high = 0
        self._skip = 0
        self._star = False
        self.left_out: set[bytes] = set()

    def read(self, data: bytes) -> None:
        """Hand the whole of `data` to the sink."""
        position = 0
        while position < len(data):
            token = _TOKEN.match(data, position)
            assert token is not None
            position = token.end()
            word, number, code, sign, brace, text, _ = token.groups()
            if brace:
                self._brace(brace)
            elif word is not None:
                if word == b"bin":
                    # raw bytes of a picture or an object follow
                    position += max(0, int(number or 0))
                else:
                    self._word(word, int(number) if number is not None else None)
            elif code is not None:
                self._byte(bytes([int(code, 16)]))
            elif sign is not None:
                self._escape(sign)
            elif text is not None:
                self._byte(text)
        self._flush()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip, self._star = 0, False
        if brace == b"{":
            if len(self._open) > self._account.limits.markup_depth:
                limit = self._account.limits.markup_depth
                raise refusal(self._name, f"its RTF is nested more than {limit} deep", "Ask the sender for plain text or PDF")
            self._open.append(replace(self._open[-1]))
        elif len(self._open) > 1:
            group = self._open.pop()
            if group.place != self._open[-1].place and not group.aside:
                self._sink.closed(group)

    def _word(self, word: bytes, number: int | None) -> None:
        group = self._open[-1]
        starred, self._star = self._star, False
        if word == b"u" and number is not None:
            self._unicode(number % 65_536)
            return
        if self._skip and word in _SIGNS:
            self._skip -= 1
            return
        self._flush()
        self._skip = 0
        if word in _ASIDE or (starred and word not in _READ_WITH_STAR):
            self.left_out.add(word)
            group.place, group.aside = word, True
        elif word == b"ansicpg" and number is not None:
            self._set = charset_name(f"cp{number}") or self._set
        elif word == b"mac":
            self._set = "mac_roman"
        elif word == b"uc" and number is not None:
            group.skip_after_unicode = max(0, min(number, 8))
        elif word == b"deff":
            self._default_font = number if number is not None else -1
        elif word == b"f" and number is not None and group.place != b"fonttbl":
            group.font = number
        elif word in (b"v", b"deleted"):
            group.hidden = number != 0
        elif word == b"plain":
            group.hidden, group.font = False, self._default_font
        elif word in _SIGNS:
            self._give(_SIGNS[word])
        elif not group.aside:
            if word in (b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf"):
                word = word[:6]
            if word in (b"header", b"footer", b"footnote", b"htmltag", b"listtext", b"pntext", b"nesttableprops"):
                group.place = word
            self._sink.word(word, number, group)
        self._font_word(word, number, group)

    def _font_word(self, word: bytes, number: int | None, group: Group) -> None:
        if group.place != b"fonttbl" or number is None:
            return
        if word == b"f":
            self._entry = number
        elif word == b"fcharset" and number in _FONT_SETS:
            self._fonts.setdefault(self._entry, _FONT_SETS[number])
        elif word == b"fcharset" and number in (0, 2):
            self._fonts.setdefault(self._entry, _SYMBOLS if number else _WESTERN)
        elif word == b"cpg":
            self._fonts[self._entry] = charset_name(f"cp{number}") or self._set

    def _unicode(self, number: int) -> None:
        self._flush()
        self._skip = self._open[-1].skip_after_unicode
        if number in _SURROGATES:
            if number < 0xDC00:
                self._high = number
            elif self._high:
                self._give(chr(0x10000 + ((self._high - 0xD800) << 10) + (number - 0xDC00)))
                self._high = 0
            return
        self._high = 0
        self._give(chr(number) if not 0xF000 <= number < 0xF100 else "•")

    def _byte(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if not self._open[-1].aside:
            self._bytes += data

    def _escape(self, sign: bytes) -> None:
        if sign == b"*":
            self._star = True
        elif sign in (b"\n", b"\r"):
            self._word(b"par", None)
        elif self._skip:
            self._skip -= 1
        elif sign in _ESCAPED_SIGNS:
            self._flush()
            self._give(_ESCAPED_SIGNS[sign])

    def _flush(self) -> None:
        """Texts are decoded in runs, for a letter may take two bytes."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        group = self._open[-1]
        name = self._set_of(group)
        if name == _SYMBOLS:
            self._give("".join("•" if byte > 0x7F else chr(byte) for byte in data))
            return
        try:
            self._give(data.decode(name))
        except (UnicodeError, LookupError):
            self._give(data.decode("cp1252", "replace"))

    def _set_of(self, group: Group) -> str:
        # the markup that a mail was packed from is in the file's own set, whatever its fonts say
        if group.place == b"htmltag":
            return self._set
        font = self._fonts.get(group.font if group.font >= 0 else self._default_font, self._set)
        if font != _WESTERN:
            return font
        # "western" is true where the file tells its fonts apart; programs that do not, write it for every font
        return "cp1252" if self._set in self._fonts.values() else self._set

    def _give(self, text: str) -> None:
        group = self._open[-1]
        if text and not group.aside:
            self._sink.text(text, group)
