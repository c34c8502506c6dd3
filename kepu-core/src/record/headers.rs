//! Which field a header or a key names (`reading.md`, Fields and the headers that name them).

use super::{Field, Kind};
use crate::message::Lang;
use crate::reading::fold;

impl Field {
    /// The field that a header or a key names: by id, label or alias, with inner white space, `*`, a trailing colon
    /// and a bracketed unit or note at the end dropped, ASCII case aside.
    ///
    /// ```
    /// use kepu_core::{Field, Kind};
    /// assert_eq!(Field::named(&Kind::ACTIVITY, "*名 称："), Some(Field::Title));
    /// assert_eq!(Field::named(&Kind::ACTIVITY, "预计人数"), None);
    /// ```
    pub fn named(kind: &Kind, header: &str) -> Option<Field> {
        resolve(kind, header).map(|(field, _)| field)
    }
}

/// The field that a header names, and the rank of that name: 0 the id, 1 the label, then the aliases.
pub(crate) fn resolve(kind: &Kind, header: &str) -> Option<(Field, usize)> {
    // A program writes ids, a sheet labels, and nobody else's names are these.
    if let Some(field) = Field::from_id(header).filter(|field| field.is_of(kind)) {
        return Some((field, 0));
    }
    if let Some(field) = kind.fields().iter().find(|field| field.label(kind, Lang::Zh) == header) {
        return Some((*field, 1));
    }
    let header = key(header);
    let is = |name: &str| name.len() == header.len() && name.eq_ignore_ascii_case(&header);
    kind.fields().iter().find_map(|field| names(kind, *field).position(is).map(|rank| (*field, rank)))
}

/// The names of a field in the order of their rank: its id, its label, its aliases. Each is its own [`key`], ASCII case
/// aside.
pub(crate) fn names(kind: &Kind, field: Field) -> impl Iterator<Item = &'static str> {
    [field.id(), field.label(kind, Lang::Zh)].into_iter().chain(field.aliases(kind).iter().copied())
}

/// The header of a column that numbers the rows.
#[cfg(feature = "files")]
pub(crate) const ROW_NUMBER: crate::message::Text = crate::message::Text { zh: "序号", en: "No." };

/// Whether a header's [`key`] says that the column numbers the rows: it is never an `id`.
pub(crate) fn is_row_number(key: &str) -> bool {
    matches!(key, "序号" | "行号" | "no." | "no")
}

/// A header as it is matched.
pub(crate) fn key(header: &str) -> String {
    let mut text = String::with_capacity(header.len());
    signs(header).for_each(|sign| text.push(sign));
    while let Some(end) = end_without_note(&text) {
        text.truncate(end);
    }
    text
}

/// Whether the [`key`] of a text may be this one; a no is sure.
pub(crate) fn may_be(text: &str, key: &str) -> bool {
    let mut signs = signs(text);
    key.chars().all(|sign| signs.next() == Some(sign))
}

/// The signs of a header as they are matched, a note behind it too.
fn signs(header: &str) -> impl Iterator<Item = char> {
    header.chars().map(fold::fold_char).filter_map(|sign| match sign {
        '*' => None,
        '[' => Some('('),
        ']' => Some(')'),
        _ if sign.is_whitespace() => None,
        _ => Some(sign.to_ascii_lowercase()),
    })
}

/// Where a header ends without a colon, or a note in brackets, behind it; none where it has neither, or is nothing else.
fn end_without_note(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_suffix(':') {
        return (!rest.is_empty()).then_some(rest.len());
    }
    if !text.ends_with(')') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices().rev() {
        match sign {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(header: &str) -> Option<Field> {
        Field::named(&Kind::ACTIVITY, header)
    }

    #[test]
    fn ids_labels_and_aliases_name_a_field_in_that_rank() {
        assert_eq!(resolve(&Kind::ACTIVITY, "organizer"), Some((Field::Organizer, 0)));
        assert_eq!(resolve(&Kind::ACTIVITY, "举办单位"), Some((Field::Organizer, 1)));
        assert_eq!(resolve(&Kind::ACTIVITY, "主办单位"), Some((Field::Organizer, 2)));
        assert_eq!(resolve(&Kind::ACTIVITY, "承办"), Some((Field::Organizer, 12)));
    }

    #[test]
    fn inner_white_space_stars_colons_and_notes_are_dropped() {
        for header in [
            "名 称",
            "名\n称",
            "名　称",
            "*名称",
            "名称*",
            "＊名称：",
            "名称:",
            "名称（必填）",
            "名称（必填）：",
            "名称：（必填）",
        ] {
            assert_eq!(activity(header), Some(Field::Title), "{header}");
        }
        for header in [
            "参与人数（人次）",
            "参与人数(人)",
            "参与人数【人】",
            "参与人数[人]",
            "参与人数（人（次））",
            "参与人数（人）（必填）",
        ] {
            assert_eq!(activity(header), Some(Field::Audience), "{header}");
        }
    }

    #[test]
    fn a_note_in_the_middle_or_before_is_not_dropped() {
        for header in ["（活动）名称", "活动（名称", "活动名称）", "（活动名称）", "名称（一）说明", "：", "", "（）"]
        {
            assert_eq!(activity(header), None, "{header}");
        }
    }

    #[test]
    fn ascii_case_and_full_width_do_not_matter() {
        for header in ["E-mail", "e-MAIL", "Ｅ－ｍａｉｌ", "E—mail", "email", "EMAIL"] {
            assert_eq!(activity(header), Some(Field::Email), "{header}");
        }
        assert_eq!(activity("活动id"), Some(Field::Id));
        assert_eq!(activity("News_Links"), Some(Field::NewsLinks));
    }

    #[test]
    fn a_zero_width_character_is_no_white_space() {
        assert_eq!(activity("名\u{200B}称"), None);
        assert_eq!(activity("\u{FEFF}名称"), None);
    }

    #[test]
    fn planned_figures_and_a_contact_s_address_name_no_field() {
        for header in [
            "拟参加人数",
            "预计人数",
            "地址",
            "材料报送地址",
            "序号",
            "行号",
            "No.",
            "传 真",
            "备注",
            "主题分类",
            "供稿人",
            "数量",
        ] {
            assert_eq!(activity(header), None, "{header}");
        }
        assert_eq!(activity("单位"), None);
        assert_eq!(Field::named(&Kind::SUMMARY, "单位"), Some(Field::Unit));
    }

    #[test]
    fn a_kind_of_record_has_names_of_its_own() {
        assert_eq!(Field::named(&Kind::SUMMARY, "总结材料"), Some(Field::Report));
        assert_eq!(activity("总结材料"), None);
        assert_eq!(Field::named(&Kind::SUMMARY, "单位类型"), Some(Field::UnitKind));
        assert_eq!(activity("单位类型"), Some(Field::OrganizerKind));
        assert_eq!(Field::named(&Kind::submission("plan"), "提交日期"), Some(Field::SubmittedOn));
    }

    #[test]
    fn every_name_is_its_own_key_and_names_one_field() {
        for kind in [Kind::ACTIVITY, Kind::SUMMARY] {
            for field in kind.fields() {
                for (rank, name) in names(&kind, *field).enumerate() {
                    assert_eq!(key(name), name.to_ascii_lowercase());
                    assert_eq!(resolve(&kind, name), Some((*field, rank)), "{name}");
                }
            }
        }
    }

    #[test]
    fn a_row_number_is_known() {
        for header in ["序号", "序 号", "行号", "No.", "NO", "Ｎｏ．"] {
            assert!(is_row_number(&key(header)), "{header}");
        }
        assert!(!is_row_number(&key("编号")));
    }
}
