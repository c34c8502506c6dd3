//! The timeline as an iCalendar file (RFC 5545).

use crate::as_of::AsOf;
use crate::message::push_clock;
use crate::notice::Notice;
use crate::reading::day::iso;
use crate::reading::decimal::push_digits;
use crate::timeline::{Instant, Milestone, begin, end};

/// Octets in a line, its break not counted (RFC 5545, 3.1).
const LINE: usize = 75;
/// UTC+8 in minutes.
const ZONE: u16 = 8 * 60;
/// 24:00.
const DAY: u16 = 24 * 60;

impl Notice {
    /// The [timeline](Notice::timeline) as an iCalendar file, stamped with *as of*. An event keeps its name from one
    /// file to the next, so that a calendar that takes in both has it once.
    ///
    /// ```
    /// let notice = kepu_core::Notice::bundled("henan-2023")?;
    /// let file = notice.calendar("2023-09-01".parse()?);
    /// assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    /// assert!(file.contains("\r\nSUMMARY:科普日活动工作总结截止\r\n"));
    /// assert!(file.contains("\r\nDTEND:20230928T160000Z\r\n"), "the 28th ends at 24:00, UTC+8");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn calendar(&self, as_of: AsOf) -> String {
        self.calendar_with(as_of, |_| true)
    }

    /// The file of one milestone alone, by its [number](Milestone::number); without an event where there is none of it.
    ///
    /// ```
    /// let notice = kepu_core::Notice::bundled("henan-2023")?;
    /// let as_of = "2023-09-01".parse()?;
    /// let summary = notice.timeline(as_of).pop().map_or(0, |last| last.number());
    /// assert_eq!(notice.calendar_of(summary, as_of).matches("BEGIN:VEVENT").count(), 1);
    /// assert_eq!(notice.calendar_of(0, as_of).matches("BEGIN:VEVENT").count(), 0);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn calendar_of(&self, number: usize, as_of: AsOf) -> String {
        self.calendar_with(as_of, |milestone| milestone.number() == number)
    }

    fn calendar_with(&self, as_of: AsOf, wanted: impl Fn(&Milestone) -> bool) -> String {
        let mut out = String::new();
        line(&mut out, "BEGIN", "VCALENDAR");
        line(&mut out, "VERSION", "2.0");
        line(&mut out, "PRODID", concat!("-//kepu//kepu ", env!("CARGO_PKG_VERSION"), "//ZH"));
        line(&mut out, "CALSCALE", "GREGORIAN");
        line(&mut out, "X-WR-CALNAME", &escaped(self.title().unwrap_or(self.id())));
        let stamp = utc((as_of.day(), as_of.minute()));
        for milestone in self.timeline(as_of).into_iter().filter(wanted) {
            // A year that the format cannot write has no event.
            if let (Some(stamp), Some((from, to))) = (&stamp, days(&milestone)) {
                event(&mut out, self.id(), stamp, &milestone, &from, to.as_deref());
            }
        }
        line(&mut out, "END", "VCALENDAR");
        out
    }
}

fn event(out: &mut String, notice: &str, stamp: &str, milestone: &Milestone, from: &str, to: Option<&str>) {
    line(out, "BEGIN", "VEVENT");
    let mut number = String::new();
    push_digits(u64::try_from(milestone.number()).unwrap_or_default(), &mut number);
    line(out, "UID", &escaped(&[notice, "-", &number, "@kepu"].concat()));
    line(out, "DTSTAMP", stamp);
    line(out, "DTSTART", from);
    if let Some(to) = to {
        line(out, "DTEND", to);
    }
    line(out, "SUMMARY", &escaped(&summary(milestone)));
    line(out, "DESCRIPTION", &escaped(&description(milestone)));
    line(out, "STATUS", if milestone.is_tentative() { "TENTATIVE" } else { "CONFIRMED" });
    // Nobody's day is taken by it.
    line(out, "TRANSP", "TRANSPARENT");
    line(out, "END", "VEVENT");
}

/// From when to when the event is shown: what is owed on its last day, what has one side on that day.
fn days(milestone: &Milestone) -> Option<(String, Option<String>)> {
    let first = milestone.first().filter(|_| !milestone.is_owed() || milestone.last().is_none());
    let (from, to) = (first.or(milestone.last())?, milestone.last().or(first)?);
    let (from, to) = (utc(begin(from)?)?, utc(end(to)?)?);
    // A single minute has no end: one that is not later than the start is not allowed.
    let later = (from != to).then_some(to);
    Some((from, later))
}

fn summary(milestone: &Milestone) -> String {
    let mut text = milestone.what().to_owned();
    match (milestone.first(), milestone.last()) {
        (Some(_), None) => text.push_str("开始"),
        (None, Some(_)) => text.push_str("截止"),
        _ if milestone.is_owed() => text.push_str("截止"),
        _ => {}
    }
    text
}

/// The clause, and who owes it.
fn description(milestone: &Milestone) -> String {
    let clause = milestone.clause();
    let mut text = [&*clause.number, "：", &clause.quote].concat();
    for (index, unit) in milestone.owed_by().iter().enumerate() {
        text.push_str(if index > 0 { "；" } else { "\n报送单位：" });
        text.push_str(unit);
    }
    text
}

/// A moment at UTC+8 as `20230927T160000Z`; none where the year has not four digits.
fn utc((day, minute): Instant) -> Option<String> {
    let (day, minute) = match minute.checked_sub(ZONE) {
        Some(minute) => (day, minute),
        None => (day.pred_opt()?, minute + DAY - ZONE),
    };
    let mut text = iso(day);
    if text.starts_with(['-', '+']) {
        return None;
    }
    text.push('T');
    push_clock(minute, &mut text);
    text.retain(|c| !matches!(c, '-' | ':'));
    text.push_str("00Z");
    Some(text)
}

/// A text value (RFC 5545, 3.3.11); control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One content line, folded between characters: a line that goes on begins with a space, which counts.
fn line(out: &mut String, name: &str, value: &str) {
    let mut octets = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calendar(as_of: &str) -> String {
        Notice::bundled("henan-2023").unwrap().calendar(as_of.parse().unwrap())
    }

    #[test]
    fn every_line_has_at_most_75_octets_and_ends_in_crlf() {
        let file = calendar("2023-09-28");
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        assert!(file.contains("\r\n "), "a clause is longer than a line");
    }

    #[test]
    fn unfolded_it_says_the_clause_again() {
        let file = calendar("2023-09-28").replace("\r\n ", "");
        let clause = "请各省辖市、济源示范区科协和各全省学会于9月28日前提交科普日活动工作总结";
        assert!(file.contains(&format!("DESCRIPTION:四(三)：{clause}\\n报送单位：各省辖市、济源示范区科协；各全省学会\r\n")));
    }

    #[test]
    fn the_stamp_is_as_of_in_utc_and_nothing_else_hangs_on_it() {
        let (on, after) = (calendar("2023-09-28"), calendar("2023-09-29T09:05"));
        assert!(on.contains("DTSTAMP:20230927T160000Z") && after.contains("DTSTAMP:20230929T010500Z"));
        assert_eq!(on.replace("DTSTAMP:20230927T160000Z", "DTSTAMP:20230929T010500Z"), after);
        assert_eq!(on.matches("UID:henan-2023-").count(), 4);
    }

    #[test]
    fn the_window_is_its_seven_days_at_utc_8_and_the_summary_its_last_day() {
        let file = calendar("2023-09-01");
        assert!(file.contains("DTSTART:20230916T160000Z\r\nDTEND:20230923T160000Z\r\nSUMMARY:集中开展\r\n"));
        assert!(file.contains("DTSTART:20230927T160000Z\r\nDTEND:20230928T160000Z\r\nSUMMARY:科普日活动工作总结截止\r\n"));
    }

    #[test]
    fn what_would_end_a_text_is_escaped() {
        assert_eq!(escaped("甲,乙;丙\\丁\r\nBEGIN:VEVENT\u{7}"), "甲\\,乙\\;丙\\\\丁\\nBEGIN:VEVENT");
    }

    proptest! {
        #[test]
        fn folding_comes_undone(value in "\\PC{0,300}") {
            let mut out = String::new();
            line(&mut out, "SUMMARY", &value);
            prop_assert!(out.split("\r\n").all(|line| line.len() <= LINE));
            prop_assert_eq!(out.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        }
    }
}
