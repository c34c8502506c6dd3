//! One day: as a number, as a moment, in ISO text; the forms that people write stand in its rooms.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use super::Written;

pub(crate) mod clock;
pub(crate) mod half;
pub(crate) mod sign;

/// Seconds of a day.
pub(crate) const SECONDS: u64 = 24 * 60 * 60;

/// A day with no more written than that.
fn bare(day: NaiveDate) -> Written {
    Written { day, minute: None, weekday: None, inferred: false }
}

/// The day and minute of a moment at UTC+8.
pub(crate) fn of_moment(moment: NaiveDateTime) -> Written {
    let minute = u16::try_from(moment.hour() * 60 + moment.minute()).ok();
    Written { minute, ..bare(moment.date()) }
}

/// The day of a number cell: a serial of 30000 to 60000, with or without a fraction, or yyyymmdd.
pub(crate) fn of_number(number: f64) -> Option<Written> {
    let (whole, fraction, bits) = parts(number)?;
    if fraction == 0 {
        return of_int(whole.into());
    }
    // Rounded to the second; no fraction of a serial has more than 38 bits, so that the product fits.
    let seconds = (fraction * SECONDS + (1 << (bits - 1))) >> bits;
    of_serial(whole, Some(seconds))
}

/// The same of a whole number.
pub(crate) fn of_int(number: i64) -> Option<Written> {
    let number = u32::try_from(number).ok()?;
    of_serial(number, None).or_else(|| {
        let year = i32::try_from(number / 10_000).ok().filter(|year| (1000..=9999).contains(year))?;
        NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100).map(bare)
    })
}

/// The day of a serial; seconds behind the end of the day are within it.
pub(crate) fn of_serial(serial: u32, seconds: Option<u64>) -> Option<Written> {
    const EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);
    if !(30_000..=60_000).contains(&serial) {
        return None;
    }
    let day = EPOCH?.checked_add_signed(TimeDelta::days(serial.into()))?;
    let minute = seconds.and_then(|seconds| u16::try_from(seconds.min(SECONDS - 1) / 60).ok());
    Some(Written { minute, ..bare(day) })
}

/// A number as its whole part and a fraction of so many bits, without loss; none where it cannot be a day.
fn parts(number: f64) -> Option<(u32, u64, u64)> {
    const MANTISSA: u64 = 52;
    if !(30_000.0..100_000_000.0).contains(&number) {
        return None;
    }
    let bits = number.to_bits();
    // 14 to 26, since 30000 is more than 2^14 and 10^8 less than 2^27.
    let exponent = (bits >> MANTISSA).checked_sub(1023)?;
    let width = MANTISSA.checked_sub(exponent)?;
    let mantissa = (bits & ((1 << MANTISSA) - 1)) | (1 << MANTISSA);
    Some((u32::try_from(mantissa >> width).ok()?, mantissa & ((1 << width) - 1), width))
}

/// The day of exactly `yyyy-mm-dd`, `yyyy/mm/dd` or `yyyy.mm.dd`.
pub(crate) fn of_ten(text: &[u8]) -> Option<NaiveDate> {
    const DIGITS: u64 = u64::from_le_bytes(*b"\xFF\xFF\xFF\xFF\0\xFF\xFF\0");
    const ZEROS: u64 = u64::from_le_bytes(*b"0000\x0000\0");
    let (first, day) = text.split_first_chunk::<8>()?;
    let (&[.., sign, _, _, again], &[d1, d2]) = (first, day) else { return None };
    // Its digits as numbers, all at once: none has its upper half, nor has it once six is added.
    let digits = (u64::from_le_bytes(*first) ^ ZEROS) & DIGITS;
    let upper = digits | (digits + ((DIGITS / 0xFF) * 6));
    if sign != again || !matches!(sign, b'-' | b'/' | b'.') || upper & 0xF0F0_F0F0_F0F0_F0F0 != 0 {
        return None;
    }
    let [y1, y2, y3, y4, _, m1, m2, _] = digits.to_le_bytes().map(u32::from);
    let year = y1 * 1_000 + y2 * 100 + y3 * 10 + y4;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| *year > 0)?, m1 * 10 + m2, two(d1, d2)?)
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// The numbers of exactly `2023年9月17日` or `9月17日`, whether or not they are a day.
pub(crate) fn of_plain(text: &[u8]) -> Option<(Option<i32>, u32, u32)> {
    let (first, digits, rest) = number(text)?;
    let (year, month, rest) = match rest.strip_prefix("年".as_bytes()) {
        Some(rest) if digits == 4 && first > 0 => {
            let (month, digits, rest) = number(rest)?;
            (i32::try_from(first).ok(), (digits <= 2).then_some(month)?, rest)
        }
        Some(_) => return None,
        None => (None, (digits <= 2).then_some(first)?, rest),
    };
    let (day, digits, rest) = number(rest.strip_prefix("月".as_bytes())?)?;
    (digits <= 2 && rest == "日".as_bytes()).then_some((year, month, day))
}

/// The number at the beginning, of at most four digits: its value, how many they are, and what is behind it.
fn number(text: &[u8]) -> Option<(u32, u8, &[u8])> {
    let (mut value, mut digits, mut rest) = (0, 0, text);
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        if digits == 4 {
            return None;
        }
        (value, digits, rest) = (value * 10 + u32::from(digit - b'0'), digits + 1, behind);
    }
    (digits > 0).then_some((value, digits, rest))
}

/// The moment of *as of*: an ISO day, or an ISO date-time with or without a zone, seconds dropped; without a zone it is
/// UTC+8. Nothing looser than that.
pub(crate) fn as_of(text: &str) -> Option<Written> {
    let (day, rest) = text.as_bytes().split_at_checked(10)?;
    if day.get(4) != Some(&b'-') {
        return None;
    }
    let day = of_ten(day)?;
    let [b'T' | b't' | b' ', h1, h2, b':', m1, m2, rest @ ..] = rest else {
        return rest.is_empty().then(|| bare(day));
    };
    let (hour, minute) = (two(*h1, *h2)?, two(*m1, *m2)?);
    let rest = match rest {
        [b':', s1, s2, rest @ ..] => {
            two(*s1, *s2).filter(|second| *second < 60)?;
            match rest {
                [b'.', first, rest @ ..] if first.is_ascii_digit() => {
                    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                    rest.get(digits..)?
                }
                rest => rest,
            }
        }
        rest => rest,
    };
    let offset = match rest {
        [] => half::CHINA,
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let minutes = two(*m1, *m2).filter(|minutes| *minutes < 60)?;
            let offset = i32::try_from(two(*h1, *h2)? * 60 + minutes).ok().filter(|offset| *offset <= 14 * 60)?;
            if *sign == b'+' { offset } else { -offset }
        }
        _ => return None,
    };
    let moment = day.and_hms_opt(hour, minute, 0)?.checked_add_signed(TimeDelta::minutes((half::CHINA - offset).into()))?;
    Some(of_moment(moment))
}

/// A day as ISO text.
pub(crate) fn iso(day: NaiveDate) -> String {
    let mut text = String::with_capacity(10);
    push_iso(day, &mut text);
    text
}

/// Writes a day as ISO text, without chrono's formats (they weigh 18 KB in the browser).
pub(crate) fn push_iso(day: NaiveDate, text: &mut String) {
    let year = day.year();
    // ISO 8601 asks for a sign where a year has not four digits.
    if year < 0 {
        text.push('-');
    } else if year > 9999 {
        text.push('+');
    }
    let year = year.unsigned_abs();
    for power in [100_000, 10_000] {
        if year >= power {
            push_digit(year / power, text);
        }
    }
    push_two(year / 100, text);
    push_two(year, text);
    text.push('-');
    push_two(day.month(), text);
    text.push('-');
    push_two(day.day(), text);
}

fn push_two(number: u32, text: &mut String) {
    push_digit(number / 10, text);
    push_digit(number, text);
}

fn push_digit(number: u32, text: &mut String) {
    if let Some(digit) = char::from_digit(number % 10, 10) {
        text.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{DayFault, Years, days};
    use super::*;
    use crate::record::Cell;

    fn shown(written: Option<Written>) -> String {
        let Some(Written { day, minute, .. }) = written else { return "none".to_owned() };
        minute.map_or(iso(day), |minute| format!("{} {:02}:{:02}", iso(day), minute / 60, minute % 60))
    }

    #[test]
    fn a_number_is_a_day_as_a_serial() {
        assert_eq!(shown(of_int(45_186)), "2023-09-17");
        assert_eq!(shown(of_number(45_186.0)), "2023-09-17");
        assert_eq!(shown(of_number(45_186.375)), "2023-09-17 09:00");
        assert_eq!(shown(of_number(45_186.729_166_666_7)), "2023-09-17 17:30");
        assert_eq!(shown(of_number(45_186.999_999_999)), "2023-09-17 23:59", "rounded within its day");
        assert_eq!(shown(of_number(45_186.000_001)), "2023-09-17 00:00");
        assert_eq!(shown(of_int(30_000)), "1982-02-18");
        assert_eq!(shown(of_int(60_000)), "2064-04-08");
    }

    #[test]
    fn a_number_is_a_day_as_eight_digits() {
        assert_eq!(shown(of_int(20_230_917)), "2023-09-17");
        assert_eq!(shown(of_number(20_230_917.0)), "2023-09-17");
        assert_eq!(shown(of_int(20_230_931)), "none");
        assert_eq!(shown(of_number(20_230_917.5)), "none");
    }

    #[test]
    fn any_other_number_is_none() {
        for number in [29_999, 60_001, 0, -45_186, 2023, 202_309, i64::MIN, i64::MAX] {
            assert_eq!(days(Cell::Int(number), Years::Of(2023)), Err(DayFault::Unreadable), "{number}");
        }
        for number in [9.17, 29_999.999, 60_001.0, -45_186.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, 1e300] {
            assert_eq!(shown(of_number(number)), "none", "{number}");
        }
    }

    #[test]
    fn a_day_and_a_moment_are_what_they_are() {
        let day = of_ten(b"2023-09-17").unwrap();
        let moment = days(Cell::Moment(day.and_hms_opt(17, 30, 59).unwrap()), Years::Of(2023)).unwrap();
        assert_eq!(shown(Some(moment.first)), "2023-09-17 17:30");
        let span = days(Cell::Day(day), Years::Of(2020)).unwrap();
        assert_eq!((span.first, span.last, span.is_range), (bare(day), bare(day), false));
    }

    #[test]
    fn as_of_is_a_day_or_a_minute_at_utc_8() {
        assert_eq!(shown(as_of("2023-10-08")), "2023-10-08");
        assert_eq!(shown(as_of("2023-09-28T12:00")), "2023-09-28 12:00");
        assert_eq!(shown(as_of("2023-09-28 12:00:59.999999")), "2023-09-28 12:00");
        assert_eq!(shown(as_of("2023-09-28T16:00:00.000Z")), "2023-09-29 00:00");
        assert_eq!(shown(as_of("2023-09-28T16:00+08:00")), "2023-09-28 16:00");
        assert_eq!(shown(as_of("2023-09-28T16:00:00-05:00")), "2023-09-29 05:00");
    }

    #[test]
    fn as_of_is_nothing_looser() {
        let days = "|2023|2023-10|2023-9-28|2023/09/28|20230928|9月28日|2023-09-31| 2023-09-28|2023-09-28 |２０２３-09-28";
        let times = "T|T12|T24:00|T12:60|T12:00:60|T12:00.|T12:00:00.|T12:00:00,5|T12:00+08|T12:00+15:00|T12:00Zx|x12:00";
        for text in days.split('|').map(str::to_owned).chain(times.split('|').map(|time| format!("2023-09-28{time}"))) {
            assert_eq!(shown(as_of(&text)), "none", "{text}");
        }
    }

    #[test]
    fn a_day_is_written_as_iso_text() {
        for (year, text) in [(2023, "2023-09-07"), (1, "0001-09-07"), (12_023, "+12023-09-07"), (-5, "-0005-09-07")] {
            assert_eq!(iso(NaiveDate::from_ymd_opt(year, 9, 7).unwrap()), text);
        }
        assert_eq!(iso(NaiveDate::MAX), "+262142-12-31");
    }

    proptest! {
        #[test]
        fn any_number_is_judged(number in any::<f64>(), serial in 29_990.0..60_010.0_f64) {
            of_number(number);
            prop_assert_eq!(of_number(serial).is_some(), (30_000.0..60_001.0).contains(&serial));
        }

        #[test]
        fn any_text_may_be_asked_as_of(text in "\\PC{0,30}|2023-0[0-9T: +Z.-]{0,20}") {
            as_of(&text);
        }

        #[test]
        fn a_day_reads_back(days in -700_000_i64..2_900_000) {
            let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + TimeDelta::days(days);
            prop_assert_eq!(as_of(&iso(day)), Some(bare(day)));
        }
    }
}
