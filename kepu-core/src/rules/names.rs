//! Names held against the notice's lists.

use crate::checker::Case;
use crate::checker::readings::{Named, read_name};
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::notice::model::{Clause, ListOf, Node};
use crate::notice::names::{NameList, NodeIx};
use crate::reading::{Reading, name, text};
use crate::record::{Cell, Field};
use crate::rule::{Basis, Judge, Of, Rule, Severity, Sink};

/// A name that is understood, and is not the notice's.
pub static UNOFFICIAL_NAME: Rule = Rule {
    id: "unofficial-name",
    severity: Severity::Info,
    basis: Basis::Node,
    fields: &[
        Field::Category,
        Field::ContentAreas,
        Field::OrganizerKind,
        Field::Region,
        Field::Marks,
        Field::Unit,
        Field::UnitKind,
    ],
    args: &["value", "official"],
    about: Text {
        zh: "用的是简称或别称，已经理解；通知里另有正式名称。",
        en: "A short or other name, understood; the notice has an official one.",
    },
    message: Text {
        zh: "“{value}”已按“{official}”理解，但不是正式名称",
        en: "`{value}` is understood as `{official}`, but is not its official name",
    },
    advice: Text { zh: "请改为“{official}”", en: "write `{official}`" },
    ..Rule::BASE
};

/// No kind of activity of the notice.
pub static UNKNOWN_CATEGORY: Rule = Rule {
    id: "unknown-category",
    basis: Basis::List,
    fields: &[Field::Category],
    args: &["value", "?candidates"],
    about: Text {
        zh: "活动类别不在通知列出的类别中。", en: "The category is not among those that the notice lists."
    },
    message: Text {
        zh: "“{value}”不在通知列出的活动类别中", en: "`{value}` is not among the notice's categories"
    },
    advice: Text {
        zh: "请从通知列出的类别中选择[，最接近的是{candidates}]",
        en: "choose one of the notice's categories[; the nearest: {candidates}]",
    },
    ..Rule::BASE
};

/// A heading where one of its categories is meant.
pub static GROUP_AS_CATEGORY: Rule = Rule {
    id: "group-as-category",
    basis: Basis::Node,
    fields: &[Field::Category],
    args: &["value", "?candidates"],
    about: Text {
        zh: "写的是一组类别的总称，没有写明是其中哪一类。",
        en: "The name of a group of categories, which does not say the category.",
    },
    message: Text {
        zh: "“{value}”是一组类别的总称，看不出是哪一类", en: "`{value}` is a group of categories, not one of them"
    },
    advice: Text { zh: "请选择其中一类[：{candidates}]", en: "choose one of the group[: {candidates}]" },
    ..Rule::BASE
};

/// No content area of the notice.
pub static UNKNOWN_CONTENT_AREA: Rule = Rule {
    id: "unknown-content-area",
    severity: Severity::Warning,
    basis: Basis::List,
    fields: &[Field::ContentAreas],
    args: &["value", "?candidates"],
    about: Text {
        zh: "内容板块不在通知列出的板块中。", en: "The content area is not among those that the notice lists."
    },
    message: Text {
        zh: "“{value}”不在通知列出的内容板块中", en: "`{value}` is not among the notice's content areas"
    },
    advice: Text {
        zh: "请从通知列出的板块中选择[，最接近的是{candidates}]",
        en: "choose one of the notice's content areas[; the nearest: {candidates}]",
    },
    ..Rule::BASE
};

/// No kind of unit that is known.
pub static UNKNOWN_ORGANIZER_KIND: Rule = Rule {
    id: "unknown-organizer-kind",
    severity: Severity::Warning,
    fields: &[Field::OrganizerKind, Field::UnitKind],
    args: &["value", "?candidates"],
    about: Text { zh: "单位类型不是本工具认识的类型。", en: "The kind of unit is none that is known." },
    message: Text { zh: "不认识单位类型“{value}”", en: "`{value}` is no known kind of unit" },
    advice: Text {
        zh: "请写通用的类型，例如 科协、学会、企业、学校、其他[；最接近的是{candidates}]",
        en: "write a common kind, such as 科协, 学会, 企业, 学校 or 其他[; the nearest: {candidates}]",
    },
    ..Rule::BASE
};

/// No place of the notice.
pub static UNKNOWN_REGION: Rule = Rule {
    id: "unknown-region",
    severity: Severity::Info,
    fields: &[Field::Region],
    args: &["value", "?candidates"],
    about: Text {
        zh: "所在地不是通知范围内的一个地方，或写了几个地方。",
        en: "The region is not one place that the notice covers.",
    },
    message: Text { zh: "“{value}”看不出是哪个地区", en: "`{value}` is not one of the notice's regions" },
    advice: Text {
        zh: "请只写所在的一个地区[，最接近的是{candidates}]",
        en: "write the one region it is in[; the nearest: {candidates}]",
    },
    ..Rule::BASE
};

/// A kind of organiser that the category, or the notice, is not for.
pub static ORGANIZER_MISMATCH: Rule = Rule {
    id: "organizer-mismatch",
    severity: Severity::Warning,
    basis: Basis::Organizers,
    fields: &[Field::OrganizerKind],
    args: &["value", "?category", "expected"],
    about: Text {
        zh: "通知写明这类活动（或整个活动）由哪类单位举办，而单位类型是另一类。",
        en: "The notice says which kinds of unit hold such activities, and the organiser is of another.",
    },
    message: Text {
        zh: "[“{category}”]由{expected}举办，而单位类型是“{value}”",
        en: "[`{category}` ]is for {expected}, and the organiser is `{value}`",
    },
    advice: Text {
        zh: "请核对活动类别和单位类型，改正写错的一个",
        en: "check the category and the kind of organiser, and put right the one that is wrong",
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[
    Judge {
        rules: &[&UNKNOWN_CATEGORY, &GROUP_AS_CATEGORY, &UNOFFICIAL_NAME],
        fields: &[Field::Category],
        needs: |plan| !plan.categories.is_empty(),
        of: Of::InDoubt,
        ask: category,
    },
    Judge {
        rules: &[&UNKNOWN_CONTENT_AREA, &UNOFFICIAL_NAME],
        fields: &[Field::ContentAreas],
        needs: |plan| !plan.content_areas.is_empty(),
        of: Of::InDoubt,
        ask: content_areas,
    },
    Judge {
        rules: &[&UNKNOWN_ORGANIZER_KIND],
        fields: UNKNOWN_ORGANIZER_KIND.fields,
        needs: |_| true,
        of: Of::InDoubt,
        ask: kinds,
    },
    Judge {
        rules: &[&UNKNOWN_REGION, &UNOFFICIAL_NAME],
        fields: &[Field::Region],
        needs: |plan| !plan.regions.is_empty(),
        of: Of::InDoubt,
        ask: region,
    },
    Judge {
        rules: &[&UNOFFICIAL_NAME],
        fields: &[Field::Marks],
        needs: |plan| !plan.marks.is_empty(),
        of: Of::InDoubt,
        ask: marks,
    },
    Judge { rules: &[&ORGANIZER_MISMATCH], fields: ORGANIZER_MISMATCH.fields, needs: |_| true, of: Of::Given, ask: organizer },
];

/// The facts of a tree of nodes, by their place in preorder.
fn node_at(nodes: &[Node], at: NodeIx) -> Option<&Node> {
    fn walk<'n>(nodes: &'n [Node], left: &mut NodeIx) -> Option<&'n Node> {
        for node in nodes {
            if *left == 0 {
                return Some(node);
            }
            *left -= 1;
            if let Some(found) = walk(&node.items, left) {
                return Some(found);
            }
        }
        None
    }
    walk(nodes, &mut { at })
}

fn clause_of(nodes: &[Node], at: NodeIx) -> Option<&Clause> {
    node_at(nodes, at).map(|node| &node.fact.clause)
}

/// The value, with the names it may mean.
fn with_candidates(value: &str, list: &NameList) -> Details {
    with_these(value, name::candidates(value, list))
}

fn with_these(value: &str, candidates: Vec<String>) -> Details {
    Details::default().with("value", Arg::Text(value.to_owned())).with("candidates", Arg::Texts(candidates))
}

/// A name that was read: right, or by an alias.
fn known<'p>(sink: &mut dyn Sink<'p>, path: Path, value: &str, named: Named<NodeIx>, list: &NameList, nodes: &'p [Node]) {
    let clause = clause_of(nodes, named.node);
    if !named.by_alias {
        return sink.met(path, clause);
    }
    unofficial(sink, path, value, list.shown(named.node), clause);
}

/// A name that is understood, and the official one.
pub(super) fn unofficial<'p>(sink: &mut dyn Sink<'p>, path: Path, value: &str, official: &str, clause: Option<&'p Clause>) {
    sink.found(&UNOFFICIAL_NAME, path, clause, &|| {
        let details = Details::default().with("value", Arg::Text(value.to_owned()));
        details.with("official", Arg::Text(official.to_owned())).fixed(path, official)
    });
}

/// A name that is on no list: a finding, unless the list is open.
fn unlisted<'p>(
    sink: &mut dyn Sink<'p>,
    rule: &'static Rule,
    path: Path,
    value: &str,
    list: &NameList,
    held: Option<&'p ListOf>,
) {
    let clause = held.map(|held| &held.fact.clause);
    if held.is_some_and(|held| held.open) {
        return sink.met(path, clause);
    }
    // A group is no answer to a name that is none: it would be the next finding.
    let candidates = || name::candidates_among(value, list, &|node| list.is_leaf(node));
    sink.found(rule, path, clause, &|| with_these(value, candidates()));
}

fn category<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let (model, list, path) = (case.plan.model(), &case.plan.categories, Path::field(Field::Category));
    let value = text(case.cell(Field::Category));
    match case.read.category {
        Reading::Read(named) if !list.is_leaf(named.node) => {
            sink.found(&GROUP_AS_CATEGORY, path, clause_of(&model.categories, named.node), &|| {
                Details::default()
                    .with("value", Arg::Text(value.clone().into_owned()))
                    .with("candidates", Arg::Texts(list.leaves(named.node)))
            });
        }
        Reading::Read(named) => known(sink, path, &value, named, list, &model.categories),
        Reading::Failed => unlisted(sink, &UNKNOWN_CATEGORY, path, &value, list, model.lists.categories.as_ref()),
        Reading::Absent => {}
    }
}

fn content_areas<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let (model, list) = (case.plan.model(), &case.plan.content_areas);
    case.items(Field::ContentAreas, &mut |index, value| {
        let path = Path::item(Field::ContentAreas, index);
        match read_name(Field::ContentAreas, Cell::Text(&value), list) {
            Reading::Read(named) => known(sink, path, &value, named, list, &model.content_areas),
            _ => unlisted(sink, &UNKNOWN_CONTENT_AREA, path, &value, list, model.lists.content_areas.as_ref()),
        }
    });
}

fn kinds<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    for field in UNKNOWN_ORGANIZER_KIND.fields {
        let value = text(case.cell(*field));
        let path = Path::field(*field);
        match case.read.name(*field) {
            Some(Reading::Read(named)) if named.by_alias => {
                let list = &case.plan.organizer_kinds;
                let own = case
                    .plan
                    .model()
                    .organizer_kinds
                    .iter()
                    .find(|node| list.get(named.node).is_some_and(|entry| entry.id == node.id));
                unofficial(sink, path, &value, list.shown(named.node), own.map(|node| &node.fact.clause));
            }
            Some(Reading::Read(_)) => sink.met(path, None),
            Some(Reading::Failed) => {
                sink.found(&UNKNOWN_ORGANIZER_KIND, path, None, &|| with_candidates(&value, &case.plan.organizer_kinds));
            }
            Some(Reading::Absent) | None => {}
        }
    }
}

fn region<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let (list, path) = (&case.plan.regions, Path::field(Field::Region));
    let value = text(case.cell(Field::Region));
    match case.read.region {
        Reading::Read(named) => known(sink, path, &value, named, list, &case.plan.model().regions),
        Reading::Failed => sink.found(&UNKNOWN_REGION, path, None, &|| with_candidates(&value, list)),
        Reading::Absent => {}
    }
}

fn marks<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let list = &case.plan.marks;
    case.items(Field::Marks, &mut |index, value| {
        if let Reading::Read(named) = read_name(Field::Marks, Cell::Text(&value), list) {
            known(sink, Path::item(Field::Marks, index), &value, named, list, &case.plan.model().marks);
        }
    });
}

/// The category's own organisers first, then those of the whole notice.
fn organizer<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let (model, path) = (case.plan.model(), Path::field(Field::OrganizerKind));
    let category = case.read.category.value().and_then(|named| node_at(&model.categories, named.node));
    let own = category.and_then(|node| node.organizers.as_ref().map(|kinds| (kinds, Some(node))));
    let general = model.organizers.as_ref().map(|kinds| (kinds, None));
    for (kinds, category) in own.into_iter().chain(general) {
        let clause = Some(&kinds.fact.clause);
        let Some(named) = case.read.organizer_kind.value() else {
            if case.read.organizer_kind == Reading::Failed {
                sink.unknown(path, clause);
            }
            continue;
        };
        let list = &case.plan.organizer_kinds;
        let is = |id: &str| list.by_id(id).is_some_and(|kind| list.is_under(named.node, kind));
        if is("other") || kinds.value.iter().any(|id| is(id)) {
            sink.met(path, clause);
            continue;
        }
        return sink.found(&ORGANIZER_MISMATCH, path, clause, &|| {
            let shown = |id: &String| list.by_id(id).map(|kind| list.shown(kind).to_owned());
            let details = Details::default().with("value", case.value(Field::OrganizerKind));
            let name = category.and_then(|node| node.names.first()).map(|name| Arg::Text(name.clone()));
            details.maybe("category", name).with("expected", Arg::Texts(kinds.value.iter().filter_map(shown).collect()))
        });
    }
}
