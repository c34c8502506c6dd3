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
    let &[y1, y2, y3, y4, sign, m1, m2, again, d1, d2] = text else { return None };
    if sign != again || !matches!(sign, b'-' | b'/' | b'.') {
        return None;
    }
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| *year > 0)?, two(m1, m2)?, two(d1, d2)?)
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
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
                [b'.' | b',', first, rest @ ..] if first.is_ascii_digit() => {
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
    text.extend(char::from_digit(number % 10, 10));
}
