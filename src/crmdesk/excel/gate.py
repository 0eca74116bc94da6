"""What a file really is, by its first bytes, and whether it is safe to hand to a reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.excel.formats_encoding import wide_encoding
from crmdesk.excel.gate_ole import admit_ole
from crmdesk.excel.gate_package import (
    DOCTYPE,
    MAX_ALL,
    OLE,
    Admitted,
    Format,
    admit_decrypted,
    package_format,
)

_HEAD: Final = 8_192
_BIFF: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_OTHER: Final = (
    b"\x1f\x8b",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"MZ",
    b"\x7fELF",
    b"SQLite",
)
_MARKUP: Final = re.compile(
    rb"\s*(?:<\?xml|<!doctype|<!--|<html|<table|<head|<body|<meta|<style|<div|<workbook|<[a-z]+:)", re.IGNORECASE
)
_HTML: Final = re.compile(rb"<(?:html|table|tr|body)\b", re.IGNORECASE)
_SPREADSHEET_2003: Final = b"urn:schemas-microsoft-com:office:spreadsheet"


def admit(path: Path, password: str = "") -> Admitted:
    """Find out what a file is and check its limits. Raises Refused with the reason."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise Refused("file_missing", file=path.name) from None
    except OSError as error:
        raise Refused("file_unreadable", file=path.name, why=error.strerror or "") from error
    if not head:
        raise Refused("file_empty", file=path.name)
    if size > MAX_ALL:
        raise Refused("file_too_large", file=path.name, megabytes=size >> 20)
    if head.startswith(OLE):
        return admit_ole(path, password)
    return Admitted(path, _plain_format(path, head))


def admit_content(path: Path, content: bytes) -> Admitted:
    """The same for a file that stands inside an archive; `path` is no more than its name. Raises Refused."""
    head = content[:_HEAD]
    if not head:
        raise Refused("file_empty", file=path.name)
    if head.startswith((OLE, b"PK\x03\x04", b"PK\x05\x06")):
        return admit_decrypted(path, content)
    return Admitted(path, _plain_format(path, head), content)


def _plain_format(path: Path, head: bytes) -> Format:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with path.open("rb") as file:
            return package_format(path.name, file)
    if head.startswith(_BIFF):
        return Format.BIFF
    if head.startswith(_OTHER):
        raise Refused("not_a_sheet", file=path.name)
    start = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").removeprefix(b"\xef\xbb\xbf")
    if start.lstrip()[:12].upper().startswith(b"BEGIN:VCARD"):
        return Format.VCARD
    if _MARKUP.match(start):
        return _markup_format(path, start)
    if _is_binary(head):
        raise Refused("not_a_sheet", file=path.name)
    return Format.TEXT


def _markup_format(path: Path, start: bytes) -> Format:
    if _SPREADSHEET_2003 in start:
        if DOCTYPE.search(start):
            raise Refused("sheet_with_doctype", file=path.name)
        return Format.XML_2003
    if _HTML.search(start):
        return Format.HTML
    raise Refused("not_a_sheet", file=path.name)


def _is_binary(head: bytes) -> bool:
    """Whether these bytes are no text: many control characters, and not the zeros of UTF-16 and UTF-32."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or wide_encoding(head):
        return False
    controls = sum(head.count(bytes((code,))) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return controls * 10 > len(head)
