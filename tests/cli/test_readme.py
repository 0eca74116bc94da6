"""The README names every command that there is, and none that is not."""

from __future__ import annotations

import re
from argparse import _SubParsersAction
from pathlib import Path

from crmdesk.cli.parser import build_parser

README = Path(__file__).parent.parent.parent / "README.md"


def test_the_readme_names_the_commands_of_the_command_line():
    section = README.read_text(encoding="utf-8").partition("## The command line")[2].partition("\n## ")[0]
    told = {name for line in re.findall(r"^crmdesk ([a-z|-]+)", section, re.M) for name in line.split("|")}
    (commands,) = (action for action in build_parser()._actions if isinstance(action, _SubParsersAction))
    assert told == set(commands.choices)
