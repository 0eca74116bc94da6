"""A few of each kind of accident; the scripts beside this file make as many as one likes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import crmdesk

HERE = Path(__file__).parent
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")


def run(script: str, *options: str) -> str:
    source = str(Path(crmdesk.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": source}
    command = [sys.executable, str(HERE / script), *options]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def own_disk_allowed() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def test_nothing_acknowledged_is_lost_when_the_program_is_killed_while_saving() -> None:
    assert "0 lost, 0 torn" in run("kills.py", "--count", "5")


def test_no_backup_is_unsound_when_the_program_is_killed_while_backing_up() -> None:
    assert "0 unsound backups" in run("kills.py", "--count", "3", "--backup")


@LINUX
def test_a_full_disk_loses_nothing() -> None:
    if not own_disk_allowed():
        pytest.skip("no disk of one's own may be made here")
    assert "0 went wrong" in run("disk_full.py", "--places", "2")


@LINUX
def test_a_power_cut_loses_nothing() -> None:
    if shutil.which("cc") is None:
        pytest.skip("no C compiler")
    assert "'whole': 20}" in run("power_cuts.py", "--count", "20", "--steps", "12")
