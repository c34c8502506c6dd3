//! Rows of activities made from a seed: 85 in 100 clean in ISO forms, 10 clean in other written forms, 5 with one fault.

use crate::activity::{CATEGORIES, THEME};

/// The columns as a sheet heads them.
pub const HEADERS: [&str; 16] = [
    "活动编号",
    "活动名称",
    "举办单位",
    "所在地",
    "活动类别",
    "活动主题",
    "开始日期",
    "结束日期",
    "活动地点",
    "参与人次",
    "联系电话",
    "电子邮箱",
    "平台发布日期",
    "活动图片",
    "新闻报道链接",
    "活动总结",
];

/// The same as keys of JSON.
pub const KEYS: [&str; 16] = [
    "id",
    "title",
    "organizer",
    "region",
    "category",
    "theme",
    "start",
    "end",
    "venue",
    "audience",
    "phone",
    "email",
    "published_on",
    "images",
    "news_links",
    "report",
];

const ID: usize = 0;
const TITLE: usize = 1;
const ORGANIZER: usize = 2;
const REGION: usize = 3;
const CATEGORY: usize = 4;
const THEME_AT: usize = 5;
const START: usize = 6;
const END: usize = 7;
const VENUE: usize = 8;
const AUDIENCE: usize = 9;
const PHONE: usize = 10;
const EMAIL: usize = 11;
const PUBLISHED: usize = 12;
const IMAGES: usize = 13;
const NEWS: usize = 14;
const REPORT: usize = 15;

/// A table of so many rows.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub rows: u64,
    /// Whether every row has a fault.
    pub all_faulty: bool,
}

/// One row, and the truth about it.
#[derive(Debug, Clone)]
pub struct Row {
    pub cells: [String; 16],
    /// The rule that it breaks.
    pub broken: Option<&'static str>,
    /// `~days`: its days are not in ISO form; `~words`: nor are its number, telephone and category as a list has them.
    pub form: Option<&'static str>,
}

type Spoil = fn(&mut [String; 16], &mut Random);

/// What is done to a row that has a fault, and the rule it then breaks.
const FAULTS: &[(&str, Spoil)] = &[
    ("missing-field", |row, _| row[TITLE].clear()),
    ("missing-field", |row, _| row[ORGANIZER].clear()),
    ("missing-field", |row, _| row[CATEGORY].clear()),
    ("missing-field", |row, _| row[START].clear()),
    ("unknown-category", |row, random| row[CATEGORY] = random.pick(&["科技下乡活动", "卫生健康讲座", "校园开放日"]).into()),
    ("group-as-category", |row, _| row[CATEGORY] = "系列联合行动".into()),
    ("wrong-theme", |row, _| row[THEME_AT] = THEME.replace("素质", "素养")),
    ("unreadable-date", |row, random| row[START] = random.pick(&["2023-09-31", "9月中某日", "23/9"]).into()),
    ("unreadable-date", |row, _| row[END] = "2023-09-32".into()),
    ("unreadable-date", |row, _| row[PUBLISHED] = "2023-13-01".into()),
    ("imprecise-date", |row, _| row[START] = "9月中旬".into()),
    ("outside-window", |row, _| (row[START], row[END]) = ("2023-09-25".into(), "2023-09-26".into())),
    ("spans-window", |row, _| (row[START], row[END]) = ("2023-09-22".into(), "2023-09-25".into())),
    ("outside-period", |row, _| (row[START], row[END]) = ("2022-09-18".into(), "2022-09-18".into())),
    ("reversed-dates", |row, _| (row[START], row[END]) = ("2023-09-21".into(), "2023-09-19".into())),
    ("weekday-mismatch", |row, _| row[PUBLISHED] = "2023-09-01（周二）".into()),
    ("published-early", |row, _| row[PUBLISHED] = "2023-08-10".into()),
    ("future-day", |row, _| row[PUBLISHED] = "2023-10-20".into()),
    ("unreadable-count", |row, random| row[AUDIENCE] = random.pick(&["很多人", "若干", "500-800"]).into()),
    ("malformed-phone", |row, _| row[PHONE] = "0371-6570".into()),
    ("malformed-email", |row, _| row[EMAIL] = "kepu@".into()),
    ("malformed-link", |row, _| row[NEWS] = "www.example.cn/news".into()),
    ("unsafe-link", |row, _| row[NEWS] = "javascript:alert(1)".into()),
    ("missing-media", |row, _| row[IMAGES].clear()),
    ("missing-news-link", |row, _| row[NEWS].clear()),
    ("missing-report", |row, _| row[REPORT].clear()),
    ("garbled-text", |row, _| row[VENUE] = row[VENUE].replace('中', "\u{FFFD}")),
    ("formula-text", |row, _| row[TITLE].insert(0, '=')),
    ("unknown-region", |row, _| row[REGION] = "全国各地".into()),
    (DUPLICATE_ID, |_, _| {}),
    (DUPLICATE_ACTIVITY, |_, _| {}),
];

const DUPLICATE_ID: &str = "duplicate-id";
const DUPLICATE_ACTIVITY: &str = "duplicate-activity";

const REGIONS: [&str; 18] = [
    "郑州市",
    "开封市",
    "洛阳市",
    "平顶山市",
    "安阳市",
    "鹤壁市",
    "新乡市",
    "焦作市",
    "濮阳市",
    "许昌市",
    "漯河市",
    "三门峡市",
    "南阳市",
    "商丘市",
    "信阳市",
    "周口市",
    "驻马店市",
    "济源示范区",
];
const UNITS: [&str; 24] = [
    "科学技术协会",
    "科技馆",
    "教育局",
    "科学技术局",
    "生态环境局",
    "农业农村局",
    "卫生健康委员会",
    "应急管理局",
    "气象局",
    "林业局",
    "水利局",
    "自然资源局",
    "总工会",
    "妇女联合会",
    "图书馆",
    "博物馆",
    "第一中学",
    "实验小学",
    "中心医院",
    "消防救援支队",
    "农业技术推广站",
    "植物园",
    "青少年宫",
    "老年大学",
];
const TOPICS: [&str; 32] = [
    "走近湿地",
    "航天知识",
    "人工智能",
    "量子科技",
    "食品安全",
    "防灾避险",
    "急救技能",
    "垃圾分类",
    "碳达峰碳中和",
    "生物多样性",
    "中医药文化",
    "心理健康",
    "防溺水",
    "消防安全",
    "交通安全",
    "网络安全",
    "智能手机使用",
    "科学家精神",
    "农业新技术",
    "病虫害防治",
    "气象知识",
    "地震科普",
    "天文观测",
    "机器人编程",
    "化学实验",
    "近视防控",
    "合理用药",
    "慢病管理",
    "节约用水",
    "知识产权",
    "元宇宙",
    "黄河文化",
];
const FORMS: [&str; 12] = [
    "科普讲座",
    "主题展览",
    "科普进校园",
    "科普大篷车巡展",
    "开放日",
    "知识竞赛",
    "现场咨询",
    "研学活动",
    "技能培训",
    "互动体验",
    "专家报告会",
    "科普电影放映",
];
const PLACES: [&str; 10] = [
    "文化广场",
    "科技馆报告厅",
    "市民活动中心",
    "新时代文明实践中心",
    "人民公园",
    "党群服务中心",
    "中心小学操场",
    "图书馆报告厅",
    "社区服务中心",
    "体育中心",
];
const SENTENCES: [&str; 8] = [
    "活动现场气氛热烈",
    "志愿者现场讲解答疑",
    "发放科普读物和宣传折页",
    "参与群众纷纷表示收获很大",
    "专家结合身边事例作了报告",
    "设置互动体验区和咨询台",
    "进一步提升了公众科学素质",
    "营造了讲科学爱科学的氛围",
];

/// Weyl's sequence, mixed (splitmix64): a number for every seed, the same on every machine.
#[derive(Debug, Clone)]
struct Random(u64);

impl Random {
    fn of(row: u64) -> Random {
        Random(row.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ 20_230_917)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = usize::try_from(self.below(from.len() as u64)).expect("a place in a list");
        from[at]
    }
}

/// What a row is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Clean,
    Days,
    Words,
    Fault(usize),
}

impl Table {
    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.rows).map(|at| self.row(at))
    }

    fn sort(&self, random: &mut Random, at: u64) -> Sort {
        let fault = Sort::Fault(usize::try_from(random.below(FAULTS.len() as u64)).expect("a place in a list"));
        match random.below(1_000) {
            // What is there twice needs something before it.
            _ if at < 16 => Sort::Clean,
            _ if self.all_faulty && !at.is_multiple_of(16) => fault,
            0..850 => Sort::Clean,
            850..930 => Sort::Days,
            930..950 => Sort::Words,
            _ => fault,
        }
    }

    fn row(&self, at: u64) -> Row {
        let mut random = Random::of(at);
        let sort = self.sort(&mut random, at);
        let mut row = Row { cells: clean(at, &mut random), broken: None, form: None };
        match sort {
            Sort::Clean => {}
            Sort::Days => row.form = Some("~days"),
            Sort::Words => {
                row.form = Some("~words");
                row.cells[AUDIENCE] = format!("约{}人次", row.cells[AUDIENCE]);
                row.cells[PHONE] = row.cells[PHONE].replace('-', "—");
                row.cells[CATEGORY] = format!("{}、{}", 1 + at % 9, row.cells[CATEGORY]);
            }
            Sort::Fault(fault) => {
                let (rule, spoil) = FAULTS[fault];
                row.broken = Some(rule);
                spoil(&mut row.cells, &mut random);
                let again: &[usize] = match rule {
                    DUPLICATE_ID => &[ID],
                    DUPLICATE_ACTIVITY => &[TITLE, ORGANIZER, START, END, VENUE],
                    _ => &[],
                };
                let before = self.clean_before(at);
                again.iter().for_each(|column| row.cells[*column].clone_from(&before[*column]));
            }
        }
        if row.form.is_some() {
            let form = random.below(4);
            [START, END, PUBLISHED].into_iter().for_each(|column| row.cells[column] = written(&row.cells[column], form));
        }
        row
    }

    /// The cells of a clean row not far before.
    fn clean_before(&self, at: u64) -> [String; 16] {
        let is_clean = |at: &u64| self.sort(&mut Random::of(*at), *at) == Sort::Clean;
        let before = (0..at).rev().step_by(7).find(is_clean).unwrap_or(0);
        self.row(before).cells
    }
}

/// An ISO day as people write it.
fn written(iso: &str, form: u64) -> String {
    let number = |range: std::ops::Range<usize>| iso[range].parse::<u32>().expect("a number");
    let (month, day) = (number(5..7), number(8..10));
    match form {
        0 => format!("2023/{month}/{day}"),
        1 => format!("2023.{month}.{day}"),
        2 => format!("2023年{month}月{day}日"),
        _ => format!("{month}月{day}日"),
    }
}

fn clean(at: u64, random: &mut Random) -> [String; 16] {
    let region = random.pick(&REGIONS);
    let unit = random.pick(&UNITS);
    let topic = random.pick(&TOPICS);
    let start = 17 + random.below(6);
    let end = start + random.below(24 - start).min(random.below(3));
    let people = 20 + random.below(60) * 10;
    let phone = match random.below(2) {
        0 => format!("1{}{:09}", random.pick(&[3, 5, 7, 8, 9]), random.below(1_000_000_000)),
        _ => format!("03{}-{}", random.pick(&["71", "72", "73", "79", "95"]), 60_000_000 + random.below(9_000_000)),
    };
    let images = (1..=1 + random.below(2)).map(|image| format!("{topic}{at}_{image}.jpg")).collect::<Vec<_>>().join("；");
    let sentences = [(); 2].map(|()| random.pick(&SENTENCES)).join("，");
    [
        format!("HN2023-{at:08}"),
        format!("“{topic}”{}（第{}场）", random.pick(&FORMS), at + 1),
        format!("{region}{unit}"),
        region.into(),
        random.pick(CATEGORIES).into(),
        THEME.into(),
        format!("2023-09-{start}"),
        format!("2023-09-{end}"),
        format!("{region}{}{}中区", random.pick(&["东湖", "新城", "老城", "滨河", "开发"]), random.pick(&PLACES)),
        people.to_string(),
        phone,
        format!("kepu{:05}@example.cn", random.below(40_000)),
        format!("2023-09-{:02}", 1 + random.below(15)),
        images,
        format!("https://www.example.cn/kepu/2023/09{end}/{at:08}.html"),
        format!("本次{topic}活动在{region}举行，{people}余人参加，{sentences}，取得了良好的社会效果。"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::as_of;
    use kepu_core::{CellBuf, Kind, Notice, RecordBuf};

    /// The generator's truth is kepu's verdict, row by row.
    #[test]
    fn the_truth_is_what_is_found() {
        let checker = Notice::bundled("henan-2023").unwrap().checker();
        for all_faulty in [false, true] {
            let table = Table { rows: 4_000, all_faulty };
            let (mut found, mut truth) = (Vec::new(), Vec::new());
            for (at, row) in table.rows().enumerate() {
                truth.extend(row.broken.map(|rule| (at, rule)));
                let pairs = KEYS.iter().zip(&row.cells).map(|(key, cell)| (*key, CellBuf::from(cell.as_str())));
                let record = RecordBuf::from_pairs(Kind::ACTIVITY, pairs);
                let report = checker.check(&record, as_of());
                found.extend(report.findings().iter().map(|finding| (at, finding.rule().id())));
            }
            let of_a_row = |said: &(usize, &str)| !said.1.starts_with("duplicate");
            let expected: Vec<_> = truth.iter().copied().filter(of_a_row).collect();
            assert_eq!(found, expected);
        }
    }
}
