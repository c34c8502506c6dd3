//! A tally on the wire, from which it is read back as it was: so it travels between machines.

use super::Tally;
use crate::notice::tree::Node;
use crate::wire::{self, OnWire, on_wire};

impl OnWire for Tally {
    fn tree(&self) -> Node<'_> {
        let id = |id: Option<&'_ str>| wire::or_null(id.map(|id| wire::text(id.to_owned())));
        let activities = self.activities().map(|(region, category, count)| {
            wire::table(vec![("region", id(region)), ("category", id(category)), ("count", wire::count(count))])
        });
        let (people, submissions) = (self.people(), self.submissions());
        wire::table(vec![
            ("activities", wire::list(activities)),
            ("findings", wire::table(self.findings().map(|(rule, count)| (rule.id(), wire::count(count))).collect())),
            ("people", wire::table(vec![("exact", wire::count(people.exact)), ("approximate", wire::count(people.approximate))])),
            (
                "submissions",
                wire::table(vec![
                    ("on_time", wire::count(submissions.on_time)),
                    ("late", wire::count(submissions.late)),
                    ("missing", wire::count(submissions.missing)),
                ]),
            ),
        ])
    }
}

on_wire!(Tally);

#[cfg(feature = "serde")]
mod read {
    use std::collections::BTreeMap;

    use serde::de::{Deserialize, Deserializer, Error};

    use super::super::{People, Submissions, Tally};
    use crate::rule::RuleId;

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Activities {
        region: Option<String>,
        category: Option<String>,
        count: u64,
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        activities: Vec<Activities>,
        findings: BTreeMap<String, u64>,
        people: People,
        submissions: Submissions,
    }

    impl<'de> Deserialize<'de> for Tally {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tally, D::Error> {
            let Written { activities, findings, people, submissions } = Written::deserialize(deserializer)?;
            let mut tally = Tally { people, submissions, ..Tally::default() };
            for Activities { region, category, count } in activities.into_iter().filter(|activities| activities.count > 0) {
                tally.activity(&region.unwrap_or_default(), &category.unwrap_or_default(), count);
            }
            for (id, count) in findings {
                let rule = RuleId::from_id(&id).ok_or_else(|| D::Error::custom(format_args!("there is no rule `{id}`")))?;
                tally.count(rule, count);
            }
            Ok(tally)
        }
    }
}
