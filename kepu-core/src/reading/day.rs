//! One day, in every form of the contract.

use chrono::NaiveDateTime;

use super::Written;

/// The day and minute of a moment at UTC+8.
pub(crate) fn of_moment(moment: NaiveDateTime) -> Written {
    use chrono::Timelike;
    let minute = u16::try_from(moment.hour() * 60 + moment.minute()).ok();
    Written { day: moment.date(), minute, weekday: None, inferred: false }
}

/// The day of a number cell: a serial of 30000 to 60000, with or without a fraction, or yyyymmdd.
pub(crate) fn of_number(_number: f64) -> Option<Written> {
    None
}
