//! The rules in plain code, for the peers whose attributes cannot say them.

use chrono::NaiveDate;

use crate::activity::{CATEGORIES, THEME};

const WINDOW: (NaiveDate, NaiveDate) = (on(9, 17), on(9, 23));
const OPENS: NaiveDate = on(8, 21);

const fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, month, day).expect("a day")
}

pub(super) fn is_category(text: &str) -> bool {
    CATEGORIES.contains(&text)
}

pub(super) fn is_theme(text: &str) -> bool {
    text.is_empty() || text == THEME
}

/// A day as its Rust developer reads it: chrono's, of ISO text.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

pub(super) fn is_day(text: &str) -> bool {
    day(text).is_some()
}

pub(super) fn is_day_or_empty(text: &str) -> bool {
    text.is_empty() || is_day(text)
}

pub(super) fn is_count(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_safe(text: &str) -> bool {
    !["javascript:", "vbscript:", "data:", "blob:", "file:"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Whether an activity lies within the window. What is no day, or out of order, is another rule's.
pub(super) fn is_in_window(start: &str, end: &str) -> bool {
    let (Some(start), Some(end)) = (day(start), day(if end.is_empty() { start } else { end })) else { return true };
    end < start || (WINDOW.0 <= start && end <= WINDOW.1)
}

pub(super) fn is_in_order(start: &str, end: &str) -> bool {
    day(start).zip(day(end)).is_none_or(|(start, end)| start <= end)
}

pub(super) fn is_open(published_on: &str) -> bool {
    day(published_on).is_none_or(|day| OPENS <= day)
}

/// A mobile of eleven digits, or an area code and a number.
pub(super) const PHONE: &str = r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7})$";
