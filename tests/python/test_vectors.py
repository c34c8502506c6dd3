"""One verdict everywhere: the corpus through Python."""

from __future__ import annotations

import pytest

import vectors


@pytest.fixture(scope="module")
def loaded():
    return {}


@pytest.mark.parametrize(("file", "id", "case"), [pytest.param(*rest, id=name) for name, *rest in vectors.cases()])
def test_every_vector_gives_its_verdict(loaded, file, id, case):
    notice = loaded.get((file, id)) or loaded.setdefault((file, id), vectors.notice(file, id))
    vectors.run(notice, case)
