"""Photos of customers: what is taken for one, and how large it may be."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 1_000_000
"""Bytes of one photo; phones put some tens of thousands on a card."""
LARGEST_OF_A_FILE: Final = 32_000_000
"""Bytes of all photos that one file of cards may bring: they are held in memory while it comes in."""


def photo_text(content: bytes) -> str:
    """A photo in a few signs, for where no picture can stand: "JPEG 23 KB"."""
    return f"{photo_kind(content).upper()} {-(-len(content) // 1000)} KB".strip()


def photo_kind(content: bytes) -> str:
    """What the first bytes say a picture is: "jpeg", "png", "gif" or "webp"; "" for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""
