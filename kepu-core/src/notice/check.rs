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

struct Check<'c, 't> {
    tree: &'c Tree<'c>,
    faults: &'c mut Faults<'t>,
    known: Known<'c>,
}

impl Check<'_, '_> {
    /// Something wrong at a path, unless something is wrong there already.
    fn fault(&mut self, path: String, zh: &str, en: &str) {
        if !self.faults.has(&path) {
            self.faults.add_at(self.tree.place(&path), path, zh.into(), en.into());
        }
    }

    fn reference(&mut self, path: String, what: Text, id: &str, known: for<'k> fn(&'k Known<'_>) -> &'k Ids<'k>) {
        let ids = known(&self.known);
        if ids.has(id) || self.faults.has(&path) {
            return;
        }
        let ids: Vec<&str> = ids.0.iter().copied().filter(|id| !id.is_empty()).collect();
        self.faults.unknown_at(self.tree.place(&path), path, what, id, &ids);
    }

    fn references(&mut self, path: &str, what: Text, ids: &[String], known: for<'k> fn(&'k Known<'_>) -> &'k Ids<'k>) {
        for (index, id) in ids.iter().enumerate() {
            self.reference(format!("{path}[{index}]"), what, id, known);
        }
    }

    fn head(&mut self, model: &Model) {
        if model.format != 1 {
            self.fault("format".into(), "这里应为 1", "expected 1");
        }
        if !(1000..=9999).contains(&model.year) {
            self.fault("year".into(), "这里应为四位的年份", "expected a year of four digits");
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
        let zh = format!("[lists] 里要写 {list}：名单出自哪一句");
        let en = format!("`[lists]` needs `{list}`: the sentence that the list stands in");
        let path = format!("{list}[0]");
        self.faults.add_at(self.tree.place(&path), list.into(), zh, en);
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
            alike::nodes(&format!("rosters[{index}].items"), &roster.items, &[], tree, faults);
        }
        alike::names("platforms", model.platforms.iter().map(|platform| (&*platform.names, &*platform.aliases)), tree, faults);
        alike::ids("rosters", model.rosters.iter().map(|roster| &*roster.id), tree, faults);
        alike::ids("deadlines", model.deadlines.iter().map(|deadline| &*deadline.id), tree, faults);

        self.nodes("content_areas", &model.content_areas);
        self.nodes("categories", &model.categories);
        self.nodes("organizer_kinds", &model.organizer_kinds);
        self.nodes("marks", &model.marks);
        self.nodes("regions", &model.regions);
        if let Some(organizers) = &model.organizers {
            self.references("organizers.value", A_KIND, &organizers.value, |known| &known.kinds);
        }
        for (index, platform) in model.platforms.iter().enumerate() {
            let path = format!("platforms[{index}]");
            self.named(&path, &platform.names);
            if platform.opens.zip(platform.closes).is_some_and(|(opens, closes)| opens > closes) {
                self.fault(path + ".closes", "关闭日早于开放日", "closes before it opens");
            }
        }
        for (index, roster) in model.rosters.iter().enumerate() {
            let path = format!("rosters[{index}]");
            self.nodes(&format!("{path}.items"), &roster.items);
            self.references(&format!("{path}.kinds"), A_KIND, &roster.kinds, |known| &known.kinds);
            if !roster.per_region.is_empty() && model.regions.is_empty() {
                self.fault(path + ".per_region", "没有列出 [[regions]]", "there are no `[[regions]]`");
            }
        }
    }

    fn named(&mut self, path: &str, names: &[String]) {
        if names.is_empty() {
            self.fault(format!("{path}.names"), "至少要有一个名称", "expected at least one name");
        }
    }

    fn nodes(&mut self, list: &str, nodes: &[Node]) {
        for (index, node) in nodes.iter().enumerate() {
            let path = format!("{list}[{index}]");
            self.named(&path, &node.names);
            for (index, hint) in node.hints.iter().enumerate() {
                let path = format!("{path}.hints[{index}].about");
                if !HINTS.contains(&&*hint.about) && !self.faults.has(&path) {
                    self.faults.unknown_at(self.tree.place(&path), path, Text { zh: "这个值", en: "value" }, &hint.about, HINTS);
                }
            }
            if let Some(organizers) = &node.organizers {
                self.references(&format!("{path}.organizers.value"), A_KIND, &organizers.value, |known| &known.kinds);
            }
            self.nodes(&format!("{path}.items"), &node.items);
        }
    }

    fn periods(&mut self, model: &Model) {
        for (index, period) in model.periods.iter().enumerate() {
            let path = format!("periods[{index}]");
            if period.start.is_none() && period.end.is_none() {
                self.fault(path.clone(), "start 和 end 至少要有一个", "needs `start` or `end`");
            }
            for (key, moment) in [("start", period.start), ("end", period.end)] {
                let path = format!("{path}.{key}");
                match moment {
                    Some(Moment::Minute(_)) if period.role != Role::Phase => {
                        self.fault(path, "只能是日期，阶段（phase）才到分", "expected a day: only a phase has minutes");
                    }
                    moment => self.fixed(path, moment),
                }
            }
            self.ordered(&path, ("start", period.start), ("end", period.end), Edge::First);
            self.conditions(&path, [&period.when, &period.unless], &Kind::ACTIVITY);
        }
    }

    fn requirements(&mut self, model: &Model) {
        for (index, asked) in model.requirements.iter().enumerate() {
            let path = format!("requirements[{index}]");
            self.reference(format!("{path}.record"), A_RECORD, &asked.record, |known| &known.records);
            let kind = Kind::submission(&*asked.record);
            self.fields(&format!("{path}.any_of"), &asked.any_of, &kind);
            self.fields(&format!("{path}.all_of"), &asked.all_of, &kind);
            let of_items = asked.min != Some(0) || asked.max.is_some() || asked.max_chars.is_some();
            let of_fields = !(asked.any_of.is_empty() && asked.all_of.is_empty()) && of_items;
            if !of_fields && asked.min_days.is_none() && asked.max_days.is_none() {
                self.fault(
                    path.clone(),
                    "什么也没有要求：写 any_of、all_of、min_days 或 max_days",
                    "asks nothing: give `any_of`, `all_of`, `min_days` or `max_days`",
                );
            }
            self.bounds(&path, asked.min, asked.max, "max");
            self.bounds(&path, asked.min_days, asked.max_days, "max_days");
            self.relative(format!("{path}.from"), asked.from, &kind);
            self.relative(format!("{path}.due"), asked.due, &kind);
            self.ordered(&path, ("from", asked.from), ("due", asked.due), Edge::First);
            self.conditions(&path, [&asked.when, &asked.unless], &kind);
        }
    }

    fn quotas(&mut self, model: &Model) {
        for (index, quota) in model.quotas.iter().enumerate() {
            let path = format!("quotas[{index}]");
            self.fields(&format!("{path}.per"), &quota.per, &Kind::ACTIVITY);
            if quota.min.is_none() && quota.max.is_none() {
                self.fault(path.clone(), "min 和 max 至少要有一个", "needs `min` or `max`");
            }
            match &quota.among {
                None if quota.min.is_some() => {
                    self.fault(
                        format!("{path}.min"),
                        "有 min 就要写 among：数哪个名单",
                        "`min` needs `among`: whose members are counted",
                    );
                }
                None => {}
                Some(roster) => self.reference(format!("{path}.among"), A_ROSTER, roster, |known| &known.rosters),
            }
            self.bounds(&path, quota.min, quota.max, "max");
            self.fixed(format!("{path}.due"), quota.due);
            self.conditions(&path, [&quota.when, &quota.unless], &Kind::ACTIVITY);
        }
    }

    fn deadlines(&mut self, model: &Model) {
        for (index, deadline) in model.deadlines.iter().enumerate() {
            let path = format!("deadlines[{index}]");
            if deadline.record == Kind::ACTIVITY.id() {
                let key = if deadline.id == deadline.record { "id" } else { "record" };
                self.fault(format!("{path}.{key}"), "activity 是活动，不是报送材料", "`activity` is no submission");
            }
            self.references(&format!("{path}.owed_by"), A_ROSTER, deadline.owed_by.as_deref().unwrap_or_default(), |known| {
                &known.rosters
            });
            for (key, moment) in [("from", deadline.from), ("due", deadline.due), ("strict", deadline.strict)] {
                self.fixed(format!("{path}.{key}"), moment);
            }
            self.ordered(&path, ("from", deadline.from), ("due", deadline.due), Edge::First);
            self.ordered(&path, ("strict", deadline.strict), ("due", deadline.due), Edge::Last);
        }
    }

    fn fields(&mut self, path: &str, fields: &[Field], kind: &Kind) {
        for (index, field) in fields.iter().enumerate() {
            if !field.is_of(kind) {
                let known: Vec<&str> =
                    kind.fields().iter().filter(|field| **field != Field::Period).map(|field| field.id()).collect();
                let path = format!("{path}[{index}]");
                if !self.faults.has(&path) {
                    let what = Text { zh: "这种记录没有字段，即", en: "field of this kind of record" };
                    self.faults.unknown_at(self.tree.place(&path), path, what, field.id(), &known);
                }
            }
        }
    }

    fn bounds(&mut self, path: &str, min: Option<u32>, max: Option<u32>, key: &str) {
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            self.fault(format!("{path}.{key}"), "最多小于最少", "the most is less than the fewest");
        }
    }

    /// A moment that cannot be counted from a field of a record.
    fn fixed(&mut self, path: String, moment: Option<Moment>) {
        if let Some(Moment::Relative { .. }) = moment {
            self.fault(path, "不能从字段推算，请写日期", "cannot be counted from a field here: expected a day");
        }
    }

    /// A moment that may be counted from a field that has days.
    fn relative(&mut self, path: String, moment: Option<Moment>, kind: &Kind) {
        if let Some(Moment::Relative { field, .. }) = moment
            && !(field.is_of(kind) && matches!(field.ty(), FieldType::Day | FieldType::Moment))
        {
            self.fault(path, "这种记录没有这个日期字段", "this kind of record has no such field of days");
        }
    }

    /// Two moments in the order in which they have to stand.
    fn ordered(&mut self, path: &str, first: (&str, Option<Moment>), last: (&str, Option<Moment>), edge: Edge) {
        let Some((a, b)) = first.1.zip(last.1) else {
            return;
        };
        if crossed(a, b, edge) {
            let (zh, en) = (format!("{} 晚于 {}", first.0, last.0), format!("`{}` is after `{}`", first.0, last.0));
            self.fault(format!("{path}.{}", first.0), &zh, &en);
        }
    }

    fn conditions(&mut self, path: &str, [when, unless]: [&Option<Condition>; 2], kind: &Kind) {
        for (key, condition) in [("when", when), ("unless", unless)] {
            let Some(condition) = condition else {
                continue;
            };
            let path = format!("{path}.{key}");
            if condition.terms.is_empty() {
                self.fault(path.clone(), "条件是空的：删去，或写一个字段", "an empty condition: leave it out, or name a field");
            }
            for (field, values) in &condition.terms {
                let path = format!("{path}.{}", field.id());
                if !field.is_of(kind) {
                    self.fault(path, "这种记录没有这个字段", "this kind of record has no such field");
                    continue;
                }
                if values.is_empty() {
                    self.fault(path.clone(), "条件是空的：写一个值", "an empty condition: name a value");
                }
                match field {
                    Field::Category => self.references(&path, A_CATEGORY, values, |known| &known.categories),
                    Field::ContentAreas => self.references(&path, A_CONTENT_AREA, values, |known| &known.content_areas),
                    Field::Mode => self.references(&path, A_MODE, values, |known| &known.modes),
                    Field::Region => self.references(&path, A_REGION, values, |known| &known.regions),
                    _ => self.references(&path, A_KIND, values, |known| &known.kinds),
                }
            }
        }
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
