//! Which judges have something to ask of a record: told by a few masks of fields and days, so that of a clean record none
//! is asked. Where a mask cannot tell, the judge is asked.

use chrono::NaiveDate;

use crate::as_of::AsOf;
use crate::checker::Plan;
use crate::checker::plan::day;
use crate::checker::readings::{DayRead, Readings, bit, mask};
use crate::notice::model::{Model, Period, Role};
use crate::record::{Field, Kind};
use crate::rule::{Judge, Of};

/// The judges of one family of kinds.
#[derive(Debug, Default)]
pub(super) struct Asked {
    always: Vec<&'static Judge>,
    /// With the bits of the fields of each: those that are asked of what is given, of what is in doubt, of other days.
    of_given: Vec<(u64, &'static Judge)>,
    in_doubt: Vec<(u64, &'static Judge)>,
    on_other_days: Vec<(u64, &'static Judge)>,
    /// With groups of fields of each, of every one of which something has to stand there.
    of_lacking: Vec<(Vec<u64>, &'static Judge)>,
    calm: Calm,
}

/// Days of which there is surely nothing to say; both ends are among them.
#[derive(Debug, Default)]
struct Calm {
    held: (NaiveDate, NaiveDate),
    published: (NaiveDate, NaiveDate),
}

impl Asked {
    pub(super) fn new(plan: &Plan, kind: &Kind) -> Asked {
        let mut asked = Asked { calm: Calm::of(plan.model()), ..Asked::default() };
        for judge in crate::rules::judges().filter(|judge| judge.concerns(kind, plan)) {
            let fields = mask(judge.fields);
            match judge.of {
                Of::All => asked.always.push(judge),
                Of::Given => asked.of_given.push((fields, judge)),
                Of::InDoubt => asked.in_doubt.push((fields, judge)),
                Of::OtherDays => asked.on_other_days.push((fields, judge)),
                Of::Lacking(groups) => match groups(plan, kind) {
                    Some(groups) => asked.of_lacking.push((groups.into_iter().map(mask).collect(), judge)),
                    None => asked.always.push(judge),
                },
            }
        }
        asked
    }

    /// Hands on the judges that have something to ask of a record as it was read.
    pub(super) fn judges(&self, read: &Readings, as_of: AsOf, each: &mut dyn FnMut(&'static Judge)) {
        let (held, other) = (read.held(), self.calm.others(read, as_of));
        self.always.iter().for_each(|judge| each(judge));
        for (groups, judge) in &self.of_lacking {
            if groups.iter().any(|group| group & held == 0) {
                each(judge);
            }
        }
        let by_bits = [(&self.of_given, read.given()), (&self.in_doubt, read.doubted()), (&self.on_other_days, other)];
        for (judges, bits) in by_bits {
            if bits != 0 {
                judges.iter().filter(|(fields, _)| fields & bits != 0).for_each(|(_, judge)| each(judge));
            }
        }
    }
}

impl Calm {
    fn of(model: &Model) -> Calm {
        // Whom a period concerns, and when it is, has to hang on no record.
        let fixed = |role: Role| {
            let periods = model.periods.iter().filter(move |period| period.role == role);
            periods.filter(|period| period.when.is_none() && period.unless.is_none()).filter_map(bounds)
        };
        let is_allowed = |days: &(NaiveDate, NaiveDate)| {
            let limited = model.periods.iter().any(|period| period.role == Role::Limit);
            !limited || fixed(Role::Limit).any(|limit| limit.0 <= days.0 && days.1 <= limit.1)
        };
        let published = model.platforms.first().map(|platform| (platform.opens, platform.closes)).unwrap_or_default();
        Calm {
            // No day stands in a span that ends before it begins.
            held: fixed(Role::Window).find(is_allowed).unwrap_or((NaiveDate::MAX, NaiveDate::MIN)),
            published: (published.0.unwrap_or(NaiveDate::MIN), published.1.unwrap_or(NaiveDate::MAX)),
        }
    }

    /// The bits of the fields with a day of which there may be something to say. Of days that were not read only their
    /// reader has something to say.
    fn others(&self, read: &Readings, as_of: AsOf) -> u64 {
        let mut bits = 0;
        if let (DayRead::Read(first), DayRead::Read(last)) = (read.start, read.end)
            && (first.day < self.held.0 || last.day < first.day || self.held.1 < last.day)
        {
            bits |= bit(Field::Start);
        }
        if let DayRead::Read(on) = read.published_on
            && (on.day < self.published.0 || self.published.1 < on.day || as_of.day() < on.day)
        {
            bits |= bit(Field::PublishedOn);
        }
        if let DayRead::Read(on) = read.submitted_on
            && as_of.day() < on.day
        {
            bits |= bit(Field::SubmittedOn);
        }
        bits
    }
}

/// The first and last day of a period; none where one hangs on a record.
fn bounds(period: &Period) -> Option<(NaiveDate, NaiveDate)> {
    let side = |moment, open| match moment {
        None => Some(open),
        Some(moment) => day(moment),
    };
    Some((side(period.start, NaiveDate::MIN)?, side(period.end, NaiveDate::MAX)?))
}
