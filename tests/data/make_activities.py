"""Makes kepu-core/examples/activities.xlsx, the sheet that the example checks, from the rows of activities.csv beside it.

    pip install openpyxl
    python tests/data/make_activities.py

Both are committed; run this after a change of the rows. All content is invented.
"""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

FOLDER = Path(__file__).parents[2] / "kepu-core" / "examples"
STAMP = datetime(2023, 10, 8)
HEADER_ROW = 3
# Rows as the spreadsheet shows them, whose organiser stands in one merged cell.
MERGED = [(5, 6)]
SUMMARIES = [
    ["序号", "报送单位", "单位类型", "提交时间", "工作总结"],
    [1, "郑州市科协", "科协", date(2023, 9, 26), "郑州市2023年全国科普日活动工作总结"],
    [2, "洛阳市科协", "科协", "9月28日", "洛阳市2023年全国科普日活动工作总结"],
    [3, "开封市科协", "科协", "2023.9.30", "开封市2023年全国科普日活动工作总结"],
    [4, "济源科协", "科协", "9月27日 16:30", "济源示范区2023年全国科普日活动工作总结"],
    [5, "南阳市科协", "科协", None, None],
    [6, "某市科技中心", None, "9月25日", "工作总结"],
]


def typed(text: str):
    """What a person who types into a spreadsheet gets: numbers and days become cells of their own kind."""
    if re.fullmatch(r"[1-9]\d{0,5}", text):
        return int(text)
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        return date(*map(int, text.split("-")))
    return text or None


def titled(sheet, row: int, width: int) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet.cell(row, 1).font = Font(bold=True, size=14)
    sheet.cell(row, 1).alignment = Alignment(horizontal="center")


def headed(sheet, row: int) -> None:
    for cell in sheet[row]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def activities(sheet) -> None:
    rows = list(csv.reader((FOLDER / "activities.csv").read_text("utf-8").splitlines()))
    width = len(rows[HEADER_ROW - 1])
    for row in rows:
        sheet.append([typed(text) for text in row])
    titled(sheet, 1, width)
    headed(sheet, HEADER_ROW)
    organizer = rows[HEADER_ROW - 1].index("主办单位") + 1
    for first, last in MERGED:
        assert len({rows[row - 1][organizer - 1] for row in range(first, last + 1)}) == 1, (first, last)
        sheet.merge_cells(start_row=first, start_column=organizer, end_row=last, end_column=organizer)
        sheet.cell(first, organizer).alignment = Alignment(vertical="center")
    for column, name in enumerate(rows[HEADER_ROW - 1], 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(8, min(32, 2 * len(name) + 2))
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 4)


def summaries(sheet) -> None:
    sheet.append(["2023年全国科普日工作总结报送情况"])
    for row in SUMMARIES:
        sheet.append(row)
    titled(sheet, 1, len(SUMMARIES[0]))
    headed(sheet, 2)
    for column, width in zip("BCDE", (18, 12, 18, 44)):
        sheet.column_dimensions[column].width = width


def repacked(data: bytes) -> bytes:
    """The same parts under one date, so that only a change of content changes the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def main() -> None:
    book = Workbook()
    book.properties.created = book.properties.modified = STAMP
    book.properties.creator = "kepu"
    activities(book.active)
    book.active.title = "活动统计表"
    summaries(book.create_sheet("总结报送"))
    data = io.BytesIO()
    book.save(data)
    (FOLDER / "activities.xlsx").write_bytes(repacked(data.getvalue()))


if __name__ == "__main__":
    main()
