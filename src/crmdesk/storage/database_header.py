"""What a file says of itself in its first 100 bytes: read before the first connection, never while one is open."""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from crmdesk.domain.phrase import Refused
from crmdesk.storage.database_driver import connect

APPLICATION_ID: Final = 0x43524D44  # "CRMD"
SCHEMA_VERSION: Final = 1
_PLAIN: Final = b"SQLite format 3\0"
_OTHERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xef\xbb\xbf")  # workbooks, documents, text


class Header(NamedTuple):
    """The file's schema version, and which file it is on its disk."""

    schema: int  # 0 where the file is encrypted: known only once it is open
    encrypted: bool
    device: int
    inode: int


def read_header(path: Path) -> Header:
    """The header of a crmdesk file. Refused when it is missing, damaged, or another program's."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
        stat = path.stat()
    except FileNotFoundError:
        raise Refused("data_missing", file=path.name, folder=str(path.absolute().parent)) from None
    except OSError as error:
        raise Refused("data_unreadable", file=path.name, why=error.strerror or "") from error
    if len(head) < 100:
        raise Refused("data_damaged", file=path.name)
    if (head.isascii() and head[:16] != _PLAIN) or head.startswith(_OTHERS):
        raise Refused("data_foreign", file=path.name)  # an encrypted file begins with noise
    if head[:16] != _PLAIN:
        return Header(0, True, stat.st_dev, stat.st_ino)
    (schema,) = struct.unpack(">I", head[60:64])
    (application,) = struct.unpack(">I", head[68:72])
    if application != APPLICATION_ID or schema == 0:
        raise Refused("data_foreign", file=path.name)
    return Header(schema, False, stat.st_dev, stat.st_ino)


def unlocked_header(header: Header, path: Path, password: str) -> Header:
    """The header of an encrypted file with its schema, read through a connection. Raises the driver's error."""
    with closing(connect(path, writer=False, password=password)) as raw:
        application, schema = (
            raw.execute(f"PRAGMA {what}").fetchone()[0] for what in ("application_id", "user_version")
        )
    if application != APPLICATION_ID or schema == 0:
        raise Refused("data_foreign", file=path.name)
    return header._replace(schema=schema)
