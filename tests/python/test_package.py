"""The package as it is installed: small, quick to import, on its own."""

from __future__ import annotations

import os
import pathlib
import statistics
import subprocess
import sys
import zipfile

import pytest

import kepu
from conftest import ROOT

WHEELS = sorted((ROOT / "target/wheels").glob(f"kepu-{kepu.__version__}-*.whl"))
NO_WHEEL = "no wheel in target/wheels: tests/run python builds it"


@pytest.fixture
def wheel() -> pathlib.Path:
    assert WHEELS, NO_WHEEL
    return WHEELS[-1]


def test_the_wheel_is_small_and_serves_every_later_python(wheel):
    assert wheel.stat().st_size < 4_000_000
    assert "cp311-abi3" in wheel.name


def test_the_wheel_holds_its_types_its_licences_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {"kepu/py.typed", "kepu/_kepu.pyi", "kepu/__main__.py"} <= set(names)
    assert not [name for name in names if "test" in name or name.endswith(".rs")]


def test_nothing_is_required(wheel):
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))).decode()
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist:")]
    assert required and all("extra ==" in line for line in required)
    extras = {line.partition(": ")[2] for line in metadata.splitlines() if line.startswith("Provides-Extra:")}
    assert extras == {"all", "cli", "excel", "plot", "spark"}


def test_the_wheel_keeps_to_the_stable_interface(wheel):
    done = subprocess.run([sys.executable, "-m", "abi3audit", "--strict", str(wheel)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_source_archive_builds_on_its_own():
    archives = sorted((ROOT / "target/wheels").glob(f"kepu-{kepu.__version__}.tar.gz"))
    assert archives, NO_WHEEL
    import tarfile

    with tarfile.open(archives[-1]) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert {"pyproject.toml", "kepu-py/Cargo.toml", "kepu-core/Cargo.toml", "Cargo.lock"} <= set(names)
    assert any(name.startswith("kepu-core/notices/generated/") for name in names)


def test_import_takes_less_than_50_milliseconds_and_brings_nobody_along():
    code = (
        "import sys, time; start = time.process_time(); import kepu; kepu.Notice('henan-2023');"
        "print(time.process_time() - start, *sys.modules)"
    )
    took, loaded = [], set()
    for _ in range(7):
        seconds, *names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        took.append(float(seconds))
        loaded.update(name.split(".")[0] for name in names)
    # The processor's time, and the least of several: the machine may be busy.
    assert min(took) < 0.050, f"median {statistics.median(took):.3f} s"
    assert not loaded & {"numpy", "pandas", "polars", "pyarrow", "rich", "openpyxl", "altair", "pyspark", "argparse", "asyncio"}


def test_it_runs_without_site_packages():
    path = os.pathsep.join([str(pathlib.Path(kepu.__file__).parents[1])])
    code = "import kepu; print(kepu.Notice('henan-2023').check_table([{'title': 'a'}], as_of='2023-09-01').findings.__len__())"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, env={"PYTHONPATH": path})
    assert done.stdout.strip() == "3", done.stderr
