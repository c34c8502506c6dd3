//! One day or two, joined: what a text says, and why it says none.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::day;
use super::day::half::{self, Between, Half};
use super::day::sign::{Sign, Signs};
use super::{DayFault, Span, Written, Years};

/// One day as a span.
pub(crate) fn one(day: Written) -> Span {
    Span { first: day, last: day, is_range: false }
}

/// The days that a text says.
pub(crate) fn read(text: &str, years: Years) -> Result<Span, DayFault> {
    if let Some(day) = day::of_ten(text.as_bytes()) {
        return Ok(one(Written { day, minute: None, weekday: None, inferred: false }));
    }
    let signs = Signs::of(text);
    if signs.is_cut {
        return Err(if signs.is_vague { DayFault::Imprecise } else { DayFault::Unreadable });
    }
    if let Some(serial) = serial(&signs) {
        return Ok(one(serial));
    }
    let (first, joiner) = half::read(&signs, 0, false);
    if signs.at(joiner) == Sign::End {
        return single(&first, years);
    }
    let (second, end) = half::read(&signs, joiner + 1, true);
    if signs.at(end) == Sign::End {
        return pair(first, second, years);
    }
    // Three halves are no range. Which words stand in which no longer matters.
    Err(if signs.is_vague { DayFault::Imprecise } else { DayFault::Unreadable })
}

/// A serial as text; its signs are its digits and nothing else.
fn serial(signs: &Signs) -> Option<Written> {
    let Sign::Number(whole) = signs.at(0) else { return None };
    match (signs.at(1), signs.at(2), signs.at(3)) {
        (Sign::End, ..) => day::of_serial(whole.ascii(5)?, None),
        (Sign::Dot, Sign::Number(fraction), Sign::End) if !fraction.chinese => {
            let unit = 10_u64.pow(u32::from(fraction.digits.min(9)));
            let seconds = (u64::from(fraction.value) * day::SECONDS + unit / 2) / unit;
            day::of_serial(whole.ascii(5)?, (fraction.value > 0).then_some(seconds))
        }
        _ => None,
    }
}

fn single(half: &Half, years: Years) -> Result<Span, DayFault> {
    if half.is_vague {
        return Err(DayFault::Imprecise);
    }
    if half.left_over {
        return Err(DayFault::Unreadable);
    }
    if half.is_month() {
        return Err(DayFault::Imprecise);
    }
    let day = if is_dotted(half) { written(half, half.year, years) } else { None };
    day.map(one).ok_or(DayFault::Unreadable)
}

/// Whether a month and day without a year are written in a form that may lack it: `9.17`, not `9/17`.
fn is_dotted(half: &Half) -> bool {
    half.year.is_some() || matches!(half.between, None | Some(Between::Dot))
}

fn pair(first: Half, second: Half, years: Years) -> Result<Span, DayFault> {
    let span = completed(first, second, years);
    let is_vague = first.is_vague || second.is_vague;
    if let (Some(span), false) = (span, is_vague || first.left_over || second.left_over) {
        return Ok(span);
    }
    // A readable half beside one that is not, vague words or no.
    let is_readable = |half: &Half| !half.is_vague && !half.left_over && single(half, years).is_ok();
    if span.is_none() && (is_readable(&first) || is_readable(&second)) {
        return Err(DayFault::Unreadable);
    }
    let months = (first.is_month() || is_bare_month(&first)) && second.is_month();
    let are_months = months && !first.left_over && !second.left_over;
    Err(if is_vague || are_months { DayFault::Imprecise } else { DayFault::Unreadable })
}

/// The 3 of `3-4月`.
fn is_bare_month(half: &Half) -> bool {
    half.day.is_none() && half.month.is_none() && half.bare.is_some_and(|number| number <= 12)
}

/// Two halves, each with what it lacks from the other, and the year from the notice where neither has one.
fn completed(mut first: Half, mut second: Half, years: Years) -> Option<Span> {
    if !is_dotted(&first) && (second.year.is_none() || second.between != first.between) {
        return None;
    }
    if !is_dotted(&second) && (first.year.is_none() || second.between != first.between) {
        return None;
    }
    let names_month = second.month.is_some();
    first.month = first.month.or(second.month);
    second.month = second.month.or(first.month);
    second.day = second.day.or(second.bare);
    let turn = |year: i32| {
        let comes_first = (second.month, second.day) < (first.month, first.day);
        if names_month && comes_first { year + 1 } else { year }
    };
    let last_year = second.year.or_else(|| first.year.map(turn));
    Some(Span {
        first: written(&first, first.year.or(second.year), years)?,
        last: written(&second, last_year, years)?,
        is_range: true,
    })
}

/// The day of a half whose month and day are known.
fn written(half: &Half, year: Option<i32>, years: Years) -> Option<Written> {
    let (month, day) = (half.month?, half.day?);
    let (date, inferred) = match (year, years) {
        (Some(year), _) => (NaiveDate::from_ymd_opt(year, month, day)?, false),
        (None, Years::Of(year)) => (NaiveDate::from_ymd_opt(year, month, day)?, true),
        (None, Years::From(earliest)) => (first_from(earliest, month, day)?, true),
    };
    let (date, minute) = match half.minute {
        Some(minute) => {
            let shifted = i32::from(minute) + half.shift;
            let date = date.checked_add_signed(TimeDelta::days(shifted.div_euclid(24 * 60).into()))?;
            (date, u16::try_from(shifted.rem_euclid(24 * 60)).ok())
        }
        None => (date, None),
    };
    Some(Written { day: date, minute, weekday: half.weekday, inferred })
}

/// The first such day that is not earlier; eight years hold a 29 February, even around 1900 or 2100.
fn first_from(earliest: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    (0..=8).filter_map(|years| NaiveDate::from_ymd_opt(earliest.year() + years, month, day)).find(|day| *day >= earliest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(text, Years::Of(2030)) {
            Ok(span) if span.is_range => format!("{} {}", day::iso(span.first.day), day::iso(span.last.day)),
            Ok(span) => day::iso(span.first.day),
            Err(DayFault::Imprecise) => "imprecise".to_owned(),
            Err(DayFault::Unreadable) => "unreadable".to_owned(),
        }
    }

    #[test]
    fn a_range_lends_its_halves_what_they_lack() {
        for text in
            ["9月5日至7日", "9月5-7日", "9.5-9.7", "２０３０年９月５日——７日", "2030-09-05~2030-09-07", "从9月5日到9月7日"]
        {
            assert_eq!(shown(text), "2030-09-05 2030-09-07", "{text}");
        }
    }

    #[test]
    fn a_month_is_imprecise_and_a_damaged_day_unreadable() {
        for text in ["9月", "9月份", "2030-09", "9月至10月", "9月上旬", "另行通知"] {
            assert_eq!(shown(text), "imprecise", "{text}");
        }
        for text in
            ["2030915日", "69-625", "5月1 2 日", "20xx年9月5日", "9/17/2030", "23.9.17", "2030-09-32", "2030-09-00", "9月31日"]
        {
            assert_eq!(shown(text), "unreadable", "{text}");
        }
    }
}
