//! Numbers of a spreadsheet: a day is a number under a format, and the format alone says so.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::record::CellBuf;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number.
    Number,
    /// A day, with or without a time.
    Day,
    /// A time of day.
    Time,
    /// Hours that may run past 24: `[h]:mm`.
    Elapsed,
}

/// The shape of a format that has no code in the file (ECMA-376 part 1, 18.8.30, with the Chinese ones).
pub(super) fn built_in(id: u32) -> Shape {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shape::Day,
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Shape::Time,
        46 => Shape::Elapsed,
        _ => Shape::Number,
    }
}

/// The shape of a format code: `yyyy"年"m"月"d"日"`, `[$-804]aaaa`, `h:mm`.
pub(super) fn shape(code: &str) -> Shape {
    let (mut day, mut month, mut time) = (false, false, false);
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c.to_ascii_lowercase() {
            ';' => break,
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => _ = chars.next(),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if !inner.is_empty() && inner.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'h' | b'm' | b's')) {
                    return Shape::Elapsed;
                }
            }
            '0' | '#' | '?' if !time => return Shape::Number,
            'a' if chars.peek().is_some_and(|c| c.eq_ignore_ascii_case(&'a')) => day = true, // the weekday: aaaa
            'y' | 'd' => day = true,
            'm' => month = true,
            'h' | 's' => time = true,
            _ => {}
        }
    }
    match (day, time, month) {
        (true, ..) | (false, false, true) => Shape::Day,
        (false, true, _) => Shape::Time,
        (false, false, false) => Shape::Number,
    }
}

/// A number as the cell that its format shows.
pub(super) fn cell(number: f64, shape: Shape, epoch_1904: bool) -> CellBuf {
    let dated = match shape {
        Shape::Number => None,
        Shape::Day if number >= 1.0 => moment(number, epoch_1904),
        Shape::Day | Shape::Time | Shape::Elapsed => clock(number),
    };
    dated.unwrap_or_else(|| plain(number))
}

/// A whole number where it is one.
pub(super) fn plain(number: f64) -> CellBuf {
    match whole(number) {
        Some(whole) => CellBuf::Int(whole),
        None if number.is_nan() => CellBuf::Empty,
        None => CellBuf::Float(number),
    }
}

/// Digits alone, as places and indices are written.
pub(super) fn digits(text: &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for digit in text {
        number = number.checked_mul(10)?.checked_add(u32::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?))?;
    }
    (!text.is_empty()).then_some(number)
}

/// A number as it is written.
pub(super) fn parse(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.abs() < EXACT && number.trunc() == number {
        #[expect(clippy::as_conversions, reason = "a whole number below 2^53")]
        return Some(number as i64);
    }
    None
}

/// A serial as a day, or as a moment where it has a time; rounded to the second, within its day (reading.md).
fn moment(serial: f64, epoch_1904: bool) -> Option<CellBuf> {
    let days = whole(serial.trunc())?;
    // Excel's 29 February 1900, the serial 60, never was: a day before it counts from one day later.
    let (days, epoch) = match (epoch_1904, days) {
        (true, _) => (days, NaiveDate::from_ymd_opt(1904, 1, 1)?),
        (false, 60) => return None,
        (false, ..60) => (days, NaiveDate::from_ymd_opt(1899, 12, 31)?),
        (false, _) => (days, NaiveDate::from_ymd_opt(1899, 12, 30)?),
    };
    let day = epoch.checked_add_days(Days::new(u64::try_from(days).ok()?))?;
    // Excel's own last day.
    if day > NaiveDate::from_ymd_opt(9999, 12, 31)? {
        return None;
    }
    let seconds = whole((serial.fract() * 86_400.0).round())?.min(86_399);
    if seconds == 0 {
        return Some(CellBuf::Day(day));
    }
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(seconds).ok()?, 0)?;
    Some(CellBuf::Moment(NaiveDateTime::new(day, time)))
}

/// A time without a day as people write it: `9:00`, `14:30`, `26:15:30`.
fn clock(days: f64) -> Option<CellBuf> {
    let seconds = whole((days * 86_400.0).round()).filter(|seconds| *seconds >= 0)?;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(CellBuf::Text(match seconds {
        0 => format!("{hours}:{minutes:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }))
}

/// An ISO day or date-time, as ods and some xlsx hold it; anything else stays the text that it is.
pub(super) fn iso(text: &str) -> CellBuf {
    parse_iso(text).unwrap_or_else(|| CellBuf::Text(text.to_owned()))
}

fn parse_iso(text: &str) -> Option<CellBuf> {
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let Some(time) = time else { return Some(CellBuf::Day(day)) };
    let time = time.strip_suffix('Z').unwrap_or(time);
    let mut parts = time.splitn(3, ':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().unwrap_or("0").split(['.', ',']).next()?.parse().ok()?;
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    if time == NaiveTime::MIN {
        return Some(CellBuf::Day(day));
    }
    Some(CellBuf::Moment(NaiveDateTime::new(day, time)))
}

/// An ISO duration (`PT09H30M00S`) as a time.
pub(super) fn duration(text: &str) -> CellBuf {
    parse_duration(text).unwrap_or_else(|| CellBuf::Text(text.to_owned()))
}

fn parse_duration(text: &str) -> Option<CellBuf> {
    let mut rest = text.strip_prefix("PT")?;
    let mut total: u64 = 0;
    for (unit, factor) in [('H', 3600), ('M', 60), ('S', 1)] {
        if let Some((number, behind)) = rest.split_once(unit) {
            let number: u64 = number.split(['.', ',']).next()?.parse().ok()?;
            total = total.checked_add(number.checked_mul(factor)?)?;
            rest = behind;
        }
    }
    if !rest.is_empty() {
        return None;
    }
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    Some(CellBuf::Text(match seconds {
        0 => format!("{hours}:{minutes:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> CellBuf {
        CellBuf::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    #[test]
    fn a_format_alone_makes_a_number_a_day() {
        for code in [
            "yyyy/m/d",
            "yyyy\"年\"m\"月\"d\"日\"",
            "m月d日",
            "[$-804]yyyy-mm-dd;@",
            "mmm-yy",
            "yyyy/m/d h:mm",
            "yyyy\\-mm\\-dd",
            "[$-804]aaaa;@",
            "e\"年\"m\"月\"",
            "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
            "[$-F800]dddd, mmmm dd, yyyy",
        ] {
            assert_eq!(shape(code), Shape::Day, "{code}");
        }
        for code in ["h:mm", "h:mm:ss", "上午/下午h\"时\"mm\"分\"", "mm:ss.0", "[$-804]h:mm AM/PM"] {
            assert_eq!(shape(code), Shape::Time, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0",
            "0.00E+00",
            "@",
            "0\"人\"",
            "[Red]0",
            "¥#,##0.00",
            "GENERAL",
            "_ * #,##0_ ",
            "[DBNum1]0",
            "",
            ";;;",
            "0\"天\"",
            "# ?/?",
        ] {
            assert_eq!(shape(code), Shape::Number, "{code}");
        }
        assert_eq!(shape("[h]:mm:ss"), Shape::Elapsed);
    }

    #[test]
    fn serials_are_days_and_times_are_kept() {
        assert_eq!(cell(45186.0, Shape::Day, false), day(2023, 9, 17));
        assert_eq!(cell(43724.0, Shape::Day, true), day(2023, 9, 17));
        assert_eq!(cell(59.0, Shape::Day, false), day(1900, 2, 28));
        assert_eq!(cell(60.0, Shape::Day, false), CellBuf::Int(60), "29 February 1900 never was");
        assert_eq!(cell(61.0, Shape::Day, false), day(1900, 3, 1));
        assert_eq!(cell(0.375, Shape::Time, false), CellBuf::Text("9:00".into()));
        assert_eq!(cell(1.25, Shape::Elapsed, false), CellBuf::Text("30:00".into()));
        let CellBuf::Moment(moment) = cell(45_186.604_166_666_664, Shape::Day, false) else { panic!("no moment") };
        assert_eq!(moment.to_string(), "2023-09-17 14:30:00");
        assert_eq!(cell(45_186.999_999_99, Shape::Day, false).cell().to_buf(), {
            CellBuf::Moment(NaiveDate::from_ymd_opt(2023, 9, 17).unwrap().and_hms_opt(23, 59, 59).unwrap())
        });
        assert_eq!(cell(-3.0, Shape::Day, false), CellBuf::Int(-3));
        assert_eq!(cell(1e300, Shape::Day, false), CellBuf::Float(1e300));
    }

    #[test]
    fn iso_days_and_durations_are_read() {
        assert_eq!(iso("2023-09-17"), day(2023, 9, 17));
        assert_eq!(iso("2023-09-17T00:00:00"), day(2023, 9, 17));
        assert!(matches!(iso("2023-09-17T09:30:00.000"), CellBuf::Moment(_)));
        assert_eq!(iso("17.9.2023"), CellBuf::Text("17.9.2023".into()));
        assert_eq!(duration("PT09H30M00S"), CellBuf::Text("9:30".into()));
        assert_eq!(duration("PT1Y"), CellBuf::Text("PT1Y".into()));
    }
}
