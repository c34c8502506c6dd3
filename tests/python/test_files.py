"""Files: what `kepu.read` takes, and what it says of them."""

from __future__ import annotations

import io
import os
import pathlib
import threading

import openpyxl
import pytest

import kepu
from conftest import ROOT

AS_OF = "2023-10-08"
SHEETS = ROOT / "tests/data/sheets"
CSV = "编号,活动名称,举办单位,活动类别,活动时间\n1,走近湿地,新乡市科协,地方主场活动,9月31日\n合计,,,,\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder as it is sent: two cities, a damaged file, what a spreadsheet program leaves behind."""
    (tmp_path / "新乡.csv").write_bytes(CSV.encode("gb18030"))
    book = openpyxl.Workbook()
    book.active.title = "活动"
    for line in CSV.replace("走近湿地", "科普大篷车").splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "洛阳.xlsx")
    (tmp_path / "开封.xlsx").write_bytes((SHEETS / "truncated.xlsx").read_bytes())
    (tmp_path / "~$洛阳.xlsx").write_bytes(b"lock")
    (tmp_path / "说明.docx").write_bytes(b"PK")
    return tmp_path


@pytest.mark.parametrize("pattern", [False, True])
def test_a_folder_is_read_and_what_cannot_be_is_listed(notice, folder, pattern):
    table = kepu.read(f"{folder}/*.[cx]*[vx]" if pattern else folder)
    result = notice.check_table(table, as_of=AS_OF)
    names = [os.path.basename(file["file"] or "") for file in table.files]
    assert names == sorted(["新乡.csv", "洛阳.xlsx", "开封.xlsx"])
    places = [(os.path.basename(row["file"]), row["sheet"], row["cell"], row["rule"]) for row in result.findings if row["field"] == "start"]
    assert sorted(places) == sorted([("新乡.csv", None, "E2", "unreadable-date"), ("洛阳.xlsx", "活动", "E2", "unreadable-date")])
    (unread,) = result.unread
    assert unread["file"].endswith("开封.xlsx") and not unread["aside"] and "开封" in unread["message"]
    assert [(skipped["row"], skipped["reason"]) for skipped in result.skipped] == [(3, "total")] * 2
    assert not result.is_accepted and "1 unread" in repr(result) and "开封" in result._repr_html_()


def test_a_pipe_is_read_once_and_a_name_that_is_no_text_is_read(tmp_path):
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(CSV.encode(),))
    writer.start()
    assert kepu.read(str(pipe)).files[0]["format"] == "csv"
    writer.join()
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv")
    with open(strange, "wb") as file:
        file.write(CSV.encode())
    (file,) = kepu.read(os.path.join(tmp_path, "*.csv")).files
    assert file["encoding"] == "utf-8" and file["error"] is None


def test_a_clean_file_beside_an_unread_one_is_not_accepted(notice, folder):
    good = CSV.replace("9月31日", "9月18日").encode()
    damaged = (SHEETS / "truncated.xlsx").read_bytes()
    only = {"only": ["unreadable-date"], "as_of": AS_OF}
    assert notice.check_table(kepu.read([good]), **only).is_accepted
    assert not notice.check_table(kepu.read([good, damaged]), **only).is_accepted


@pytest.mark.parametrize(
    "made",
    [
        lambda path: str(path),
        lambda path: path,
        lambda path: path.read_bytes(),
        lambda path: open(path, "rb"),
        lambda path: io.BytesIO(path.read_bytes()),
        lambda path: io.StringIO(path.read_bytes().decode("gb18030")),
        lambda path: [path, path],
    ],
    ids=range(7),
)
def test_a_file_may_come_as_path_bytes_or_open_file(notice, folder, made):
    result = notice.check_table(kepu.read(made(folder / "新乡.csv")), as_of=AS_OF, only=["unreadable-date"])
    assert [row["value"] for row in result.findings] == ["9月31日"] * result.rows and result.rows


def test_the_same_sheets_may_be_checked_again(notice, folder):
    table = kepu.read(folder / "新乡.csv")
    first = [list(notice.check_table(table, as_of=AS_OF).findings) for _ in range(2)]
    assert first[0] == first[1]


def test_columns_and_kind_of_the_caller_win(notice):
    held = "主讲内容,名称,单位,时间\n甲,乙,新乡市科协,9月18日\n".encode()
    table = kepu.read(held, columns={"主讲内容": "title", "名称": "description"}, kind="activity")
    assert notice.check_table(table, as_of=AS_OF)[0].read["title"] == "甲"
    assert notice.check_table(kepu.read(held), as_of=AS_OF, columns={"主讲内容": "title"})[0].read["title"] == "甲"
    with pytest.raises(kepu.NameUnknownError):
        notice.check_table(kepu.read(held, kind="plan"), as_of=AS_OF)
    with pytest.raises(kepu.NameUnknownError):
        notice.check_table(kepu.read(held, columns={"名称": "主讲"}), as_of=AS_OF)


def test_files_say_what_they_turned_out_to_be():
    files = kepu.read(sorted(SHEETS.iterdir())).files
    of = {os.path.basename(file["file"] or ""): file for file in files}
    assert of["gb18030.csv"]["encoding"] == "gb18030" and of["bom.csv"]["encoding"] == "utf-8-bom"
    assert of["csv-named.xls"]["format"] == "csv" and of["merged.ods"]["format"] == "ods"
    assert of["lying-bomb.xlsx"]["error"] and of["locked.xlsx"]["error"] and of["two-cells.xlsx"]["error"]


def test_every_hostile_file_is_read_or_refused(notice):
    for file in sorted(SHEETS.iterdir()):
        try:
            notice.check_table(kepu.read(file), as_of=AS_OF)
        except kepu.SheetError as error:
            assert error.zh and error.en


@pytest.mark.parametrize("held", [b"", b"\x00" * 1000, b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"a,b\n1,2\n", CSV.splitlines()[0].encode()], ids=range(6))
def test_what_holds_no_table_or_no_row_is_never_accepted(notice, held):
    try:
        result = notice.check_table(kepu.read(held), as_of=AS_OF)
    except kepu.SheetError:
        return
    assert result.rows == 0 and not result.is_accepted


def test_what_is_not_there_is_said(folder):
    with pytest.raises(FileNotFoundError):
        kepu.read(folder / "郑州.xlsx")
    with pytest.raises(kepu.SheetError, match=r"\*\.ods"):
        kepu.read(f"{folder}/*.ods")
    with pytest.raises(kepu.SheetError, match="开封"):
        kepu.read(folder / "开封.xlsx")
    with pytest.raises(kepu.SheetError, match="check_table"):
        kepu.read(3)  # type: ignore[arg-type]


def test_a_bound_of_the_callers_is_kept():
    held = (SHEETS / "merged.xlsx").read_bytes()
    assert kepu.read(held).files[0]["format"] == "xlsx"
    with pytest.raises(kepu.SheetError):
        kepu.read(held, max_unpacked=10)


def test_rows_of_cells_are_a_sheet(notice):
    rows = [["汇总表", None, None], ["名称", "单位", "时间"], ["走近湿地", "新乡市科协", "9月18日"], ["科普大篷车", None, "9月19日"]]
    table = kepu.read(rows, merges=[(0, 0, 0, 2), (2, 1, 3, 1)], columns={"单位": "organizer"})
    assert [notice.check_table(table, as_of=AS_OF)[number].read["organizer"] for number in range(2)] == ["新乡市科协"] * 2
    with pytest.raises(kepu.SheetError, match="表头"):
        notice.check_table(kepu.read([["甲", "乙"], [1, 2]]), as_of=AS_OF)
    with pytest.raises(kepu.RecordError, match="第 2 行"):
        kepu.read([["名称", "单位"], [b"a", 2]])


def test_annotated_copies_are_written_beside_nothing_and_read_again(notice, folder, tmp_path):
    result = notice.check_table(kepu.read(folder), as_of=AS_OF)
    copies = [copy["path"] for copy in result.annotate(tmp_path / "退回")]
    assert sorted(os.path.basename(copy) for copy in copies) == sorted(["新乡（核对）.xlsx", "洛阳（核对）.xlsx"])
    assert sorted(os.listdir(tmp_path / "退回")) == sorted(map(os.path.basename, copies)), "nothing half written is left"
    again = notice.check_table(kepu.read(copies), as_of=AS_OF)
    assert sorted(row["value"] for row in again.findings if row["field"] == "start") == ["9月31日"] * 2
    book = openpyxl.load_workbook(copies[0])
    assert any(cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_copy_is_never_written_over_what_was_sent(notice, tmp_path):
    sent = tmp_path / "新乡（核对）.xlsx"
    sent.write_bytes((SHEETS / "merged.xlsx").read_bytes())
    other = tmp_path / "新乡.csv"
    other.write_text(CSV, encoding="utf-8")
    with pytest.raises(kepu.SheetError, match="新乡"):
        notice.check_table(kepu.read([other, sent]), as_of=AS_OF).annotate(tmp_path)
    assert sent.read_bytes() == (SHEETS / "merged.xlsx").read_bytes()
    twice = notice.check_table(kepu.read([other, other]), as_of=AS_OF).annotate(tmp_path / "退回")
    assert len({copy["path"] for copy in twice}) == 2
    with pytest.raises(kepu.SheetError, match=r"kepu\.read"):
        notice.check_table([{"title": "走近湿地"}], as_of=AS_OF).annotate(tmp_path)


def test_a_template_is_a_workbook_that_holds_no_record_yet(notice, tmp_path):
    for kind in notice.kinds:
        held = notice.template(kind, roster=["新乡市科协"])
        result = notice.check_table(kepu.read(held), as_of="2023-09-01", kind=kind, only=["missing-field"])
        assert result.rows == 0 and not result.is_accepted
        assert len(openpyxl.load_workbook(io.BytesIO(held)).worksheets) >= 2
    with pytest.raises(kepu.NameUnknownError):
        notice.template("plan")
