"""Many files under one name: the sheets in a folder or in an archive, within the limits of a single workbook.

Nothing of an archive is unpacked to the disk, so the paths that it claims for its parts mean nothing.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.excel.gate import admit, admit_content
from crmdesk.excel.gate_package import MAX_ALL, MAX_PART, MAX_PARTS, Admitted

_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".vcf", ".htm", ".html")
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 1


@dataclass(frozen=True)
class OneFile:
    """A file to read: admitted, or refused for a reason that stands in its place."""

    name: str
    admitted: Admitted | None
    why: Refused | None = None


def files_of(path: Path, password: str = "") -> tuple[str, list[OneFile]]:
    """The SHA-256 of what stands under a path, and its files. Raises Refused; a single bad one of many does not."""
    if path.is_dir():
        return _folder(path, password)
    try:
        admitted = admit(path, password)
    except Refused as refusal:
        if refusal.phrase.code != "archive_of_files":
            raise
        files = list(_archive(path))
        if not files:
            raise Refused("no_table", file=path.name) from None
        return _sha256(path), files
    return _sha256(path), [OneFile(path.name, admitted)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_sheet(name: PurePosixPath | Path) -> bool:
    hidden = name.name.startswith((".", "~$")) or "__MACOSX" in name.parts
    return not hidden and name.suffix.lower() in _ENDINGS


def _folder(path: Path, password: str) -> tuple[str, list[OneFile]]:
    """The sheets in a folder and those below it, by name; links out of it are not followed."""
    found = sorted(one for one in path.rglob("*") if _is_sheet(one) and one.is_file() and not one.is_symlink())
    if not found:
        raise Refused("folder_without_sheets", file=path.name)
    _check(path.name, [one.stat().st_size for one in found])
    digest, files = hashlib.sha256(), []
    for one in found:
        digest.update(_sha256(one).encode())
        try:
            files.append(OneFile(one.name, admit(one, password)))
        except Refused as refusal:
            files.append(OneFile(one.name, None, refusal))
    return digest.hexdigest(), files


def _archive(path: Path) -> Iterator[OneFile]:
    try:
        with zipfile.ZipFile(path) as package:
            parts = [part for part in package.infolist() if not part.is_dir()]
            _check(path.name, [part.file_size for part in parts])
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise Refused("archive_with_password", file=path.name)
            wanted = sorted((_name(part), part) for part in parts if _is_sheet(PurePosixPath(_name(part))))
            for name, part in wanted:
                yield _member(PurePosixPath(name).name, package, part)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Refused("file_damaged", file=path.name) from error


def _check(name: str, sizes: list[int]) -> None:
    if len(sizes) > MAX_PARTS:
        raise Refused("sheet_too_many_parts", file=name, count=len(sizes))
    if max(sizes, default=0) > MAX_PART or sum(sizes) > MAX_ALL:
        raise Refused("sheet_unpacks_too_large", file=name, megabytes=max(1, sum(sizes) >> 20))


def _name(part: zipfile.ZipInfo) -> str:
    """The name of a part; Chinese Windows writes it in GBK without saying so."""
    if part.flag_bits & _UTF8_NAME:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return part.filename


def _member(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> OneFile:
    try:
        with package.open(part) as stream:
            content = stream.read(part.file_size + 1)
        return OneFile(name, admit_content(Path(name), content))
    except Refused as refusal:
        return OneFile(name, None, refusal)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return OneFile(name, None, Refused("file_damaged", file=name))
