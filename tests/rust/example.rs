//! The main job, run as its user would: the example `check`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::{Value, json};

/// Where files of one test stand; gone with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("kepu-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The example, built once.
static EXAMPLE: LazyLock<PathBuf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "kepu-core", "--example", "check", "--message-format", "json"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let told = String::from_utf8(built.stdout).unwrap();
    let mut path =
        told.lines().filter_map(|line| serde_json::from_str::<Value>(line).unwrap()["executable"].as_str().map(PathBuf::from));
    path.next_back().unwrap()
});

fn check(args: &[&str]) -> Output {
    Command::new(&*EXAMPLE).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn document(args: &[&str]) -> (Value, Option<i32>) {
    let output = check(&[args, &["--json"]].concat());
    (serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}")), output.status.code())
}

/// Row, cell and rule of each finding.
fn found(document: &Value) -> Vec<(Value, Value, &str)> {
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|finding| (finding["row"].clone(), finding["cell"].clone(), finding["rule"].as_str().unwrap())).collect()
}

const HEADER: &str = "编号,活动名称,举办单位,活动类别,开始日期,活动图片,新闻报道链接,活动总结\n";

fn row(id: &str, title: &str, day: &str) -> String {
    format!("{id},{title},新乡市科协,地方主场活动,{day},1.jpg,https://news.example.cn/1,已办\n")
}

#[test]
fn the_sample_breaks_each_interesting_rule_and_says_the_rest_once() {
    let output = check(&[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let page = text(&output);
    for said in [
        "截至 2023-10-08 00:00\n",
        "activities.xlsx  活动统计表  活动 × 26\n",
        "第 14 行  科学家精神报告团进校园  XX-010\n",
        "§ 一：“定于2023年9月17—23日集中开展”",
        "B29  编号“XX-007”与前面的记录（第 10 行）相同\n",
        "Y 列“经费（元）”未读取",
        "合计行：第 31 行；空行：第 13 行；说明行：第 32 行",
        "驻马店市科协（13）没有提交科普日活动工作总结",
        "32 条记录：15 条没有问题，6 条有必须改正的错误\n",
        "       5     5  地方主场活动\n",
        "报送：按时 3，逾期 1，未报 14\n",
        "  已结束  集中开展：9月17日（周日）至9月23日（周六）（一）\n",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert!(!page.contains('\u{1b}'), "coloured only on a terminal");
    let (document, code) = document(&[]);
    assert_eq!(code, Some(1));
    let broken: std::collections::BTreeSet<&str> = found(&document).into_iter().map(|(_, _, rule)| rule).collect();
    assert!(broken.len() >= 25, "{broken:?}");
    // The organiser of row 6 stands in a cell that is merged with that of row 5.
    let of_row_6 = |finding: &&Value| finding["sheet"] == "活动统计表" && finding["row"] == 6;
    assert_eq!(document["findings"].as_array().unwrap().iter().find(of_row_6), None);
}

#[test]
fn no_line_is_wider_than_80_columns() {
    for lang in ["zh", "en"] {
        for line in text(&check(&["--lang", lang])).lines() {
            let width = line.chars().map(|c| if c.is_ascii() || c == '·' { 1 } else { 2 }).sum::<usize>();
            assert!(width <= 80, "{width}: {line}");
        }
    }
}

#[test]
fn the_document_has_the_contract_s_keys_and_can_be_repeated() {
    let folder = Folder::new("document");
    let path = folder.file(
        "上报.csv",
        format!("{HEADER}{}\n{}合计,2\n", row("A-1", "走近湿地", "9月16日"), row("A-2", "科普大篷车", "9月20日")),
    );
    let (document, code) = document(&[&path, "--as-of", "2023-10-08", "--ignore", "future-day"]);
    assert_eq!(code, Some(0), "{document:#}");
    assert_eq!(
        [&document["kepu"], &document["notice"], &document["as_of"], &document["options"]["ignore"]],
        [&json!(env!("CARGO_PKG_VERSION")), &json!("henan-2023"), &json!("2023-10-08T00:00"), &json!(["future-day"])]
    );
    let finding = &document["findings"][0];
    let clause = json!({ "number": "一", "quote": "定于2023年9月17—23日集中开展" });
    assert_eq!(
        [&finding["rule"], &finding["path"], &finding["clause"], &finding["blocking"], &finding["fix"]],
        [&json!("outside-window"), &json!(["start"]), &clause, &json!(false), &Value::Null]
    );
    assert_eq!(
        [&finding["row"], &finding["file"], &finding["sheet"], &finding["cell"]],
        [&json!(2), &json!(path), &Value::Null, &json!("E2")]
    );
    assert_eq!(
        document["skipped"],
        json!([
            { "file": path, "sheet": null, "row": 3, "reason": "empty" },
            { "file": path, "sheet": null, "row": 5, "reason": "total" },
        ])
    );
    assert_eq!(
        document["tally"],
        json!({
            "activities": [{ "region": null, "category": "local-main", "count": 2 }],
            "findings": { "outside-window": 1 },
            "people": { "exact": 0, "approximate": 0 },
            "submissions": { "on_time": 0, "late": 0, "missing": 0 },
        })
    );
    assert_eq!((&document["accepted"], &document["blocked"]), (&json!(true), &json!(false)));
    let keys: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    for key in ["tables", "columns", "unread", "notes"] {
        assert!(keys.contains(&key), "{keys:?}");
    }
}

#[test]
fn files_of_several_kinds_are_checked_together() {
    let folder = Folder::new("together");
    let zhengzhou =
        folder.file("郑州.csv", format!("{HEADER}{}{}", row("A-1", "走近湿地", "9月20日"), row("A-2", "讲座", "9月21日")));
    let gb18030 = encoding(&format!("{HEADER}{}{}", row("A-1", "开放日", "9月22日"), row("A-3", "走近湿地", "2023-09-20")));
    let luoyang = folder.file("洛阳.csv", gb18030);
    let summaries = folder.file("总结.tsv", "报送单位\t提交时间\t工作总结\n郑州市科协\t9月26日\t总结\n");
    let roster = folder.file("名单.txt", "郑州市科协\n洛阳市科协\n");
    let args = [&*zhengzhou, &luoyang, &summaries, "--as-of", "2023-10-08", "--roster", &roster];
    let (document, code) = document(&args);
    assert_eq!(code, Some(1), "{document:#}");
    assert_eq!(
        found(&document),
        [
            (json!(2), json!("A2"), "duplicate-id"),
            (json!(3), json!("B3"), "duplicate-activity"),
            (Value::Null, Value::Null, "missing-summary"),
        ]
    );
    let twice = &document["findings"][0];
    assert_eq!((&twice["args"]["first"], &twice["args"]["file"]), (&json!(2), &json!(zhengzhou)));
    assert!(twice["message"].as_str().unwrap().contains("郑州.csv，第 2 行"), "{twice}");
    assert_eq!(document["findings"][2]["message"], "洛阳市科协没有提交科普日活动工作总结，截止时间是9月28日（周四）");
    assert_eq!(document["notes"], json!([{ "file": luoyang, "sheet": null, "message": "按 GB18030 编码读取" }]));
    let page = text(&check(&args));
    assert!(page.contains("按 GB18030 编码读取") && page.contains("报送：按时 1，逾期 0，未报 1"), "{page}");
}

fn encoding(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn what_no_column_holds_is_said_once_and_a_column_of_the_caller_s_is_read() {
    let folder = Folder::new("columns");
    let rows: String = (1..=300).map(|at| format!("活动{at},新乡市科协,地方主场活动,9月20日,讲科学\n")).collect();
    let path = folder.file("上报.csv", format!("活动名称,举办单位,活动类别,开始日期,主讲的话\n{rows}"));
    let page = text(&check(&[&path, "--as-of", "2023-10-08"]));
    assert!(page.contains("警告  活动图片、活动视频两列都没有：300 行\n    § 四(三)：“活动举办后请及时补充完善"), "{page}");
    assert!(page.contains("E 列“主讲的话”未读取") && !page.contains("第 2 行"), "{page}");
    let (read, _) = document(&[&path, "--as-of", "2023-10-08", "--columns", "主讲的话=description"]);
    assert_eq!(read["columns"], json!([]));
    assert_eq!(
        read["tables"][0]["missing"][0],
        json!({ "fields": ["images", "videos"], "rows": 300, "message": "活动图片、活动视频两列都没有：300 行" })
    );
    assert_eq!(read["findings"].as_array().unwrap().len(), 900, "the rows' findings stay what they are");
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_way_out_and_the_others_are_checked() {
    let folder = Folder::new("unread");
    let good = folder.file("好.csv", format!("{HEADER}{}", row("A-1", "走近湿地", "9月20日")));
    let picture = folder.file("图.xlsx", b"\x89PNG\r\n\x1a\n".repeat(8));
    let headless = folder.file("无表头.csv", "一,二\n三,四\n");
    let gone = folder.0.join("没有.csv").to_str().unwrap().to_owned();
    let output = check(&[&picture, &good, &headless, &gone, "--as-of", "2023-10-08"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    for part in ["图.xlsx", "图片", "没有表头", "没有.csv", "打不开"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(text(&output).contains("好.csv  活动 × 1"), "{output:?}");
    let (document, code) = document(&[&picture, &good, "--as-of", "2023-10-08"]);
    assert_eq!((code, document["unread"].as_array().unwrap().len()), (Some(2), 1));
}

#[test]
fn what_the_caller_wrote_wrong_is_said_in_one_sentence() {
    for (args, said) in [
        (&["--only", "no-rule"][..], "没有名为“no-rule”的规则"),
        (&["--as-of", "tomorrow"], "不是可用的截至时间"),
        (&["--kind", "plan"], "activity, summary"),
        (&["--notice", "henan-2032"], "henan-2023"),
        (&["--columns", "主讲内容"], "表头=字段"),
        (&["--columns", "主讲内容=speech"], "speech"),
        (&["--roster", "没有.txt"], "没有.txt"),
        (&["--colour"], "没有这个选项"),
    ] {
        let output = check(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(said), "{args:?}: {told}");
    }
}

#[test]
fn only_and_ignore_choose_the_rules_and_strict_the_deadline() {
    let (only, code) = document(&["--only", "duplicate-id，late-summary"]);
    assert_eq!((found(&only).len(), code), (2, Some(1)), "{only:#}");
    let (strict, _) = document(&["--only", "late-summary,deadline-day", "--strict"]);
    let rules: Vec<_> = found(&strict).into_iter().map(|(row, _, rule)| (row, rule)).collect();
    assert_eq!(rules, [(json!(4), "late-summary"), (json!(5), "late-summary")]);
}

#[test]
fn annotated_copies_and_a_blank_sheet_are_written_whole_and_never_over_an_input() {
    let folder = Folder::new("outputs");
    let name = |name: &str| folder.0.join(name).to_str().unwrap().to_owned();
    let sent = format!("{HEADER}{}", row("A-1", "走近湿地", "9月31日"));
    let one = folder.file("上报.csv", &sent);
    fs::create_dir_all(name("另一市")).unwrap();
    let other = folder.file("另一市/上报.csv", &sent);
    let annotated = check(&[&one, &other, "--as-of", "2023-10-08", "--annotate", &name("标注")]);
    assert_eq!(annotated.status.code(), Some(1), "{annotated:?}");
    for copy in ["标注/上报-核对.xlsx", "标注/上报-核对2.xlsx"] {
        // A copy reads back as what was sent, with the same findings.
        let (document, code) = document(&[&name(copy), "--as-of", "2023-10-08"]);
        assert_eq!((found(&document), code), (vec![(json!(2), json!("E2"), "unreadable-date")], Some(1)), "{document:#}");
    }
    let blank = name("填报表.xlsx");
    assert_eq!(check(&["--template", &blank]).status.code(), Some(0));
    let (document, code) = document(&[&blank, "--as-of", "2023-09-01"]);
    assert_eq!((found(&document), code, &document["unread"]), (vec![], Some(0), &json!([])), "{document:#}");

    let copy = fs::read(&blank).unwrap();
    let refused = check(&[&blank, "--template", &blank]);
    assert!(refused.status.code() == Some(2) && String::from_utf8_lossy(&refused.stderr).contains("不会覆盖"), "{refused:?}");
    assert_eq!(fs::read(&blank).unwrap(), copy, "an input stays as it is");
    let left = fs::read_dir(&folder.0)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|end| end == "part"));
    assert_eq!(left.count(), 0, "nothing half written is left");
}

#[test]
fn a_csv_of_any_size_goes_through_a_pipe_and_comes_out_line_by_line() {
    // Three pieces of rows and more; the last id was the first one's too.
    let mut csv = String::from(HEADER);
    (0..9_000).for_each(|number| csv += &row(&format!("XX-{number}"), &format!("第{number}场"), "9月20日"));
    csv += &row("XX-0", "走近湿地", "9月31日");
    let folder = Folder::new("lines");
    let file = folder.file("上报.csv", &csv);
    let piped = Command::new(&*EXAMPLE)
        .args(["--lines", "-", "--as-of", "2023-10-08"])
        .stdin(fs::File::open(&file).unwrap())
        .output()
        .unwrap();
    assert_eq!(piped.status.code(), Some(1), "{piped:?}");
    let lines: Vec<Value> = text(&piped).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said: Vec<_> = lines.iter().map(|line| (line["row"].as_u64(), line["rule"].as_str().unwrap())).collect();
    assert_eq!(said, [(Some(9_002), "unreadable-date"), (Some(9_002), "duplicate-id")]);
    assert_eq!((&lines[0]["cell"], &lines[0]["file"]), (&json!("E9002"), &json!("-")));
    let (whole, _) = document(&[&file, "--as-of", "2023-10-08"]);
    let rules: std::collections::BTreeSet<&str> = said.into_iter().map(|(_, rule)| rule).collect();
    assert_eq!(found(&whole).into_iter().map(|(_, _, rule)| rule).collect::<std::collections::BTreeSet<_>>(), rules);
    assert_eq!(check(&["--lines", &file, "--json"]).status.code(), Some(2));
}
