//! The notices that come with the software, those beside the tests, and notices with faults.

use std::fs;
use std::path::{Path, PathBuf};

use kepu_core::{Lang, Notice};
use proptest::prelude::*;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The name, the TOML and the paper's text of every notice in the house.
pub(crate) fn notices() -> Vec<(String, String, String)> {
    let data = root().join("tests/data");
    let tomls = |folder: PathBuf| {
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).collect::<Vec<_>>()
    };
    let bundled = tomls(root().join("kepu-core/notices")).into_iter().map(|path| (path, data.clone()));
    let others = tomls(data.join("notices")).into_iter().map(|path| (path, data.join("notices")));
    let mut notices: Vec<_> = bundled
        .chain(others)
        .map(|(path, folder)| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
            (name, fs::read_to_string(path).unwrap(), text)
        })
        .collect();
    notices.sort();
    assert!(notices.len() > 1, "no notices found");
    notices
}

fn read(name: &str, toml: &str) -> Notice {
    Notice::from_toml(toml).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_bundled_tape_and_json_are_what_their_toml_says() {
    let renew = crate::renews();
    for id in Notice::ids() {
        let toml = fs::read_to_string(root().join(format!("kepu-core/notices/{id}.toml"))).unwrap();
        let notice = read(id, &toml);
        assert_eq!(notice.id(), id, "the file's name is the notice's id");
        for (ending, text) in [("json", notice.to_json()), ("tape", notice.to_tape().to_owned())] {
            let path = root().join(format!("kepu-core/notices/generated/{id}.{ending}"));
            if fs::read_to_string(&path).is_ok_and(|current| current == text) {
                continue;
            }
            assert!(renew, "kepu-core/notices/generated/{id}.{ending} is stale: run `tests/run renew` and commit it");
            fs::write(&path, text).unwrap();
        }
    }
}

#[test]
fn every_toml_among_the_bundled_notices_is_bundled() {
    for path in fs::read_dir(root().join("kepu-core/notices")).unwrap().map(|file| file.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if let Some(id) = name.strip_suffix(".toml") {
            assert!(Notice::ids().any(|known| known == id), "add {id} to kepu-core/src/notice/bundled.rs");
        }
    }
}

/// Every quote, written out or left out, with the clause in front.
fn quotes(node: &toml::Value, found: &mut Vec<String>) {
    match node {
        toml::Value::Array(items) => items.iter().for_each(|item| quotes(item, found)),
        toml::Value::Table(table) => {
            if let Some(quote) = table.get("quote") {
                found.push(quote.as_str().unwrap().to_owned());
            } else if table.contains_key("clause") {
                let words = table.get("value").or_else(|| table.get("names").and_then(|names| names.get(0)));
                match words {
                    Some(toml::Value::String(word)) => found.push(word.clone()),
                    Some(toml::Value::Array(words)) => found.extend(words.iter().map(|word| word.as_str().unwrap().to_owned())),
                    Some(other) => panic!("{other:?} is no word of the notice: give a quote"),
                    None => {}
                }
            }
            table.iter().for_each(|(_, value)| quotes(value, found));
        }
        _ => {}
    }
}

#[test]
fn every_quote_stands_in_the_notice() {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    for (name, toml, text) in notices() {
        let (mut found, text) = (Vec::new(), squeezed(&text));
        quotes(&toml::from_str(&toml).unwrap(), &mut found);
        assert!(!found.is_empty());
        for quote in found {
            assert!(text.contains(&squeezed(&quote)), "{name}: not in the notice: {quote}");
        }
    }
}

#[test]
fn a_notice_survives_the_way_through_json() {
    for (name, toml, _) in notices() {
        let notice = read(&name, &toml);
        assert_eq!(notice.id(), name);
        let again = Notice::from_json(&notice.to_json()).unwrap();
        assert_eq!(again, notice, "{name}");
        assert_eq!(again.to_json(), notice.to_json());
    }
}

#[test]
fn clause_and_quote_come_from_the_table_around_or_from_its_own_words() {
    let notice = Notice::bundled("henan-2023").unwrap();
    let model = notice.model();
    let special = &model.categories[3];
    let scientists = &special.items[1];
    assert_eq!(scientists.fact.clause.number, "三(四)2");
    assert_eq!(scientists.fact.clause.quote, "科学家讲科普专项行动", "an own clause: the first name");
    assert_eq!(scientists.hints[1].fact.clause.number, "三(四)2", "an own quote: the clause around");
    assert_eq!(scientists.hints[1].fact.clause.quote, "组织科技工作者开展科普讲座");
    let cities = &model.regions[0];
    assert_eq!(cities.items[0].fact.clause, cities.fact.clause, "neither: both of the table around");
    let title = model.document.title.as_ref().unwrap();
    assert_eq!(title.fact.clause.quote, title.value, "an own clause: the value");
    let referral = model.commendation.as_ref().unwrap().referral.as_ref().unwrap();
    assert_eq!((&*referral.fact.clause.number, &*referral.fact.clause.quote), ("四(三)", "特别优秀的推荐中国科协表扬"));
    assert_eq!(model.deadlines[0].record, "summary", "a deadline's own id");
    assert_eq!(model.deadlines[0].fact.why[1].key, "strict");
    let hint = &model.categories[2].items[0].hints[0];
    assert_eq!(hint.fact.why[0].key, "open", "why in a table on one line");
}

/// A small notice, and each fault in it: line, column, key and the beginning of what is said.
type Case = (&'static str, &'static [(u32, u32, &'static str, &'static str)]);

const HEAD: &str = "format = 1\nid = \"x\"\nyear = 2024\n";

/// Each behind the three lines of the head, so that its first line is the fourth.
const FAULTS: &[Case] = &[
    ("yaer = 1", &[(4, 1, "yaer", "no key `yaer`, the nearest is `year`")]),
    ("year = 2025", &[(4, 1, "", "not valid TOML (duplicate key")]),
    ("[[themes]]\nvalue = 5\nclause = \"一\"", &[(5, 9, "themes[0].value", "expected a text")]),
    ("[[themes]]\nclause = \"一\"", &[(4, 1, "themes[0].value", "this key is missing")]),
    ("[[themes]]\nvalue = \"甲\"", &[(4, 1, "themes[0]", "there is no `clause`")]),
    ("[[themes]]\nvalue = \"甲\"\nclause = \"\"", &[(6, 10, "themes[0].clause", "expected a text")]),
    ("[[themes]]\nvalue = \"甲\"\nclause = \"一\"\nwhy.start = \"乙\"", &[(7, 5, "themes[0].why.start", "there is no `start`")]),
    (
        "[[periods]]\nrole = \"windw\"\nstart = 2024-09-18\nend = 2024-09-17\nclause = \"一\"",
        &[
            (5, 8, "periods[0].role", "no value `windw`, the nearest is `window`"),
            (6, 9, "periods[0].start", "`start` is after `end`"),
        ],
    ),
    ("[[periods]]\nrole = \"limit\"\nclause = \"一\"", &[(4, 1, "periods[0]", "needs `start` or `end`")]),
    (
        "[[periods]]\nrole = \"window\"\nend = 2024-09-17T08:00:00\nstart = \"九月\"\nclause = \"一\"",
        &[(6, 7, "periods[0].end", "expected a day: only a phase"), (7, 9, "periods[0].start", "expected a day (2023-09-28)")],
    ),
    (
        "[[periods]]\nrole = \"phase\"\nend = 2024-02-29\nwhen = {}\nunless = { category = [], mode = [\"on-line\"] }\nclause = \"一\"",
        &[
            (7, 8, "periods[0].when", "an empty condition"),
            (8, 23, "periods[0].unless.category", "an empty condition"),
            (8, 35, "periods[0].unless.mode[0]", "no mode `on-line`, the nearest is `online`"),
        ],
    ),
    (
        "[[categories]]\nid = \"a\"\nnames = [\"讲座\", \"讲座\"]\nclause = \"三\"\n[[categories]]\nid = \"a\"\nnames = []\nmodality = \"may\"\nclause = \"三\"",
        &[
            (4, 1, "categories", "`[lists]` needs `categories`"),
            (6, 16, "categories[0].names[1]", "this name reads the same as `categories[0].names[0]`"),
            (9, 6, "categories[1].id", "this id is also that of `categories[0].id`"),
            (10, 9, "categories[1].names", "expected at least one name"),
            (11, 1, "categories[1].modality", "no key `modality`"),
        ],
    ),
    (
        "[[organizer_kinds]]\nid = \"media\"\nnames = [\"学校\"]\nclause = \"三\"",
        &[
            (5, 6, "organizer_kinds[0].id", "this id is also that of a built-in kind"),
            (6, 10, "organizer_kinds[0].names[0]", "this name reads the same as a built-in kind"),
        ],
    ),
    (
        "[[requirements]]\nmodality = \"should\"\nmin = 3\nfrom = { after = \"end\", days = 2 }\ndue = { after = \"end\", days = 1 }\nclause = \"四\"",
        &[(4, 1, "requirements[0]", "asks nothing"), (7, 8, "requirements[0].from", "`from` is after `due`")],
    ),
    (
        "[[requirements]]\nrecord = \"plan\"\nall_of = [\"imges\"]\nmin = 3\nmax = 2\nmin_days = -1\nfrom = { after = \"title\", days = 1 }\ndue = { days = 1 }\nclause = \"四\"",
        &[
            (4, 1, "requirements[0].modality", "this key is missing"),
            (5, 10, "requirements[0].record", "no kind of record `plan`"),
            (6, 11, "requirements[0].all_of[0]", "no value `imges`, the nearest is `images`"),
            (8, 7, "requirements[0].max", "the most is less than the fewest"),
            (9, 12, "requirements[0].min_days", "expected a whole number, 0 or more"),
            (10, 8, "requirements[0].from", "this kind of record has no such field of days"),
            (11, 7, "requirements[0].due", "expected a day (2023-09-28)"),
        ],
    ),
    (
        "[[quotas]]\nper = []\nmodality = \"must\"\nclause = \"四\"\n[[quotas]]\nper = [\"unit\"]\nmin = 1\nmodality = \"must\"\nclause = \"四\"",
        &[
            (4, 1, "quotas[0]", "needs `min` or `max`"),
            (9, 8, "quotas[1].per[0]", "no field of this kind of record `unit`"),
            (10, 7, "quotas[1].min", "`min` needs `among`"),
        ],
    ),
    (
        "[[deadlines]]\nid = \"summary\"\nwhat = \"总结\"\nowed_by = [\"societys\"]\nfrom = 2024-10-02\ndue = 2024-10-01\nstrict = 2024-10-03\nlate = \"fatal\"\nclause = \"四\"\n[[rosters]]\nid = \"societies\"\nper_region = [\"科协\"]\nkinds = [\"societie\"]\nclause = \"四\"",
        &[
            (7, 12, "deadlines[0].owed_by[0]", "no roster `societys`, the nearest is `societies`"),
            (8, 8, "deadlines[0].from", "`from` is after `due`"),
            (10, 10, "deadlines[0].strict", "`strict` is after `due`"),
            (11, 8, "deadlines[0].late", "no value `fatal`, known: error, warning, info"),
            (15, 14, "rosters[0].per_region", "there are no `[[regions]]`"),
            (16, 10, "rosters[0].kinds[0]", "no kind of organiser `societie`, the nearest is `society`"),
        ],
    ),
    (
        "[[deadlines]]\nid = \"plan\"\nwhat = \"计划\"\ndue = { after = \"end\", days = 3 }\nclause = \"四\"",
        &[(7, 7, "deadlines[0].due", "cannot be counted from a field")],
    ),
    (
        "[[marks]]\nid = \"day\"\nnames = [\"甲\"]\nclause = \"四\"\nhints = [{ about = \"colour\", items = [\"红\"] }]",
        &[(4, 1, "marks[0].modality", "this key is missing"), (8, 20, "marks[0].hints[0].about", "no value `colour`")],
    ),
    // Syntax and sense at once; what only follows from the syntax is not said.
    (
        "[document]\ntitle = { value = 2024-13-01, clause = \"标题\" }\n[[themes]]\nvalue = \n[[theems]]",
        &[
            (5, 19, "", "not valid TOML (invalid date"),
            (7, 9, "", "not valid TOML"),
            (6, 1, "themes[0]", "there is no `clause`"),
            (8, 3, "theems", "no key `theems`, the nearest is `themes`"),
        ],
    ),
];

#[test]
fn every_fault_is_reported_at_its_line_and_column() {
    for (text, expected) in FAULTS {
        let text = format!("{HEAD}{text}");
        let error = Notice::from_toml(&text).expect_err(&text);
        assert!(error.is_notice());
        let found: Vec<_> = error.faults().iter().map(|f| (f.line, f.column, f.key.as_str(), f.message(Lang::En))).collect();
        let as_expected = found.len() == expected.len()
            && expected.iter().all(|(line, column, key, said)| {
                found.iter().any(|f| (f.0, f.1, f.2) == (*line, *column, *key) && f.3.starts_with(said))
            });
        assert!(as_expected, "{text}\nexpected {expected:#?}\nfound {found:#?}");
    }
}

#[test]
fn json_has_the_same_faults_and_sees_a_key_given_twice() {
    let text = "{\n \"format\": 1,\n \"id\": \"x\",\n \"年\": 1,\n \"year\": 2024,\n \"year\": 2025,\n \"themes\": [{\"value\": \"甲\", \"clause\": \"一\", \"open\": true}]\n}";
    let error = Notice::from_json(text).unwrap_err();
    let found: Vec<_> = error.faults().iter().map(|f| (f.line, f.column, f.key.as_str())).collect();
    assert_eq!(found, [(4, 2, "年"), (6, 2, "year"), (7, 43, "themes[0].open")]);
    assert!(error.message(Lang::Zh).contains("第 6 行第 2 列 year：这个键写了两次"), "{}", error.message(Lang::Zh));
    for text in ["", "1", "[]", "null", "{", "{\"id\": \"\\ud800\"}"] {
        assert!(Notice::from_json(text).is_err_and(|error| !error.faults().is_empty()), "{text}");
    }
}

#[test]
fn too_long_or_too_deep_is_refused() {
    let long = format!("{HEAD}# {}", "字".repeat(400_000));
    let refused = |result: Result<Notice, kepu_core::Error>, said: &str| {
        let error = result.unwrap_err();
        assert!(error.message(Lang::En).contains(said), "{error}");
    };
    refused(Notice::from_toml(&long), "over 1 MiB");
    refused(Notice::from_json(&" ".repeat(1 << 21)), "over 1 MiB");
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    refused(Notice::from_toml(&format!("{HEAD}themes = {}", nested(40))), "nested deeper than 32");
    refused(Notice::from_json(&format!("{{\"themes\": {}}}", nested(40))), "nested deeper than 32");
    for levels in [200, 100_000] {
        assert!(Notice::from_toml(&format!("{HEAD}themes = {}", nested(levels))).is_err());
        assert!(Notice::from_toml(&format!("{HEAD}{}a = 1", "a.".repeat(levels))).is_err());
        assert!(Notice::from_json(&format!("{{\"themes\": {}}}", nested(levels))).is_err());
    }
}

#[test]
fn a_long_text_full_of_faults_is_read_in_no_time() {
    let many = |piece: &dyn Fn(usize) -> String| (0..40_000).map(piece).collect::<String>();
    let start = std::time::Instant::now();
    for text in [
        many(&|n| format!("k{n} = 1\n")),
        format!("[organizers]\nvalue = [{}]\nclause = \"一\"\n", many(&|n| format!("\"k{n}\","))),
        format!("[[themes]]\nvalue = \"甲\"\nclause = \"一\"\n[themes.why]\n{}", many(&|n| format!("k{n} = \"乙\"\n"))),
        format!("[[themes]]\nvalue = [{}]\n", "1,".repeat(400_000)),
    ] {
        let error = Notice::from_toml(&format!("{HEAD}{text}")).unwrap_err();
        assert!(error.faults().len() <= 1_000);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// A text of the house with a few characters left out, doubled or replaced: read or refused, and what is read
    /// survives JSON.
    #[test]
    fn a_damaged_notice_never_panics(
        which in 0_usize..4,
        json in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..3, any::<char>()), 1..6),
    ) {
        let notices = notices();
        let (name, toml, _) = &notices[which % notices.len()];
        let text = if json { read(name, toml).to_json() } else { toml.clone() };
        let mut signs: Vec<char> = text.chars().collect();
        for (index, what, sign) in damage {
            let at = index.index(signs.len());
            match what {
                0 => { signs.remove(at); }
                1 => signs.insert(at, signs[at]),
                _ => signs[at] = sign,
            }
        }
        let text: String = signs.into_iter().collect();
        match if json { Notice::from_json(&text) } else { Notice::from_toml(&text) } {
            Ok(notice) => prop_assert_eq!(Notice::from_json(&notice.to_json()).unwrap(), notice),
            Err(error) => {
                prop_assert!(!error.faults().is_empty());
                prop_assert!(error.faults().iter().all(|fault| fault.line > 0 && fault.column > 0));
            }
        }
    }

    #[test]
    fn a_line_left_out_or_written_twice_never_panics(which in 0_usize..4, line in any::<prop::sample::Index>(), twice in any::<bool>()) {
        let notices = notices();
        let (_, toml, _) = &notices[which % notices.len()];
        let mut lines: Vec<&str> = toml.lines().collect();
        let at = line.index(lines.len());
        if twice { lines.insert(at, lines[at]) } else { lines.remove(at); }
        if let Ok(notice) = Notice::from_toml(&lines.join("\n")) {
            prop_assert_eq!(Notice::from_json(&notice.to_json()).unwrap(), notice);
        }
    }
}
