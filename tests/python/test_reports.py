"""What an analyst sends back and passes on: the report, the charts, the copies in the sender's own workbook."""

import sys
from collections import Counter
from pathlib import Path

import kepu
import nbformat
import openpyxl
import pytest
from nbclient import NotebookClient
from openpyxl.styles import Font

NOTEBOOKS = Path(__file__).parents[2] / "kepu-py" / "notebooks"
AS_OF = "2023-10-08"


@pytest.fixture(scope="module")
def notice():
    return kepu.Notice("henan-2023")


@pytest.fixture(scope="module")
def cities(notice, tmp_path_factory):
    sys.path.insert(0, str(NOTEBOOKS))
    import cities

    folder = tmp_path_factory.mktemp("上报")
    return cities.make(folder, notice)


@pytest.fixture(scope="module")
def result(notice, cities):
    return notice.check_table(kepu.read(cities), as_of=AS_OF)


def test_eighteen_cities_are_read_however_they_write_their_sheets(result, cities):
    assert len(cities) == 18 and result.unread == []
    faults = {finding["file"]: 0 for finding in result.findings}
    assert len(faults) == 18
    for finding in result.findings:
        faults[finding["file"]] += finding["severity"] == "error"
    assert set(faults.values()) == {5}, "each city has the same five errors, whatever its sheet looks like"


def test_the_report_is_one_page_without_a_network_that_names_each_file_and_clause(result, tmp_path):
    page = Path(result.report(tmp_path / "报告.html")).read_text(encoding="utf-8")
    assert "01郑州市.xlsx" in page and str(tmp_path) not in page and "上报" not in page
    assert "http://" not in page.replace("http://www.w3.org", "") and "<script" not in page
    assert page.count("<svg") == 3
    assert "9月31日" in page
    assert all(finding["quote"] in page for finding in result.findings if finding["clause"])


def test_phones_are_masked_unless_somebody_wants_them(notice, tmp_path):
    rows = [{"活动名称": "走近湿地 13838381234", "举办单位": "甲", "活动类别": "地方主场活动", "活动时间": "9月31日", "联系电话": "1383838123"}]
    result = notice.check_table(rows, as_of=AS_OF)
    assert "1383838123" not in Path(result.report(tmp_path / "a.html")).read_text(encoding="utf-8")
    assert "1383838123" in Path(result.report(tmp_path / "b.html", mask=False)).read_text(encoding="utf-8")


def test_what_a_sender_wrote_never_becomes_a_part_of_the_page(notice, tmp_path):
    rows = [{"活动名称": "<script>alert(1)</script>", "举办单位": "\u202e<b>", "活动类别": "<img src=x>", "活动时间": "9月18日"}]
    page = Path(notice.check_table(rows, as_of=AS_OF).report(tmp_path / "a.html")).read_text(encoding="utf-8")
    assert "<script" not in page and "<img" not in page


def test_a_report_without_a_record_says_that_it_says_nothing(notice, tmp_path):
    result = notice.check_table([], as_of=AS_OF)
    assert "没有读到任何记录" in Path(result.report(tmp_path / "a.html")).read_text(encoding="utf-8")


def test_a_report_never_stands_where_an_input_stands(notice, tmp_path):
    sent = tmp_path / "新乡.csv"
    sent.write_text("活动名称,活动时间\n走近湿地,9月31日\n", encoding="utf-8")
    with pytest.raises(kepu.SheetError, match="不能覆盖"):
        notice.check_table(kepu.read(sent), as_of=AS_OF).report(sent)
    assert sent.read_text(encoding="utf-8").startswith("活动名称")


def test_a_copy_keeps_the_formatting_of_its_sender(notice, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["活动名称", "举办单位", "活动类别", "活动时间"])
    book.active.append(["走近湿地", "新乡市科协", "地方主场活动", "9月31日"])
    book.active["A2"].font = Font(name="楷体", size=18, italic=True)
    book.active.column_dimensions["A"].width = 33
    book.save(tmp_path / "新乡.xlsx")
    result = notice.check_table(kepu.read(tmp_path / "新乡.xlsx"), as_of=AS_OF)
    (copy,) = result.annotate(tmp_path / "退回")
    assert copy["by"] == "openpyxl"
    held = openpyxl.load_workbook(copy["path"])
    sheet = held["Sheet"]
    assert (sheet["A2"].font.name, sheet["A2"].font.italic, sheet.column_dimensions["A"].width) == ("楷体", True, 33)
    assert "9月31日" in sheet["D2"].comment.text and sheet["D2"].fill.fgColor.rgb == "FFF8CBC6"
    first = held.worksheets[0]
    assert [cell.value for cell in first[1]][:3] == ["程度", "工作表", "单元格"]
    assert any(cell.hyperlink for row in first.iter_rows() for cell in row)
    assert all(cell.data_type != "f" for row in first.iter_rows() for cell in row)


def test_without_openpyxl_the_copy_is_the_core_s_and_says_so(notice, tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    book.active.append(["活动名称", "活动时间"])
    book.active.append(["走近湿地", "9月31日"])
    book.save(tmp_path / "新乡.xlsx")
    result = notice.check_table(kepu.read(tmp_path / "新乡.xlsx"), as_of=AS_OF)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (copy,) = result.annotate(tmp_path / "退回")
    assert copy["by"] == "kepu"


def test_the_charts_are_drawn_and_speak_chinese(result, notice):
    import vl_convert

    for chart in (result.plot.findings(), result.plot.coverage(), result.plot.calendar(), notice.plot.timeline(AS_OF)):
        svg = vl_convert.vegalite_to_svg(chart.to_dict())
        assert any("\u4e00" <= sign <= "\u9fff" for sign in svg)
    counted = sum(row["count"] for row in result.plot.findings().to_dict()["data"]["values"])
    assert counted == sum(row["count"] for row in result.counts)


def test_without_altair_a_chart_says_what_to_install_and_a_report_is_made_all_the_same(result, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(kepu.KepuError, match=r"pip install 'kepu\[plot\]'"):
        result.plot.findings()
    assert "kepu[plot]" in Path(result.report(tmp_path / "a.html")).read_text(encoding="utf-8")


def test_the_notebook_runs_in_a_kernel_of_its_own_and_shows_what_it_says(tmp_path, monkeypatch):
    notebook = nbformat.read(NOTEBOOKS / "eighteen-cities.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells), "a notebook is kept without its outputs"
    monkeypatch.setenv("PYTHONPATH", str(NOTEBOOKS))
    done = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in shown if output.output_type == "error" or output.get("name") == "stderr"]
    kinds = Counter(kind for output in shown for kind in output.get("data", {}))
    assert kinds["image/svg+xml"] == 4, "three charts of the result, one of the notice"
    pages = [output.data["text/html"] for output in shown if "text/html" in output.get("data", {})]
    assert any("346 行：错误 90" in page and "郑州市" in page for page in pages), "the result is shown as a page"
    assert (tmp_path / "报告.html").exists() and len(list((tmp_path / "退回").iterdir())) == 18
