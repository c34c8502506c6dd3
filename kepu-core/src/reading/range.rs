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
mod throwaway {
    use super::*;
    use serde_json::Value;
    fn show(t: &str) -> String {
        match read(t, Years::Of(2023)) {
            Ok(s) => { let w=|w: Written| format!("{}{}{}{}", day::iso(w.day), w.minute.map_or(String::new(), |m| format!("T{:02}:{:02}", m/60, m%60)), w.weekday.map_or(String::new(), |m| format!(" {m}")), if w.inferred {" ?"} else {""});
                if s.is_range { format!("{} .. {}", w(s.first), w(s.last)) } else { w(s.first) } }
            Err(e) => format!("{e:?}"),
        }
    }
    #[test]
    fn wild() {
        for f in ["dates","datetimes","deadlines"] {
            for l in std::fs::read_to_string(format!("/work/shared/wild/strings/{f}.jsonl")).unwrap().lines() {
                let v: Value = serde_json::from_str(l).unwrap();
                let t = v["text"].as_str().unwrap();
                let wide: String = t.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else if c==' ' {'\u{3000}'} else { c }).collect();
                let half: String = t.chars().map(|c| match c {','=>'，','('=>'（',')'=>'）',':'=>'：',c=>c}).collect();
                let (a,b,c) = (show(t), show(&wide), show(&half));
                assert_eq!(a,b,"{wide}"); assert_eq!(a,c);
                println!("{f}\t{t}\t=> {a}\t[{} {} {}]", v["kind"].as_str().unwrap(), v["reading"]["start"], v["reading"]["end"]);
            }
        }
        println!("VECTORS");
        let (mut ok, mut bad)=(0,0);
        for f in ["days","ranges","times"] {
            let text = std::fs::read_to_string(format!("/work/wt/days/tests/vectors/reading/{f}.json")).unwrap(); let v: Value = serde_json::from_str(&text).unwrap();
            for c in v["cases"].as_array().unwrap() {
                for field in ["start","活动时间","published_on","submitted_on"] {
                    let cell = &c["record"][field];
                    let cell = if let Some(t)=cell.as_str() { crate::Cell::Text(t) } else if let Some(i)=cell.as_i64() { crate::Cell::Int(i) } else if let Some(i)=cell.as_f64() { crate::Cell::Float(i) } else {continue};
                    if field=="活动时间" && (c["record"].get("start").is_some()||c["record"].get("end").is_some()) {continue}
                    if let crate::Cell::Text(t) = cell { if super::super::is_empty_text(t) || t=="——" || t=="待定" {continue} }
                    let id = if field=="活动时间" {"start"} else {field};
                    let rule = c["findings"].as_array().unwrap().iter().filter(|x| x["path"][0]==id).map(|x| x["rule"].as_str().unwrap()).find(|r| r.ends_with("able-date")||r.ends_with("ecise-date"));
                    let years = if id=="start" { Years::Of(2023) } else { Years::From(NaiveDate::from_ymd_opt(2023,5,23).unwrap()) };
                    let got = super::super::days(cell, years);
                    let good = match (&got, rule) { (Err(DayFault::Unreadable), Some("unreadable-date")) | (Err(DayFault::Imprecise), Some("imprecise-date")) => true,
                        (Ok(s), None) => { let rd=&c["read"][id]; rd.is_null() || rd.as_str().unwrap() == (if id=="submitted_on" { match s.first.minute { Some(m)=>format!("{}T{:02}:{:02}", day::iso(s.first.day), m/60,m%60), None=>day::iso(s.first.day)} } else { day::iso(s.first.day) }) && (id!="start" || c["read"]["end"].is_null() || c["record"].get("end").is_some() || c["read"]["end"].as_str().unwrap()==day::iso(s.last.day)) }
                        _ => false };
                    if good { ok+=1 } else { bad+=1; println!("BAD {f} {} {:?} {field} {cell:?} {got:?} {rule:?}", c["name"], c["read"]); }
                }
            }
        }
        println!("{ok} ok {bad} bad");
        for t in ["9月17日9-11时","2023-9-17-20","2023-9-17-9-20","9/17-2023/9/20","2023/9/19-9/20","9月17日（下午）2:30","9月17日下午（2:30-4:30）","9月17日（上午9:00-11:30，下午14:30-17:30）","9月17日上午9:00-11:30、下午14:30-17:30","3-4月","2023年3-4月","2023-2024年","2023","15日至9月21日","28日至10月5日","9月15日至9月底","9月15日前后至月底","即日起至9月20日","9月17日至23日每天9:00-17:00","9月17日起，每天9:00-17:00","每年9月18日至9月20日","2023-09-17 09:00-11:30","2023-09-17 09:00:00-05:00","2023-09-17T09:00-11:30","2023-09-17 09:00:00+00:00","20230916T160000Z","2023-09-16T16:00:00.123456Z至2023-09-17T16:00:00Z","2023-09-17 09:00 - 2023-09-18 17:00","2023-09-17 9:00-9月18日17:00","9月17日上午14:30","9月17日晚1点","9月17日晚0点","9月17日凌晨12点","2023年 月 日","9月 日","9月17日（日）","（周日）9月17日","2023年12月31日至2月29日","2024年2月29日","9月9时","9月17时","23年9月17日","二三日","九月二三日","九月三十一日","9月三十日","九月十日晚八点三十分","9月17日9:00（周日）","9月17日 周 日","2023-09-17T24:00","9月十7日","20230917-20","9.15-20","9.15-21日","2023.9-12","2023-09至2023-10","2023.9-2023.10","9月17日和18日","9月17日9时30-10时", "9月17日9:00-9:00-9:00","45186.000","４５１８６．５","45186 .5"] { println!("{t}\t=> {}", show(t)); }
    }
}
