"""Old Excel files and encrypted packages: both are containers of the same kind, told apart by their streams."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.excel.gate_package import Admitted, Format, admit_decrypted

# Excel encrypts with this when a workbook is only write-protected, and opens it without asking.
_DEFAULT_PASSWORD: Final = "VelvetSweatshop"
_FILE_PASS: Final = 0x2F


def admit_ole(path: Path, password: str) -> Admitted:
    """Tell an .xls from an encrypted workbook and from other programs' files; decrypt it. Raises Refused."""
    streams, workbook = _streams(path)
    if streams is None:
        return Admitted(path, Format.XLS)
    if "encryptedpackage" in streams or _starts_encrypted(workbook):
        return admit_decrypted(path, _decrypt(path, password))
    if workbook or not streams:
        return Admitted(path, Format.XLS)
    raise Refused("not_a_sheet", file=path.name)


def _streams(path: Path) -> tuple[set[str] | None, bytes]:
    """Names of the streams and the head of the workbook's; None where the container is too odd to be listed."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as ole:
            names = {"/".join(entry).casefold() for entry in ole.listdir()}
            for name in ("Workbook", "Book"):
                if name.casefold() in names:
                    return names, ole.openstream(name).read(8_192)
            return names, b""
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        return None, b""


def _starts_encrypted(stream: bytes) -> bool:
    """Whether a FILEPASS record stands among the first records."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + size
    return False


def _decrypt(path: Path, password: str) -> bytes:
    content = path.read_bytes()
    for attempt in (_DEFAULT_PASSWORD, password):
        if attempt:
            plain = _attempt(content, attempt)
            if plain:
                return plain
    raise Refused("wrong_password" if password else "password_protected", file=path.name)


def _attempt(content: bytes, password: str) -> bytes:
    """The decrypted bytes; empty where the password is another one or the encryption is not understood."""
    import msoffcrypto
    from cryptography.exceptions import UnsupportedAlgorithm
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    plain = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        office.load_key(password=password)
        office.decrypt(plain)
    except (DecryptionError, FileFormatError, InvalidKeyError, ParseError, UnsupportedAlgorithm):
        return b""
    except (ValueError, TypeError, KeyError, IndexError, AssertionError, OSError, struct.error):
        return b""
    result = plain.getvalue()
    return result if result.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) else b""
