//! The one number in a folded text, in digits or in Chinese; integers only.

/// The number that a text holds, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) value: u64,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether 余 or 多 stands inside (十余万).
    pub(super) at_least: bool,
    /// Whether it is a unit without a digit (近百, 上万).
    pub(super) bare: bool,
}

/// The one number that a text holds; none where there are two, or where it is not clear what it says.
///
/// 一线, 三门峡 or 百姓 beside a number are words: Chinese signs are a number where they hold a digit and a unit, where they
/// count people, or where there is no other number.
pub(super) fn only(text: &str) -> Option<Found> {
    let mut found = None;
    let mut word = None;
    let mut words = 0;
    let mut place = 0;
    while let Some(rest) = text.get(place..).filter(|rest| !rest.is_empty()) {
        let Some(c) = rest.chars().next() else { break };
        if !c.is_ascii_digit() && digit(c).is_none() && unit(c).is_none() {
            place += c.len_utf8();
            continue;
        }
        let mut run = Run::read(rest);
        // 数百, 几十万, 成百上千: nobody knows how many.
        let before = text.get(..place).unwrap_or("").trim_end();
        if unit(c).is_some() && (before.ends_with(['数', '几', '幾', '成']) || before.ends_with("成百上")) {
            run.value = None;
        }
        let end = place + run.len;
        if run.is_number || counts_people(text.get(end..).unwrap_or("")) {
            // A second number, or one that nobody can read.
            if found.is_some() {
                return None;
            }
            found = Some(run.found(place)?);
        } else {
            words += 1;
            word = run.found(place);
        }
        place = end;
    }
    found.or(if words == 1 { word } else { None })
}

fn counts_people(behind: &str) -> bool {
    behind.trim_start().trim_start_matches(['余', '多', '+']).trim_start().starts_with(['人', '名'])
}

fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Numbers are kept in parts of 10⁻⁸, so that a fraction of 亿 is exact to one person. What does not fit (from 1844 亿 on) is
/// more people than there are, and nothing is read.
const ONE: u64 = 100_000_000;
const PLACES: usize = 8;

/// One run of digits and units from its first sign on.
struct Run {
    /// How many bytes it takes.
    len: usize,
    /// Whether it can be nothing but a number.
    is_number: bool,
    value: Option<u64>,
    at_least: bool,
    bare: bool,
}

impl Run {
    fn found(&self, start: usize) -> Option<Found> {
        let value = self.value?;
        let value = value.is_multiple_of(ONE).then_some(value / ONE)?;
        Some(Found { value, start, end: start + self.len, at_least: self.at_least, bare: self.bare })
    }

    fn read(text: &str) -> Run {
        let mut sum = Sum::default();
        let mut rest = text;
        let (mut digits, mut units, mut ascii) = (false, false, false);
        let mut is_clear = true;
        let mut at_least = false;
        loop {
            let (token, left) = match next(rest) {
                Some(found) => found,
                // 10余万, 1.6 万: a unit behind 余 or a space is still of this number.
                None => {
                    let behind = rest.trim_start();
                    let over = behind.strip_prefix(['余', '多']);
                    let behind = over.unwrap_or(behind);
                    let is_unit = behind.starts_with(['百', '千', '万', '亿']);
                    if rest.len() == text.len()
                        || !is_unit
                        || at_least
                        || (over.is_none() && !ascii)
                        || behind.len() == rest.len()
                    {
                        break;
                    }
                    at_least = over.is_some();
                    rest = behind;
                    continue;
                }
            };
            match token {
                Token::Number { .. } => {
                    // A number of digits directly behind a whole run of them is another one.
                    is_clear &= !at_least;
                    digits = true;
                    ascii = true;
                }
                Token::Digit(_) => {
                    is_clear &= !at_least;
                    digits = true;
                }
                Token::Unit(_) => units = true,
                Token::Unclear => {
                    is_clear = false;
                    ascii = true;
                }
            }
            is_clear &= sum.add(token).is_some();
            rest = left;
        }
        let bare = units && !digits && !text.starts_with('十');
        Run {
            len: text.len() - rest.len(),
            is_number: ascii || (digits && units),
            value: if is_clear { sum.total() } else { None },
            at_least,
            bare,
        }
    }
}

#[derive(Clone, Copy)]
enum Token {
    /// Digits with or without groups and a fraction, in parts of 10⁻⁸.
    Number {
        value: u64,
        is_whole: bool,
        places: u32,
    },
    /// One Chinese digit.
    Digit(u64),
    Unit(u64),
    /// Digits that are no number (`1,20`, `1.6.2`).
    Unclear,
}

fn next(text: &str) -> Option<(Token, &str)> {
    let c = text.chars().next()?;
    if c.is_ascii_digit() {
        return Some(number(text));
    }
    let rest = text.get(c.len_utf8()..)?;
    if let Some(unit) = unit(c) {
        return Some((Token::Unit(unit), rest));
    }
    // O is the Chinese zero only among Chinese digits, which the first sign of a run sees to.
    let digit = if c == 'O' { Some(0) } else { digit(c) };
    digit.map(|digit| (Token::Digit(digit), rest))
}

fn number(text: &str) -> (Token, &str) {
    let end = text.bytes().position(|b| !(b.is_ascii_digit() || matches!(b, b',' | b'.'))).unwrap_or(text.len());
    let (all, _) = text.split_at_checked(end).unwrap_or((text, ""));
    // A sentence's comma or full stop behind the number is none of its.
    let all = all.trim_end_matches([',', '.']);
    let rest = text.get(all.len()..).unwrap_or("");
    (plain(all).unwrap_or(Token::Unclear), rest)
}

fn plain(text: &str) -> Option<Token> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut is_grouped = false;
    for group in groups {
        is_grouped = true;
        if group.len() != 3 {
            return None;
        }
    }
    if whole.is_empty() || (is_grouped && !(1..=3).contains(&first.len())) || fraction.len() > PLACES {
        return None;
    }
    let (mut value, mut places) = (0_u64, 0);
    for byte in whole.bytes().filter(|b| *b != b',') {
        value = add_digit(value, byte)?;
        places += 1;
    }
    for byte in fraction.bytes().chain(std::iter::repeat_n(b'0', PLACES - fraction.len())) {
        value = add_digit(value, byte)?;
    }
    Some(Token::Number { value, is_whole: fraction.is_empty(), places })
}

fn add_digit(value: u64, byte: u8) -> Option<u64> {
    let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
    value.checked_mul(10)?.checked_add(digit.into())
}

/// The sum of a number's tokens so far.
#[derive(Default)]
struct Sum {
    /// What the big units 万 and 亿 have closed.
    closed: u64,
    /// What the small units 千 百 十 have closed since.
    section: u64,
    /// Digits that wait for their unit.
    waiting: Option<Waiting>,
    /// The last big unit, and the last small one since it.
    big: Option<u64>,
    small: Option<u64>,
    /// Whether 零 stands before the digits that wait.
    gap: bool,
    any: bool,
    any_unit: bool,
    fraction: bool,
    /// Whether it began with a unit that is not 十: 百 in 近百, 上百万, but nobody knows what 百八十 is.
    loose: bool,
}

#[derive(Clone, Copy)]
struct Waiting {
    value: u64,
    /// How many digits; Chinese ones stand in a row only in a number without units.
    places: u32,
    chinese: bool,
    has_zero: bool,
}

impl Sum {
    /// None where the token cannot stand here.
    fn add(&mut self, token: Token) -> Option<()> {
        match token {
            Token::Unclear => return None,
            Token::Number { .. } | Token::Digit(_) if self.loose => return None,
            Token::Number { value, is_whole, places } => {
                if self.waiting.is_some() || self.fraction {
                    return None;
                }
                self.fraction = !is_whole;
                self.waiting = Some(Waiting { value, places, chinese: false, has_zero: false });
            }
            Token::Digit(digit) => match &mut self.waiting {
                _ if self.fraction => return None,
                None if digit == 0 && self.any_unit && !self.gap => self.gap = true,
                None => self.waiting = Some(Waiting { value: digit * ONE, places: 1, chinese: true, has_zero: digit == 0 }),
                Some(waiting) => {
                    if !waiting.chinese || self.any_unit {
                        return None;
                    }
                    waiting.value = waiting.value.checked_mul(10)?.checked_add(digit * ONE)?;
                    waiting.places += 1;
                    waiting.has_zero |= digit == 0;
                }
            },
            Token::Unit(unit) => self.close(unit)?,
        }
        self.any = true;
        Some(())
    }

    fn close(&mut self, unit: u64) -> Option<()> {
        let waiting = self.waiting.take();
        // 二三百 are two or three hundred, 〇百 is nothing.
        if waiting.is_some_and(|waiting| waiting.chinese && (waiting.places > 1 || waiting.has_zero)) {
            return None;
        }
        if unit < 10_000 {
            let value = match waiting {
                Some(waiting) => waiting.value,
                // 十二, and 百, 千 as words of their own; 一百十 is no number.
                None if self.small.is_none() && !self.gap && (!self.any || self.big.is_some() && unit == 10) => {
                    self.loose = unit > 10;
                    ONE
                }
                None => return None,
            };
            if self.small.is_some_and(|small| small <= unit) {
                return None;
            }
            self.section = self.section.checked_add(value.checked_mul(unit)?)?;
            self.small = Some(unit);
        } else {
            let value = self.section.checked_add(waiting.map_or(0, |waiting| waiting.value))?;
            let value = match value {
                0 if !self.any => {
                    self.loose = true;
                    ONE
                }
                0 => return None,
                value => value,
            };
            if self.big.is_some_and(|big| big <= unit) {
                return None;
            }
            self.closed = self.closed.checked_add(value.checked_mul(unit)?)?;
            (self.section, self.small, self.big) = (0, None, Some(unit));
        }
        self.gap = false;
        self.any_unit = true;
        Some(())
    }

    fn total(&self) -> Option<u64> {
        let sum = self.closed.checked_add(self.section)?;
        let Some(waiting) = self.waiting else { return (self.any && !self.gap).then_some(sum) };
        let last = self.small.or(self.big);
        let rest = match last {
            // 二三人 are two or three; 二〇 and 一二〇 are written place by place.
            None if waiting.chinese && waiting.places == 2 && !waiting.has_zero => return None,
            None => waiting.value,
            // 一百五 is 150, 一百零五 is 105.
            Some(unit) if waiting.chinese && !self.gap && unit > 10 => waiting.value.checked_mul(unit / 10)?,
            Some(_) if waiting.chinese => waiting.value,
            // 1万2000; 1万5 may be two things.
            Some(unit) if waiting.value / unit < ONE && 10_u64.checked_pow(waiting.places)? == unit => waiting.value,
            Some(_) => return None,
        };
        sum.checked_add(rest)
    }
}
