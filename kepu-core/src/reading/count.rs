//! Numbers of people, with how exactly they are known.

use super::decimal;
use super::fold::fold;
use crate::record::Cell;

mod numeral;
mod words;

use words::Told;

/// How exactly a number is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// 300人.
    Exact,
    /// 约300人.
    About,
    /// 300余人.
    AtLeast,
    /// 近300人.
    AtMost,
}

impl Precision {
    /// Every precision, the most exact first.
    pub const ALL: [Precision; 4] = [Precision::Exact, Precision::About, Precision::AtLeast, Precision::AtMost];

    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Precision::Exact => "exact",
            Precision::About => "about",
            Precision::AtLeast => "at-least",
            Precision::AtMost => "at-most",
        }
    }
}

/// A number of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Count {
    /// The number that was written.
    pub value: u64,
    /// How exactly it is known.
    pub precision: Precision,
}

/// The number of people that a cell says.
pub(crate) fn read(cell: Cell<'_>) -> Option<Count> {
    let exact = |value| Count { value, precision: Precision::Exact };
    match cell {
        Cell::Int(number) => u64::try_from(number).ok().map(exact),
        Cell::Float(number) if number >= 0.0 => decimal::whole(number).map(exact),
        Cell::Text(text) => read_text(text),
        Cell::List(_) => read_text(&super::text(cell)),
        _ => None,
    }
}

fn read_text(text: &str) -> Option<Count> {
    let trimmed = text.trim();
    if (1..=19).contains(&trimmed.len()) && trimmed.bytes().all(|b| b.is_ascii_digit()) {
        let value = trimmed.bytes().fold(0, |value: u64, digit| value * 10 + u64::from(digit - b'0'));
        return Some(Count { value, precision: Precision::Exact });
    }
    let folded = fold(trimmed);
    let text = folded.trim_end_matches('。');
    let found = numeral::only(text)?;
    let mut told = Told { least: found.at_least, ..Told::default() };
    let before = told.before(text.get(..found.start)?, found.bare)?;
    let is_people = told.behind(text.get(found.end..)?)?;
    // Other words may stand only where 人, 人次 or 名 follows the number.
    if !is_people && !before.trim().is_empty() {
        return None;
    }
    // 百人 alone is a manner of speaking; 近百人 is a number.
    if found.bare && !(told.about || told.least || told.most) {
        return None;
    }
    let precision = match told {
        Told { least: true, most: true, .. } => return None,
        Told { about: true, .. } => Precision::About,
        Told { least: true, .. } => Precision::AtLeast,
        Told { most: true, .. } => Precision::AtMost,
        Told { .. } => Precision::Exact,
    };
    Some(Count { value: found.value, precision })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Option<(u64, &'static str)> {
        read(Cell::Text(text)).map(|count| (count.value, count.precision.id()))
    }

    #[test]
    fn exact_numbers_in_every_form() {
        for (text, value) in [
            ("300", 300),
            ("1,200", 1_200),
            ("1，200人", 1_200),
            ("300.0", 300),
            ("1.6万人次", 16_000),
            ("0.3亿", 30_000_000),
            ("三百人", 300),
            ("一千二百", 1_200),
            ("两万", 20_000),
            ("4312.57万", 43_125_700),
            ("５００人", 500),
            ("２．５萬人", 25_000),
            ("一百零五名", 105),
            ("一百五人", 150),
            ("十二人", 12),
            ("二十", 20),
            ("二〇〇人", 200),
            ("三OO人", 300),
            ("1亿2000万人次", 120_000_000),
            ("1万2千人", 12_000),
            ("3千人", 3_000),
            ("1.2千万", 12_000_000),
            ("300 人", 300),
            ("1.6 万 人次", 16_000),
            ("300人/次", 300),
            ("0", 0),
            ("300人。", 300),
            ("五", 5),
            ("共300名学生", 300),
            ("三门峡市第一中学师生260人", 260),
            ("预约300人", 300),
            ("老百姓700人", 700),
            ("1500000", 1_500_000),
        ] {
            assert_eq!(said(text), Some((value, "exact")), "{text}");
        }
    }

    #[test]
    fn words_say_how_exactly() {
        for (text, value, precision) in [
            ("约300", 300, "about"),
            ("大约 300人", 300, "about"),
            ("近似300人", 300, "about"),
            ("300人左右", 300, "about"),
            ("300左右", 300, "about"),
            ("三百人上下", 300, "about"),
            ("约300余人", 300, "about"),
            ("約有三百餘人", 300, "about"),
            ("300余", 300, "at-least"),
            ("700多名学生", 700, "at-least"),
            ("逾万人", 10_000, "at-least"),
            ("300+", 300, "at-least"),
            ("超過2.5億人次", 250_000_000, "at-least"),
            ("不少于300", 300, "at-least"),
            ("受益人數不低於3萬人次", 30_000, "at-least"),
            ("至少有300人", 300, "at-least"),
            ("300人以上", 300, "at-least"),
            ("上百人", 100, "at-least"),
            ("上千", 1_000, "at-least"),
            ("参与群众上万人", 10_000, "at-least"),
            ("上百万人", 1_000_000, "at-least"),
            ("百余人", 100, "at-least"),
            ("10余万人", 100_000, "at-least"),
            ("十多万人次", 100_000, "at-least"),
            ("达2万余人", 20_000, "at-least"),
            ("近400人", 400, "at-most"),
            ("现场有近400人", 400, "at-most"),
            ("线下约300人参加", 300, "about"),
            ("全程有超过300人", 300, "at-least"),
            ("参与人数近百人", 100, "at-most"),
            ("近百人", 100, "at-most"),
            ("将近 300", 300, "at-most"),
            ("接近400人", 400, "at-most"),
            ("不到300", 300, "at-most"),
            ("300人不到", 300, "at-most"),
            ("不超过300人", 300, "at-most"),
            ("每场限80名", 80, "at-most"),
            ("控制在200人以内", 200, "at-most"),
            ("300以下", 300, "at-most"),
            ("少于300人", 300, "at-most"),
            ("不多于300人", 300, "at-most"),
            ("附近400人", 400, "exact"),
        ] {
            assert_eq!(said(text), Some((value, precision)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_of_people_is_not_read() {
        for text in [
            "",
            "近7000余",
            "近百余人",
            "不超过300余人",
            "-5",
            "－300人",
            "负300人",
            "1.5人",
            "1.23456万",
            "1-4人",
            "300~500人",
            "三五百人",
            "两三人",
            "300份",
            "40余场",
            "500次点击",
            "浏览量：3187",
            "有600位读者",
            "60个家庭",
            "100个名额",
            "100名额",
            "社区居民",
            "上万场活动",
            "共300",
            "人数300",
            "300人参加3场",
            "学生三百人，教师五十人",
            "9月17日300人",
            "300%",
            "1 200",
            "12,34",
            "1,20人",
            "第300名",
            "百人",
            "数百人",
            "数百余人",
            "近数百人",
            "数十人",
            "几十万人",
            "成百上千人",
            "百八十人",
            "万五千人",
            "有限300人",
            "下限300人",
            "几百人",
            "十几人",
            "线上万人",
            "300人份",
            "300人/场",
            "不限300人",
            "没有超过300人",
            "99999999999999999999999",
            "1.6.2万",
            ".5万",
            "万人次",
            "1w人",
            "人",
            "1万5人",
            "万亿人",
            "1万20000人",
            "1.6万5千人",
            "A300人",
            "300人民币",
            "百十人",
            "三百三百人",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn cells_of_numbers_are_exact_where_they_are_whole_and_not_negative() {
        let value = |cell| read(cell).map(|count| count.value);
        assert_eq!(value(Cell::Int(300)), Some(300));
        assert_eq!(value(Cell::Float(1_200.0)), Some(1_200));
        assert_eq!(
            (value(Cell::Int(-1)), value(Cell::Float(-1.0)), value(Cell::Float(0.5)), value(Cell::Float(f64::INFINITY))),
            (None, None, None, None)
        );
        assert_eq!(value(Cell::Bool(true)), None);
    }

    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    /// A number below 10,000 as Chinese writes it.
    fn chinese(value: u64) -> String {
        let mut out = String::new();
        let mut gap = false;
        for (unit, sign) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
            match usize::try_from(value / unit % 10).unwrap_or_default() {
                0 => gap |= !out.is_empty(),
                digit => {
                    if std::mem::take(&mut gap) {
                        out.push('零');
                    }
                    out.push_str(DIGITS.get(digit).copied().unwrap_or_default());
                    out.push_str(sign);
                }
            }
        }
        out
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,30}", forms in "[0-9一二两三十百千万亿零〇O余多近约超上人次名 ,.，.+-]{0,16}") {
            read(Cell::Text(&text));
            read(Cell::Text(&forms));
        }

        #[test]
        fn folding_changes_nothing(text in "[0-9０-９一二两三十百千万亿零余多近约超過上人次名 　，,.．萬]{0,12}") {
            prop_assert_eq!(said(&text), said(&fold(&text)));
        }

        #[test]
        fn a_count_reads_back_in_every_form(value in 1_u64..10_000, big in 0_u64..2) {
            let words = if big == 0 { chinese(value) } else { chinese(value) + "万" };
            let number = if big == 0 { value } else { value * 10_000 };
            prop_assert_eq!(said(&(words.clone() + "人")), Some((number, "exact")), "{}", words);
            prop_assert_eq!(said(&format!("近{words}")), Some((number, "at-most")));
            prop_assert_eq!(said(&format!("参加群众{number}余人次")), Some((number, "at-least")));
            prop_assert_eq!(said(&format!("约{number}.00")), Some((number, "about")));
        }
    }
}
