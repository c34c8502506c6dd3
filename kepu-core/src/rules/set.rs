//! What only a set of records shows.

use crate::message::Text;
use crate::record::Field;
use crate::rule::{Basis, Rule, Scope, Severity};

/// An id that an earlier record has.
pub static DUPLICATE_ID: Rule = Rule {
    id: "duplicate-id",
    scope: Scope::Set,
    fields: &[Field::Id],
    args: &["?value", "first", "?sheet", "?file"],
    about: Text { zh: "编号与前面的一条记录相同。", en: "An earlier record has the same id." },
    message: Text {
        zh: "编号[“{value}”]与前面的记录（[{file}，][工作表“{sheet}”，]第 {first} 行）相同",
        en: "id[ `{value}`] is that of an earlier record (row {first}[ of sheet `{sheet}`][ of {file}])",
    },
    advice: Text {
        zh: "请核对编号；如是重复填报，请删去一条", en: "check the id; if it was entered twice, remove one"
    },
    ..Rule::BASE
};

/// The same activity as an earlier record.
pub static DUPLICATE_ACTIVITY: Rule = Rule {
    id: "duplicate-activity",
    severity: Severity::Warning,
    scope: Scope::Set,
    fields: &[Field::Title],
    args: &["?value", "first", "?sheet", "?file"],
    about: Text {
        zh: "名称、开始日期、地点和举办单位都与前面的一条记录相同。",
        en: "An earlier record has the same title, first day, venue and organiser.",
    },
    message: Text {
        zh: "[“{value}”]与前面的记录（[{file}，][工作表“{sheet}”，]第 {first} 行）是同一个活动",
        en: "[`{value}` is ]the activity of an earlier record (row {first}[ of sheet `{sheet}`][ of {file}])",
    },
    advice: Text {
        zh: "如是重复填报，请删去一条；如是几场，请写明场次或地点",
        en: "if it was entered twice, remove one; if held several times, say which",
    },
    ..Rule::BASE
};

/// More records than the notice allows.
pub static OVER_QUOTA: Rule = Rule {
    id: "over-quota",
    severity: Severity::Warning,
    can_block: false,
    scope: Scope::Set,
    basis: Basis::Quota,
    args: &["what", "?group", "limit", "count"],
    about: Text { zh: "数量超过通知规定的名额。", en: "More records than the notice allows." },
    message: Text {
        zh: "[{group}：]{what}有 {count} 项，最多 {limit} 项",
        en: "[{group}: ]{count} of {what}, {limit} at most are allowed",
    },
    advice: Text { zh: "请按通知的名额减少", en: "keep to the notice's quota" },
    ..Rule::BASE
};

/// Fewer records than the notice asks for.
pub static UNDER_QUOTA: Rule = Rule {
    id: "under-quota",
    severity: Severity::Warning,
    can_block: false,
    scope: Scope::Set,
    basis: Basis::Quota,
    args: &["what", "?group", "limit", "count"],
    about: Text { zh: "数量少于通知要求的最低数。", en: "Fewer records than the notice asks for." },
    message: Text {
        zh: "[{group}：]{what}有 {count} 项，至少 {limit} 项",
        en: "[{group}: ]{count} of {what}, {limit} at least are asked for",
    },
    advice: Text { zh: "请按通知的要求补足", en: "add what is missing" },
    ..Rule::BASE
};
