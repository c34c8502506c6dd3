//! Quotas: how many records count in which group.

use std::collections::BTreeMap;

use super::{RowKey, own};
use crate::as_of::AsOf;
use crate::checker::{Plan, plan};
use crate::finding::{Arg, Details, Path};
use crate::notice::model::{Quota, Role};
use crate::notice::rosters::UnitIx;
use crate::reading::fold::fold;
use crate::reading::text;
use crate::record::CellBuf;
use crate::report::Report;
use crate::rule::{Rule, Severity};

/// The groups of one quota, by their folded values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Groups {
    pub(super) groups: BTreeMap<Vec<String>, Group>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) count: u64,
    /// Its first record, by which groups are ordered, and how that one writes the values.
    pub(super) first: RowKey,
    pub(super) shown: String,
    /// The unit that the first value names, where it names one.
    pub(super) unit: Option<UnitIx>,
}

impl Groups {
    /// Counts a record, where it counts and where that was read.
    pub(super) fn add(&mut self, key: RowKey, report: &Report<'_>, at: usize, quota: &Quota) {
        let case = &report.case;
        if case.plan.quotas.get(at).and_then(|concern| concern.of(case)) != Some(true) {
            return;
        }
        let mut values = Vec::with_capacity(quota.per.len());
        let mut group = Group { count: 1, first: key, shown: String::new(), unit: None };
        for field in &quota.per {
            let CellBuf::Text(value) = report.read(*field) else { return };
            if values.is_empty() {
                group.unit = case.plan.rosters.find(&value).map(|(unit, _)| unit);
            } else {
                group.shown.push('、');
            }
            group.shown.push_str(&text(case.cell(*field)));
            values.push(fold(&value).into_owned());
        }
        self.take(values, group);
    }

    pub(super) fn merge(&mut self, other: Groups) {
        other.groups.into_iter().for_each(|(values, group)| self.take(values, group));
    }

    pub(super) fn shift(&mut self, rows: u64) {
        self.groups.values_mut().for_each(|group| group.first.row = group.first.row.saturating_add(rows));
    }

    pub(super) fn take(&mut self, values: Vec<String>, group: Group) {
        match self.groups.get_mut(&values) {
            Some(known) => {
                let count = known.count.saturating_add(group.count);
                if (group.first, &group.shown) < (known.first, &known.shown) {
                    *known = group;
                }
                known.count = count;
            }
            None => {
                self.groups.insert(values, group);
            }
        }
    }

    /// Whether the groups keep the quota.
    pub(super) fn judge(
        &self,
        plan: &Plan,
        quota: &Quota,
        as_of: AsOf,
        say: &mut dyn FnMut(&'static Rule, Severity, Path, Details),
    ) {
        let mut groups: Vec<&Group> = self.groups.values().collect();
        groups.sort_by_key(|group| group.first);
        let severity = quota.modality.severity();
        let path = quota.per.first().map_or(Path::NONE, |field| Path::field(*field));
        let details = |group: Option<String>, limit: u32, count: u64| {
            let what = quota.what.clone().unwrap_or_else(|| "活动".to_owned());
            let details = Details::default().with("what", Arg::Text(what)).maybe("group", group.map(Arg::Text));
            let count = Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
            details.with("limit", Arg::Number(limit.into())).with("count", count)
        };
        if let Some(max) = quota.max {
            for group in groups.iter().filter(|group| group.count > u64::from(max)) {
                let shown = (!quota.per.is_empty()).then(|| group.shown.clone());
                say(&own::OVER_QUOTA, severity, path, details(shown, max, group.count));
            }
        }
        let (Some(min), Some(among)) = (quota.min, &quota.among) else { return };
        let windows = plan.model().periods.iter().filter(|period| period.role == Role::Window);
        let due = quota.due.or_else(|| windows.filter_map(|window| window.end).max_by_key(|end| plan::day(*end)));
        if due.and_then(|due| as_of.is_past(due)) != Some(true) {
            return;
        }
        let owed_by = std::slice::from_ref(among);
        for (unit_ix, unit) in plan.rosters.units().filter(|(ix, _)| plan.rosters.owes(*ix, Some(owed_by))) {
            let of_unit = groups.iter().filter(|group| group.unit == Some(unit_ix)).map(|group| group.count);
            let count = of_unit.fold(0, u64::saturating_add);
            if count < u64::from(min) {
                say(&own::UNDER_QUOTA, severity, path, details(Some(unit.shown.clone()), min, count));
            }
        }
    }
}
