"""Several schemes side by side: the levels that other rules give, as columns of the list beside the tier (G10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _
from crmdesk.words.policies import policy_name

if TYPE_CHECKING:
    from crmdesk.domain.tier_policy import TierPolicy
    from crmdesk.storage.database import Database

_EARLIER: Final = 5  # versions of one's own rules: what was before them nobody compares with


class OfferedScheme(NamedTuple):
    """Rules that can stand beside those in force; `beside`: they do."""

    code: str
    name: str
    beside: bool


def offered_schemes(db: Database) -> list[OfferedScheme]:
    """The other ready rules and the earlier versions of one's own, as far as they give levels."""
    from crmdesk.storage import listing_schemes

    with db.raw_read() as raw:
        beside = {one.code: one for one in listing_schemes.kept(raw)}
    found = {**_others(db), **{code: one.policy for code, one in beside.items()}}
    return [OfferedScheme(code, scheme_name(code, policy), code in beside) for code, policy in found.items()]


def put_beside(db: Database, codes: Sequence[str]) -> Changes:
    """Have the levels of these rules stand beside the tier, and of no others; everybody is judged by them.

    Not on the undo menu, as other columns are not. Raises Refused("no_such_policy").
    """
    from crmdesk.storage import file_settings, listing_schemes
    from crmdesk.storage.listing_columns import SCHEMES

    with db.raw_read() as raw:
        known = {one.code: one.policy for one in listing_schemes.kept(raw)}
    known = {**_others(db), **known}
    for code in codes:
        if code not in known:
            raise Refused("no_such_policy", value=code)
    schemes = [listing_schemes.BesideScheme(code, known[code]) for code in codes]
    with db.write("keep_layout", undoable=False) as step:
        file_settings.put(step, SCHEMES, listing_schemes.plain(schemes))
        listing_schemes.forget_others(step.raw)
        listing_schemes.refresh(step.raw, (), db.clock.today())
    return step.changes


def levels_by(db: Database, codes: Sequence[str]) -> dict[str, dict[int, str]]:
    """The level that each of these rules gives every customer that gets one, tried out on the spot; writes nothing.

    Raises Refused("no_such_policy").
    """
    from crmdesk.domain.policy_preview import try_out
    from crmdesk.operations.policies import trial

    others = _others(db)
    unknown = next((code for code in codes if code not in others), None)
    if unknown is not None:
        raise Refused("no_such_policy", value=unknown)
    tried = trial(db, products=True)
    found = {}
    for code in codes:
        policy = others[code]
        scheme = try_out(policy, tried.orders, tried.given, tried.facts, tried.ids, tried.as_of, tried.today)
        ranked = zip(tried.ids.tolist(), scheme.rank.tolist(), strict=True)
        found[code] = {customer: policy.levels[rank] for customer, rank in ranked if rank >= 0}
    return found


def scheme_name(code: str, policy: TierPolicy) -> str:
    """What a scheme is called above its column: ready rules by their name, one's own of before by their version."""
    name = policy_name(policy)
    return name if code == policy.ready else _("{name}, version {version}").format(name=name, version=policy.version)


def _others(db: Database) -> dict[str, TierPolicy]:
    from crmdesk.operations.policies import kept, ready_policies
    from crmdesk.operations.tiers import current_policy

    force = current_policy(db)
    ready = {policy.ready: policy for policy in ready_policies() if policy.ready != force.ready}
    earlier = {f"v{policy.version}": policy for policy, _made_on in kept(db)[1 : _EARLIER + 1]}
    return {code: policy for code, policy in {**ready, **earlier}.items() if policy.has_levels}
