"""Which encoding a text is in: mark, strict UTF-8, strict GB18030 that looks like Chinese, then a guess."""

from __future__ import annotations

import codecs
from typing import BinaryIO, Final

_BLOCK: Final = 1 << 20
_GUESS: Final = 1 << 18
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What a shop in China, Japan, Korea or Europe may have saved; anything else is a wilder guess than these.
_LIKELY: Final = ["big5", "shift_jis", "euc_kr", "cp1252", "iso8859_7", "cp1251", "cp1250"]
_FOUR: Final = 4
_FEW: Final = 40
_TELLING: Final = 8  # fewer bytes than this above 127 say nothing about a language


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by the side on which the zeros lie; None for anything else."""
    zeros = [head[side::4].count(0) for side in range(4)]
    if sum(zeros) * 5 < len(head):
        return None
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd and even * 10 <= odd:
        return "utf-16-le"
    if even and odd * 10 <= even:
        return "utf-16-be"
    quarter = len(head) // 4
    if zeros[3] >= quarter * 0.9 and zeros[2] >= quarter * 0.9 and zeros[0] * 10 <= zeros[3]:
        return "utf-32-le"
    if zeros[0] >= quarter * 0.9 and zeros[1] >= quarter * 0.9 and zeros[3] * 10 <= zeros[0]:
        return "utf-32-be"
    return None


def text_encoding(file: BinaryIO) -> str:
    """The encoding of a text file, as Python names it; the file is left at its start."""
    head = file.read(_GUESS)
    found = _marked(head) or wide_encoding(head[:4096])
    for encoding in () if found else ("utf-8", "gb18030"):
        file.seek(0)
        if _decodes(file, encoding) and (encoding == "utf-8" or _is_chinese(head)):
            found = encoding
            break
    file.seek(0)
    return found or _guess(head)


def _marked(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(head: bytes) -> bool:
    """Whether the characters, read as GB18030, are those that Chinese text is made of.

    Nearly any bytes decode as GB18030. Of real Chinese, over nine tenths lie in the 3,755 common characters (first
    byte B0 to D7) or are punctuation and full-width forms (A1 to A3); Greek or Big5 read this way give rare ones.
    """
    common = rare = 0
    for character in head.decode("gb18030", errors="ignore"):
        if character > "\x7f":
            lead, *rest = character.encode("gb18030")
            if len(rest) == _FOUR - 1:
                common += 1  # ¥ in four bytes: a letter, a digit, a letter, a digit come about in no other language
            elif rest and rest[0] >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3):
                common += 1
            else:
                rare += 1
    return common >= 2 * rare if common + rare > _FEW else common >= rare


def _guess(head: bytes) -> str:
    if sum(head.count(bytes((code,))) for code in range(128, 256)) < _TELLING:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=_LIKELY).best()
    return best.encoding if best else "cp1252"
