"""What the tests of the Python package share."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Callable
from typing import Any

import pytest

import kepu

ROOT = pathlib.Path(__file__).parents[2]

# The workers of a session of Spark are of this very Python, and nobody else hears of it.
os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")


@pytest.fixture(scope="session")
def notice() -> kepu.Notice:
    return kepu.Notice("henan-2023")


@pytest.fixture
def activity() -> Callable[..., dict[str, Any]]:
    """A record with nothing to say, and what a test changes of it."""

    def record(**changed: Any) -> dict[str, Any]:
        plain = {
            "title": "“走近湿地”自然观察",
            "organizer": "新乡市科协",
            "category": "地方主场活动",
            "theme": "提升全民科学素质 助力科技自立自强",
            "start": "2023-09-18",
            "end": "2023-09-19",
            "images": ["1.jpg"],
            "news_links": ["https://www.example.cn/1"],
            "report": "已完成",
        }
        return {**plain, **changed}

    return record


def pytest_unconfigure(config: Any) -> None:
    """The suite's last line, as that of every other."""
    stats = config.pluginmanager.get_plugin("terminalreporter").stats
    passed, failed = len(stats.get("passed", [])), len(stats.get("failed", [])) + len(stats.get("error", []))
    print(f"{passed} passed, {failed} failed")
