//! What every target asks of a verdict. A panic, a hang or a broken law is a finding; keep it as a vector.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kepu_core::{AsOf, Checker, Field, Grid, Kind, Lang, Notice, Record, Severity, Sheet, SheetOptions, mask};

/// The notice that records are checked against.
pub static NOTICE: LazyLock<Notice> = LazyLock::new(|| Notice::bundled("henan-2023").expect("it is bundled"));

/// Its checker.
pub static CHECKER: LazyLock<Checker> = LazyLock::new(|| NOTICE.checker());

/// Before, within and after the days of the notice.
pub fn moments() -> [AsOf; 3] {
    ["2023-08-01", "2023-09-28T16:00", "2024-01-01"].map(|day| day.parse().expect("it is a day"))
}

/// Checks a record and what holds of every verdict: findings stand in order and once, each with a message in both
/// languages, and after its fixes none of what they settle is left and no error is new.
pub fn check(checker: &Checker, record: &dyn Record, as_of: AsOf) {
    let report = checker.check(record, as_of);
    assert!(report.findings().windows(2).all(|pair| pair[0].order() < pair[1].order()), "{:?}", report.findings());
    let key = |finding: &kepu_core::Finding<'_>| (finding.rule().id(), finding.path().to_string());
    let (mut settled, mut errors) = (BTreeSet::new(), BTreeSet::new());
    for finding in report.findings() {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!finding.message(lang).is_empty());
            let _ = mask(&finding.message(lang));
            serde_json::to_string(&finding.wire(lang, None)).expect("a finding is JSON");
        }
        if finding.fix().is_some() {
            settled.insert(key(finding));
        }
        if finding.severity() == Severity::Error {
            errors.insert(key(finding));
        }
    }
    for field in record.kind().fields() {
        let _ = report.read(*field);
    }
    if settled.is_empty() {
        return;
    }
    for finding in checker.check(&report.fixed(), as_of).findings() {
        assert!(!settled.contains(&key(finding)), "{:?} stays", key(finding));
        assert!(finding.severity() != Severity::Error || errors.contains(&key(finding)), "{:?} is new", key(finding));
    }
}

/// Looks for a table in a grid, and checks its first records: every row below the header is one, or is skipped.
pub fn sheet(grid: Grid, options: &SheetOptions) {
    let height = grid.height();
    let sheet = match Sheet::new(grid, options) {
        Ok(sheet) => sheet,
        Err(error) => {
            assert!(error.is_sheet() || error.is_name());
            return assert!(!error.message(Lang::Zh).is_empty());
        }
    };
    let behind = usize::try_from(*sheet.header_rows().end()).expect("a row");
    assert_eq!(sheet.len() + sheet.skipped().len(), height - behind);
    let _ = sheet.titles().count();
    for column in sheet.columns() {
        let _ = sheet.nearest(column);
    }
    for record in sheet.records().take(20) {
        for field in Field::ALL {
            assert_eq!(record.address(*field).is_some(), sheet.has(*field));
        }
        let _ = record.others().count();
        check(&CHECKER, &record, moments()[2]);
    }
}

/// The kinds of record of the notice.
pub fn kind(choice: u8) -> Kind {
    if choice % 4 == 0 { Kind::SUMMARY } else { Kind::ACTIVITY }
}

/// The parts of a spreadsheet in which one may be put in the place of another; all others stay as they are here.
pub const PARTS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "content.xml",
];

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A spreadsheet with one part of the fuzzer's: the last of [`PARTS`] makes an ods, the others an xlsx.
pub fn packed(choice: u8, part: &[u8]) -> Vec<u8> {
    let chosen = PARTS[usize::from(choice) % PARTS.len()];
    let main = [
        ("_rels/.rels", format!("<Relationships><Relationship Id='r' Type='{RELATIONS}/officeDocument' Target='xl/workbook.xml'/></Relationships>")),
        ("xl/workbook.xml", "<workbook><sheets><sheet name='表' r:id='r1'/></sheets></workbook>".to_owned()),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships><Relationship Id='r1' Type='{RELATIONS}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='{RELATIONS}/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='r3' Type='{RELATIONS}/styles' Target='styles.xml'/></Relationships>")),
        ("xl/sharedStrings.xml", "<sst><si><t>活动名称</t></si><si><t>举办单位</t></si></sst>".to_owned()),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='46'/></cellXfs></styleSheet>".to_owned()),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row><row><c s='1'><v>45186</v></c></row></sheetData></worksheet>".to_owned()),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut put = |name: &str, bytes: &[u8]| {
        archive.start_file(name, stored).expect("a part");
        std::io::Write::write_all(&mut archive, bytes).expect("a part");
    };
    if chosen == "content.xml" {
        put("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
        put(chosen, part);
    } else {
        for (name, text) in &main {
            put(name, if *name == chosen { part } else { text.as_bytes() });
        }
    }
    archive.finish().expect("an archive").into_inner()
}
