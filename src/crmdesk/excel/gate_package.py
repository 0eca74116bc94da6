"""Workbooks that are zip packages: which kind, within which limits, and free of DTDs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from crmdesk.domain.phrase import Refused

MAX_PARTS: Final = 5_000
MAX_PART: Final = 150 * 2**20
MAX_ALL: Final = 400 * 2**20
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 8_192
_SHEET_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".vcf", ".txt")
# A DTD has no place in a workbook; it is how entity bombs and outside fetches come in.
DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y", re.IGNORECASE)


class Format(StrEnum):
    """What a file is, whatever its name says."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    BIFF = "biff"
    HTML = "html"
    XML_2003 = "xml2003"
    TEXT = "text"
    VCARD = "vcard"


@dataclass(frozen=True)
class Admitted:
    """A file that may be read: its format, and its bytes where they are not those on the disk (it was encrypted)."""

    path: Path
    format: Format
    content: bytes | None = None

    def open(self) -> BinaryIO:
        """The bytes to read."""
        return self.path.open("rb") if self.content is None else io.BytesIO(self.content)


def admit_decrypted(path: Path, content: bytes) -> Admitted:
    """The same check for what came out of an encrypted package."""
    if content.startswith(OLE):
        return Admitted(path, Format.XLS, content)
    return Admitted(path, package_format(path.name, io.BytesIO(content)), content)


def package_format(name: str, file: BinaryIO) -> Format:
    """The kind of workbook in a zip. Raises Refused: damaged, too large, no workbook, with a DTD."""
    try:
        with zipfile.ZipFile(file) as package:
            kind = _package_kind(package)
            if kind is None:
                raise Refused(_why_not(package), file=name)
            _check_parts(name, package)
            return kind
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Refused("file_damaged", file=name) from error


def _why_not(package: zipfile.ZipFile) -> str:
    """Why a zip is no workbook: empty, an archive with sheets in it, or something else."""
    names = [entry.casefold() for entry in package.namelist()]
    if not names:
        return "file_damaged"
    return "archive_of_files" if any(entry.endswith(_SHEET_ENDINGS) for entry in names) else "not_a_sheet"


def _package_kind(package: zipfile.ZipFile) -> Format | None:
    names = [entry.casefold() for entry in package.namelist()]
    if any(entry.endswith("workbook.bin") for entry in names):
        return Format.XLSB
    if any(entry.endswith("workbook.xml") for entry in names):
        return Format.XLSX
    if (
        "mimetype" in names
        and b"opendocument.spreadsheet" in package.read(package.namelist()[names.index("mimetype")])[:200]
    ):
        return Format.ODS
    types = [entry for entry in package.namelist() if entry.casefold() == "[content_types].xml"]
    if types and b"spreadsheetml" in package.read(types[0]):
        return Format.XLSX
    return None


def _check_parts(name: str, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise Refused("sheet_too_many_parts", file=name, count=len(parts))
    sizes = [part.file_size for part in parts]
    if max(sizes) > MAX_PART or sum(sizes) > MAX_ALL:
        raise Refused("sheet_unpacks_too_large", file=name, megabytes=max(1, sum(sizes) >> 20))
    for part in parts:
        if part.flag_bits & 1:
            raise Refused("password_protected", file=name)
        if part.file_size and part.filename.casefold().endswith((".xml", ".rels")):
            _check_doctype(name, package, part)


def _check_doctype(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A DTD stands before the first element, so the head of a part is enough to look at."""
    try:
        with package.open(part) as stream:
            head = stream.read(_HEAD)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return  # a broken drawing does not matter; a broken sheet the reader will name
    if DOCTYPE.search(head):
        raise Refused("sheet_with_doctype", file=name)
