"""One record: what Python may hold, what comes back, and what is refused."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import pathlib
import threading
from collections import OrderedDict, UserDict
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import kepu

AS_OF = "2023-10-08"


def rules(report: kepu.Report) -> list[str]:
    return [finding["rule"] for finding in report.findings]


def test_a_clean_record_is_accepted_and_nothing_is_said(notice, activity):
    report = notice.check(activity(), as_of=AS_OF)
    assert report.findings == []
    assert report.is_accepted and not report.is_blocked
    assert repr(report) == "<Report: 0 error, 0 warning, 0 info>"


def test_a_finding_stands_as_on_the_wire(notice, activity):
    (finding,) = notice.check(activity(start="9月16日", end=None), as_of=AS_OF).findings
    assert list(finding) == ["rule", "severity", "blocking", "path", "args", "clause", "message", "advice", "fix", "row"]
    assert finding["path"] == ["start"]
    assert finding["clause"] == {"number": "一", "quote": "定于2023年9月17—23日集中开展"}
    assert finding["row"] is None


def test_messages_are_chinese_unless_english_is_asked_for(notice):
    assert "没有填写" in notice.check({}, as_of=AS_OF).findings[0]["message"]
    assert notice.check({}, as_of=AS_OF, lang="en").findings[0]["message"].isascii()


@pytest.mark.parametrize(
    "day",
    [
        "2023年9月18日",
        dt.date(2023, 9, 18),
        dt.datetime(2023, 9, 18, 9, 30),
        dt.datetime(2023, 9, 17, 16, 0, tzinfo=dt.timezone.utc),
        pd.Timestamp("2023-09-18"),
        pd.Timestamp("2023-09-18 00:30", tz="Asia/Shanghai"),
        np.datetime64("2023-09-18"),
        np.datetime64("2023-09-18T00:00:00.000000000"),
        pa.scalar(dt.date(2023, 9, 18)),
        45187,
        45187.0,
        np.float64(45187.5),
        decimal.Decimal("45187"),
    ],
    ids=repr,
)
def test_a_day_may_come_as_anything_that_holds_one(notice, activity, day):
    report = notice.check(activity(start=day, end=None), as_of=AS_OF)
    assert report.read["start"] == "2023-09-18"
    assert report.day("start") == dt.date(2023, 9, 18)


@pytest.mark.parametrize(
    "nothing", [None, float("nan"), pd.NaT, pd.NA, np.nan, np.datetime64("NaT"), decimal.Decimal("NaN"), "", "——", "待定"], ids=repr
)
def test_what_is_missing_is_empty(notice, activity, nothing):
    assert rules(notice.check(activity(start=nothing, end=None), as_of=AS_OF)) == ["missing-field"]


@pytest.mark.parametrize("count", [300, 300.0, "300人次", np.int32(300), np.float32(300), decimal.Decimal("300.00"), pa.scalar(300)], ids=repr)
def test_a_count_may_come_as_any_number(notice, activity, count):
    read = notice.check(activity(audience=count), as_of=AS_OF).read
    assert (read["audience"], read["audience_precision"]) == (300, "exact")


@pytest.mark.parametrize(
    "images",
    [
        ["1.jpg", "2.jpg"],
        ("1.jpg", "2.jpg"),
        {"2.jpg", "1.jpg"},
        frozenset(["1.jpg", "2.jpg"]),
        np.array(["1.jpg", "2.jpg"]),
        pd.Series(["1.jpg", "2.jpg"]),
        pa.array(["1.jpg", "2.jpg"]),
        "1.jpg、2.jpg",
        [pathlib.Path("1.jpg"), pathlib.Path("2.jpg")],
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_list_may_come_as_any_list(notice, activity, images):
    assert notice.check(activity(images=images), as_of=AS_OF).read["images"] == ["1.jpg", "2.jpg"]


def test_texts_of_other_types_are_texts(notice, activity):
    class Mode(enum.StrEnum):
        BOTH = "线上线下"

    read = notice.check(activity(mode=Mode.BOTH, phone=13838381234, venue=np.str_("湿地公园")), as_of=AS_OF).read
    assert (read["mode"], read["phone"], read["venue"]) == ("both", ["13838381234"], "湿地公园")


@pytest.mark.parametrize("made", [OrderedDict, UserDict, pd.Series, lambda record: pa.scalar(record)], ids=str)
def test_a_record_may_be_any_mapping(notice, made):
    record = made({"活动名称": "走近湿地", "举办单位": "新乡市科协", "活动时间": "9月18日"})
    assert notice.check(record, as_of=AS_OF).read["start"] == "2023-09-18"


def test_of_several_keys_of_one_field_the_id_ranks_first(notice):
    record = {"名称": "乙", "title": "甲", "活动标题": "丙", "人数": 5}
    report = notice.check(record, as_of=AS_OF)
    assert (report.read["title"], report.read["audience"]) == ("甲", 5)
    assert notice.check({"名称": "乙", "title": "——"}, as_of=AS_OF).read["title"] == "乙"


def test_keys_that_name_no_field_are_left_alone(notice, activity):
    assert notice.check({**activity(), "备注": b"\xff", 3: object(), None: 1}, as_of=AS_OF).findings == []


def test_fixes_are_applied_under_the_keys_that_the_record_came_with(notice, activity):
    record = activity()
    del record["theme"]
    record["主题"] = "提升全民科学素养 助力科技自立自强"
    record["备注"] = ["自己的话"]
    before = {**record}
    report = notice.check(record, as_of=AS_OF)
    record["主题"] = "后来改的"
    fixed = report.fixed()
    assert rules(report) == ["wrong-theme"]
    assert fixed == {**before, "主题": report.findings[0]["fix"]["value"]}
    assert notice.check(fixed, as_of=AS_OF).findings == []


def test_a_fixed_record_has_its_own_keys_in_its_own_order(notice, activity):
    texts = {key: value for key, value in activity().items() if isinstance(value, str)} | {"report": None, "theme": "提升全民科学素养 助力科技自立自强"}
    for record in (texts, dict(reversed(texts.items())), {**texts, "备注": "自己的话"}):
        before = {**record}
        report = notice.check(record, as_of="2023-09-01")
        record.clear()
        fixed = report.fixed()
        assert list(fixed.items()) == list({**before, "theme": report.findings[0]["fix"]["value"]}.items())


def test_a_fix_of_an_item_leaves_the_others(notice, activity):
    report = notice.check(activity(news_links=["https://a.cn/1", "www.example.cn/2"]), as_of=AS_OF)
    assert report.findings[0]["path"] == ["news_links", 1]
    assert report.fixed()["news_links"] == ["https://a.cn/1", "https://www.example.cn/2"]


def test_explain_says_what_was_met_and_what_did_not_arise(notice, activity):
    outcomes = {tuple(answer["rules"]): answer["outcome"] for answer in notice.check(activity(), as_of=AS_OF).explain()}
    assert set(outcomes.values()) >= {"met", "not-applicable"}


def test_a_report_names_what_makes_it_repeatable(notice, activity):
    report = notice.check(activity(), as_of=dt.date(2023, 10, 8), ignore=["too-long"], strict_deadlines=True)
    whole = report.to_dict()
    assert (whole["kepu"], whole["notice"], whole["as_of"]) == (kepu.__version__, "henan-2023", "2023-10-08T00:00")
    assert whole["options"]["ignore"] == ["too-long"] and whole["options"]["strict_deadlines"] is True
    assert report.as_of == "2023-10-08T00:00"


@pytest.mark.parametrize(
    "as_of",
    ["2023-09-28T17:00", dt.datetime(2023, 9, 28, 17), dt.datetime(2023, 9, 28, 9, tzinfo=dt.timezone.utc), pd.Timestamp("2023-09-28T09Z")],
    ids=repr,
)
def test_as_of_is_at_utc_8_unless_it_names_a_zone(notice, as_of):
    assert notice.check({}, as_of=as_of).as_of == "2023-09-28T17:00"


def test_options_choose_rules_and_severities(notice, activity):
    record = activity(start="9月16日", end=None, phone="12")
    assert rules(notice.check(record, as_of=AS_OF)) == ["outside-window", "malformed-phone"]
    assert rules(notice.check(record, as_of=AS_OF, only="malformed-phone")) == ["malformed-phone"]
    assert rules(notice.check(record, as_of=AS_OF, ignore=("malformed-phone",))) == ["outside-window"]
    assert rules(notice.check(record, as_of=AS_OF, min_severity="warning")) == ["malformed-phone"]


def test_a_deadline_can_be_read_strictly_and_a_roster_given(notice):
    summary = {"unit": "河南省物理学会", "submitted_on": "2023-09-28"}
    assert rules(notice.check(summary, kind="summary", as_of=AS_OF, roster=["河南省物理学会"])) == ["deadline-day"]
    strict = notice.check(summary, kind="summary", as_of=AS_OF, roster={"societies": ["河南省物理学会"]}, strict_deadlines=True)
    assert rules(strict) == ["late-summary"] and not strict.is_accepted and not strict.is_blocked


@pytest.mark.parametrize(
    ("error", "words", "ask"),
    [
        (kepu.NameUnknownError, "henan-2023", lambda n: kepu.Notice("henan-2032")),
        (kepu.NameUnknownError, "2023-10-08", lambda n: n.check({}, as_of="昨天")),
        (kepu.NameUnknownError, "datetime", lambda n: n.check({}, as_of=3)),
        (kepu.NameUnknownError, "datetime", lambda n: n.check({}, as_of=None)),
        (kepu.NameUnknownError, "datetime", lambda n: n.check({}, as_of=pd.NaT)),
        (kepu.NameUnknownError, "outside-window", lambda n: n.check({}, as_of=AS_OF, only=["outside-windw"])),
        (kepu.NameUnknownError, "societies", lambda n: n.check({}, as_of=AS_OF, roster={"society": []})),
        (kepu.NameUnknownError, "summary", lambda n: n.check({}, as_of=AS_OF, kind="plan")),
        (kepu.NameUnknownError, "warning", lambda n: n.check({}, as_of=AS_OF, min_severity="warn")),
        (kepu.NameUnknownError, "zh", lambda n: n.check({}, as_of=AS_OF, lang="de")),
        (kepu.RecordError, "check_table", lambda n: n.check([{}], as_of=AS_OF)),
        (kepu.RecordError, "check_table", lambda n: n.check(pd.DataFrame({"title": ["a"]}), as_of=AS_OF)),
        (kepu.RecordError, "json.loads", lambda n: n.check('{"title": "a"}', as_of=AS_OF)),
        (kepu.RecordError, "decode", lambda n: n.check({"名称": "走近湿地".encode("gb18030")}, as_of=AS_OF)),
        (kepu.RecordError, "timedelta", lambda n: n.check({"title": dt.timedelta(1)}, as_of=AS_OF)),
    ],
)
def test_what_cannot_be_used_is_an_error_that_names_the_way_out(notice, error, words, ask):
    with pytest.raises(error) as raised:
        ask(notice)
    assert isinstance(raised.value, kepu.KepuError) and isinstance(raised.value, ValueError)
    assert words in str(raised.value) and words in raised.value.en


def test_checks_on_several_threads_give_the_same(notice, activity):
    record = activity(start="9月16日", end=None)
    found: list[Any] = []

    def check(number: int) -> None:
        options: dict[str, Any] = {"ignore": ["too-long"]} if number % 2 else {}
        found.extend(rules(notice.check(record, as_of=AS_OF, **options)) for _ in range(200))

    threads = [threading.Thread(target=check, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["outside-window"]] * 1600


def test_a_page_of_a_report_escapes_what_a_sender_wrote(notice, activity):
    page = notice.check(activity(phone="<script>alert(1)</script>", theme="<b>" * 400), as_of=AS_OF)._repr_html_()
    assert "<script>" not in page and "<b><b>" not in page and "&lt;script&gt;" in page
    assert len(page.encode()) < 10_000
