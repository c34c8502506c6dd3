//! The one list of rules, and the questions they answer.
//!
//! ```
//! use kepu_core::rules;
//! assert!(rules::ALL.iter().any(|rule| rule.id() == rules::MISSING_FIELD.id()));
//! ```

use crate::rule::{Judge, Rule};

mod contact;
mod days;
mod names;
pub(crate) mod period;
mod publication;
pub(crate) mod set;
mod submission;
pub(crate) use submission::{Standing, deadlines, due, owed, standings, verdict};
pub(crate) use text::required_fields;
pub(crate) mod supplement;
mod text;
mod theme;

pub use contact::{MALFORMED_EMAIL, MALFORMED_LINK, MALFORMED_PHONE, UNREADABLE_COUNT, UNSAFE_LINK};
pub use days::{FUTURE_DAY, IMPRECISE_DATE, UNREADABLE_DATE, WEEKDAY_MISMATCH};
pub use names::{
    GROUP_AS_CATEGORY, ORGANIZER_MISMATCH, UNKNOWN_CATEGORY, UNKNOWN_CONTENT_AREA, UNKNOWN_ORGANIZER_KIND, UNKNOWN_REGION,
    UNOFFICIAL_NAME,
};
pub use period::{OUTSIDE_PERIOD, OUTSIDE_WINDOW, REVERSED_DATES, SPANS_WINDOW};
pub use publication::{MISSING_PUBLICATION, PUBLISHED_EARLY, PUBLISHED_LATE};
pub use set::{DUPLICATE_ACTIVITY, DUPLICATE_ID, OVER_QUOTA, UNDER_QUOTA};
pub use submission::{DEADLINE_DAY, LATE_SUMMARY, MISSING_SUMMARY, PENDING_SUMMARY, UNKNOWN_UNIT};
pub use supplement::{
    INCOMPLETE_MARKS, MISSING_ITEM, MISSING_MEDIA, MISSING_NEWS_LINK, MISSING_REPORT, OVER_LENGTH, TOO_FEW, TOO_MANY,
};
pub use text::{FORMULA_TEXT, GARBLED_TEXT, MISSING_FIELD, TOO_LONG};
pub use theme::WRONG_THEME;

/// Every rule, in the order in which findings of one place stand.
pub static ALL: &[&Rule] = &[
    &MISSING_FIELD,
    &UNREADABLE_DATE,
    &IMPRECISE_DATE,
    &REVERSED_DATES,
    &WEEKDAY_MISMATCH,
    &UNREADABLE_COUNT,
    &MALFORMED_PHONE,
    &MALFORMED_EMAIL,
    &MALFORMED_LINK,
    &UNSAFE_LINK,
    &FUTURE_DAY,
    &GARBLED_TEXT,
    &FORMULA_TEXT,
    &TOO_LONG,
    &UNOFFICIAL_NAME,
    &UNKNOWN_CATEGORY,
    &GROUP_AS_CATEGORY,
    &UNKNOWN_CONTENT_AREA,
    &UNKNOWN_ORGANIZER_KIND,
    &UNKNOWN_REGION,
    &ORGANIZER_MISMATCH,
    &WRONG_THEME,
    &OUTSIDE_WINDOW,
    &SPANS_WINDOW,
    &OUTSIDE_PERIOD,
    &PUBLISHED_EARLY,
    &PUBLISHED_LATE,
    &MISSING_PUBLICATION,
    &MISSING_MEDIA,
    &MISSING_NEWS_LINK,
    &MISSING_REPORT,
    &MISSING_ITEM,
    &TOO_FEW,
    &TOO_MANY,
    &OVER_LENGTH,
    &INCOMPLETE_MARKS,
    &LATE_SUMMARY,
    &DEADLINE_DAY,
    &MISSING_SUMMARY,
    &PENDING_SUMMARY,
    &UNKNOWN_UNIT,
    &DUPLICATE_ID,
    &DUPLICATE_ACTIVITY,
    &OVER_QUOTA,
    &UNDER_QUOTA,
];

/// Every question that one record answers.
pub(crate) fn judges() -> impl Iterator<Item = &'static Judge> {
    [
        text::JUDGES,
        days::JUDGES,
        period::JUDGES,
        contact::JUDGES,
        names::JUDGES,
        theme::JUDGES,
        publication::JUDGES,
        supplement::JUDGES,
        submission::JUDGES,
    ]
    .into_iter()
    .flatten()
}
