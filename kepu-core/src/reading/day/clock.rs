//! Times of a day: 9:00, 下午14:30, 晚5点半, 9时30分.

use super::sign::{HalfDay, Sign, Signs};

/// The last minute of a day: 24:00 and 晚12点 (reading.md, Days and times).
pub(crate) const LAST_MINUTE: u16 = 23 * 60 + 59;

/// A time or a part of a day, as written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub(crate) half_day: Option<HalfDay>,
    /// Hour and minute; none where only a part of the day is written.
    pub(crate) time: Option<(u32, u32)>,
    /// Whether seconds are written.
    pub(crate) seconds: bool,
}

impl Clock {
    /// The time that begins at a place, and the place behind it.
    pub(crate) fn at(signs: &Signs, mut at: usize) -> Option<(Clock, usize)> {
        let mut clock = Clock { half_day: None, time: None, seconds: false };
        if let Sign::HalfDay(half_day) = signs.at(at) {
            clock.half_day = Some(half_day);
            at += 1;
        }
        match clock.numbers(signs, at) {
            Some(behind) => Some((clock, behind)),
            None => clock.half_day.map(|_| (clock, at)),
        }
    }

    fn numbers(&mut self, signs: &Signs, at: usize) -> Option<usize> {
        let Sign::Number(hour) = signs.at(at) else { return None };
        let hour = hour.small()?;
        let (minute, behind) = match signs.at(at + 1) {
            Sign::Colon => {
                let minute = sixtieth(signs, at + 2)?;
                let mut behind = at + 3;
                if signs.at(behind) == Sign::Colon {
                    sixtieth(signs, behind + 1)?;
                    self.seconds = true;
                    behind += 2;
                    if let (Sign::Dot, Sign::Number(_)) = (signs.at(behind), signs.at(behind + 1)) {
                        behind += 2;
                    }
                }
                (minute, behind)
            }
            Sign::Hour => spoken_minute(signs, at + 2),
            // 9-11时: the first lacks what the second has.
            Sign::Join { .. } if matches!((signs.at(at + 2), signs.at(at + 3)), (Sign::Number(_), Sign::Hour)) => (0, at + 1),
            _ => return None,
        };
        self.time = Some((hour, minute));
        Some(behind)
    }

    /// The minute of its day; `inherited` is the part of the day that stands before it. None where no clock shows it, or
    /// where two people could read it differently: 上午14:30, 晚1点, 晚0点.
    pub(crate) fn minute(self, inherited: Option<HalfDay>) -> Option<u16> {
        let (hour, minute) = self.time?;
        if hour == 24 {
            return (minute == 0).then_some(LAST_MINUTE);
        }
        let hour = match (self.half_day.or(inherited), hour) {
            (None | Some(HalfDay::Whole), 0..24) => hour,
            (Some(HalfDay::Night), 12) => 0,
            (Some(HalfDay::Night | HalfDay::Morning), 0..=12) => hour,
            (Some(HalfDay::Noon), 10..=15) | (Some(HalfDay::Afternoon), 12..24) | (Some(HalfDay::Dusk), 13..24) => hour,
            (Some(HalfDay::Noon), 1..=3) | (Some(HalfDay::Afternoon | HalfDay::Dusk), 1..=11) => hour + 12,
            (Some(HalfDay::Evening), 5..=11) => hour + 12,
            (Some(HalfDay::Evening), 17..24) => hour,
            (Some(HalfDay::Evening), 12) if minute == 0 => return Some(LAST_MINUTE),
            _ => return None,
        };
        u16::try_from(hour * 60 + minute).ok()
    }

    /// Whether any clock shows it; asked of the times behind the first.
    pub(crate) fn is_shown(self) -> bool {
        self.time.is_none_or(|(hour, minute)| hour < 24 || (hour == 24 && minute == 0))
    }
}

/// Minutes or seconds behind a colon.
fn sixtieth(signs: &Signs, at: usize) -> Option<u32> {
    match signs.at(at) {
        Sign::Number(number) => number.ascii(2).filter(|value| *value < 60),
        _ => None,
    }
}

/// The minute behind 时 or 点, 0 where there is none, and the place behind it.
fn spoken_minute(signs: &Signs, at: usize) -> (u32, usize) {
    match (signs.at(at), signs.at(at + 1)) {
        (Sign::HalfHour, _) => (30, at + 1),
        // This number is of something else.
        (Sign::Number(_), Sign::Year | Sign::Month | Sign::Day | Sign::Dot | Sign::Slash | Sign::Colon | Sign::Hour) => (0, at),
        (Sign::Number(number), unit) => match number.small().filter(|minute| *minute < 60) {
            Some(minute) if unit == Sign::Minute => match (signs.at(at + 2), signs.at(at + 3)) {
                (Sign::Number(_), Sign::Second) => (minute, at + 4),
                _ => (minute, at + 2),
            },
            Some(minute) => (minute, at + 1),
            None => (0, at),
        },
        _ => (0, at),
    }
}
