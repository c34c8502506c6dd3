"""What the peers are told: the notice of one province and one year, and what the generator says is wrong."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

THEME = "提升全民科学素质，助力科技自立自强"
CATEGORIES = [
    "省级主场活动",
    "地方主场活动",
    "主办单位联合行动",
    "学会科普联合行动",
    "企业科普联合行动",
    "科技馆联合行动",
    "科普（教育）基地联合行动",
    "青少年科普专项行动",
    "科学家讲科普专项行动",
    "农技协科普专项行动",
    "“银龄跨越数字鸿沟”科普专项行动",
    "“云上科普日”专项行动",
]
WINDOW = (date(2023, 9, 17), date(2023, 9, 23))
OPENS = date(2023, 8, 21)
YEAR = 2023
AS_OF = "2023-10-08"
PHONE = r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7})$"
EMAIL = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
UNSAFE = r"(?i)^(javascript|vbscript|data|blob|file):"
REQUIRED = {"title": "活动名称", "organizer": "举办单位", "category": "活动类别", "start": "开始日期"}
DAYS = ("开始日期", "结束日期", "平台发布日期")

RULES = (
    "missing-field",
    "unknown-category",
    "wrong-theme",
    "unreadable-date",
    "outside-window",
    "spans-window",
    "reversed-dates",
    "published-early",
    "unreadable-count",
    "malformed-phone",
    "malformed-email",
    "unsafe-link",
    "missing-media",
    "duplicate-id",
    "duplicate-activity",
)

# Faults that the fifteen rules know by another name, and the way they then see them.
SEEN_AS = {
    "group-as-category": "unknown-category",
    "imprecise-date": "unreadable-date",
    "weekday-mismatch": "unreadable-date",
    "outside-period": "outside-window",
}


def truth(path: Path) -> tuple[set[tuple[int, str]], dict[str, set[int]]]:
    """What the fifteen rules should find, and the rows written in other forms, by form."""
    expected: set[tuple[int, str]] = set()
    forms: dict[str, set[int]] = {"~days": set(), "~words": set()}
    with path.open(encoding="utf-8", newline="") as file:
        for row, rule in list(csv.reader(file))[1:]:
            if rule in forms:
                forms[rule].add(int(row))
            elif (seen := SEEN_AS.get(rule, rule)) in RULES:
                expected.add((int(row), seen))
    return expected, forms
