//! The words around a number of people: how exactly it is known, and whether people are counted.

use super::Precision::{self, About, AtLeast, AtMost};

/// Words directly before a number. Of two that end alike the longer stands first, so that 不少于 is not 少于. The ones that
/// the contract does not name (少于 未满 突破 …) say the same as ones that it does, and must not be taken for idle words.
const BEFORE: &[(&str, Precision)] = &[
    ("近似", About),
    ("大约", About),
    ("大概", About),
    ("约", About),
    ("不少于", AtLeast),
    ("不低于", AtLeast),
    ("不下于", AtLeast),
    ("不小于", AtLeast),
    ("不多于", AtMost),
    ("不高于", AtMost),
    ("不大于", AtMost),
    ("不超过", AtMost),
    ("未超过", AtMost),
    ("不超", AtMost),
    ("超过", AtLeast),
    ("多于", AtLeast),
    ("大于", AtLeast),
    ("高于", AtLeast),
    ("少于", AtMost),
    ("低于", AtMost),
    ("小于", AtMost),
    ("突破", AtLeast),
    ("至少", AtLeast),
    ("最少", AtLeast),
    ("超", AtLeast),
    ("逾", AtLeast),
    ("将近", AtMost),
    ("接近", AtMost),
    ("近", AtMost),
    ("不到", AtMost),
    ("不足", AtMost),
    ("未到", AtMost),
    ("未达", AtMost),
    ("未满", AtMost),
    ("不满", AtMost),
    ("至多", AtMost),
    ("最多", AtMost),
    ("限", AtMost),
];

/// Words that end like a [`BEFORE`] word and say nothing of the number.
const IDLE: &[&str] = &[
    "预约", "邀约", "相约", "签约", "节约", "合约", "附近", "最近", "邻近", "临近", "靠近", "期限", "权限", "线上", "网上",
    "云上", "晚上", "早上",
];

/// What makes a precision mean something else: nobody knows what 没有超过300人 is to say.
const TURNING: &[&str] = &["不", "未", "没", "没有", "无"];

/// Limits that are none of those meant by 限.
const OTHER_LIMITS: &[&str] = &["下限", "有限", "无限", "不限"];

/// Words that may stand between a precision and its number.
const BETWEEN: [char; 9] = ['有', '为', '了', '是', '达', '到', '在', '共', '于'];

/// Words directly behind a number, or behind its 人.
const BEHIND: &[(&str, Precision)] = &[
    ("左右", About),
    ("上下", About),
    ("及以上", AtLeast),
    ("或以上", AtLeast),
    ("以上", AtLeast),
    ("及以下", AtMost),
    ("或以下", AtMost),
    ("以下", AtMost),
    ("以内", AtMost),
    ("之内", AtMost),
    ("不到", AtMost),
    ("不足", AtMost),
];

/// Behind 人 or 名 these make it another measure: portions, money, places, ranks.
const OTHER_MEASURES: [&str; 6] = ["份", "民币", "额", "次序", "单", "录"];

/// What the words around a number tell of it.
#[derive(Default)]
pub(super) struct Told {
    pub(super) about: bool,
    pub(super) least: bool,
    pub(super) most: bool,
}

impl Told {
    fn add(&mut self, precision: Precision) {
        match precision {
            About => self.about = true,
            AtLeast => self.least = true,
            AtMost => self.most = true,
            Precision::Exact => {}
        }
    }

    /// Takes the precisions off the end of what stands before the number; what is left are other words. None where it
    /// makes the number something else: a negative, a rank, a part of another number.
    pub(super) fn before<'a>(&mut self, text: &'a str, bare: bool) -> Option<&'a str> {
        let mut rest = text.trim_end();
        if rest.ends_with(['-', '.', '/', '%', '第', '负', '+', '±', '<', '>', '='])
            || (text.len() == rest.len() && rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
        {
            return None;
        }
        if bare
            && let Some(left) = rest.strip_suffix('上')
            && !IDLE.iter().any(|word| rest.ends_with(word))
        {
            self.least = true;
            rest = left.trim_end();
        }
        loop {
            if rest.is_empty() {
                return Some(rest);
            }
            if OTHER_LIMITS.iter().any(|word| rest.ends_with(word)) {
                return None;
            }
            if IDLE.iter().any(|word| rest.ends_with(word)) {
                return Some(rest);
            }
            if let Some((left, precision)) =
                BEFORE.iter().find_map(|&(word, precision)| Some((strip_end(rest, word)?, precision)))
            {
                if TURNING.iter().any(|word| left.ends_with(word)) {
                    return None;
                }
                self.add(precision);
                rest = left.trim_end();
                continue;
            }
            // 约有300人: only where a precision stands before the little words.
            let little = rest.trim_end_matches(BETWEEN);
            if little.len() == rest.len() || !BEFORE.iter().any(|(word, _)| strip_end(little, word).is_some()) {
                return Some(rest);
            }
            rest = little;
        }
    }

    /// Reads what stands behind the number; whether 人, 人次 or 名 does. None where something else is counted.
    pub(super) fn behind(&mut self, text: &str) -> Option<bool> {
        let mut rest = text.trim_start();
        let mut is_people = false;
        loop {
            if let Some((left, precision)) =
                BEHIND.iter().find_map(|&(word, precision)| Some((strip_start(rest, word)?, precision)))
            {
                self.add(precision);
                rest = left.trim_start();
            } else if is_people {
                return Some(true);
            } else if let Some(left) = rest.strip_prefix(['余', '多', '+']) {
                self.least = true;
                rest = left.trim_start();
            } else if let Some(left) = rest.strip_prefix(['人', '名']) {
                let per = left.strip_prefix('/').is_some_and(|per| !per.starts_with('次'));
                if per || OTHER_MEASURES.iter().any(|word| left.starts_with(word)) {
                    return None;
                }
                is_people = true;
                rest = left.strip_prefix('次').unwrap_or(left).trim_start();
            } else {
                return rest.is_empty().then_some(false);
            }
        }
    }
}

/// The traditional signs of the words above that folding leaves as they are.
fn simplified(c: char) -> char {
    match c {
        '於' => '于',
        '將' => '将',
        '達' => '达',
        '滿' => '满',
        '內' => '内',
        other => other,
    }
}

fn strip_end<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut left = text.chars();
    word.chars().rev().all(|c| left.next_back().map(simplified) == Some(c)).then_some(left.as_str())
}

fn strip_start<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut left = text.chars();
    word.chars().all(|c| left.next().map(simplified) == Some(c)).then_some(left.as_str())
}
