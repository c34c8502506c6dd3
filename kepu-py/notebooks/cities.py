"""Makes the spreadsheets of eighteen cities as they come in: every city writes them in its own way.

All that stands in them is invented. The names of the cities and the kinds of activity are the notice's. Needs openpyxl.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

import kepu

HEADERS = ["序号", "活动名称", "举办单位", "所在地", "活动类别", "活动时间", "活动地点", "参与人数（人次）", "联系人", "联系电话", "活动图片", "新闻报道链接"]
SUBJECTS = ["走近湿地", "星空夜谈", "应急避险演练", "院士讲科学", "小小科学家", "健康义诊", "无人机体验", "科普大篷车", "低碳生活", "食品安全"]
PLACES = ["科技馆", "文化广场", "实验小学", "图书馆", "社区服务中心", "湿地公园"]


def cities(notice: kepu.Notice) -> list[str]:
    """The notice's cities, without the province that they belong to."""
    (province,) = json.loads(notice.to_json())["regions"]
    return [city["names"][0] for city in province["items"]]


def kinds(notice: kepu.Notice) -> list[str]:
    """The kinds of activity that an activity may be of."""
    leaves: list[str] = []
    for root in json.loads(notice.to_json())["categories"]:
        leaves += [leaf["names"][0] for leaf in root.get("items", [root])]
    return leaves


Row = list[object]


def activities(city: str, notice: kepu.Notice, chance: random.Random) -> list[Row]:
    """A city's activities: most are as they should be, some are not."""
    rows: list[Row] = []
    for number in range(1, chance.randint(12, 30)):
        subject, place = chance.choice(SUBJECTS), chance.choice(PLACES)
        day = date(notice.year, 9, 17) + timedelta(days=chance.randint(0, 6))
        rows.append(
            [
                number, f"“{subject}”{place}专场（{number}）", f"{city}科学技术协会", city, chance.choice(kinds(notice)[1:2] + kinds(notice)),
                written(day, chance), f"{city}{place}", chance.choice([120, 300, "约200人", "500余人次", 80]), "王老师",
                f"0371-6570{chance.randint(1000, 9999)}", f"{number}-1.jpg；{number}-2.jpg", "https://news.example.cn/a",
            ]
        )  # fmt: skip
    for row, fault in zip(chance.sample(rows, len(FAULTS)), FAULTS, strict=True):
        fault(row)
    return rows


def written(day: date, chance: random.Random) -> str:
    """A day in one of the ways in which people write it."""
    forms = [f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}日", f"{day:%Y.%m.%d}", f"{day:%Y/%m/%d}"]
    return chance.choice(forms)


def put(at: int, value: object) -> Callable[[Row], None]:
    def fault(row: Row) -> None:
        row[at] = value

    return fault


FAULTS = [put(5, "9月31日"), put(5, "9月中旬"), put(5, "9月16日"), put(4, "系列联合行动"), put(4, "科学讲座"), put(9, "1383838"), put(10, ""), put(2, "")]


def plain(city: str, rows: list[Row], path: Path) -> None:
    """A header, and rows below it."""
    book = Workbook()
    book.active.append(HEADERS)  # type: ignore[union-attr]
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path.with_suffix(".xlsx"))


def titled(city: str, rows: list[Row], path: Path) -> None:
    """A merged title, a note below it, colours, a total at the end, the city merged over all rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "活动汇总"
    sheet.append([f"{city}全国科普日活动汇总表"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADERS))
    sheet["A1"].font, sheet["A1"].alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    sheet.append(HEADERS)
    for cell in sheet[2]:
        cell.fill, cell.font = PatternFill("solid", fgColor="FFDDEBF7"), Font(bold=True)
    for row in rows:
        sheet.append(row)
    sheet.merge_cells(start_row=3, start_column=4, end_row=2 + len(rows), end_column=4)
    sheet.append(["合计", None, None, None, None, None, None, 9999])
    for column in "BCFGL":
        sheet.column_dimensions[column].width = 24
    book.save(path.with_suffix(".xlsx"))


def two_rows(city: str, rows: list[Row], path: Path) -> None:
    """A header of two rows: 联系方式 stands over 联系人 and 联系电话."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    upper: list[object] = [*HEADERS]
    upper[8:10] = ["联系方式", None]
    sheet.append(upper)
    sheet.append([None] * 8 + ["联系人", "联系电话"] + [None] * 2)
    sheet.merge_cells(start_row=1, start_column=9, end_row=1, end_column=10)
    for column in (*range(1, 9), 11, 12):
        sheet.merge_cells(start_row=1, start_column=column, end_row=2, end_column=column)
    for row in rows:
        sheet.append(row)
    book.save(path.with_suffix(".xlsx"))


def old_csv(city: str, rows: list[Row], path: Path) -> None:
    """A CSV as Excel in China saves it: GB18030."""
    with path.with_suffix(".csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADERS, *rows])


def make(folder: Path, notice: kepu.Notice, seed: int = 2023) -> list[Path]:
    """Writes one file a city, the same at every call; the files.

    >>> import kepu, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     len(make(Path(folder), kepu.Notice("henan-2023")))
    18
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    ways = [titled, plain, old_csv, two_rows]
    for number, city in enumerate(cities(notice)):
        ways[number % len(ways)](city, activities(city, notice, chance), folder / f"{number + 1:02}{city}")
    return sorted(folder.iterdir())
