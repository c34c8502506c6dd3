//! Names of sheets that xlsx takes: at most 31 signs, none of `[]:*?/\`, no two alike but for upper and lower case.

use std::collections::{BTreeMap, BTreeSet};

/// UTF-16 units in the name of a sheet.
const LONGEST: usize = 31;

/// A name for each sheet, as near to its own as xlsx takes; `taken` stands already.
pub(super) fn names<'a>(wanted: impl IntoIterator<Item = &'a str>, taken: &str) -> Vec<String> {
    let mut used = BTreeSet::from([taken.to_lowercase()]);
    // How often a name was asked for: the tenth of ten alike does not try the nine before it again.
    let mut asked: BTreeMap<String, u32> = BTreeMap::new();
    let mut names = Vec::new();
    for (index, wanted) in wanted.into_iter().enumerate() {
        let base = clean(wanted).unwrap_or_else(|| format!("Sheet{}", index + 1));
        let count = asked.entry(base.to_lowercase()).or_default();
        let name = loop {
            *count += 1;
            let name = if *count == 1 { base.clone() } else { numbered(&base, *count) };
            if used.insert(name.to_lowercase()) {
                break name;
            }
        };
        names.push(name);
    }
    names
}

/// A name without what xlsx forbids; none where nothing is left, or where Excel keeps the name for itself.
fn clean(wanted: &str) -> Option<String> {
    let plain = |sign: char| {
        let is_forbidden =
            matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\u{FFFE}' | '\u{FFFF}') || sign.is_control();
        if is_forbidden { ' ' } else { sign }
    };
    let text: String = wanted.chars().map(plain).collect();
    let name = trimmed(cut(trimmed(&text), LONGEST));
    (!name.is_empty() && !name.eq_ignore_ascii_case("history")).then(|| name.to_owned())
}

fn numbered(base: &str, number: u32) -> String {
    let end = format!("({number})");
    format!("{}{end}", trimmed(cut(base, LONGEST - end.len())))
}

/// A name neither begins nor ends with an apostrophe.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|sign: char| sign == '\'' || sign.is_whitespace())
}

/// The beginning of a text, so many UTF-16 units at most, no sign cut in two.
pub(super) fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, sign)| {
        units += sign.len_utf16();
        units > most
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_xlsx_takes() {
        let wanted = ["问题清单", "a/b", "A B", "", "'x'", "History", "  ", "表\u{0}1", "表 1"];
        let given = ["问题清单(2)", "a b", "A B(2)", "Sheet4", "x", "Sheet6", "Sheet7", "表 1", "表 1(2)"];
        assert_eq!(names(wanted, "问题清单"), given);
    }

    #[test]
    fn forty_signs_become_thirty_one_and_a_second_one_stays_apart() {
        let long = "新乡市及所属各县（市、区）全国科普日活动汇总统计表之一（含学会、协会、研究会）";
        let names = names([long, long, long], "x");
        assert_eq!(names[0].chars().count(), 31);
        assert!(names[1].ends_with("(2)") && names[1].chars().count() == 31, "{}", names[1]);
        assert!(names[2].ends_with("(3)"));
    }

    #[test]
    fn a_sign_of_two_units_is_not_cut_in_two() {
        let names = names(["a🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈"], "x");
        assert_eq!(names[0].encode_utf16().count(), 31);
        assert_eq!(cut("a𠮷b", 2), "a");
        assert_eq!(cut("a𠮷b", 3), "a𠮷");
    }

    #[test]
    fn ten_thousand_alike_take_no_time() {
        let names = names(vec!["活动"; 10_000], "活动");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 10_000);
        assert!(names.iter().all(|name| name.encode_utf16().count() <= LONGEST));
    }
}
