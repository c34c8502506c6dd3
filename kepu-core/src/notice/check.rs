//! What is wrong with a notice whose tables are all well written: references that lead nowhere, names that are alike,
//! bounds that cross, and tables that say nothing (`notices/README.md`, Faults). Each stands at its own place.

use std::collections::BinaryHeap;

use super::alike;
use super::faults::Faults;
use super::kinds;
use super::model::*;
use super::tree::Node as Tree;
use crate::message::Text;
use crate::record::{Field, FieldType, Kind};

/// Adds what is wrong to the faults.
pub(super) fn check(model: &Model, tree: &Tree<'_>, faults: &mut Faults<'_>) {
    let mut organizer_kinds = kinds::built_in_kinds();
    organizer_kinds.extend_from_slice(&model.organizer_kinds);
    let modes = kinds::modes();
    let records = model.deadlines.iter().map(|deadline| &*deadline.record);
    let known = Known {
        categories: Ids::of(&model.categories),
        content_areas: Ids::of(&model.content_areas),
        kinds: Ids::of(&organizer_kinds),
        regions: Ids::of(&model.regions),
        modes: Ids::new(modes.entries().iter().map(|mode| &*mode.id).collect()),
        rosters: Ids::new(model.rosters.iter().map(|roster| &*roster.id).collect()),
        records: Ids::new(records.chain([Kind::ACTIVITY.id()]).collect()),
    };
    let mut check = Check { tree, faults, known };
    check.head(model);
    check.lists(model);
    check.periods(model);
    check.requirements(model);
    check.quotas(model);
    check.deadlines(model);
}

/// Ids of one list, in order for look-up.
struct Ids<'m>(Vec<&'m str>);

impl<'m> Ids<'m> {
    fn new(ids: BinaryHeap<&'m str>) -> Ids<'m> {
        Ids(ids.into_sorted_vec())
    }

    fn of(nodes: &'m [Node]) -> Ids<'m> {
        let mut ids = BinaryHeap::new();
        collect(nodes, &mut ids);
        Ids::new(ids)
    }

    fn has(&self, id: &str) -> bool {
        self.0.binary_search(&id).is_ok()
    }
}

fn collect<'m>(nodes: &'m [Node], ids: &mut BinaryHeap<&'m str>) {
    for node in nodes {
        ids.push(&node.id);
        collect(&node.items, ids);
    }
}

/// What a notice may refer to.
struct Known<'m> {
    categories: Ids<'m>,
    content_areas: Ids<'m>,
    kinds: Ids<'m>,
    regions: Ids<'m>,
    modes: Ids<'m>,
    rosters: Ids<'m>,
    records: Ids<'m>,
}

const A_CATEGORY: Text = Text { zh: "这个活动类别", en: "category" };
const A_CONTENT_AREA: Text = Text { zh: "这个内容板块", en: "content area" };
const A_KIND: Text = Text { zh: "这个单位类型", en: "kind of organiser" };
const A_REGION: Text = Text { zh: "这个地区", en: "region" };
const A_MODE: Text = Text { zh: "这个活动形式", en: "mode" };
const A_ROSTER: Text = Text { zh: "这个报送名单", en: "roster" };
const A_RECORD: Text = Text { zh: "这种记录", en: "kind of record" };

/// Which of the lists an id must be on.
type Ask = for<'k> fn(&'k Known<'_>) -> &'k Ids<'k>;

struct Check<'c, 't> {
    tree: &'c Tree<'c>,
    /// Their path is where the check stands.
    faults: &'c mut Faults<'t>,
    known: Known<'c>,
}

impl Check<'_, '_> {
    /// Something wrong where the check stands, unless something is wrong there already.
    fn fault(&mut self, what: Text) {
        if !self.faults.has_here() {
            let at = self.tree.place(self.faults.path());
            self.faults.add(at, what.zh.into(), what.en.into());
        }
    }

    /// The same at a key.
    fn fault_at(&mut self, key: &str, what: Text) {
        let length = self.faults.enter(key);
        self.fault(what);
        self.faults.leave(length);
    }

    fn reference(&mut self, key: &str, what: Text, id: &str, known: Ask) {
        let length = self.faults.enter(key);
        self.one_of(what, id, known);
        self.faults.leave(length);
    }

    fn references(&mut self, key: &str, what: Text, ids: &[String], known: Ask) {
        for (index, id) in ids.iter().enumerate() {
            let length = self.faults.enter_item(key, index);
            self.one_of(what, id, known);
            self.faults.leave(length);
        }
    }

    fn one_of(&mut self, what: Text, id: &str, known: Ask) {
        let ids = known(&self.known);
        if !ids.has(id) {
            let ids: Vec<&str> = ids.0.iter().copied().filter(|id| !id.is_empty()).collect();
            unknown(self.tree, self.faults, what, id, &ids);
        }
    }

    fn head(&mut self, model: &Model) {
        if model.format != 1 {
            self.fault_at("format", Text { zh: "这里应为 1", en: "expected 1" });
        }
        if !(1000..=9999).contains(&model.year) {
            self.fault_at("year", Text { zh: "这里应为四位的年份", en: "expected a year of four digits" });
        }
        let lists = &model.lists;
        if !model.content_areas.is_empty() && lists.content_areas.is_none() {
            self.unlisted("content_areas");
        }
        if !model.categories.is_empty() && lists.categories.is_none() {
            self.unlisted("categories");
        }
    }

    fn unlisted(&mut self, list: &str) {
        if self.faults.has("lists") {
            return;
        }
        let zh = ["[lists] 里要写 ", list, "：名单出自哪一句"].concat();
        let en = ["`[lists]` needs `", list, "`: the sentence that the list stands in"].concat();
        let length = self.faults.enter_item(list, 0);
        let at = self.tree.place(self.faults.path());
        self.faults.leave(length);
        self.faults.add_at(at, list.into(), zh, en);
    }

    /// Everything that has a name or an id.
    fn lists(&mut self, model: &Model) {
        let built_in = kinds::built_in_kinds();
        let (tree, faults) = (self.tree, &mut *self.faults);
        for (list, nodes, others) in [
            ("content_areas", &model.content_areas, [].as_slice()),
            ("categories", &model.categories, &[]),
            ("organizer_kinds", &model.organizer_kinds, &built_in),
            ("marks", &model.marks, &[]),
            ("regions", &model.regions, &[]),
        ] {
            alike::nodes(list, nodes, others, tree, faults);
        }
        for (index, roster) in model.rosters.iter().enumerate() {
            let length = faults.enter_item("rosters", index);
            alike::nodes("items", &roster.items, &[], tree, faults);
            faults.leave(length);
        }
        alike::names("platforms", model.platforms.iter().map(|platform| (&*platform.names, &*platform.aliases)), tree, faults);
        alike::ids("rosters", model.rosters.iter().map(|roster| &*roster.id), tree, faults);
        alike::ids("deadlines", model.deadlines.iter().map(|deadline| &*deadline.id), tree, faults);

        self.nodes("content_areas", &model.content_areas);
        self.nodes("categories", &model.categories);
        self.nodes("organizer_kinds", &model.organizer_kinds);
        self.nodes("marks", &model.marks);
        self.nodes("regions", &model.regions);
        self.organizers(&model.organizers);
        for (index, platform) in model.platforms.iter().enumerate() {
            let length = self.faults.enter_item("platforms", index);
            self.named(&platform.names);
            if platform.opens.zip(platform.closes).is_some_and(|(opens, closes)| opens > closes) {
                self.fault_at("closes", Text { zh: "关闭日早于开放日", en: "closes before it opens" });
            }
            self.faults.leave(length);
        }
        for (index, roster) in model.rosters.iter().enumerate() {
            let length = self.faults.enter_item("rosters", index);
            self.nodes("items", &roster.items);
            self.references("kinds", A_KIND, &roster.kinds, |known| &known.kinds);
            if !roster.per_region.is_empty() && model.regions.is_empty() {
                self.fault_at("per_region", Text { zh: "没有列出 [[regions]]", en: "there are no `[[regions]]`" });
            }
            self.faults.leave(length);
        }
    }

    fn named(&mut self, names: &[String]) {
        if names.is_empty() {
            self.fault_at("names", Text { zh: "至少要有一个名称", en: "expected at least one name" });
        }
    }

    fn organizers(&mut self, organizers: &Option<Datum<Vec<String>>>) {
        if let Some(organizers) = organizers {
            self.references("organizers.value", A_KIND, &organizers.value, |known| &known.kinds);
        }
    }

    fn nodes(&mut self, list: &str, nodes: &[Node]) {
        for (index, node) in nodes.iter().enumerate() {
            let length = self.faults.enter_item(list, index);
            self.named(&node.names);
            for (index, hint) in node.hints.iter().enumerate() {
                let length = self.faults.enter_item("hints", index);
                self.faults.enter("about");
                if !HINTS.contains(&&*hint.about) {
                    unknown(self.tree, self.faults, Text { zh: "这个值", en: "value" }, &hint.about, HINTS);
                }
                self.faults.leave(length);
            }
            self.organizers(&node.organizers);
            self.nodes("items", &node.items);
            self.faults.leave(length);
        }
    }

    fn periods(&mut self, model: &Model) {
        for (index, period) in model.periods.iter().enumerate() {
            let length = self.faults.enter_item("periods", index);
            if period.start.is_none() && period.end.is_none() {
                self.fault(Text { zh: "start 和 end 至少要有一个", en: "needs `start` or `end`" });
            }
            for (key, moment) in [("start", period.start), ("end", period.end)] {
                if matches!(moment, Some(Moment::Minute(_))) && period.role != Role::Phase {
                    let text = Text {
                        zh: "只能是日期，阶段（phase）才到分", en: "expected a day: only a phase has minutes"
                    };
                    self.fault_at(key, text);
                }
                self.fixed(key, moment);
            }
            self.ordered(("start", period.start), ("end", period.end), Edge::First);
            self.conditions([&period.when, &period.unless], &Kind::ACTIVITY);
            self.faults.leave(length);
        }
    }

    fn requirements(&mut self, model: &Model) {
        for (index, asked) in model.requirements.iter().enumerate() {
            let length = self.faults.enter_item("requirements", index);
            self.reference("record", A_RECORD, &asked.record, |known| &known.records);
            let kind = Kind::submission(&*asked.record);
            self.fields("any_of", &asked.any_of, &kind);
            self.fields("all_of", &asked.all_of, &kind);
            let of_items = asked.min != Some(0) || asked.max.is_some() || asked.max_chars.is_some();
            let of_fields = !(asked.any_of.is_empty() && asked.all_of.is_empty()) && of_items;
            if !of_fields && asked.min_days.is_none() && asked.max_days.is_none() {
                self.fault(Text {
                    zh: "什么也没有要求：写 any_of、all_of、min_days 或 max_days",
                    en: "asks nothing: give `any_of`, `all_of`, `min_days` or `max_days`",
                });
            }
            self.bounds(asked.min, asked.max, "max");
            self.bounds(asked.min_days, asked.max_days, "max_days");
            self.relative("from", asked.from, &kind);
            self.relative("due", asked.due, &kind);
            self.ordered(("from", asked.from), ("due", asked.due), Edge::First);
            self.conditions([&asked.when, &asked.unless], &kind);
            self.faults.leave(length);
        }
    }

    fn quotas(&mut self, model: &Model) {
        for (index, quota) in model.quotas.iter().enumerate() {
            let length = self.faults.enter_item("quotas", index);
            self.fields("per", &quota.per, &Kind::ACTIVITY);
            if quota.min.is_none() && quota.max.is_none() {
                self.fault(Text { zh: "min 和 max 至少要有一个", en: "needs `min` or `max`" });
            }
            match &quota.among {
                None if quota.min.is_some() => {
                    let zh = "有 min 就要写 among：数哪个名单";
                    self.fault_at("min", Text { zh, en: "`min` needs `among`: whose members are counted" });
                }
                None => {}
                Some(roster) => self.reference("among", A_ROSTER, roster, |known| &known.rosters),
            }
            self.bounds(quota.min, quota.max, "max");
            self.fixed("due", quota.due);
            self.conditions([&quota.when, &quota.unless], &Kind::ACTIVITY);
            self.faults.leave(length);
        }
    }

    fn deadlines(&mut self, model: &Model) {
        for (index, deadline) in model.deadlines.iter().enumerate() {
            let length = self.faults.enter_item("deadlines", index);
            if deadline.record == Kind::ACTIVITY.id() {
                let key = if deadline.id == deadline.record { "id" } else { "record" };
                self.fault_at(key, Text { zh: "activity 是活动，不是报送材料", en: "`activity` is no submission" });
            }
            self.references("owed_by", A_ROSTER, deadline.owed_by.as_deref().unwrap_or_default(), |known| &known.rosters);
            for (key, moment) in [("from", deadline.from), ("due", deadline.due), ("strict", deadline.strict)] {
                self.fixed(key, moment);
            }
            self.ordered(("from", deadline.from), ("due", deadline.due), Edge::First);
            self.ordered(("strict", deadline.strict), ("due", deadline.due), Edge::Last);
            self.faults.leave(length);
        }
    }

    fn fields(&mut self, key: &str, fields: &[Field], kind: &Kind) {
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| !field.is_of(kind)) {
            let known: Vec<&str> =
                kind.fields().iter().filter(|field| **field != Field::Period).map(|field| field.id()).collect();
            let length = self.faults.enter_item(key, index);
            let what = Text { zh: "这种记录没有字段，即", en: "field of this kind of record" };
            unknown(self.tree, self.faults, what, field.id(), &known);
            self.faults.leave(length);
        }
    }

    fn bounds(&mut self, min: Option<u32>, max: Option<u32>, key: &str) {
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            self.fault_at(key, Text { zh: "最多小于最少", en: "the most is less than the fewest" });
        }
    }

    /// A moment that cannot be counted from a field of a record.
    fn fixed(&mut self, key: &str, moment: Option<Moment>) {
        if let Some(Moment::Relative { .. }) = moment {
            let zh = "不能从字段推算，请写日期";
            self.fault_at(key, Text { zh, en: "cannot be counted from a field here: expected a day" });
        }
    }

    /// A moment that may be counted from a field that has days.
    fn relative(&mut self, key: &str, moment: Option<Moment>, kind: &Kind) {
        if let Some(Moment::Relative { field, .. }) = moment
            && !(field.is_of(kind) && matches!(field.ty(), FieldType::Day | FieldType::Moment))
        {
            let zh = "这种记录没有这个日期字段";
            self.fault_at(key, Text { zh, en: "this kind of record has no such field of days" });
        }
    }

    /// Two moments in the order in which they have to stand.
    fn ordered(&mut self, first: (&str, Option<Moment>), last: (&str, Option<Moment>), edge: Edge) {
        if first.1.zip(last.1).is_some_and(|(a, b)| crossed(a, b, edge)) {
            let length = self.faults.enter(first.0);
            if !self.faults.has_here() {
                let (zh, en) = ([first.0, " 晚于 ", last.0].concat(), ["`", first.0, "` is after `", last.0, "`"].concat());
                self.faults.add(self.tree.place(self.faults.path()), zh, en);
            }
            self.faults.leave(length);
        }
    }

    fn conditions(&mut self, [when, unless]: [&Option<Condition>; 2], kind: &Kind) {
        for (key, condition) in [("when", when), ("unless", unless)] {
            let Some(condition) = condition else {
                continue;
            };
            let length = self.faults.enter(key);
            if condition.terms.is_empty() {
                let zh = "条件是空的：删去，或写一个字段";
                self.fault(Text { zh, en: "an empty condition: leave it out, or name a field" });
            }
            for (field, values) in &condition.terms {
                self.term(*field, values, kind);
            }
            self.faults.leave(length);
        }
    }

    fn term(&mut self, field: Field, values: &[String], kind: &Kind) {
        if !field.is_of(kind) {
            let zh = "这种记录没有这个字段";
            return self.fault_at(field.id(), Text { zh, en: "this kind of record has no such field" });
        }
        if values.is_empty() {
            self.fault_at(field.id(), Text { zh: "条件是空的：写一个值", en: "an empty condition: name a value" });
        }
        let (what, known): (Text, Ask) = match field {
            Field::Category => (A_CATEGORY, |known| &known.categories),
            Field::ContentAreas => (A_CONTENT_AREA, |known| &known.content_areas),
            Field::Mode => (A_MODE, |known| &known.modes),
            Field::Region => (A_REGION, |known| &known.regions),
            _ => (A_KIND, |known| &known.kinds),
        };
        self.references(field.id(), what, values, known);
    }
}

/// A word where the check stands that is none of those known, unless something is wrong there already.
fn unknown(tree: &Tree<'_>, faults: &mut Faults<'_>, what: Text, word: &str, known: &[&str]) {
    if !faults.has_here() {
        faults.unknown(tree.place(faults.path()), what, word, known);
    }
}

/// What a hint may be about.
const HINTS: &[&str] = &["topic", "form", "venue", "series", "theme", "channel", "field", "organizer"];

/// Which edge of its day the earlier of two moments is.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

/// Whether the first moment comes after the second. Days that follow from different fields cannot be compared.
fn crossed(first: Moment, last: Moment, edge: Edge) -> bool {
    match (first, last) {
        (Moment::Day(first), Moment::Day(last)) => first > last,
        (Moment::Day(first), Moment::Minute(last)) => match edge {
            Edge::First => first > last.date(),
            // The day ends at 24:00, after any minute of it.
            Edge::Last => first >= last.date(),
        },
        (Moment::Minute(first), Moment::Day(last)) => first.date() > last,
        (Moment::Minute(first), Moment::Minute(last)) => first > last,
        (Moment::Relative { field, days }, Moment::Relative { field: other, days: last }) => field == other && days > last,
        (Moment::Relative { .. }, _) | (_, Moment::Relative { .. }) => false,
    }
}
