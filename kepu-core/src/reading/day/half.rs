//! A half of a range, or the whole of a text that is none: a day with what stands around it.

use chrono::Weekday;

use super::clock::Clock;
use super::sign::{HalfDay, Number, Sign, Signs};

/// UTC+8, in minutes.
pub(crate) const CHINA: i32 = 8 * 60;

/// The sign between the numbers of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Between {
    Dot,
    Slash,
    Dash,
}

/// What one half says, before the other half and the notice complete it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Half {
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<u32>,
    pub(crate) day: Option<u32>,
    /// A number without a unit: the other half must say what it is of.
    pub(crate) bare: Option<u32>,
    pub(crate) between: Option<Between>,
    pub(crate) minute: Option<u16>,
    pub(crate) weekday: Option<Weekday>,
    /// Minutes to add to come to UTC+8.
    pub(crate) shift: i32,
    /// Whether a vague word stands in it.
    pub(crate) is_vague: bool,
    /// Whether something stands in it that is not understood.
    pub(crate) left_over: bool,
    is_compact: bool,
    half_day: Option<HalfDay>,
}

impl Half {
    /// Nothing but these numbers, with 年 月 日 between them.
    pub(crate) fn of(year: Option<i32>, month: u32, day: u32) -> Half {
        Half { year, month: Some(month), day: Some(day), ..Half::default() }
    }

    /// Whether it names a month or a year alone.
    pub(crate) fn is_month(&self) -> bool {
        self.day.is_none() && self.bare.is_none() && (self.month.is_some() || self.year.is_some())
    }

    /// Whether its numbers were written with their year, month and day.
    fn is_whole(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether a zone may stand behind its time: an ISO date-time.
    fn is_iso(&self) -> bool {
        self.is_whole() && (self.is_compact || self.between == Some(Between::Dash))
    }
}

/// Reads one half from `at` on; the place of the joiner behind it, or of the end.
pub(crate) fn read(signs: &Signs, at: usize, is_second: bool) -> (Half, usize) {
    let mut reader = Reader { signs, at, half: Half::default(), is_second };
    reader.read();
    (reader.half, reader.at)
}

struct Reader<'a> {
    signs: &'a Signs,
    at: usize,
    half: Half,
    is_second: bool,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Sign {
        self.signs.at(self.at + ahead)
    }

    fn number(&self, ahead: usize) -> Option<Number> {
        match self.peek(ahead) {
            Sign::Number(number) => Some(number),
            _ => None,
        }
    }

    fn read(&mut self) {
        let mut dated = false;
        loop {
            let understood = match self.peek(0) {
                Sign::End | Sign::Join { .. } => return,
                Sign::Skipped => self.pass(),
                // 日 is skipped where its number stands; a template's empty 日 is not.
                Sign::Day if !dated || self.half.day.is_some() => self.pass(),
                Sign::Weekday(day) => self.weekday(day),
                Sign::Open => self.bracket(),
                Sign::Vague => {
                    self.half.is_vague = true;
                    self.pass()
                }
                Sign::Number(first) if !dated => {
                    dated = self.date(first);
                    dated
                }
                Sign::Number(_) | Sign::HalfDay(_) => self.half.day.is_some() && self.times(),
                Sign::T => self.moment(),
                _ => false,
            };
            if !understood {
                self.half.left_over = true;
                self.at += 1;
            }
        }
    }

    fn pass(&mut self) -> bool {
        self.at += 1;
        true
    }

    fn weekday(&mut self, day: Weekday) -> bool {
        let agrees = self.half.weekday.is_none_or(|before| before == day);
        self.half.weekday = Some(day);
        self.at += 1;
        agrees
    }

    /// A bracket that holds a weekday, a part of a day or times, and nothing else.
    fn bracket(&mut self) -> bool {
        let before = (self.at, self.half);
        self.at += 1;
        let mut held = false;
        loop {
            let understood = match self.peek(0) {
                Sign::Close => {
                    self.at += 1;
                    if held {
                        return true;
                    }
                    false
                }
                Sign::Skipped => self.pass(),
                Sign::Weekday(day) => {
                    held = true;
                    self.weekday(day)
                }
                Sign::Number(_) | Sign::HalfDay(_) => {
                    held = true;
                    self.times()
                }
                _ => false,
            };
            if !understood {
                (self.at, self.half) = before;
                return false;
            }
        }
    }

    /// The numbers of a day or of a part of it; false where they are none.
    fn date(&mut self, first: Number) -> bool {
        match self.peek(1) {
            Sign::Year if first.digits == 4 => {
                self.half.year = year(first.value);
                self.at += 2;
                if let Some(month) = self.number(0).and_then(month) {
                    match self.peek(1) {
                        Sign::Month => self.month_and_day(month),
                        Sign::Join { .. } => self.bare(month),
                        _ => {}
                    }
                }
                self.half.year.is_some()
            }
            Sign::Month => month(first).is_some_and(|month| {
                self.month_and_day(month);
                true
            }),
            Sign::Day => day(first).is_some_and(|day| {
                self.half.day = Some(day);
                self.at += 2;
                true
            }),
            sign => between(sign).is_some_and(|between| self.numbers(first, between)) || self.alone(first),
        }
    }

    /// 9月, 9月份, 9月17 or 9月17日, its month known.
    fn month_and_day(&mut self, month: u32) {
        self.half.month = Some(month);
        self.at += 2;
        if self.peek(0) == Sign::Share {
            self.at += 1;
            return;
        }
        // 9月17:00 and 9月10月 name no day.
        let is_day = !matches!(self.peek(1), Sign::Colon | Sign::Hour | Sign::Month | Sign::Year);
        if let Some(day) = self.number(0).and_then(day).filter(|_| is_day) {
            self.half.day = Some(day);
            self.at += if self.peek(1) == Sign::Day { 2 } else { 1 };
        }
    }

    fn bare(&mut self, number: u32) {
        self.half.bare = Some(number);
        self.at += 1;
    }

    /// 2023-09-17, 2023.9, 9.17: numbers with the same sign between them.
    fn numbers(&mut self, first: Number, sign: Between) -> bool {
        let Some(second) = self.number(2).filter(|number| !number.chinese) else { return false };
        if first.ascii(4).is_some() {
            let (Some(year), Some(month)) = (year(first.value), month(second)) else { return false };
            (self.half.year, self.half.month) = (Some(year), Some(month));
            self.half.between = Some(sign);
            let third = self.number(4).filter(|number| !number.chinese && number.digits <= 2);
            if let Some(third) = third.filter(|_| between(self.peek(3)) == Some(sign)) {
                self.half.day = day(third);
                self.half.left_over |= self.half.day.is_none();
                self.at += 5;
                return true;
            }
            self.at += 3;
            return true;
        }
        // In a first half `9-17` may be two halves.
        if first.chinese || (sign == Between::Dash && !self.is_second) {
            return false;
        }
        let (Some(month), Some(day)) = (month(first), day(second)) else { return false };
        (self.half.month, self.half.day) = (Some(month), Some(day));
        self.half.between = Some(sign);
        self.at += 3;
        true
    }

    /// 20230917, a year, or a number whose unit the other half must say.
    fn alone(&mut self, number: Number) -> bool {
        if let Some(digits) = number.ascii(8) {
            self.half.year = year(digits / 10_000);
            self.half.month = Some(digits / 100 % 100);
            self.half.day = Some(digits % 100);
            self.half.is_compact = true;
            self.at += 1;
            return self.half.year.is_some();
        }
        if let Some(written) = number.ascii(4).filter(|written| (1900..2100).contains(written)) {
            self.half.year = year(written);
            self.at += 1;
            return true;
        }
        day(number).is_some_and(|number| {
            self.bare(number);
            true
        })
    }

    /// A time or several of one day, of which the first counts.
    fn times(&mut self) -> bool {
        let Some((first, behind)) = Clock::at(self.signs, self.at) else { return false };
        self.at = behind;
        if first.time.is_some() {
            match (self.half.minute, first.minute(self.half.half_day)) {
                (None, Some(minute)) => self.half.minute = Some(minute),
                (Some(_), _) if first.is_shown() => {}
                _ => return false,
            }
            if !self.zone(false) {
                return false;
            }
        }
        self.half.half_day = first.half_day.or(self.half.half_day);
        while let joiner @ (Sign::Join { .. } | Sign::And | Sign::Skipped) = self.peek(0) {
            let Some((next, behind)) = Clock::at(self.signs, self.at + 1) else { break };
            // `09:00:00-05:00` may be a zone or two times.
            let may_be_a_zone = first.seconds && !next.seconds && joiner == (Sign::Join { dash: true }) && self.half.is_iso();
            if !next.is_shown() || may_be_a_zone {
                return false;
            }
            self.at = behind;
        }
        true
    }

    /// The time of an ISO date-time, from its T on.
    fn moment(&mut self) -> bool {
        if !self.half.is_iso() || self.half.minute.is_some() {
            return false;
        }
        self.at += 1;
        let clock = match (self.number(0).map(|number| (number, number.digits)), self.peek(1)) {
            (Some((basic, 4)), _) => Some(((basic.value / 100, basic.value % 100), self.at + 1)),
            (Some((basic, 6)), _) => Some(((basic.value / 10_000, basic.value / 100 % 100), self.at + 1)),
            (Some(_), Sign::Colon) => {
                Clock::at(self.signs, self.at).and_then(|(clock, behind)| clock.time.map(|time| (time, behind)))
            }
            _ => None,
        };
        let Some((time, behind)) = clock.filter(|((_, minute), _)| *minute < 60) else { return false };
        self.half.minute = Clock { half_day: None, time: Some(time), seconds: true }.minute(None);
        self.at = behind;
        self.half.minute.is_some() && self.zone(true)
    }

    /// A zone behind the time of an ISO date-time, where there is one. West of Greenwich only behind a T: without one
    /// `9:00-11:30` are two times.
    fn zone(&mut self, behind_t: bool) -> bool {
        let east = match self.peek(0) {
            Sign::Z => {
                self.half.shift = CHINA;
                self.at += 1;
                return self.half.is_iso();
            }
            Sign::Plus => true,
            Sign::Join { dash: true } if behind_t && self.number(1).is_some() && !self.is_day_ahead() => false,
            _ => return true,
        };
        let Some(offset) = self.number(1) else { return false };
        let (minutes, length) = match (offset.ascii(2), offset.ascii(4), self.peek(2), self.number(3)) {
            (Some(hours), _, Sign::Colon, Some(minutes)) => {
                (minutes.ascii(2).filter(|minutes| *minutes < 60).map(|minutes| hours * 60 + minutes), 4)
            }
            (Some(hours), ..) => (Some(hours * 60), 2),
            (_, Some(basic), ..) => ((basic % 100 < 60).then_some(basic / 100 * 60 + basic % 100), 2),
            _ => (None, 0),
        };
        let Some(minutes) = minutes.and_then(|minutes| i32::try_from(minutes).ok()).filter(|minutes| *minutes <= 14 * 60) else {
            return false;
        };
        self.half.shift = if east { CHINA - minutes } else { CHINA + minutes };
        self.at += length;
        self.half.is_iso()
    }

    /// Whether a day of a second half stands behind the dash here, and no zone.
    fn is_day_ahead(&self) -> bool {
        self.number(1).is_some_and(|number| number.ascii(4).is_some() && between(self.peek(2)).is_some())
            || self.number(1).is_some_and(|number| number.digits == 8)
            || matches!(self.peek(2), Sign::Year | Sign::Month | Sign::Day)
    }
}

fn between(sign: Sign) -> Option<Between> {
    match sign {
        Sign::Dot => Some(Between::Dot),
        Sign::Slash => Some(Between::Slash),
        Sign::Join { dash: true } => Some(Between::Dash),
        _ => None,
    }
}

fn year(value: u32) -> Option<i32> {
    i32::try_from(value).ok().filter(|year| *year > 0)
}

fn month(number: Number) -> Option<u32> {
    number.small().filter(|month| (1..=12).contains(month))
}

fn day(number: Number) -> Option<u32> {
    number.small().filter(|day| (1..=31).contains(day))
}
