"""What the docs show is run: docstrings, and the Python of both READMEs."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pathlib
import pkgutil
import re

import pytest

import kepu
from conftest import ROOT

MODULES = ["kepu", *(f"kepu.{module.name}" for module in pkgutil.iter_modules(kepu.__path__) if not module.name.startswith("__"))]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0


def test_the_stub_says_of_a_check_what_the_method_says():
    stub = ast.parse(pathlib.Path(kepu.__file__).with_name("_kepu.pyi").read_text(encoding="utf-8"))
    held = next(node for node in stub.body if isinstance(node, ast.ClassDef) and node.name == "Held")
    check = next(node for node in held.body if isinstance(node, ast.FunctionDef) and node.name == "check")
    assert ast.get_docstring(check) == inspect.getdoc(kepu.Notice.check)


def test_every_public_thing_is_documented():
    for name in kepu.__all__:
        thing = getattr(kepu, name)
        if inspect.isclass(thing):
            assert thing.__doc__, name
            for member, value in vars(thing).items():
                if not member.startswith("_") and (callable(value) or isinstance(value, (property, classmethod, staticmethod))):
                    assert inspect.getdoc(getattr(thing, member)), f"{name}.{member}"
        elif inspect.isroutine(thing):
            assert thing.__doc__, name


def blocks() -> list[tuple[str, str]]:
    found = []
    for readme in (ROOT / "README.md", ROOT / "kepu-py/README.md"):
        text = readme.read_text(encoding="utf-8")
        for block in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            found.append((f"{readme.parent.name}/{readme.name}", block))
    return found


def test_both_readmes_show_python():
    assert {name for name, _ in blocks()} == {f"{ROOT.name}/README.md", "kepu-py/README.md"}


@pytest.mark.parametrize(("name", "block"), blocks())
def test_the_readmes_run(name, block, monkeypatch):
    # They name files from the root of the project.
    monkeypatch.chdir(ROOT)
    exec(compile(block, name, "exec"), {})  # noqa: S102


def test_the_readmes_are_typed(tmp_path):
    from test_types import run

    for number, (_, block) in enumerate(blocks()):
        file = pathlib.Path(tmp_path) / f"readme_{number}.py"
        file.write_text(block, encoding="utf-8")
        run("mypy", "--config-file", "tests/python/mypy.ini", str(file))
