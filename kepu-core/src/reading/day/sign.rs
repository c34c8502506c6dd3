//! The signs that a text about days is made of: one pass over its folded characters, without a copy of them.

use std::str::Chars;

use chrono::Weekday;

use crate::reading::fold::{fold_char, is_chinese_digit};

/// More signs than the longest range with weekdays and times has; a run of other words is one sign.
const CAPACITY: usize = 64;

/// A number of either kind of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Of the first nine digits.
    pub(crate) value: u32,
    /// How many were written.
    pub(crate) digits: u8,
    pub(crate) chinese: bool,
}

impl Number {
    /// Its value, if it has the one or two digits of a month, a day or an hour.
    pub(crate) fn small(self) -> Option<u32> {
        (self.digits <= 2).then_some(self.value)
    }

    /// Its value, if it is of this many ASCII digits.
    pub(crate) fn ascii(self, digits: u8) -> Option<u32> {
        (!self.chinese && self.digits == digits).then_some(self.value)
    }
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HalfDay {
    /// 凌晨.
    Night,
    /// 上午 早上 早晨.
    Morning,
    /// 中午.
    Noon,
    /// 下午.
    Afternoon,
    /// 傍晚.
    Dusk,
    /// 晚 晚上.
    Evening,
    /// 全天.
    Whole,
}

/// One sign or word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Number(Number),
    /// 年 月 份 日 or 号.
    Year,
    Month,
    Share,
    Day,
    Dot,
    Slash,
    Colon,
    /// One or more of dashes, 至 and 到; `dash` where it is a single dash, which may stand inside a day.
    Join {
        dash: bool,
    },
    Open,
    Close,
    HalfDay(HalfDay),
    /// 时 点, 分, 秒, 半.
    Hour,
    Minute,
    Second,
    HalfHour,
    Weekday(Weekday),
    /// A word that may stand around a day.
    Skipped,
    /// 、 or 和, which may stand between times.
    And,
    T,
    Z,
    Plus,
    /// A vague word.
    Vague,
    /// Anything else.
    Other,
    /// The text is at its end.
    End,
}

/// The signs of one text.
pub(crate) struct Signs {
    signs: [Sign; CAPACITY],
    len: usize,
    /// Whether a vague word is among them, also beyond the room for signs.
    pub(crate) is_vague: bool,
    /// Whether there were too many.
    pub(crate) is_cut: bool,
}

impl Signs {
    pub(crate) fn of(text: &str) -> Signs {
        let mut signs = Signs { signs: [Sign::End; CAPACITY], len: 0, is_vague: false, is_cut: false };
        let mut rest = Rest { chars: text.chars() };
        loop {
            let spaced = rest.skip_space();
            let Some(c) = rest.take() else { return signs };
            let sign = rest.sign(c);
            // Two kinds of digits in one number are damage; two numbers with a space between are two numbers.
            if !spaced && matches!(sign, Sign::Number(_)) && matches!(signs.last(), Sign::Number(_)) {
                signs.push(Sign::Other);
            }
            signs.push(sign);
        }
    }

    /// The sign at a place; [`Sign::End`] behind the last.
    pub(crate) fn at(&self, index: usize) -> Sign {
        if index < self.len { self.signs.get(index).copied().unwrap_or(Sign::End) } else { Sign::End }
    }

    fn last(&self) -> Sign {
        self.len.checked_sub(1).map_or(Sign::End, |last| self.at(last))
    }

    fn push(&mut self, sign: Sign) {
        self.is_vague |= sign == Sign::Vague;
        match (self.last(), sign) {
            (Sign::Other, Sign::Other) => {}
            (Sign::Join { .. }, Sign::Join { .. }) => self.replace_last(Sign::Join { dash: false }),
            _ => match self.signs.get_mut(self.len) {
                Some(room) => {
                    *room = sign;
                    self.len += 1;
                }
                None => self.is_cut = true,
            },
        }
    }

    fn replace_last(&mut self, sign: Sign) {
        if let Some(last) = self.len.checked_sub(1).and_then(|last| self.signs.get_mut(last)) {
            *last = sign;
        }
    }
}

/// What has not been looked at, folded on its way out.
#[derive(Clone)]
struct Rest<'a> {
    chars: Chars<'a>,
}

impl Rest<'_> {
    fn take(&mut self) -> Option<char> {
        self.chars.next().map(fold_char)
    }

    fn peek(&self) -> Option<char> {
        self.chars.clone().next().map(fold_char)
    }

    fn skip_space(&mut self) -> bool {
        let mut found = false;
        while self.chars.clone().next().is_some_and(char::is_whitespace) {
            self.chars.next();
            found = true;
        }
        found
    }

    /// Takes the next sign if it is this one, white space before it aside.
    fn eat(&mut self, wanted: char) -> bool {
        let mut ahead = self.clone();
        ahead.skip_space();
        let found = ahead.take() == Some(wanted);
        if found {
            *self = ahead;
        }
        found
    }

    fn either(&mut self, wanted: char, then: Sign, otherwise: Sign) -> Sign {
        if self.eat(wanted) { then } else { otherwise }
    }

    fn sign(&mut self, c: char) -> Sign {
        use HalfDay::*;
        match c {
            '0'..='9' => self.ascii_number(c),
            '十' => self.chinese_number(c),
            _ if is_chinese_digit(c) => self.chinese_number(c),
            '年' => Sign::Year,
            '月' => Sign::Month,
            '份' => Sign::Share,
            '日' | '号' => Sign::Day,
            '.' => Sign::Dot,
            '/' => Sign::Slash,
            ':' => Sign::Colon,
            '-' => Sign::Join { dash: true },
            '至' | '到' => Sign::Join { dash: false },
            '(' => Sign::Open,
            ')' => Sign::Close,
            ',' | '。' | '从' | '于' | '拟' | '止' => Sign::Skipped,
            '定' => self.either('于', Sign::Skipped, Sign::Other),
            '开' => self.either('始', Sign::Skipped, Sign::Other),
            '结' => self.either('束', Sign::Skipped, Sign::Other),
            '期' => self.either('间', Sign::Skipped, Sign::Other),
            '自' => self.either('行', Sign::Vague, Sign::Skipped),
            '、' | '和' => Sign::And,
            '上' => self.either('午', Sign::HalfDay(Morning), Sign::Other),
            '下' => self.either('午', Sign::HalfDay(Afternoon), Sign::Other),
            '中' => self.either('午', Sign::HalfDay(Noon), Sign::Other),
            '早' if self.eat('上') || self.eat('晨') => Sign::HalfDay(Morning),
            '傍' => self.either('晚', Sign::HalfDay(Dusk), Sign::Other),
            '晚' => {
                self.eat('上');
                Sign::HalfDay(Evening)
            }
            '凌' => self.either('晨', Sign::HalfDay(Night), Sign::Other),
            '全' if self.eat('天') => Sign::HalfDay(Whole),
            '全' => self.either('年', Sign::Vague, Sign::Other),
            '点' | '时' => {
                if c == '时' || !self.eat('钟') {
                    self.eat('整');
                }
                Sign::Hour
            }
            '分' => Sign::Minute,
            '秒' => Sign::Second,
            '半' => Sign::HalfHour,
            '周' if self.eat('末') => Sign::Vague,
            '周' => self.weekday(),
            '星' if self.eat('期') => self.weekday(),
            '礼' if self.eat('拜') => self.weekday(),
            '旬' | '初' | '底' | '每' | '起' => Sign::Vague,
            '近' | '长' => self.either('期', Sign::Vague, Sign::Other),
            '前' => self.either('后', Sign::Vague, Sign::Other),
            '左' => self.either('右', Sign::Vague, Sign::Other),
            '另' => self.either('行', Sign::Vague, Sign::Other),
            '以' => self.either('来', Sign::Vague, Sign::Other),
            '多' => self.either('次', Sign::Vague, Sign::Other),
            '常' => self.either('年', Sign::Vague, Sign::Other),
            'T' | 't' => Sign::T,
            'Z' | 'z' => Sign::Z,
            '+' => Sign::Plus,
            _ => Sign::Other,
        }
    }

    fn weekday(&mut self) -> Sign {
        const DAYS: [(char, Weekday); 8] = [
            ('一', Weekday::Mon),
            ('二', Weekday::Tue),
            ('三', Weekday::Wed),
            ('四', Weekday::Thu),
            ('五', Weekday::Fri),
            ('六', Weekday::Sat),
            ('日', Weekday::Sun),
            ('天', Weekday::Sun),
        ];
        for (name, day) in DAYS {
            if self.eat(name) {
                return Sign::Weekday(day);
            }
        }
        Sign::Other
    }

    fn ascii_number(&mut self, first: char) -> Sign {
        let mut number = Number { value: first.to_digit(10).unwrap_or(0), digits: 1, chinese: false };
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.chars.next();
            if number.digits < 9 {
                number.value = number.value * 10 + digit;
            }
            number.digits = number.digits.saturating_add(1);
        }
        Sign::Number(number)
    }

    /// 十七, 二十, 三十一 or digits in their places: the four of a year, one, or two with a zero. 二三 may be two or three.
    fn chinese_number(&mut self, first: char) -> Sign {
        let mut written = ['x'; 4];
        let mut len = 0_usize;
        let mut next = Some(first);
        while let Some(c) = next {
            if let Some(room) = written.get_mut(len) {
                *room = c;
            }
            len += 1;
            let before = c;
            next = self.peek().and_then(|c| match c {
                'O' if is_chinese_digit(before) => Some('〇'),
                '十' => Some(c),
                c => is_chinese_digit(c).then_some(c),
            });
            if next.is_some() {
                self.chars.next();
            }
        }
        let digit = |c: char| match c {
            '〇' | '零' => Some(0),
            '一' => Some(1),
            '二' => Some(2),
            '三' => Some(3),
            '四' => Some(4),
            '五' => Some(5),
            '六' => Some(6),
            '七' => Some(7),
            '八' => Some(8),
            '九' => Some(9),
            _ => None,
        };
        let [a, b, c, d] = written.map(digit);
        let (value, digits) = match (len, a, b, c, d) {
            (1, Some(a), ..) => (Some(a), 1),
            (1, None, ..) => (Some(10), 2),
            (2, Some(a), Some(b), ..) => ((a == 0 || b == 0).then_some(a * 10 + b), 2),
            (2, None, Some(b), ..) if b > 0 => (Some(10 + b), 2),
            (2, Some(a), None, ..) if a > 0 => (Some(a * 10), 2),
            (3, Some(a), None, Some(c), _) if a > 0 && c > 0 => (Some(a * 10 + c), 2),
            (4, Some(a), Some(b), Some(c), Some(d)) => (Some(a * 1000 + b * 100 + c * 10 + d), 4),
            _ => (None, 0),
        };
        value.map_or(Sign::Other, |value| Sign::Number(Number { value, digits, chinese: true }))
    }
}
