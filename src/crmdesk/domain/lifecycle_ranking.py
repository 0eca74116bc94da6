"""Who is most likely to come again: how often each came, how long it has been silent, and its own rhythm."""

from __future__ import annotations

from typing import Final

import numpy as np

from crmdesk.domain.lifecycle_calendar import quiet_between
from crmdesk.domain.purchases import NO_DAY, Floats, Purchases
from crmdesk.domain.rhythm import HIGH, Prior, rhythms

# The cautious guess that the own purchases are added to: half a purchase in 0.7 of the group's usual intervals, and
# two chances in three to stay after each. Of customers with few purchases it decides nearly alone.
_PURCHASES: Final = 0.5
_INTERVALS: Final = 0.7
_LEAVE, _STAY = 0.8, 2.0
_STEEP: Final = 1.7  # a logistic curve of this steepness is the normal distribution's
_OVER: Final = 1.65  # spreads of the logarithm beyond which a regular customer counts as lost


def likely(buyers: Purchases, prior: Prior, as_of: int) -> Floats:
    """How much is to be expected of each buyer, in purchase days a day; to compare customers, not to be told.

    The closed form of MBG/NBD (Batislam, Denizel & Filiztekin 2007) with fixed parameters in units of the group's
    usual interval; a customer whose own rhythm is sure is judged by that as well. The group's quiet days count for
    nobody.
    """
    rhythm = rhythms(buyers, prior)
    silent = np.maximum(as_of - buyers.last - quiet_between(prior.quiet, buyers.last, as_of), 0)
    again = np.maximum(buyers.day_count - 1, 0)
    active = np.maximum(buyers.last - buyers.first, 0)
    start = _INTERVALS * prior.usual
    known_for = start + active + silent
    gone = _LEAVE / (_STAY + again) * (known_for / (start + active)) ** (_PURCHASES + again)
    expected = (_PURCHASES + again) / known_for / (1 + gone)
    own = rhythm.confidence == HIGH
    late = np.log((silent[own] + 1) / rhythm.usual[own]) / rhythm.spread[own]
    expected[own] /= np.sqrt(1 + np.exp(_STEEP * (late - _OVER)))
    return np.where(buyers.last == NO_DAY, 0.0, expected)
