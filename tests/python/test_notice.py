"""Notices: the bundled ones, one's own, their faults, and what they date."""

from __future__ import annotations

import copy
import json
import multiprocessing
import pickle

import jsonschema
import pytest

import kepu
from conftest import ROOT


def test_the_bundled_notices_are_listed():
    assert [listed["id"] for listed in kepu.notices()] == ["henan-2023"]
    assert repr(kepu.Notice("henan-2023")) == "<Notice henan-2023: 关于举办2023年河南省全国科普日活动的通知>"


@pytest.mark.parametrize("file", sorted((ROOT / "tests/data/notices").glob("*.toml")), ids=lambda path: path.stem)
def test_a_notice_of_ones_own_is_loaded_from_toml_and_from_json(file, tmp_path):
    notice = kepu.Notice.load(file)
    (tmp_path / "notice.json").write_text("\ufeff" + notice.to_json(), encoding="utf-8")
    assert kepu.Notice.load(tmp_path / "notice.json") == notice == kepu.Notice.load(str(file))


def test_a_notice_pickles_and_copies(notice):
    assert pickle.loads(pickle.dumps(notice)) == notice == copy.deepcopy(notice)
    assert hash(pickle.loads(pickle.dumps(notice))) == hash(notice)
    assert notice != "henan-2023"


def test_a_notice_goes_to_another_process(notice):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(title, (notice,)) == notice.title


def title(notice: kepu.Notice) -> str | None:
    return notice.title


def test_all_faults_come_with_their_places(tmp_path):
    file = tmp_path / "draft.toml"
    file.write_text('format = 1\nid = "mine"\nyaer = 2024\n\n[[periods]]\nstart = "9月17日"\n', encoding="utf-8")
    with pytest.raises(kepu.NoticeError) as raised:
        kepu.Notice.load(file)
    error = raised.value
    assert error.file == str(file) and str(file) in str(error)
    assert [(fault["line"], fault["key"]) for fault in error.faults][:2] == [(1, "year"), (3, "yaer")]
    assert all(fault["message"] and fault["column"] >= 1 for fault in error.faults)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.faults, again.en) == (str(error), error.faults, error.en)


@pytest.mark.parametrize("held", ["河南".encode("gb18030"), b"\x00\xff", b"", b"[", b"{", b"{" * 10_000, b"x" * (1 << 21)], ids=repr)
def test_a_file_that_is_no_notice_is_refused(tmp_path, held):
    (tmp_path / "notice.toml").write_bytes(held)
    with pytest.raises(kepu.NoticeError):
        kepu.Notice.load(tmp_path / "notice.toml")


def test_a_file_that_is_not_there_is_an_oserror():
    with pytest.raises(FileNotFoundError):
        kepu.Notice.load("nowhere.toml")


def test_the_timeline_says_what_is_due(notice):
    (*_, summary) = notice.timeline("2023-09-28T23:59")
    assert (summary["state"], summary["days_left"], summary["last"]) == ("due-today", 0, "2023-09-28")
    assert summary["owed_by"] == ["各省辖市、济源示范区科协", "各全省学会"]
    assert notice.timeline("2023-09-29")[-1]["state"] == "overdue"


def test_the_calendar_is_stamped_with_the_moment(notice):
    assert "DTSTAMP:20230831T160000Z\r\n" in notice.ics("2023-09-01")


def test_the_schema_accepts_a_record_as_a_portal_should_send_it(notice, activity):
    schema = notice.schema("activity", lang="en")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(activity(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(activity(start="9月18日"), schema)
    assert json.dumps(notice.schema("summary"))


def test_rules_are_told_in_both_languages():
    zh, en = kepu.rules(), kepu.rules(lang="en")
    assert [rule["id"] for rule in zh] == [rule["id"] for rule in en]
    assert all(a["message"] != b["message"] and a["about"] != b["about"] for a, b in zip(zh, en, strict=True))
