"""`crmdesk proof`: which noted facts go with coming again."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from crmdesk.cli.as_json import print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.i18n import _
from crmdesk.operations.proof import noted_facts
from crmdesk.words.phrases import say
from crmdesk.words.proof import proof_phrase


def print_proof(options: Namespace, clock: Clock) -> int:
    """`crmdesk proof`."""
    with opened(options.file, clock, read_only=True) as db:
        proofs = noted_facts(db)
    if options.json:
        print_json([{**asdict(proof), "reason": say(proof_phrase(proof))} for proof in proofs])
        return 0
    for proof in proofs:
        print(say(proof_phrase(proof)))
    if not proofs:
        print(_("No noted fact goes with coming again beyond chance yet"))
    return 0
