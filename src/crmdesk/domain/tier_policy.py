"""The rules that give tiers, as data: what the user sees, edits, previews and keeps; `domain.tier` applies them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

SHARES: Final = {2: (0.8,), 3: (0.6, 0.9), 4: (0.5, 0.8, 0.95), 5: (0.4, 0.65, 0.85, 0.95)}
SCALES: Final = ("value", "points", "intent", "none")
CUTS: Final = ("shares", "quantiles", "limits")
MEASURES: Final = ("auto", "monetary", "profit")
RETURNS: Final = ("net", "ignore")


@dataclass(frozen=True)
class Part:
    """One indicator of the score and its weight.

    On the scale of points it gives 1 to 5: by `limits` (four, growing, in the indicator's own unit; money in whole
    currency units) or, without any, by fifths of the customers, frozen in each run. `low_is_good` for recency.
    """

    indicator: str
    weight: float = 1.0
    limits: tuple[float, ...] = ()


@dataclass(frozen=True)
class Exclusion:
    """A named reason why a customer is no key account: switched on or off, its limit, and words the user listed.

    `listed` are the industries or regions an exclusion goes by; one that needs a list is never applied without it.
    """

    code: str
    on: bool = True
    limit: float = 0.0
    listed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Steadiness:
    """What keeps tiers from flapping. `band` is a share of a limit, the others are days.

    A level changes at once only where the value lies beyond the limit by the band; inside the band the level stays
    for `hold` days and is then judged by the bare limit, so that nobody stays wrong for ever. `least_stay` days must
    pass before a level is lost again.
    """

    band: float = 0.05
    least_stay: int = 30
    hold: int = 180


EXCLUSIONS: Final = (
    Exclusion("needs", limit=365),
    Exclusion("power", limit=0.5),
    Exclusion("loyalty", limit=0.25),
    Exclusion("potential"),
    Exclusion("new", limit=90),
    Exclusion("small", limit=0.5),
    Exclusion("complaints", limit=0.2),
    # What needs a list, or is a matter of taste, stays off until the user says so.
    Exclusion("industry", on=False),
    Exclusion("cross_selling", on=False, limit=1),
    Exclusion("thin_region", on=False),
    Exclusion("full_region", on=False),
    Exclusion("off_region", on=False),
)


@dataclass(frozen=True)
class TierPolicy:
    """The rules: level names from the best on, how customers are scored and cut into levels, and what limits that.

    `scale` "value" (money of the first part), "points" (1 to 5 by all parts), "intent" (the salesperson's own
    judgement) or "none" (不分等级). `cut` says what `cuts` are, one for each level but the last: "shares" of all value
    down to the level (Pareto), "quantiles" of the customers, or "limits" on the score (whole currency units, or
    points). `window` in days, 0 is everything. A cap is the best level (0 is the first) that a customer of that stage,
    or one that an exclusion names, may have; `potential` is how many levels a high potential lifts.
    `cadence` holds the days between contacts per level (empty: the house's own), `playbook` what is done per level.
    """

    levels: tuple[str, ...] = ("A", "B", "C", "D")
    scale: str = "value"
    parts: tuple[Part, ...] = (Part("auto"),)
    cut: str = "shares"
    cuts: tuple[float, ...] = SHARES[4]
    window: int = 0
    returns: str = "net"
    potential: int = 0
    new_cap: int = 1
    quiet_cap: int = 1
    lost_cap: int = 2
    excluded_cap: int = 0
    exclusions: tuple[Exclusion, ...] = EXCLUSIONS
    steady: Steadiness = field(default_factory=Steadiness)
    cadence: tuple[int, ...] = ()
    playbook: tuple[str, ...] = ()
    ready: str = "pareto"  # the ready policy it began as
    name: str = ""  # the user's own name for it
    review_on: str = ""  # ISO day; set as it is applied
    version: int = 1

    def __post_init__(self) -> None:
        for wrong, why in _mistakes(self):
            if wrong:
                raise ValueError(why)

    @property
    def measure(self) -> str:
        """The indicator that the scale of value goes by."""
        return self.parts[0].indicator if self.parts else ""

    @property
    def has_levels(self) -> bool:
        """False for 不分等级."""
        return self.scale != "none"

    def exclusion(self, code: str) -> Exclusion:
        """The exclusion of this code, switched off where the policy does not know it."""
        return next((one for one in self.exclusions if one.code == code), Exclusion(code, on=False))

    def to_json(self) -> str:
        """The policy as kept in the file."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> TierPolicy:
        """The policy that `to_json` wrote. Raises ValueError for rules that make no sense."""
        return cls.from_values(json.loads(text))

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> TierPolicy:
        """A policy from plain values; what they leave out is the default. Raises ValueError."""
        kept = dict(values)
        unknown = sorted(set(kept) - set(cls.__dataclass_fields__))
        if unknown:
            raise ValueError(f"a policy has no {', '.join(unknown)}")
        try:
            for name in ("levels", "cuts", "cadence", "playbook"):
                if name in kept:
                    kept[name] = tuple(kept[name])
            if "parts" in kept:
                kept["parts"] = tuple(_part(part) for part in kept["parts"])
            if "exclusions" in kept:
                kept["exclusions"] = tuple(
                    Exclusion(**{**one, "listed": tuple(one.get("listed", ()))}) for one in kept["exclusions"]
                )
            if "steady" in kept:
                kept["steady"] = Steadiness(**kept["steady"])
            return cls(**kept)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"these are no rules: {error}") from error


def _part(values: Mapping[str, Any]) -> Part:
    return Part(**{**values, "limits": tuple(values.get("limits", ()))})


def _mistakes(policy: TierPolicy) -> tuple[tuple[bool, str], ...]:
    names, cuts = policy.levels, policy.cuts
    if policy.scale == "none":
        return ((bool(names or cuts), "without tiers there are no levels"),)
    growing = list(cuts) == sorted(set(cuts))
    return (
        (policy.scale not in SCALES, "the scale is value, points, intent or none"),
        (policy.cut not in CUTS, "levels are cut by shares, quantiles or limits"),
        (policy.returns not in RETURNS, "returns are net or ignore"),
        (not 2 <= len(names) <= 5, "a policy has two to five levels"),
        (len(set(names)) != len(names) or not all(names), "every level has a name of its own"),
        (policy.scale != "intent" and len(cuts) != len(names) - 1, "there is a cut for each level but the last"),
        (policy.scale == "value" and policy.measure not in MEASURES, "value is auto, monetary or profit"),
        (policy.scale == "points" and not policy.parts, "points need at least one indicator"),
        (any(part.weight <= 0 for part in policy.parts), "weights are above 0"),
        (any(len(part.limits) not in (0, 4) for part in policy.parts), "an indicator has four limits or none"),
        (any(list(part.limits) != sorted(set(part.limits)) for part in policy.parts), "limits of an indicator grow"),
        (policy.cut == "limits" and list(cuts) != sorted(set(cuts), reverse=True), "limits fall from level to level"),
        (policy.cut != "limits" and not growing, "shares grow from level to level"),
        (policy.cut != "limits" and not all(0 < share <= 1 for share in cuts), "shares lie between 0 and 1"),
        (bool(policy.cadence) and len(policy.cadence) != len(names), "there is a cadence for each level"),
        (any(days < 1 for days in policy.cadence), "a cadence is at least a day"),
        (bool(policy.playbook) and len(policy.playbook) != len(names), "there is a playbook for each level"),
        (not 0 <= policy.steady.band < 1, "the band lies between 0 and 1"),
        (policy.window < 0, "a window is a number of days"),
    )
