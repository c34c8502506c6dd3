//! The moment at which a question is asked.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::error::{Error, What};
use crate::notice::model::Moment;

/// 截至: the moment at which a question is asked, at UTC+8. Always given by the caller; the core has no clock. A bare day is
/// its first minute.
///
/// ```
/// use kepu_core::AsOf;
/// let noon: AsOf = "2023-09-28T12:00".parse()?;
/// let same: AsOf = "2023-09-28T04:00:00Z".parse()?;
/// assert_eq!(noon, same);
/// assert_eq!("2023-09-28".parse::<AsOf>()?.to_string(), "2023-09-28T00:00");
/// assert!("tomorrow".parse::<AsOf>().is_err());
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    day: NaiveDate,
    minute: u16,
}

impl AsOf {
    /// The day at UTC+8.
    pub const fn day(self) -> NaiveDate {
        self.day
    }

    /// Whether a `due` that hangs on no record has passed; unknown of one that does.
    pub(crate) fn is_past(self, due: Moment) -> Option<bool> {
        match due {
            Moment::Day(last) => Some(self.day > last),
            Moment::Minute(last) => Some(self > AsOf::from(last)),
            Moment::Relative { .. } => None,
        }
    }

    /// Minutes after that day's midnight.
    pub const fn minute(self) -> u16 {
        self.minute
    }

    /// `2023-09-28T17:00`; a formatter weighs more in the browser than what it writes.
    pub(crate) fn iso(self) -> String {
        let mut text = crate::reading::day::iso(self.day);
        text.push('T');
        crate::message::push_clock(self.minute, &mut text);
        text
    }
}

impl From<NaiveDate> for AsOf {
    fn from(day: NaiveDate) -> AsOf {
        AsOf { day, minute: 0 }
    }
}

/// A moment at UTC+8; its seconds are dropped.
impl From<NaiveDateTime> for AsOf {
    fn from(moment: NaiveDateTime) -> AsOf {
        let minute = minute_of(moment.time());
        AsOf { day: moment.date(), minute }
    }
}

/// Minutes after midnight.
pub(crate) fn minute_of(time: NaiveTime) -> u16 {
    u16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
}

impl FromStr for AsOf {
    type Err = Error;

    /// An ISO day, or an ISO date-time with or without a zone; without one it is UTC+8.
    ///
    /// # Errors
    /// If the text is neither; ask with [`Error::is_name`].
    fn from_str(text: &str) -> Result<AsOf, Error> {
        let read = crate::reading::day::as_of(text.trim()).ok_or_else(|| {
            Error::other(
                What::Name,
                ["“", text, "”不是可用的截至时间；请写成 2023-10-08 或 2023-09-28T17:00"].concat(),
                ["`", text, "` is no moment to ask at; write 2023-10-08 or 2023-09-28T17:00"].concat(),
            )
        })?;
        Ok(AsOf { day: read.day, minute: read.minute.unwrap_or(0) })
    }
}

impl std::fmt::Display for AsOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.iso())
    }
}
