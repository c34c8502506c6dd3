//! Which rows surely have nothing to say, told column by column; all others go through the one check.
//!
//! A screen may only let a row pass: whatever it does not know is a doubt. What it knows of names, themes and days it asks
//! the one check itself, once for each value, and remembers ([`memo`]); of texts, telephones, links and numbers it asks the
//! readings that the rules ask. A question that no screen answers ([`ANSWERED`]) leaves every row in doubt, so that a new
//! rule is right from the first day, and fast from the second.

mod cells;
mod files;
mod memo;
mod rows;

use chrono::NaiveDate;

pub(super) use cells::is_plainly_given;
pub(super) use memo::Memos;
pub(super) use rows::Sifted;

use super::frame::Frame;
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::checker::readings::{bit, mask};
use crate::finding::Finding;
use crate::notice::model::{Modality, Moment};
use crate::record::{Field, FieldType, Kind, RecordBuf};
use crate::rule::{Judge, Rule, RuleId};
use crate::rules::*;

/// The questions that screens answer, by the rules that may answer them.
const ANSWERED: &[&[&Rule]] = &[
    // By cells that are not empty, by the length of a cell, by its bytes, by how it begins.
    &[&MISSING_FIELD],
    &[&TOO_LONG],
    &[&GARBLED_TEXT],
    &[&FORMULA_TEXT],
    // By the reading of one cell.
    &[&UNREADABLE_DATE, &IMPRECISE_DATE, &WEEKDAY_MISMATCH],
    &[&UNREADABLE_COUNT],
    &[&MALFORMED_PHONE],
    &[&MALFORMED_EMAIL],
    &[&MALFORMED_LINK, &UNSAFE_LINK],
    // By the check of one name.
    &[&UNKNOWN_CATEGORY, &GROUP_AS_CATEGORY, &UNOFFICIAL_NAME],
    &[&UNKNOWN_CONTENT_AREA, &UNOFFICIAL_NAME],
    &[&UNKNOWN_ORGANIZER_KIND],
    &[&UNKNOWN_ORGANIZER_KIND, &UNOFFICIAL_NAME],
    &[&UNKNOWN_REGION, &UNOFFICIAL_NAME],
    &[&UNOFFICIAL_NAME],
    &[&WRONG_THEME],
    &[&INCOMPLETE_MARKS],
    // By the check of two names, of two days, of one day.
    &[&ORGANIZER_MISMATCH],
    &[&REVERSED_DATES, &OUTSIDE_PERIOD, &OUTSIDE_WINDOW, &SPANS_WINDOW],
    &[&FUTURE_DAY],
    &[&PUBLISHED_EARLY, &PUBLISHED_LATE],
    // By what is given in the row.
    &[&MISSING_PUBLICATION],
    &[
        &MISSING_MEDIA,
        &MISSING_NEWS_LINK,
        &MISSING_REPORT,
        &MISSING_PUBLICATION,
        &MISSING_ITEM,
        &TOO_FEW,
        &TOO_MANY,
        &OVER_LENGTH,
    ],
];

/// How the cells of a field are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// Texts of which nothing is read.
    Text,
    /// Names and themes: a few that come again and again.
    Name,
    Day,
    Count,
    Phone,
    Email,
    Link,
    /// Lists of links, files or texts.
    Items,
}

/// Some of these fields have to be given.
#[derive(Debug, Clone)]
struct Need {
    /// A bit each.
    fields: u64,
    /// Not before so many days after the day of `start` or `end`.
    from: Option<(Field, i32)>,
}

/// The screens of a table.
#[derive(Debug)]
pub(super) struct Screens<'c> {
    checker: &'c Checker,
    as_of: AsOf,
    kind: &'c Kind,
    /// The fields that have a column, and whether it is the only one.
    fields: Vec<(Field, How, bool)>,
    /// The fields without which there is a finding.
    required: Vec<Field>,
    needs: Vec<Need>,
    /// The field that the first day is read from.
    first: Field,
}

impl<'c> Screens<'c> {
    /// The screens for a table; none where they could let no row pass.
    pub(super) fn new(checker: &'c Checker, frame: &'c Frame, as_of: AsOf) -> Option<Screens<'c>> {
        let (plan, kind) = (checker.plan(), frame.kind());
        let is_asked = |judge: &&Judge| {
            judge.concerns(kind, plan)
                && judge.rules.iter().any(|rule| checker.wanted().has(RuleId::from(*rule), crate::Severity::Error))
        };
        if !kind.is_activity() || !crate::rules::judges().filter(is_asked).all(is_answered) {
            return None;
        }
        // Whom a period concerns, or when it is, may hang on other cells.
        let hangs = |side: Option<Moment>| matches!(side, Some(Moment::Relative { .. }));
        let periods = plan.model().periods.iter();
        if periods
            .clone()
            .any(|period| period.when.is_some() || period.unless.is_some() || hangs(period.start) || hangs(period.end))
        {
            return None;
        }
        let first = if frame.has(Field::Start) { Field::Start } else { Field::Period };
        let is_required = |field: &Field| required_fields(plan.model()).any(|required| required == *field);
        let required = kind.fields().iter().copied().filter(is_required);
        let mut required: Vec<Field> = required.map(|field| if field == Field::Start { first } else { field }).collect();
        // A platform on which everything has to be published is a field that has to be given.
        if plan.model().platforms.iter().any(|platform| platform.modality != Modality::May) {
            required.push(Field::PublishedOn);
        }
        let mut screens = Screens { checker, as_of, kind, fields: Vec::new(), required, needs: Vec::new(), first };
        screens.needs = screens.needs()?;
        let has_column = |fields: &[Field]| fields.iter().any(|field| frame.has(*field));
        if !screens.required.iter().all(|field| has_column(&[*field])) {
            return None;
        }
        for field in kind.fields().iter().filter(|field| frame.has(**field)) {
            screens.fields.push((*field, screens.how(*field), frame.of(*field).len() == 1));
        }
        Some(screens)
    }

    /// What has to be given by now; none where that is no question of something or nothing.
    fn needs(&self) -> Option<Vec<Need>> {
        let model = self.checker.plan().model();
        let mut needs = Vec::new();
        for asked in model.requirements.iter().filter(|asked| asked.record == self.kind.id()) {
            let from = match asked.from {
                Some(Moment::Relative { field: field @ (Field::Start | Field::End), days }) => Some((field, days)),
                Some(Moment::Relative { .. }) => return None,
                Some(Moment::Day(day)) if self.as_of.day() < day => continue,
                Some(Moment::Minute(minute)) if self.as_of < AsOf::from(minute) => continue,
                _ => None,
            };
            if crate::rules::supplement::is_limited(asked) || asked.min.is_some_and(|min| min > 1) {
                return None;
            }
            // Whom it concerns is not asked: who gave what it wants is well in any case.
            if !asked.any_of.is_empty() {
                needs.push(Need { fields: mask(&asked.any_of), from });
            }
            needs.extend(asked.all_of.iter().map(|field| Need { fields: bit(*field), from }));
        }
        Some(needs)
    }

    fn how(&self, field: Field) -> How {
        match field.ty() {
            FieldType::Name | FieldType::Theme => How::Name,
            FieldType::Day if matches!(field, Field::Start | Field::End | Field::PublishedOn) => How::Day,
            // Beside a first day with a column of its own it is a text like others.
            FieldType::Period if self.first == field => How::Day,
            FieldType::Count => How::Count,
            FieldType::Phone => How::Phone,
            FieldType::Email => How::Email,
            FieldType::Link if !field.is_list() => How::Link,
            _ if field.is_list() => How::Items,
            _ => How::Text,
        }
    }

    /// Whether the one check says nothing at some fields of a record.
    fn is_silent(&self, record: &RecordBuf, at: &[Field]) -> bool {
        let report = self.checker.glance(record, self.as_of);
        let says = |finding: &Finding<'_>| finding.path().of().is_some_and(|field| at.contains(&field));
        !report.findings.iter().any(says)
    }

    /// Whether the one check says nothing of two days.
    fn are_days_silent(&self, first: NaiveDate, last: NaiveDate) -> bool {
        let record = RecordBuf::new(self.kind.clone()).with(Field::Start, first).with(Field::End, last);
        self.is_silent(&record, &[Field::Start, Field::End])
    }

    /// Whether the one check says nothing of a day of publishing.
    fn is_day_silent(&self, day: NaiveDate) -> bool {
        self.is_silent(&RecordBuf::new(self.kind.clone()).with(Field::PublishedOn, day), &[Field::PublishedOn])
    }
}

fn is_answered(judge: &Judge) -> bool {
    let same =
        |rules: &&&[&Rule]| rules.len() == judge.rules.len() && rules.iter().zip(judge.rules).all(|(a, b)| a.id() == b.id());
    ANSWERED.iter().any(|rules| same(&rules))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::Notice;

    #[test]
    fn every_question_about_an_activity_is_answered_by_a_screen() {
        let checker = Notice::bundled("henan-2023").unwrap().checker();
        for judge in crate::rules::judges().filter(|judge| judge.concerns(&Kind::ACTIVITY, checker.plan())) {
            let rules: Vec<&str> = judge.rules.iter().map(|rule| rule.id()).collect();
            assert!(is_answered(judge), "{rules:?} leave every row in doubt: give them a screen");
        }
    }
}
