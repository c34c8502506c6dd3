//! What a notice dates, in order, and where each of it stands at a moment.

use chrono::NaiveDate;

use crate::as_of::{AsOf, minute_of};
use crate::finding::Arg;
use crate::message::{Lang, Text, Words};
use crate::notice::Notice;
use crate::notice::model::{Clause, Modality, Model, Moment, Requirement};
use crate::notice::tree::Node;
use crate::record::{Field, Kind};
use crate::rules::period;
use crate::wire::{self, OnWire, on_wire};

/// Where a milestone stands at a moment.
///
/// ```
/// use kepu_core::State;
/// assert_eq!(State::DueToday.id(), "due-today");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// Its first moment is still to come.
    Upcoming,
    /// It has begun, or has no first moment, and is not over.
    Open,
    /// It is owed, and this is the last day.
    DueToday,
    /// It is over, and nothing was owed.
    Closed,
    /// It was owed, and its last moment has passed.
    Overdue,
}

impl State {
    /// Its name on the wire.
    ///
    /// ```
    /// assert_eq!(kepu_core::State::Upcoming.id(), "upcoming");
    /// ```
    pub const fn id(self) -> &'static str {
        match self {
            State::Upcoming => "upcoming",
            State::Open => "open",
            State::DueToday => "due-today",
            State::Closed => "closed",
            State::Overdue => "overdue",
        }
    }

    /// What people call it.
    ///
    /// ```
    /// use kepu_core::{Lang, State};
    /// assert_eq!(State::DueToday.label().get(Lang::Zh), "今天截止");
    /// ```
    pub const fn label(self) -> Text {
        match self {
            State::Upcoming => Text { zh: "未开始", en: "upcoming" },
            State::Open => Text { zh: "进行中", en: "open" },
            State::DueToday => Text { zh: "今天截止", en: "due today" },
            State::Closed => Text { zh: "已结束", en: "closed" },
            State::Overdue => Text { zh: "已截止", en: "overdue" },
        }
    }
}

/// One thing that the notice dates, as it stands at a moment.
///
/// ```
/// use kepu_core::{Notice, State};
///
/// let notice = Notice::bundled("henan-2023")?;
/// let timeline = notice.timeline("2023-09-26".parse()?);
/// let summary = timeline.last().unwrap();
/// assert_eq!((summary.what(), summary.state(), summary.days_left()), ("科普日活动工作总结", State::Open, Some(2)));
/// assert_eq!(summary.owed_by(), ["各省辖市、济源示范区科协", "各全省学会"]);
/// assert_eq!(summary.clause().number, "四(三)");
/// assert_eq!(serde_json::to_value(summary).unwrap()["last"], "2023-09-28");
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    what: String,
    state: State,
    first: Option<Moment>,
    last: Option<Moment>,
    days_left: Option<i64>,
    owed_by: Vec<String>,
    owed: bool,
    tentative: bool,
    clause: Clause,
    /// Its number in the notice's own order, from 1: the same at every moment.
    number: usize,
}

impl Milestone {
    /// What it is called, in the notice's language.
    ///
    /// ```
    /// let notice = kepu_core::Notice::bundled("henan-2023")?;
    /// let timeline = notice.timeline("2023-09-01".parse()?);
    /// let names: Vec<&str> = timeline.iter().map(|milestone| milestone.what()).collect();
    /// assert_eq!(names, ["主题宣传活动", "全国科普日平台发布", "集中开展", "科普日活动工作总结"]);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Where it stands.
    ///
    /// ```
    /// use kepu_core::{Notice, State};
    /// let timeline = Notice::bundled("henan-2023")?.timeline("2023-09-01".parse()?);
    /// let states: Vec<State> = timeline.iter().map(|milestone| milestone.state()).collect();
    /// assert_eq!(states, [State::Open, State::Open, State::Upcoming, State::Open]);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn state(&self) -> State {
        self.state
    }

    /// Its first moment, if the notice gives one.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-01".parse()?);
    /// assert!(timeline[1].first().is_some() && timeline[3].first().is_none());
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn first(&self) -> Option<Moment> {
        self.first
    }

    /// Its last moment, included, if the notice gives one.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-01".parse()?);
    /// assert!(timeline[1].last().is_none() && timeline[3].last().is_some());
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn last(&self) -> Option<Moment> {
        self.last
    }

    /// Its days in words, without the year where it is the notice's.
    ///
    /// ```
    /// use kepu_core::{Lang, Notice};
    /// let notice = Notice::bundled("henan-2023")?;
    /// let days: Vec<String> = notice.timeline("2023-09-01".parse()?).iter().map(|milestone| milestone.when(&notice, Lang::Zh)).collect();
    /// assert_eq!(days[1..], ["8月21日（周一）起", "9月17日（周日）至9月23日（周六）", "9月28日（周四）截止"]);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn when(&self, notice: &Notice, lang: Lang) -> String {
        let arg = |moment: Option<Moment>| match moment {
            Some(Moment::Day(day)) => Some(Arg::Day(day)),
            Some(Moment::Minute(minute)) => Some(Arg::Moment(minute.date(), minute_of(minute.time()))),
            Some(Moment::Relative { .. }) | None => None,
        };
        let args: Vec<_> = [("first", arg(self.first)), ("last", arg(self.last))]
            .into_iter()
            .filter_map(|(name, arg)| Some((name, arg?)))
            .collect();
        let template = match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => Text { zh: "{first}", en: "{first}" },
            (Some(_), Some(_)) => Text { zh: "{first}至{last}", en: "{first} to {last}" },
            (Some(_), None) => Text { zh: "{first}起", en: "from {first}" },
            (None, _) => Text { zh: "{last}截止", en: "by {last}" },
        };
        Words { lang, kind: &Kind::ACTIVITY, year: notice.year(), args: &args }.expand(template.get(lang))
    }

    /// Days from the day of *as of* to its last day: 0 on that day, negative after it.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-30".parse()?);
    /// assert_eq!(timeline[3].days_left(), Some(-2));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn days_left(&self) -> Option<i64> {
        self.days_left
    }

    /// The classes of units that owe it, in the notice's words; empty where nothing is owed or nobody is named.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-30".parse()?);
    /// assert_eq!(timeline[3].owed_by(), ["各省辖市、济源示范区科协", "各全省学会"]);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn owed_by(&self) -> &[String] {
        &self.owed_by
    }

    /// Whether units owe it by its last moment, so that it can be overdue.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-30".parse()?);
    /// assert!(timeline[3].is_owed() && !timeline[2].is_owed());
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn is_owed(&self) -> bool {
        self.owed
    }

    /// Whether the notice says 拟: not yet certain.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-30".parse()?);
    /// assert!(timeline.iter().all(|milestone| !milestone.is_tentative()));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn is_tentative(&self) -> bool {
        self.tentative
    }

    /// Where it rests.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-30".parse()?);
    /// assert_eq!(timeline[2].clause().number, "一");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn clause(&self) -> &Clause {
        &self.clause
    }

    /// Its number in the notice's own order, from 1: the same at every moment.
    ///
    /// ```
    /// let timeline = kepu_core::Notice::bundled("henan-2023")?.timeline("2023-09-01".parse()?);
    /// assert_eq!(timeline[3].number(), 4);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn number(&self) -> usize {
        self.number
    }
}

impl Notice {
    /// What the notice dates, in order of its first moment (of its last, where it has no first): periods, platforms,
    /// requirements with a day of their own, deadlines. Days that hang on a record's own are not in it.
    ///
    /// ```
    /// use kepu_core::{Notice, State};
    /// let notice = Notice::bundled("henan-2023")?;
    /// assert_eq!(notice.timeline("2023-09-28T23:59".parse()?)[3].state(), State::DueToday);
    /// assert_eq!(notice.timeline("2023-09-29".parse()?)[3].state(), State::Overdue);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn timeline(&self, as_of: AsOf) -> Vec<Milestone> {
        let mut list = List { as_of, milestones: Vec::new() };
        let model = self.model();
        for period in &model.periods {
            if let Some(milestone) = list.add(period::name(period), period.start, period.end, false, &period.fact.clause) {
                milestone.tentative = period.tentative;
            }
        }
        for platform in &model.platforms {
            let what = [platform.names.first().map_or("", String::as_str), "发布"].concat();
            let days = (platform.opens.map(Moment::Day), platform.closes.map(Moment::Day));
            list.add(what, days.0, days.1, false, &platform.fact.clause);
        }
        for asked in &model.requirements {
            // Without an own due there is nothing to be on time for; 可 is owed by nobody.
            if asked.due.and_then(day_of).is_some() {
                list.add(name(asked), asked.from, asked.due, asked.modality > Modality::May, &asked.fact.clause);
            }
        }
        for deadline in &model.deadlines {
            let clause = &deadline.fact.clause;
            if let Some(milestone) = list.add(deadline.what.clone(), deadline.from, deadline.due, true, clause) {
                milestone.owed_by = owed_by(model, deadline.owed_by.as_deref());
            }
        }
        // A dozen at most, put into their order one by one: a sort weighs 1 KB in the browser.
        let mut milestones: Vec<Milestone> = Vec::with_capacity(list.milestones.len());
        for milestone in list.milestones {
            let at = milestones.partition_point(|before| before.order() <= milestone.order());
            milestones.insert(at, milestone);
        }
        milestones
    }
}

impl Milestone {
    /// Where it stands among the others; of those that stand at one place the later in the notice comes later.
    fn order(&self) -> (Option<Instant>, Option<Instant>) {
        let (first, last) = (self.first.and_then(begin), self.last.and_then(end));
        (first.or(last), last)
    }
}

impl OnWire for Milestone {
    fn tree(&self) -> Node<'_> {
        wire::table(vec![
            ("number", wire::count(self.number)),
            ("what", wire::text(self.what())),
            ("state", wire::text(self.state.id())),
            ("first", wire::or_null(self.first.map(wire::moment))),
            ("last", wire::or_null(self.last.map(wire::moment))),
            ("days_left", wire::or_null(self.days_left.map(wire::number))),
            ("owed_by", wire::texts(self.owed_by.iter().map(String::as_str))),
            ("owed", wire::truth(self.owed)),
            ("tentative", wire::truth(self.tentative)),
            ("clause", self.clause.tree()),
        ])
    }
}

on_wire!(Milestone);

struct List {
    as_of: AsOf,
    milestones: Vec<Milestone>,
}

impl List {
    /// Adds a milestone, but for one without any day of its own.
    fn add(
        &mut self,
        what: String,
        first: Option<Moment>,
        last: Option<Moment>,
        owed: bool,
        clause: &Clause,
    ) -> Option<&mut Milestone> {
        // A side that hangs on a record's day is open here: no record is asked about.
        let own = |moment: &Moment| day_of(*moment).is_some();
        let (first, last) = (first.filter(own), last.filter(own));
        if first.is_none() && last.is_none() {
            return None;
        }
        let today = self.as_of.day();
        let last_day = last.and_then(day_of);
        self.milestones.push(Milestone {
            what,
            state: state(self.as_of, first, last, owed),
            first,
            last,
            days_left: last_day.map(|last| last.signed_duration_since(today).num_days()),
            owed_by: Vec::new(),
            owed,
            tentative: false,
            clause: clause.clone(),
            number: self.milestones.len() + 1,
        });
        self.milestones.last_mut()
    }
}

fn state(as_of: AsOf, first: Option<Moment>, last: Option<Moment>, owed: bool) -> State {
    let now = (as_of.day(), as_of.minute());
    let over = match last {
        // The minute itself is still in time, as for a record's lateness.
        Some(Moment::Minute(_)) => last.and_then(end).is_some_and(|last| last < now),
        _ => last.and_then(day_of).is_some_and(|last| last < now.0),
    };
    if over {
        if owed { State::Overdue } else { State::Closed }
    } else if first.and_then(begin).is_some_and(|first| now < first) {
        State::Upcoming
    } else if owed && last.and_then(day_of) == Some(now.0) {
        State::DueToday
    } else {
        State::Open
    }
}

/// A requirement's own name, else its fields', else the notice's words.
fn name(asked: &Requirement) -> String {
    if let Some(what) = &asked.what {
        return what.clone();
    }
    let kind = if asked.record == Kind::ACTIVITY.id() { Kind::ACTIVITY } else { Kind::submission(&*asked.record) };
    let mut text = String::new();
    push_labels(&asked.any_of, &kind, "或", &mut text);
    push_labels(&asked.all_of, &kind, "、", &mut text);
    if text.is_empty() { asked.fact.clause.quote.clone() } else { text }
}

fn push_labels(fields: &[Field], kind: &Kind, between: &str, text: &mut String) {
    for (index, field) in fields.iter().enumerate() {
        if !text.is_empty() {
            text.push_str(if index > 0 { between } else { "、" });
        }
        text.push_str(field.label(kind, Lang::Zh));
    }
}

/// Rosters in the notice's words, by id where it has none for them; all of them unless said otherwise.
fn owed_by(model: &Model, ids: Option<&[String]>) -> Vec<String> {
    let owing = model.rosters.iter().filter(|roster| ids.is_none_or(|ids| ids.contains(&roster.id)));
    owing
        .map(|roster| {
            let quote = &roster.fact.clause.quote;
            if quote.is_empty() { roster.id.clone() } else { quote.clone() }
        })
        .collect()
}

/// A day, and minutes after its midnight at UTC+8; 24:00 is 1440.
pub(crate) type Instant = (NaiveDate, u16);

/// The day of a moment that hangs on no record.
pub(crate) fn day_of(moment: Moment) -> Option<NaiveDate> {
    crate::checker::plan::day(moment)
}

/// When a first moment begins.
pub(crate) fn begin(moment: Moment) -> Option<Instant> {
    instant(moment, 0)
}

/// When a last moment ends.
pub(crate) fn end(moment: Moment) -> Option<Instant> {
    instant(moment, 24 * 60)
}

fn instant(moment: Moment, of_day: u16) -> Option<Instant> {
    match moment {
        Moment::Day(day) => Some((day, of_day)),
        Moment::Minute(minute) => Some((minute.date(), minute_of(minute.time()))),
        Moment::Relative { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(as_of: &str) -> Vec<Milestone> {
        Notice::bundled("henan-2023").unwrap().timeline(as_of.parse().unwrap())
    }

    fn summary(as_of: &str) -> (&'static str, Option<i64>) {
        let milestone = at(as_of).pop().unwrap();
        (milestone.state().id(), milestone.days_left())
    }

    #[test]
    fn the_summary_is_open_on_the_27th_due_on_the_28th_and_overdue_on_the_29th() {
        assert_eq!(summary("2023-09-27"), ("open", Some(1)));
        assert_eq!(summary("2023-09-28"), ("due-today", Some(0)));
        assert_eq!(summary("2023-09-28T23:59"), ("due-today", Some(0)));
        assert_eq!(summary("2023-09-29"), ("overdue", Some(-1)));
    }

    #[test]
    fn the_window_is_open_from_the_17th_to_the_23rd_and_never_due() {
        let window = |day| at(day).remove(2).state().id();
        assert_eq!(window("2023-09-16"), "upcoming");
        assert_eq!(window("2023-09-17"), "open");
        assert_eq!(window("2023-09-23T23:59"), "open");
        assert_eq!(window("2023-09-24"), "closed");
    }

    #[test]
    fn a_platform_that_never_closes_has_no_days_left() {
        let platform = at("2023-08-20").remove(1);
        assert_eq!((platform.state(), platform.days_left()), (State::Upcoming, None));
        assert_eq!(at("2030-01-01").remove(1).state(), State::Open);
    }

    #[test]
    fn a_minute_is_in_time_to_its_end() {
        let minute = NaiveDate::from_ymd_opt(2023, 8, 18).and_then(|day| day.and_hms_opt(16, 0, 0)).map(Moment::Minute);
        let id = |as_of: &str| state(as_of.parse().unwrap(), None, minute, true).id();
        assert_eq!(id("2023-08-18T16:00"), "due-today");
        assert_eq!(id("2023-08-18T16:01"), "overdue");
    }
}
