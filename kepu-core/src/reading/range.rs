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
    // Behind a space `9:00-11:30` are two times and no zone.
    let may_be_times = text.as_bytes().get(10) == Some(&b' ') && text.as_bytes().iter().rev().nth(5) == Some(&b'-');
    if let (Some(moment), false) = (day::as_of(text), may_be_times) {
        return Ok(one(moment));
    }
    // The form of most Chinese sheets, read for a tenth of what the signs cost.
    if let Some((year, month, day)) = day::of_plain(text.as_bytes()) {
        return single(&Half::of(year, month, day), years);
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
    use proptest::prelude::*;

    use super::super::fold::fold;
    use super::*;

    const NOTICE: Years = Years::Of(2023);

    fn day(text: &str) -> NaiveDate {
        day::of_ten(text.as_bytes()).unwrap()
    }

    /// `2023-09-17`, with the minute where one is written; two where two halves are.
    fn said(text: &str) -> String {
        let shown = |written: Written| match written.minute {
            Some(minute) => format!("{} {:02}:{:02}", day::iso(written.day), minute / 60, minute % 60),
            None => day::iso(written.day),
        };
        match read(text, NOTICE) {
            Ok(span) if span.is_range => format!("{} to {}", shown(span.first), shown(span.last)),
            Ok(span) => shown(span.first),
            Err(DayFault::Unreadable) => "unreadable".to_owned(),
            Err(DayFault::Imprecise) => "imprecise".to_owned(),
        }
    }

    /// Each text, apart from `|`, says this.
    fn all_say(expected: &str, texts: &str) {
        for text in texts.split('|') {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_in_each_form() {
        all_say(
            "2023-09-17",
            "2023-09-17|2023/9/17|2023.9.17|2023.09.17|20230917|２０２３－０９－１７|2023–9–17| 2023 - 9 - 17 ",
        );
        all_say("2023-09-17", "2023年9月17日|2023年9月17号|2023年9月17號|2023年09月17|2023 年 9 月 17 日|２０２３年９月１７日");
        all_say("2023-09-17", "9月17日|9月17|9.17|９．１７|09月17日|45186|45186.0|４５１８６");
        all_say(
            "2023-09-17",
            "二〇二三年九月十七日|二○二三年九月十七日|二O二三年九月十七号|二Ｏ二三年九月17日|二零二三年九月十七日",
        );
        all_say("2023-10-10", "二〇二三年十月十日|十月一〇日");
        all_say("2023-12-31", "十二月三十一日|2023年十二月31日");
        all_say("1982-02-18", "30000");
        all_say("2064-04-08", "60000");
    }

    #[test]
    fn a_day_that_lacks_its_year_is_of_the_notices_year_and_says_so() {
        assert!(read("9月17日", NOTICE).unwrap().first.inferred);
        assert!(!read("2023年9月17日", NOTICE).unwrap().first.inferred);
        let both = read("9月17日至23日", NOTICE).unwrap();
        assert!(both.first.inferred && both.last.inferred);
        let one_year = read("9月17日至2023年9月23日", NOTICE).unwrap();
        assert!(!one_year.first.inferred && !one_year.last.inferred);
    }

    #[test]
    fn a_publication_is_of_the_first_year_in_which_it_is_not_too_early() {
        let published = |text, earliest| read(text, Years::From(day(earliest))).map(|span| day::iso(span.first.day));
        assert_eq!(published("5月23日", "2023-05-23").as_deref(), Ok("2023-05-23"));
        assert_eq!(published("5月22日", "2023-05-23").as_deref(), Ok("2024-05-22"));
        assert_eq!(published("2021年1月1日", "2023-05-23").as_deref(), Ok("2021-01-01"));
        assert_eq!(published("2月29日", "2023-05-23").as_deref(), Ok("2024-02-29"));
        assert_eq!(published("2月29日", "2097-01-01").as_deref(), Ok("2104-02-29"));
    }

    #[test]
    fn what_no_calendar_shows_is_no_day() {
        all_say("unreadable", "2023-02-30|2月29日|9月31日|2023年13月1日|2023-00-18|2023-09-00|2023.9.32|20230931|0000-01-01");
        all_say("unreadable", "九月三十一日|29999|60001|9月31日至10月3日|9月17日至9月31日");
        all_say("2024-02-29", "2024年2月29日");
    }

    #[test]
    fn what_two_people_could_read_differently_is_not_read() {
        all_say("unreadable", "9/17/2023|17.09.2023|23.9.17|23年9月17日|9/17|9-17|17日|17|0917|2023.9-12|2023-9/17");
        all_say("unreadable", "9月二三日|2023-09-17 2023-09-18|9月17日、18日|8-9月21日|2023-09-17 09:00:00-05:00");
    }

    #[test]
    fn damage_is_never_repaired() {
        all_say("unreadable", "2023915日|69-625|822-9|914—20日|20251229日—2026112|20xx年9月1516日|2023-09-17：");
        all_say("unreadable", "5月1 2 日|20 23年9月17日|二〇 二三年九月十七日|9月十7日|2023年，9月17日");
        all_say("unreadable", "20xx年9月18日|20__年9月18日——24日|2023年 月 日|9月 日|9月X日上午9时|2023年@@9月@@17日");
    }

    #[test]
    fn words_that_say_nothing_are_skipped_around_a_day_and_no_others() {
        all_say("2023-09-17", "从9月17日|自9月17日|于9月17日|定于9月17日|拟9月17日|拟于9月17日|拟定于9月17日|2023-09-17日");
        all_say("2023-09-17", "9月17日开始|9月17日结束|9月17日期间|9月17日止|9月17日。|9月17日，");
        all_say("unreadable", "9月17日前|截至9月17日|今天（9月17日）|9月17日（暂定）|9月17晚论坛|活动到9月17日|国庆节|9月中");
    }

    #[test]
    fn a_month_or_a_year_alone_is_imprecise() {
        all_say("imprecise", "9月|９月|9月份|2023-09|2023年9月|2023年|2023");
        all_say("imprecise", "2月-3月|3-4月|2023年3月至4月。|2023年3-4月|2023-2024年|2023-09至2023-10");
    }

    #[test]
    fn a_vague_word_is_imprecise_even_with_more_beside_it() {
        all_say("imprecise", "9月上旬|9月初|9月底|近期|每周六|全年|周末|另行通知|自行安排|多次|常年开放|长期|20xx年9月底");
        all_say("imprecise", "9月17日前后|9月17日左右|9月17日起|9月17日以来|即日起至20日|9月17日起至20日|9月17日至20日左右");
        all_say(
            "imprecise",
            "9月17日至20日每天9:00-17:00|每年9月17日至9月20日|2023年5月上旬-6月上旬。|每天9:00-12:00和下午2:30-5:00",
        );
    }

    #[test]
    fn a_readable_half_beside_one_that_is_not_is_unreadable_vague_words_or_no() {
        all_say("unreadable", "9月15日至9月底|9月初至9月15日|9月15日-9月|9月15日至|至9月15日|9月17日至20日至22日");
    }

    #[test]
    fn two_halves_are_joined_in_every_way() {
        for joiner in ["-", "‐", "–", "—", "――", "－", "〜", "~", "～～", "至", "到", " 至 ", " - "] {
            all_say("2023-09-17 to 2023-09-23", &format!("9月17日{joiner}9月23日|2023年9月17日{joiner}2023年9月23日"));
        }
    }

    #[test]
    fn a_half_may_lack_what_the_other_has() {
        all_say("2023-08-15 to 2023-09-28", "8月15至9月28日|2023年8月15日—9月28日|8月15日至2023年9月28日");
        all_say(
            "2023-09-15 to 2023-09-21",
            "9月15至21日|9月15-21|9.15-9.21|9.15-21日|2023.9.15-9.21|2023/9/15-9/21|15日至9月21日",
        );
        all_say("2023-09-15 to 2023-09-21", "2023-9-15-9-21|2023-09-15至2023-09-21|20230915-20230921|从9月15日开始至9月21日结束");
    }

    #[test]
    fn the_year_of_a_first_half_turns_only_where_the_second_names_a_month() {
        all_say("2023-12-25 to 2024-01-05", "2023年12月25日至1月5日");
        all_say("2023-12-25 to 2023-12-05", "2023年12月25日至5日");
        all_say("2023-12-25 to 2023-01-05", "12月25日至1月5日");
        all_say("2024-12-25 to 2024-01-05", "12月25日至2024年1月5日");
        all_say("2023-12-31 to 2024-02-29", "2023年12月31日至2月29日");
    }

    #[test]
    fn each_half_keeps_the_weekday_beside_it() {
        use chrono::Weekday::*;
        let weekdays = |text| read(text, NOTICE).map(|span| (span.first.weekday, span.last.weekday));
        assert_eq!(weekdays("9月17日（周日）"), Ok((Some(Sun), Some(Sun))));
        assert_eq!(weekdays("9月17日【星期天】至20日"), Ok((Some(Sun), None)));
        assert_eq!(weekdays("9月17日星期一至20日週三"), Ok((Some(Mon), Some(Wed))));
        assert_eq!(weekdays("（周日）9月17日9:00"), Ok((Some(Sun), Some(Sun))));
        assert_eq!(weekdays("9月17日"), Ok((None, None)));
        all_say("unreadable", "9月17日（周日）周一|9月17日（日）|9月18日（周一至周五）|周一");
    }

    #[test]
    fn a_time_belongs_to_its_day_and_the_first_of_several_counts() {
        all_say("2023-09-17 09:00", "9月17日9:00|9月17日上午9：00|9月17 9:00|2023/9/17 9:00:30|9月17日9:00-11:30|9月17日9-11时");
        all_say("2023-09-17 09:00", "9月17日（9:00-11:00）|9月17日（周日）9时至15时|9月17日上午9点整|九月十七日上午九点");
        all_say("2023-09-17 09:00", "9月17日上午9:00-11:30，下午14:30-17:30|9月17日上午9:00-11:30、下午2:30-5:00");
        all_say("2023-09-17", "9月17日上午|9月17晚|9月17日（下午）|9月17日全天|9月17日上午-下午");
        all_say("2023-09-17 09:00 to 2023-09-18 17:00", "9月17日9:00-18日17:00|2023-09-17 09:00 - 2023-09-18 17:00");
        all_say("unreadable", "9:00-11:00|14:30|9月17日25:00|9月17日9:60|上午9月17日|9月17时");
    }

    #[test]
    fn the_half_of_the_day_is_understood_and_a_contradiction_is_not() {
        all_say("2023-09-17 14:30", "9月17日下午2:30|9月17日下午14:30|9月17日下午（2:30-4:30）|9月17日14时30分");
        all_say("2023-09-17 17:30", "9月17日晚5点半|9月17日傍晚5:30|9月17日晚上17:30|9月17日晚5點30分20秒");
        all_say("2023-09-17 12:30", "9月17日中午12:30|9月17日下午12:30");
        all_say("2023-09-17 02:00", "9月17日凌晨2点");
        all_say("unreadable", "9月17日上午14:30|9月17日晚1点|9月17日晚0点|9月17日晚12:30");
    }

    #[test]
    fn midnight_at_the_end_is_the_last_minute_of_its_day() {
        all_say("2023-09-28 23:59", "2023-09-28 24:00|9月28日晚12点|9月28日晚上12:00|2023-09-28T24:00:00");
        all_say("2023-09-28 00:00", "2023-09-28 00:00|2023/9/28 0:00:00");
        all_say("unreadable", "9月28日24:01");
    }

    #[test]
    fn a_zone_is_left_for_utc_8_before_the_day_is_known() {
        all_say("2023-09-17 00:00", "2023-09-16T16:00:00Z|20230916T160000Z|2023-09-16 16:00:00.123+00:00");
        all_say("2023-09-16 23:59", "2023-09-16T15:59:59Z|2023-09-16T23:59+08:00|2023-09-16T23:59|2023-09-16T23:59+0800");
        all_say("2023-09-18 09:00", "2023-09-17T20:00:00-05:00|２０２３－０９－１７Ｔ２０：００：００－０５：００");
        all_say("2023-09-17 00:00 to 2023-09-18 00:00", "2023-09-16T16:00Z至2023-09-17T16:00Z");
        all_say("2023-09-17 09:00 to 2023-09-18 09:00", "2023-09-17T09:00-2023-09-18T09:00");
        all_say("unreadable", "9月17日9:00Z|2023-09-17T09:00+99:00|2023-09-17T|T09:00");
    }

    #[test]
    fn the_fraction_of_a_serial_is_rounded_to_the_second_within_its_day() {
        all_say("2023-09-17 09:00", "45186.375|４５１８６．３７５");
        all_say("2023-09-17 17:30", "45186.7291666667|45186.729166666664");
        all_say("2023-09-17 23:59", "45186.9999999999");
    }

    #[test]
    fn a_text_of_any_length_is_judged() {
        let long = "科普".repeat(20_000);
        all_say("unreadable", &format!("{long}|{}|{}", "9月17日，".repeat(100), "(".repeat(500)));
        all_say("imprecise", &format!("{long}每天|{}", "1 月起".repeat(3_000)));
        all_say("2023-09-17", &format!("{}9月17日", " ".repeat(500)));
    }

    /// A day in each form that names its year.
    fn forms(day: NaiveDate) -> Vec<String> {
        let digit = |number: u32| "〇一二三四五六七八九".chars().nth(usize::try_from(number % 10).unwrap()).unwrap();
        let spoken = |number: u32| {
            let tens = (number >= 20).then(|| digit(number / 10));
            let ten = (number >= 10).then_some('十');
            let ones = (!number.is_multiple_of(10)).then(|| digit(number));
            tens.into_iter().chain(ten).chain(ones).collect::<String>()
        };
        let (y, m, d) = (day.year(), day.month(), day.day());
        let year: String = y.to_string().chars().map(|c| digit(c.to_digit(10).unwrap())).collect();
        let mut forms = vec![
            day::iso(day),
            format!("{y}-{m}-{d}"),
            format!("{y}/{m}/{d}"),
            format!("{y}.{m:02}.{d:02}"),
            format!("{y}{m:02}{d:02}"),
            format!("{y}年{m}月{d}日"),
            format!("{y} 年 {m} 月 {d} 号"),
            format!("{year}年{}月{}日", spoken(m), spoken(d)),
            format!("{y}-{m:02}-{d:02}T09:30:00+08:00"),
            format!("拟于{y}年{m}月{d}日（周一）上午9:00-11:30。"),
        ];
        forms.extend(forms.clone().iter().map(|form| wide(form)));
        forms
    }

    fn wide(text: &str) -> String {
        let wide = |c: char| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
            ' ' => '\u{3000}',
            c => c,
        };
        text.chars().map(wide).collect()
    }

    fn any_day() -> impl Strategy<Value = (NaiveDate, String)> {
        (0_i64..60_000, 0_usize..20).prop_map(|(days, form)| {
            let day = day("1950-01-01") + TimeDelta::days(days);
            (day, forms(day).swap_remove(form))
        })
    }

    proptest! {
        #[test]
        fn a_day_in_any_form_reads_back((day, text) in any_day()) {
            let span = read(&text, NOTICE).unwrap();
            prop_assert_eq!((span.first.day, span.is_range, span.first.inferred), (day, false, false), "{}", text);
        }

        #[test]
        fn two_days_in_any_forms_read_back(first in any_day(), last in any_day(), joiner in "至|到|--|～~|—") {
            let text = format!("{}{joiner}{}", first.1, last.1);
            let span = read(&text, NOTICE).unwrap();
            prop_assert_eq!((span.first.day, span.last.day, span.is_range), (first.0, last.0, true), "{}", text);
        }

        #[test]
        fn what_is_read_by_its_bytes_is_read_by_its_signs_alike(
            text in "[012][0-9]{3}([-/.])[01][0-9]([-/.])[0-3][0-9]|([0-9]{1,5}年)?[0-9]{1,3}月[0-9]{1,3}日\
                |2023-09-[12][0-9][T ][012][0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,7})?)?(Z|[+-][01][0-9]:[036]0)?",
        ) {
            prop_assert_eq!(read(&text, NOTICE), read(&wide(&text), NOTICE));
        }

        #[test]
        fn any_text_is_judged_and_folding_it_changes_nothing(
            text in "\\PC{0,30}|[0-9０-９一二三十〇○OＯ零年月日号.。/:：\\-–～至到()（）【上下午晚点半时周天旬起TZ+ 　、，]{0,24}",
        ) {
            prop_assert_eq!(read(&text, NOTICE), read(&fold(&text), NOTICE));
        }
    }
}
