"""A damaged file without a backup: what is readable is taken into a new one, and what was lost is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.progress import Progress
from crmdesk.storage.database import open_database
from crmdesk.storage.salvage import Salvaged, salvage_into

__all__ = ["PASSWORD", "Salvaged", "free_place", "salvage", "salvage_apart"]

PASSWORD: Final = "CRMDESK_PASSWORD"  # the name of a variable, not the word
_ASKED_EVERY: Final = 0.2  # seconds


def free_place(damaged: Path) -> Path:
    """Where the new file goes: beside the damaged one, under a name that is free."""
    names = (f"{damaged.stem}-{number}{damaged.suffix}" for number in range(2, 10_000))
    return next(damaged.with_name(name) for name in names if not damaged.with_name(name).exists())


def salvage(
    damaged: Path, target: Path, clock: Clock, *, password: str = "", progress: Progress | None = None
) -> Salvaged:
    """Take what is readable in `damaged` into the new file `target`; its history begins anew.

    `damaged` is only copied; the new file has the same password. Raises Refused("nothing_readable") and leaves no
    file then.
    """
    from crmdesk.storage import file_settings
    from crmdesk.storage.database_create import build_file

    progress = progress or Progress()
    build_file(target, password)
    try:
        told = salvage_into(damaged, target, password, progress)
        with (
            closing(open_database(target, clock, password=password)) as db,
            db.write("salvage", undoable=False, progress=progress, file=damaged.name) as step,
        ):
            file_settings.put(step, "salvaged_from", f"{damaged.name} {clock.today().isoformat()}")
            step.touch_everybody()
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return told


def salvage_apart(damaged: Path, target: Path, password: str, progress: Progress) -> Salvaged:
    """The same in a process of its own: what is wrong inside a damaged file must not take the window along."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "crmdesk"]
    asked = ["restore", "--salvage", "--to", str(target), "--json", "--file", str(damaged)]
    env = {**os.environ, PASSWORD: password, "PYTHONUTF8": "1"}
    with subprocess.Popen([*own, *asked], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env) as child:
        while True:
            try:
                answer, _none = child.communicate(timeout=_ASKED_EVERY)
                break
            except subprocess.TimeoutExpired:
                try:
                    progress.report("salvage", 0)
                except BaseException:
                    child.kill()
                    child.wait()
                    target.unlink(missing_ok=True)
                    raise
    if child.returncode != 0:
        target.unlink(missing_ok=True)
        raise Refused("nothing_readable" if child.returncode == 1 else "salvage_stopped", file=damaged.name)
    plain = json.loads(answer)
    return Salvaged(Path(plain["file"]), plain["taken"], plain["lost"])
