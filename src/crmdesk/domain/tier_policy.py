"""The rules that give tiers, as the user sees and keeps them; `domain.tier` applies them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

SHARES: Final = {2: (0.8,), 3: (0.6, 0.9), 4: (0.5, 0.8, 0.95), 5: (0.4, 0.65, 0.85, 0.95)}


@dataclass(frozen=True)
class TierPolicy:
    """The rules: level names from the best on, the share of all value down to each level, window and caps.

    `window` in days, 0 is everything. `measure` is "auto" (profit where the cost of most sales is known), "profit" or
    "total". A cap is the best level (0 is the first) that a customer of that stage may have.
    """

    levels: tuple[str, ...] = ("A", "B", "C", "D")
    shares: tuple[float, ...] = SHARES[4]
    window: int = 0
    measure: str = "auto"
    new_cap: int = 1
    quiet_cap: int = 1
    lost_cap: int = 2
    version: int = 1

    def __post_init__(self) -> None:
        if not 2 <= len(self.levels) <= 5 or len(self.shares) != len(self.levels) - 1:
            raise ValueError("a policy has two to five levels and a share for each but the last")
        if len(set(self.levels)) != len(self.levels) or not all(self.levels):
            raise ValueError("every level has a name of its own")
        if list(self.shares) != sorted(set(self.shares)) or not all(0 < share <= 1 for share in self.shares):
            raise ValueError("shares grow from level to level, between 0 and 1")

    def to_json(self) -> str:
        """The policy as kept in the file."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> TierPolicy:
        """The policy that `to_json` wrote."""
        values = json.loads(text)
        return cls(**{**values, "levels": tuple(values["levels"]), "shares": tuple(values["shares"])})
