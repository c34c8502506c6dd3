"""Types: what is generated is current, what is written by hand is true."""

from __future__ import annotations

import subprocess
import sys

import names
from conftest import ROOT


def test_the_names_are_those_of_the_core():
    assert names.PATH.read_text(encoding="utf-8") == names.names(), "the core has other names: run tests/run renew"


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_agree_with_what_runs():
    run("mypy.stubtest", "kepu", "--mypy-config-file", "tests/python/mypy.ini", "--allowlist", "tests/python/stubtest.txt")


def test_the_package_is_strictly_typed():
    run("mypy", "--config-file", "tests/python/mypy.ini", "-p", "kepu")
