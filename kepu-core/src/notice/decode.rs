//! From the tree to the model: one line a table, and *every* fault with its place.
//!
//! A value is filled into its place instead of being returned: a fault falls into the list, the place keeps its
//! default, and no field needs a way out of its own. A derive weighs 29 KB more in the browser and stops at the first.

use chrono::{NaiveDate, NaiveDateTime};

pub(super) use super::faults::Faults;
use super::model::*;
use super::tree::{Node as Tree, Value};
use crate::message::Text;
use crate::record::Field;
use crate::rule::Severity;

/// The model of a tree; where there are faults, as much of it as could be read.
pub(super) fn model(tree: &Tree<'_>, faults: &mut Faults<'_>) -> Model {
    let mut model = Model::default();
    model.fill(tree, &mut Filler { faults, around: None });
    for requirement in &mut model.requirements {
        if requirement.record.is_empty() {
            requirement.record.push_str("activity");
        }
    }
    for deadline in &mut model.deadlines {
        if deadline.record.is_empty() {
            deadline.record.push_str(&deadline.id);
        }
    }
    model
}

/// Where a value is filled in.
trait Place {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>);
}

/// What walks the tree: the faults so far, and the clause of the tables around.
struct Filler<'f, 't> {
    faults: &'f mut Faults<'t>,
    around: Option<Clause>,
}

/// A key of a table: its name, whether it must be there, and its place.
type Slot<'s> = (&'static str, bool, &'s mut dyn Place);

/// What a table's own `clause`, `quote` and `why` are for.
enum Rest<'r> {
    /// A fact: it needs a clause, its own or that of the table around.
    On(&'r mut Fact),
    /// A frame around facts: what it says of a clause holds for them.
    Around(&'r mut Fact),
    /// Neither: these keys are unknown here.
    None,
}

impl Filler<'_, '_> {
    /// The one walker of all tables.
    fn table(&mut self, node: &Tree<'_>, slots: &mut [Slot<'_>], rest: Rest<'_>) {
        let Value::Table(entries) = &node.value else {
            return self.faults.wrong(node.at, Text { zh: "表", en: "a table" });
        };
        let around = self.around.clone();
        let mut known: Vec<&str> = slots.iter().map(|(name, ..)| *name).collect();
        let (needs_clause, fact) = match rest {
            Rest::On(fact) => (true, Some(fact)),
            Rest::Around(fact) => (false, Some(fact)),
            Rest::None => (false, None),
        };
        if let Some(fact) = fact {
            known.extend(OF_A_FACT);
            *fact = self.fact(node);
            if !fact.clause.number.is_empty() {
                self.around = Some(fact.clause.clone());
            } else if needs_clause && node.get("clause").is_none() {
                let (zh, en) = ("这里和外层的表都没有 clause（出处）", "there is no `clause` here or in a table around");
                self.faults.add(node.at, zh.into(), en.into());
            }
        }
        let mut seen = vec![false; known.len()];
        for entry in entries {
            let index = known.iter().position(|name| *name == entry.key);
            let twice = index.and_then(|index| seen.get_mut(index)).is_some_and(|seen| std::mem::replace(seen, true));
            let slot = index.and_then(|index| slots.get_mut(index));
            let length = self.faults.enter(&entry.key);
            match (index, slot) {
                (None, _) => self.faults.unknown(entry.at, Text { zh: "这个键", en: "key" }, &entry.key, &known),
                _ if twice => {
                    self.faults.add(entry.at, "这个键写了两次，只留一个".into(), "this key stands twice, keep one".into())
                }
                (_, Some((.., place))) => place.fill(&entry.node, self),
                (_, None) => {}
            }
            self.faults.leave(length);
        }
        let is_seen = |name: &str| slots.iter().zip(&seen).any(|((slot, ..), seen)| *slot == name && *seen);
        for (name, required, _) in slots.iter() {
            if *required && !is_seen(name) {
                let length = self.faults.enter(name);
                self.faults.add(node.at, "缺少这个键".into(), "this key is missing".into());
                self.faults.leave(length);
            }
        }
        // The second half of what a fact may have: a reason for a key that is not there explains nothing.
        if known.len() > slots.len() {
            let length = self.faults.enter("why");
            for entry in node.get("why").map(Tree::entries).unwrap_or_default() {
                if !is_seen(&entry.key) {
                    let length = self.faults.enter(&entry.key);
                    let (zh, en) = (format!("这张表里没有 {}", entry.key), format!("there is no `{}` in this table", entry.key));
                    self.faults.add(entry.at, zh, en);
                    self.faults.leave(length);
                }
            }
            self.faults.leave(length);
        }
        self.around = around;
    }

    /// What a table says of itself: where it stands, by its own words or by the table's around, and its readings.
    fn fact(&mut self, node: &Tree<'_>) -> Fact {
        let (number, quote) = (self.own(node, "clause"), self.own(node, "quote"));
        let clause = match (number, quote, self.around.clone()) {
            (Some(number), Some(quote), _) => Clause { number, quote },
            (Some(number), None, around) => {
                // Where the table has no words of its own either, the same clause around has them.
                let same = |around: Clause| if around.number == number { around.quote } else { String::new() };
                let quote = own_words(node).unwrap_or_else(|| around.map(same).unwrap_or_default());
                Clause { number, quote }
            }
            (None, Some(quote), around) => Clause { number: around.unwrap_or_default().number, quote },
            (None, None, around) => around.unwrap_or_default(),
        };
        let mut fact = Fact { clause, why: Vec::new() };
        if let Some(why) = node.get("why") {
            let length = self.faults.enter("why");
            match &why.value {
                Value::Table(entries) => {
                    for entry in entries {
                        let mut reason = String::new();
                        let length = self.faults.enter(&entry.key);
                        reason.fill(&entry.node, self);
                        self.faults.leave(length);
                        fact.why.push(Why { key: entry.key.clone().into_owned(), reason });
                    }
                }
                _ => self.faults.wrong(why.at, Text { zh: "表：键 = 理由", en: "a table, key = reason" }),
            }
            self.faults.leave(length);
        }
        fact
    }

    /// A text of a fact.
    fn own(&mut self, node: &Tree<'_>, key: &str) -> Option<String> {
        let node = node.get(key)?;
        let mut text = String::new();
        let length = self.faults.enter(key);
        text.fill(node, self);
        self.faults.leave(length);
        Some(text)
    }

    /// The one walker of all lists.
    fn list(&mut self, node: &Tree<'_>, of: Text, item: &mut dyn FnMut(&Tree<'_>, &mut Self)) {
        let Value::List(items) = &node.value else {
            return self.faults.wrong(node.at, of);
        };
        for (index, node) in items.iter().enumerate() {
            let length = self.faults.enter_item(index);
            item(node, self);
            self.faults.leave(length);
        }
    }

    /// One of a few words.
    fn word<T: Copy>(&mut self, node: &Tree<'_>, words: &[(&'static str, T)]) -> Option<T> {
        let Some(text) = node.text() else {
            self.faults.wrong(node.at, A_TEXT);
            return None;
        };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.faults.unknown(node.at, Text { zh: "这个值", en: "value" }, text, &known);
        }
        found
    }

    /// A whole number within bounds.
    fn int<T: TryFrom<i64>>(&mut self, node: &Tree<'_>, expected: Text) -> Option<T> {
        let number = match node.value {
            Value::Int(number) => T::try_from(number).ok(),
            _ => None,
        };
        if number.is_none() {
            self.faults.wrong(node.at, expected);
        }
        number
    }
}

/// The keys that every fact may have beside its own.
const OF_A_FACT: [&str; 3] = ["clause", "quote", "why"];
const A_TEXT: Text = Text { zh: "文字（不能为空）", en: "a text that is not empty" };
const A_LIST: Text = Text { zh: "列表 [ … ]", en: "a list [ … ]" };
const A_DAY: Text = Text { zh: "日期，如 2023-09-28", en: "a day such as 2023-09-28" };
const A_MOMENT: Text = Text {
    zh: "日期（2023-09-28）、到分的时刻（2023-09-28T16:00:00，北京时间）或 { after = 字段, days = 天数 }、{ before = 字段, days = 天数 }",
    en: "a day (2023-09-28), a minute (2023-09-28T16:00:00, at UTC+8) or { after = FIELD, days = N }, { before = FIELD, days = N }",
};

/// The words of a table that gives a clause and no quote: its own value, each of a list, or its first name.
fn own_words(node: &Tree<'_>) -> Option<String> {
    let Some(value) = node.get("value") else {
        return node.get("names")?.items().first()?.text().map(str::to_owned);
    };
    match &value.value {
        Value::Text(text) => Some(text.clone().into_owned()),
        Value::Int(number) => Some(number.to_string()),
        Value::List(items) => {
            let mut words = String::new();
            for text in items.iter().filter_map(Tree::text) {
                words.push_str(if words.is_empty() { "" } else { "、" });
                words.push_str(text);
            }
            Some(words)
        }
        _ => None,
    }
}

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

/// The tables: a line each, the required keys first.
macro_rules! tables {
    ($( $name:ident { $($must:ident),* } { $($may:ident),* } $rest:ident; )*) => { $(
        impl Place for $name {
            fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
                filler.table(
                    node,
                    &mut [
                        $( (stringify!($must), true, &mut self.$must as &mut dyn Place), )*
                        $( (stringify!($may), false, &mut self.$may as &mut dyn Place), )*
                    ],
                    tables!(self $rest),
                );
            }
        }
    )* };
    ($self:ident on) => { Rest::On(&mut $self.fact) };
    ($self:ident around) => { Rest::Around(&mut $self.fact) };
    ($self:ident frame) => { Rest::Around(&mut Fact::default()) };
}

tables! {
    Hint { about, items } { open } on;
    ListOf {} { open } on;
    Lists {} { categories, content_areas } frame;
    Document {} { title, number, series, edition, issued, printed, issuers, addressees, cites } frame;
    Contact {} { department, phones, emails, address } around;
    Period { role } { start, end, what, tentative, when, unless } on;
    Platform { names, modality } { aliases, url, opens, closes } on;
    Requirement { modality } { record, any_of, all_of, min, max, max_chars, min_days, max_days, from, due, when, unless, what } on;
    Quota { per, modality } { max, min, among, due, when, unless, what } on;
    Deadline { id, what, due } { record, owed_by, to, from, strict, late } on;
    Commendation {} { objects, criteria, referral } around;
    Unchecked { reason } {} on;
}

/// Which list a node is of; they differ in what its table may have.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Categories,
    Marks,
    /// A roster's units: the id may be left out.
    Units,
    Others,
}

/// A list of nodes.
struct Nodes<'n>(Of, &'n mut Vec<Node>);

impl Place for Nodes<'_> {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let Nodes(of, nodes) = self;
        filler.list(node, A_LIST, &mut |tree, filler| {
            let mut node = Node::default();
            let Node { id, names, aliases, items, hints, organizers, modality, fact } = &mut node;
            let mut items = Nodes(*of, items);
            let mut slots: Vec<Slot<'_>> = vec![
                ("id", *of != Of::Units, id),
                ("names", true, names),
                ("aliases", false, aliases),
                ("items", false, &mut items),
                ("hints", false, hints),
            ];
            match of {
                Of::Categories => slots.push(("organizers", false, organizers)),
                Of::Marks => slots.push(("modality", true, modality)),
                Of::Units | Of::Others => {}
            }
            filler.table(tree, &mut slots, Rest::On(fact));
            nodes.push(node);
        });
    }
}

impl Place for Roster {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let mut items = Nodes(Of::Units, &mut self.items);
        let mut slots: [Slot<'_>; 4] = [
            ("id", true, &mut self.id),
            ("kinds", false, &mut self.kinds),
            ("items", false, &mut items),
            ("per_region", false, &mut self.per_region),
        ];
        filler.table(node, &mut slots, Rest::On(&mut self.fact));
    }
}

impl Place for Model {
    fn fill(&mut self, node: &Tree<'_>, filler: &mut Filler<'_, '_>) {
        let mut slots: [Slot<'_>; 22] = [
            ("format", true, &mut self.format),
            ("id", true, &mut self.id),
            ("year", true, &mut self.year),
            ("lists", false, &mut self.lists),
            ("document", false, &mut self.document),
            ("contacts", false, &mut self.contacts),
            ("themes", false, &mut self.themes),
            ("sub_theme", false, &mut self.sub_theme),
            ("periods", false, &mut self.periods),
            ("content_areas", false, &mut Nodes(Of::Others, &mut self.content_areas)),
            ("categories", false, &mut Nodes(Of::Categories, &mut self.categories)),
            ("organizers", false, &mut self.organizers),
            ("organizer_kinds", false, &mut Nodes(Of::Others, &mut self.organizer_kinds)),
            ("marks", false, &mut Nodes(Of::Marks, &mut self.marks)),
            ("platforms", false, &mut self.platforms),
            ("requirements", false, &mut self.requirements),
            ("quotas", false, &mut self.quotas),
            ("deadlines", false, &mut self.deadlines),
            ("rosters", false, &mut self.rosters),
            ("commendation", false, &mut self.commendation),
            ("regions", false, &mut Nodes(Of::Others, &mut self.regions)),
            ("unchecked", false, &mut self.unchecked),
        ];
        filler.table(node, &mut slots, Rest::None);
    }
}
