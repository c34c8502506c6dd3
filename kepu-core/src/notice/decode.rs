//! From the tree to the model: one line a table, and *every* fault with its place.
//!
//! A value is filled into its place instead of being returned: a fault falls into the list, the place keeps its
//! default, and no field needs a way out of its own. A derive weighs 29 KB more in the browser and stops at the first.

use super::faults::Faults;
use super::model::*;
use super::tree::{Node as Tree, Value};
use crate::message::Text;
use crate::reading::decimal::push_whole;

mod tables;
mod values;

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
                    let (zh, en) =
                        (["这张表里没有 ", &entry.key].concat(), ["there is no `", &entry.key, "` in this table"].concat());
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
            let length = self.faults.enter_index(index);
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

/// The words of a table that gives a clause and no quote: its own value, each of a list, or its first name.
fn own_words(node: &Tree<'_>) -> Option<String> {
    let Some(value) = node.get("value") else {
        return node.get("names")?.items().first()?.text().map(str::to_owned);
    };
    match &value.value {
        Value::Text(text) => Some(text.clone().into_owned()),
        Value::Int(number) => {
            let mut words = String::new();
            push_whole(*number, &mut words);
            Some(words)
        }
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
