//! The values that keys take: texts, numbers, days, moments, conditions, data.

use chrono::{NaiveDate, NaiveDateTime};

use super::super::model::*;
use super::super::tree::{Node as Tree, Value};
use super::{A_LIST, A_TEXT, Filler, Place, Rest, Slot};
use crate::message::Text;
use crate::record::Field;
use crate::rule::Severity;

const A_DAY: Text = Text { zh: "日期，如 2023-09-28", en: "a day such as 2023-09-28" };
const A_MOMENT: Text = Text {
    zh: "日期（2023-09-28）、到分的时刻（2023-09-28T16:00:00，北京时间）或 { after = 字段, days = 天数 }、{ before = 字段, days = 天数 }",
    en: "a day (2023-09-28), a minute (2023-09-28T16:00:00, at UTC+8) or { after = FIELD, days = N }, { before = FIELD, days = N }",
};

impl Place for String {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        match node.text() {
            Some(text) if !text.trim().is_empty() => text.clone_into(self),
            _ => filler.faults.wrong(node.at, A_TEXT),
        }
    }
}

impl Place for bool {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        match node.value {
            Value::Bool(yes) => *self = yes,
            _ => filler.faults.wrong(node.at, Text { zh: "true 或 false", en: "true or false" }),
        }
    }
}

impl Place for i64 {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        *self = filler.int(node, Text { zh: "整数", en: "a whole number" }).unwrap_or_default();
    }
}

impl Place for i32 {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        *self = filler.int(node, Text { zh: "整数", en: "a whole number" }).unwrap_or_default();
    }
}

impl Place for u32 {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        *self = filler.int(node, Text { zh: "不小于 0 的整数", en: "a whole number, 0 or more" }).unwrap_or_default();
    }
}

impl Place for NaiveDate {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        match node.text().and_then(day) {
            Some(day) => *self = day,
            None => filler.faults.wrong(node.at, A_DAY),
        }
    }
}

impl Place for Modality {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let words = [("must", Modality::Must), ("should", Modality::Should), ("may", Modality::May)];
        *self = filler.word(node, &words).unwrap_or_default();
    }
}

impl Place for Role {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let words = [("window", Role::Window), ("limit", Role::Limit), ("phase", Role::Phase)];
        *self = filler.word(node, &words).unwrap_or_default();
    }
}

impl Place for Severity {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let words = [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];
        *self = filler.word(node, &words).unwrap_or_default();
    }
}

/// 活动时间 is no field to ask for: it is read into the two days.
fn fields(chosen: impl Fn(Field) -> bool) -> Vec<(&'static str, Field)> {
    let all = Field::ALL.iter().copied().filter(|field| *field != Field::Period);
    all.filter(|field| chosen(*field)).map(|field| (field.id(), field)).collect()
}

impl Place for Field {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        if let Some(field) = filler.word(node, &fields(|_| true)) {
            *self = field;
        }
    }
}

impl<T: Place + Blank> Place for Option<T> {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        self.insert(T::blank()).fill(node, filler);
    }
}

impl<T: Place + Blank> Place for Vec<T> {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        filler.list(node, A_LIST, &mut |node, filler| {
            let mut item = T::blank();
            item.fill(node, filler);
            self.push(item);
        });
    }
}

/// What stands in a place that nothing was filled into.
trait Blank {
    fn blank() -> Self;
}

impl<T: Default> Blank for T {
    fn blank() -> T {
        T::default()
    }
}

impl Blank for Field {
    fn blank() -> Field {
        Field::Id
    }
}

impl Blank for Moment {
    fn blank() -> Moment {
        Moment::Day(NaiveDate::default())
    }
}

impl Place for Moment {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        if matches!(node.value, Value::Table(_)) {
            let (mut after, mut before, mut days) = (None::<Field>, None::<Field>, 0_u32);
            let mut slots: [Slot<'_>; 3] =
                [("after", false, &mut after), ("before", false, &mut before), ("days", true, &mut days)];
            filler.table(node, &mut slots, Rest::None);
            let days = i32::try_from(days).ok().filter(|days| *days <= 36_500);
            match (after, before, days) {
                (Some(field), None, Some(days)) => *self = Moment::Relative { field, days },
                (None, Some(field), Some(days)) => *self = Moment::Relative { field, days: -days },
                _ => filler.faults.wrong(node.at, A_MOMENT),
            }
            return;
        }
        match node.text().and_then(|text| day(text).map(Moment::Day).or_else(|| minute(text).map(Moment::Minute))) {
            Some(moment) => *self = moment,
            None => filler.faults.wrong(node.at, A_MOMENT),
        }
    }
}

/// `2023-09-28`, and nothing else.
fn day(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `2023-09-28T16:00`, with or without `:00` behind it.
fn minute(text: &str) -> Option<NaiveDateTime> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let time = if time.len() > 5 { time.strip_suffix(":00")? } else { time };
    let [hour, minute] = numbers(time, ':', [2, 2])?;
    day(date)?.and_hms_opt(hour, minute, 0)
}

fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut parts = text.split(between);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

impl Place for Condition {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        use Field::{Category, ContentAreas, Mode, OrganizerKind, Region, UnitKind};
        let fields = [Category, ContentAreas, Mode, OrganizerKind, UnitKind, Region];
        let mut values: [Vec<String>; 6] = Default::default();
        let places = fields.iter().zip(&mut values);
        let mut slots: Vec<Slot<'_>> = Vec::new();
        places.for_each(|(field, values)| slots.push((field.id(), false, values)));
        filler.table(node, &mut slots, Rest::None);
        // A field without a value stays: it is the empty condition, a fault of its own.
        let given = fields.into_iter().zip(values).filter(|(field, _)| node.get(field.id()).is_some());
        self.terms = given.collect();
    }
}

impl<T: Place> Place for Datum<T> {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        filler.table(node, &mut [("value", true, &mut self.value)], Rest::On(&mut self.fact));
    }
}

impl Place for Fact {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        filler.table(node, &mut [], Rest::On(self));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_ten_signs_and_is_in_the_calendar() {
        assert_eq!(day("2024-02-29"), NaiveDate::from_ymd_opt(2024, 2, 29));
        for text in ["2023-02-29", "2023-9-28", "2023-09-28 ", "2023-09-28-01", "+023-09-28", "2023-09", "20230928", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_minute_has_no_seconds_and_no_zone() {
        let four = day("2023-08-18").unwrap().and_hms_opt(16, 0, 0);
        for text in ["2023-08-18T16:00:00", "2023-08-18T16:00", "2023-08-18 16:00"] {
            assert_eq!(minute(text), four, "{text}");
        }
        for text in ["2023-08-18T16:00:30", "2023-08-18T16:00:00Z", "2023-08-18T16:00:00+08:00", "2023-08-18T24:00", "16:00:00"] {
            assert_eq!(minute(text), None, "{text}");
        }
    }
}
