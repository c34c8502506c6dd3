"""Makes the spreadsheets of tests/data/sheets in the ways people do: with openpyxl, with LibreOffice, by hand.

    pip install openpyxl msoffcrypto-tool        # and LibreOffice: libreoffice-calc-nogui
    python tests/data/make_sheets.py

The files are committed; run this to change them, and look at the difference. All content is invented.
"""

import io
import struct
import subprocess
import tempfile
import zipfile
import zlib
from datetime import date, datetime, time
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

OUT = Path(__file__).parent / "sheets"
STAMP = datetime(2023, 10, 8)
HEADER = ["活动名称", "举办单位", "开始日期", "参与人次"]
ROWS = [
    ["走近湿地", "新乡市科协", "2023-09-17", "300"],
    ["𠮷祥航天展，一场“看得见”的展览", "洛阳市科协", "9月18日", "约1.2万"],
]


def repacked(data: bytes) -> bytes:
    """The same parts under one date, so that only a change of content changes a file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in (name for name in old.namelist() if not name.startswith("Thumbnails/")):
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def saved(book: Workbook) -> bytes:
    book.properties.created = book.properties.modified = STAMP
    book.properties.creator = "kepu"
    data = io.BytesIO()
    book.save(data)
    return repacked(data.getvalue())


def put(name: str, data: bytes) -> Path:
    assert len(data) < 60_000, (name, len(data))
    path = OUT / name
    path.write_bytes(data)
    return path


def converted(path: Path, kind: str) -> bytes:
    """The file as LibreOffice saves it: formulas computed, styles its own."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", f"{folder}/out", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return Path(folder, "out", path.stem + "." + kind.split(":")[0]).read_bytes()


def texts() -> None:
    lines = [",".join(f'"{cell}"' if "“" in cell else cell for cell in row) for row in [HEADER, *ROWS]]
    text = "\r\n".join(lines) + "\r\n"
    put("gb18030.csv", text.encode("gb18030"))
    put("bom.csv", text.encode("utf-8-sig"))
    put("csv-named.xls", text.encode())
    put("semicolon.csv", text.replace(",", ";").encode())
    put("tab.tsv", text.replace(",", "\t").replace('"', "").encode())
    put("unicode-text.txt", text.replace(",", "\t").replace('"', "").encode("utf-16"))
    quoted = '各市活动汇总表,,\n\n活动名称,举办单位,活动内容\n走近湿地,新乡市科协,"观鸟；\n讲座，""湿地""与人"\n\n\n星空,洛阳市科协,观星\n'
    put("quotes.csv", quoted.encode())
    put("open-quote.csv", '活动名称,举办单位\n走近湿地,新乡市科协\n"星空,洛阳市科协\n古建筑,安阳市科协\n'.encode())
    broken = bytearray(text.encode("gb18030"))
    broken[-6] = 0xFF
    put("broken.csv", bytes(broken))
    put("page-named.xls", "<html><body><table><tr><td>活动名称</td></tr></table></body></html>".encode())
    put("empty.xlsx", b"")


def picture() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    put("picture.xlsx", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def merged() -> Workbook:
    """A title over everything, a header in two rows, a vertical merge, a total, a note."""
    book = Workbook()
    sheet = book.active
    sheet.title = "活动汇总"
    for row in [
        ["2023年全国科普日活动汇总表"],
        ["序号", "举办单位", "活动名称", "时间", None, "参与人数（人次）"],
        [None, None, None, "开始日期", "结束日期", None],
        [1, "新乡市科协", "走近湿地", date(2023, 9, 17), date(2023, 9, 18), 300],
        [2, None, "星空 & 望远镜\n（夜场）", date(2023, 9, 19), date(2023, 9, 19), 120.5],
        ["合计", None, None, None, None, 420.5],
        ["填表人：某某"],
    ]:
        sheet.append(row)
    for area in ["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "B4:B5"]:
        sheet.merge_cells(area)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.column_dimensions["C"].width = 30
    return book


def dates() -> Workbook:
    """Three kinds of dates, a time, a moment, a boolean, a long number, a text that looks like a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = "日期"
    sheet.append(["种类", "值"])
    for label, value, shape in [
        ("日", date(2023, 9, 17), "yyyy/m/d"),
        ("中文日", date(2023, 9, 18), 'yyyy"年"m"月"d"日"'),
        ("星期", date(2023, 9, 17), "[$-804]aaaa"),
        ("序列号", 45186, "General"),
        ("文字", "9月17日", "@"),
        ("时刻", datetime(2023, 9, 17, 14, 30), "yyyy/m/d h:mm"),
        ("时间", time(9, 0), "h:mm"),
        ("是否", True, "General"),
        ("手机", 13800000000, "General"),
        ("小数", 0.1, "0.0"),
        ("像公式", "=1+1", "@"),
        ("两行", "上\n下  尾", "General"),
    ]:
        sheet.append([label, value])
        cell = sheet.cell(sheet.max_row, 2)
        cell.number_format = shape
        if label == "像公式":
            cell.data_type = "s"
    return book


def formulas() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "公式"
    for row in [["说明", "值"], ["和", "=1+2"], ["除零", "=1/0"], ["无值", "=NA()"], ["无名", "=NOSUCH()"], ["文字", '="科"&"普"'], ["真", "=1=1"]]:
        sheet.append(row)
    return book


def hidden() -> Workbook:
    book = Workbook()
    seen = book.active
    seen.title = "看得见"
    for row in [HEADER, *ROWS, ["藏起来的一行", "某市科协", "2023-09-20", "5"]]:
        seen.append(row)
    seen.row_dimensions[4].hidden = True
    seen.column_dimensions["D"].hidden = True
    away = book.create_sheet("看不见")
    away.append(HEADER)
    away.append(ROWS[0])
    away.sheet_state = "hidden"
    return book


def many_texts() -> Workbook:
    """More shared texts than one record of an xls holds, of both widths and with runs, so that they run over."""
    book = Workbook()
    sheet = book.active
    sheet.title = "长文"
    sheet.append(["活动名称", "活动内容"])
    for number in range(60):
        text = "讲解湿地与人" * (number % 7 + 1) if number % 3 else "plain ASCII " * (number % 5 + 1)
        sheet.append([f"第{number}场", f"{text}{number}"])
    sheet.append(["极长", "科" * 9_000 + "a" * 9_000])
    sheet.append([CellRichText("走近", TextBlock(InlineFont(b=True), "湿地")), "带格式"])
    return book


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
MAIN = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def by_hand(sheet: str, **more: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in {**MAIN, "xl/worksheets/sheet1.xml": SHEET.format(sheet), **more}.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def hand_made() -> None:
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    put("two-cells.xlsx", by_hand(far))
    # Without places, with a prefix, with an error that Excel added later, with an escape.
    odd = '<sheetData><row><c t="inlineStr"><is><t>活动名称</t></is></c><c t="inlineStr"><is><r><t>举办</t></r><r><t>单位</t></r></is></c></row><row/><row><c t="str"><v>a_x000D_b</v></c><c/><c t="e"><v>#SPILL!</v></c><c t="d"><v>2023-09-17</v></c></row></sheetData>'
    put("no-places.xlsx", by_hand(odd))
    # A bomb: 40 MiB of spaces in some 40 KB; and one that lies of its size.
    bomb = by_hand("<sheetData/>" + " " * (40 << 20))
    put("bomb.xlsx", bomb)
    lying = bytearray(bomb)
    for mark, at in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)]:
        place = lying.find(b"xl/worksheets/sheet1.xml") if mark == b"PK\x03\x04" else lying.rfind(b"xl/worksheets/sheet1.xml")
        start = lying.rfind(mark, 0, place)
        lying[start + at : start + at + 4] = struct.pack("<I", 1000)
    put("lying-bomb.xlsx", bytes(lying))
    with zipfile.ZipFile(OUT / "binary.xlsb", "w") as archive:
        archive.writestr(zipfile.ZipInfo("xl/workbook.bin", (1980, 1, 1, 0, 0, 0)), b"\0")
    with zipfile.ZipFile(OUT / "archive.xlsx", "w") as archive:
        archive.writestr(zipfile.ZipInfo("上报/一.csv", (1980, 1, 1, 0, 0, 0)), "活动名称")


def main() -> None:
    OUT.mkdir(exist_ok=True)
    texts()
    picture()
    hand_made()
    for name, book in [("merged", merged()), ("dates", dates()), ("hidden", hidden()), ("formulas", formulas())]:
        path = put(f"{name}.xlsx", saved(book))
        put(f"{name}.ods", repacked(converted(path, "ods")))
        put(f"{name}.xls", converted(path, "xls:MS Excel 97"))
        if name == "formulas":
            put("formulas.xlsx", repacked(converted(path, "xlsx")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "texts.xlsx")
        path.write_bytes(saved(many_texts()))
        put("texts.xls", converted(path, "xls:MS Excel 97"))
    whole = (OUT / "merged.xlsx").read_bytes()
    put("truncated.xlsx", whole[: len(whole) * 2 // 3])
    put("truncated.xls", (OUT / "merged.xls").read_bytes()[:3000])
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(whole)).encrypt("kepu", locked)
    put("locked.xlsx", locked.getvalue())


if __name__ == "__main__":
    main()
