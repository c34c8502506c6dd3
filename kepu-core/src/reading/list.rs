//! The items of a list field, whether they came as a list or in one text.

use std::borrow::Cow;
use std::ops::Range;

use super::text::MOST_ITEMS;
use super::{is_empty_text, link};
use crate::record::{Cell, Field, FieldType};

/// So many names in a row are tried as one name that holds 、: no name is longer, and a hostile cell stays cheap.
const LONGEST_NAME: usize = 8;

/// Calls `each` with the index of an item in paths and its text. The items of a given list are counted as given, empty
/// ones skipped; those of a text are its non-empty parts. `whole` says whether a part that holds 、 is one name.
pub(crate) fn items<'a>(field: Field, cell: Cell<'a>, whole: &dyn Fn(&str) -> bool, each: &mut dyn FnMut(usize, Cow<'a, str>)) {
    match cell {
        Cell::List(list) => {
            for (index, item) in list.iter().enumerate() {
                if !super::is_empty(item) {
                    each(index, super::text(item));
                }
            }
        }
        Cell::Text(text) => {
            let mut index = 0;
            parts(field.ty(), text, whole, &mut |range| {
                if let Some(part) = text.get(range) {
                    each(index, Cow::Borrowed(part));
                    index += 1;
                }
            });
        }
        other if super::is_empty(other) => {}
        other => each(0, super::text(other)),
    }
}

/// The text of a cell with one item replaced, its own separators kept.
pub(crate) fn replaced(field: Field, cell: &str, whole: &dyn Fn(&str) -> bool, index: usize, value: &str) -> Option<String> {
    let mut place = None;
    let mut next = 0;
    parts(field.ty(), cell, whole, &mut |range| {
        if next == index {
            place = Some(range);
        }
        next += 1;
    });
    let Range { start, end } = place?;
    Some([cell.get(..start)?, value, cell.get(end..)?].concat())
}

/// Whether a text of a list field has over 1,000 parts.
pub(crate) fn is_too_many(field: Field, cell: Cell<'_>, whole: &dyn Fn(&str) -> bool) -> bool {
    let Cell::Text(text) = cell else { return false };
    // So many parts need as many signs, and a separator between any two.
    if text.len() <= 2 * MOST_ITEMS {
        return false;
    }
    let mut count = 0;
    parts(field.ty(), text, whole, &mut |_| count += 1);
    count > MOST_ITEMS
}

/// Where the non-empty parts of a text stand, white space around them left out.
fn parts(ty: FieldType, text: &str, whole: &dyn Fn(&str) -> bool, each: &mut dyn FnMut(Range<usize>)) {
    let mut place = 0;
    while let Some(rest) = text.get(place..).filter(|rest| !rest.is_empty()) {
        let until = |ends: fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
        let end = match ty {
            FieldType::Link => until(ends_link),
            // Among pictures a link ends as links do, a file name as names do.
            FieldType::Media if rest.get(..until(ends_link)).is_some_and(link::is_link) => until(ends_link),
            _ => {
                let end = until(ends_name);
                match rest.get(..end) {
                    Some(part) if part.contains(['、']) => names(part, place, whole, each),
                    _ => trimmed(text, place..place + end, each),
                }
                place += end + width(rest, end);
                continue;
            }
        };
        trimmed(text, place..place + end, each);
        place += end + width(rest, end);
    }
}

/// The names in a part with 、 in it: from each on, the longest row that is one name, else it alone.
fn names(part: &str, offset: usize, whole: &dyn Fn(&str) -> bool, each: &mut dyn FnMut(Range<usize>)) {
    if whole(part.trim()) {
        return trimmed_in(part, offset, 0..part.len(), each);
    }
    let mut start = 0;
    while let Some(rest) = part.get(start..).filter(|rest| !rest.is_empty()) {
        let mut ends = [None; LONGEST_NAME];
        let cuts = rest.match_indices('、').map(|(place, _)| place).chain([rest.len()]);
        for (end, cut) in ends.iter_mut().zip(cuts) {
            *end = Some(cut);
        }
        let alone = ends.first().copied().flatten().unwrap_or(rest.len());
        let is_name = |end: &usize| *end > alone && rest.get(..*end).is_some_and(|row| whole(row.trim()));
        let end = ends.iter().rev().flatten().copied().find(is_name).unwrap_or(alone);
        trimmed_in(part, offset, start..start + end, each);
        start += end + width(rest, end);
    }
}

fn trimmed(text: &str, range: Range<usize>, each: &mut dyn FnMut(Range<usize>)) {
    trimmed_in(text, 0, range, each);
}

/// Hands on a range of a text that begins at `offset`, without the white space around it, unless nothing stands there.
fn trimmed_in(text: &str, offset: usize, range: Range<usize>, each: &mut dyn FnMut(Range<usize>)) {
    let Some(part) = text.get(range.clone()).filter(|part| !is_empty_text(part)) else { return };
    let start = offset + range.start + (part.len() - part.trim_start().len());
    each(start..start + part.trim().len());
}

/// How long the separator at a place is.
fn width(rest: &str, place: usize) -> usize {
    rest.get(place..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

fn ends_name(c: char) -> bool {
    // 、 divides names too, but a name may hold it.
    matches!(c, ';' | '；' | '|' | '｜' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn ends_link(c: char) -> bool {
    matches!(c, ';' | '；' | '|' | '｜') || c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::CellBuf;
    use proptest::prelude::*;

    fn no(_: &str) -> bool {
        false
    }

    fn read(field: Field, cell: impl Into<CellBuf>, whole: &dyn Fn(&str) -> bool) -> Vec<(usize, String)> {
        let cell = cell.into();
        let mut found = Vec::new();
        items(field, cell.cell(), whole, &mut |index, text| found.push((index, text.into_owned())));
        found
    }

    fn texts(field: Field, cell: impl Into<CellBuf>, whole: &dyn Fn(&str) -> bool) -> Vec<String> {
        read(field, cell, whole).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn a_text_is_split_and_its_empty_parts_are_not_counted() {
        let parts = read(Field::Images, "湿地1.jpg； 湿地2.jpg、、/|荷花 3.jpg\r\n\r\n鸟.jpg;", &no);
        let named: Vec<_> = parts.iter().map(|(index, text)| (*index, text.as_str())).collect();
        assert_eq!(named, [(0, "湿地1.jpg"), (1, "湿地2.jpg"), (2, "荷花 3.jpg"), (3, "鸟.jpg")]);
    }

    #[test]
    fn a_given_list_is_counted_as_given_and_never_split() {
        assert_eq!(
            read(Field::CoOrganizers, ["", "甲、乙；丙", "无", "丁"], &no),
            [(1, "甲、乙；丙".to_owned()), (3, "丁".to_owned())]
        );
        assert_eq!(read(Field::CoOrganizers, 7_i64, &no), [(0, "7".to_owned())]);
        assert_eq!(read(Field::CoOrganizers, "暂无", &no), []);
    }

    #[test]
    fn links_are_split_at_white_space_and_keep_their_commas() {
        let links = texts(Field::NewsLinks, "https://a.cn/1、2,3\u{3000}https://b.cn/x | https://c.cn", &no);
        assert_eq!(links, ["https://a.cn/1、2,3", "https://b.cn/x", "https://c.cn"]);
        let mixed = texts(Field::Images, "https://a.cn/1.jpg https://a.cn/2.jpg；鸟 3.jpg、鱼.jpg", &no);
        assert_eq!(mixed, ["https://a.cn/1.jpg", "https://a.cn/2.jpg", "鸟 3.jpg", "鱼.jpg"]);
        assert_eq!(texts(Field::Images, "java\tscript:x", &no), ["java\tscript:x"]);
    }

    #[test]
    fn a_name_that_holds_the_separator_is_tried_whole_first() {
        let whole = |text: &str| matches!(text, "学会、协会、研究会" | "四、农技");
        assert_eq!(texts(Field::Marks, "学会、协会、研究会", &whole), ["学会、协会、研究会"]);
        assert_eq!(
            texts(Field::Marks, "学校、学会、协会、研究会、四、农技；学会、协会", &whole),
            ["学校", "学会、协会、研究会", "四、农技", "学会", "协会"]
        );
    }

    #[test]
    fn a_fix_keeps_the_cell_s_own_separators() {
        assert_eq!(replaced(Field::CoOrganizers, " 甲 、；乙|丙", &no, 1, "新乙").as_deref(), Some(" 甲 、；新乙|丙"));
        assert_eq!(
            replaced(Field::NewsLinks, "www.a.cn\nwww.b.cn", &no, 0, "https://www.a.cn").as_deref(),
            Some("https://www.a.cn\nwww.b.cn")
        );
        assert_eq!(replaced(Field::CoOrganizers, "甲", &no, 1, "乙"), None);
    }

    #[test]
    fn a_thousand_parts_pass_and_one_more_does_not() {
        let many = |n: usize| CellBuf::from(vec!["甲"; n].join("、"));
        assert!(!is_too_many(Field::Marks, many(1_000).cell(), &no) && is_too_many(Field::Marks, many(1_001).cell(), &no));
    }

    proptest! {
        #[test]
        fn putting_an_item_in_its_own_place_changes_nothing(cell in "[甲乙;；、| \n\t-]{0,20}", field in proptest::sample::select(vec![Field::Marks, Field::NewsLinks, Field::Images])) {
            for (index, text) in read(field, cell.as_str(), &no) {
                let same = replaced(field, &cell, &no, index, &text);
                prop_assert_eq!(same.as_deref(), Some(cell.as_str()));
            }
        }
    }
}
