//! The records that are checked: one clean, one with seven findings, each as a struct and as JSON.

use kepu_core::{AsOf, Cell, Field, Record};
use serde::Serialize;

/// The moment at which every question is asked: the activities are over, what they owe is due.
pub const AS_OF: &str = "2023-10-08";

/// The theme of the notice.
pub const THEME: &str = "提升全民科学素质，助力科技自立自强";

/// The leaves of the notice's tree of kinds of activity.
pub const CATEGORIES: &[&str] = &[
    "省级主场活动",
    "地方主场活动",
    "主办单位联合行动",
    "学会科普联合行动",
    "企业科普联合行动",
    "科技馆联合行动",
    "科普（教育）基地联合行动",
    "青少年科普专项行动",
    "科学家讲科普专项行动",
    "农技协科普专项行动",
    "“银龄跨越数字鸿沟”科普专项行动",
    "“云上科普日”专项行动",
];

/// [`AS_OF`] as kepu takes it.
pub fn as_of() -> AsOf {
    AS_OF.parse().expect("a day")
}

/// An activity as a program of its own holds it: a text a field, in the columns of the benches' tables.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Activity<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub organizer: &'a str,
    pub region: &'a str,
    pub category: &'a str,
    pub theme: &'a str,
    pub start: &'a str,
    pub end: &'a str,
    pub venue: &'a str,
    pub audience: &'a str,
    pub phone: &'a str,
    pub email: &'a str,
    pub published_on: &'a str,
    pub images: &'a str,
    pub news_links: &'a str,
    pub report: &'a str,
}

/// Nothing to say of it.
pub const CLEAN: Activity<'static> = Activity {
    id: "HN2023-004711",
    title: "“走近湿地”自然观察与科普讲座",
    organizer: "新乡市科学技术协会",
    region: "新乡市",
    category: "科普（教育）基地联合行动",
    theme: THEME,
    start: "2023-09-18",
    end: "2023-09-19",
    venue: "新乡市平原示范区黄河湿地保护中心",
    audience: "300",
    phone: "0371-65709215",
    email: "kepu@example.cn",
    published_on: "2023-09-01",
    images: "湿地01.jpg；湿地02.jpg",
    news_links: "https://www.example.cn/kepu/2023/0919/004711.html",
    report: "活动组织两百余名学生走进黄河湿地，观察候鸟，学习湿地保护知识，志愿者现场讲解，发放科普读物三百册，反响良好。",
};

/// Seven rules broken, none of which hides another.
pub const FAULTY: Activity<'static> = Activity {
    title: "",
    category: "科技下乡",
    theme: "提升全民科学素养，助力科技自立自强",
    start: "2023-09-24",
    end: "2023-09-23",
    audience: "很多人",
    phone: "0371-6570",
    news_links: "javascript:alert(1)",
    ..CLEAN
};

/// The rules that [`FAULTY`] breaks, in the order of findings.
pub const BROKEN: [&str; 7] =
    ["missing-field", "unknown-category", "wrong-theme", "reversed-dates", "unreadable-count", "malformed-phone", "unsafe-link"];

impl Activity<'_> {
    /// The same as the text of one JSON object.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts")
    }
}

impl Record for Activity<'_> {
    fn cell(&self, field: Field) -> Cell<'_> {
        Cell::Text(match field {
            Field::Id => self.id,
            Field::Title => self.title,
            Field::Organizer => self.organizer,
            Field::Region => self.region,
            Field::Category => self.category,
            Field::Theme => self.theme,
            Field::Start => self.start,
            Field::End => self.end,
            Field::Venue => self.venue,
            Field::Audience => self.audience,
            Field::Phone => self.phone,
            Field::Email => self.email,
            Field::PublishedOn => self.published_on,
            Field::Images => self.images,
            Field::NewsLinks => self.news_links,
            Field::Report => self.report,
            _ => return Cell::Empty,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::{by_garde, by_jsonschema, by_validator};
    use kepu_core::{Kind, Notice, RecordBuf};

    fn broken(activity: &Activity<'_>) -> Vec<String> {
        let checker = Notice::bundled("henan-2023").unwrap().checker();
        let report = checker.check(activity, as_of());
        let from_json = RecordBuf::from_json(Kind::ACTIVITY, &activity.to_json()).unwrap();
        let same = checker.check(&from_json, as_of()).findings().len();
        assert_eq!(report.findings().len(), same, "from JSON");
        report.findings().iter().map(|finding| finding.rule().id().to_owned()).collect()
    }

    #[test]
    fn kepu_finds_nothing_in_the_clean_record_and_seven_faults_in_the_other() {
        assert_eq!(broken(&CLEAN), [""; 0]);
        assert_eq!(broken(&FAULTY), BROKEN);
    }

    #[test]
    fn every_peer_sees_the_same_faults() {
        for (activity, faults) in [(CLEAN, 0), (FAULTY, BROKEN.len())] {
            assert_eq!(by_garde::faults(&activity), faults, "garde");
            assert_eq!(by_validator::faults(&activity), faults, "validator");
            // A schema knows no rule over two fields: it sees the day beside the window, not that the days are reversed.
            let value = serde_json::to_value(activity).unwrap();
            assert_eq!(by_jsonschema::Schema::new().faults(&value), faults, "jsonschema");
        }
    }
}
