"""Why it pays to note a fact, with the numbers behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Phrase, Value
from crmdesk.i18n import translatable

if TYPE_CHECKING:
    from crmdesk.domain.proof import Proof

PROOFS: Final[dict[str, str]] = {
    "proof_noted": translatable(
        'Where "{noted_trait}" is noted {with_share} came again ({with_all} customers), '
        "where it is not {without_share} ({without_all} customers)"
    ),
}


def proof_phrase(proof: Proof) -> Phrase:
    """The proof as a sentence: both shares with their customers."""
    values: dict[str, Value] = {
        "noted_trait": proof.fact,
        "with_share": proof.with_share,
        "with_all": proof.with_all,
        "without_share": proof.without_share,
        "without_all": proof.without_all,
    }
    return Phrase("proof_noted", values)
