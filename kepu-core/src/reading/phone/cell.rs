//! A cell of telephone numbers, with the names, labels, notes and separators among them.

use std::str::Chars;

use super::super::fold::fold_char;
use super::{Phone, after, peek, skip_spaces, token};

/// What gives numbers that are no telephones.
const OTHERS: [&str; 8] = ["qq", "微信", "传真", "傳真", "传 真", "傳 真", "fax", "wechat"];
/// What begins something new, and ends what QQ or 微信 began.
const LABELS: [&str; 12] = ["电话", "電話", "手机", "手機", "座机", "座機", "固话", "固話", "联系", "聯系", "聯繫", "办公"];

/// One cell, read from its start.
pub(super) struct Cell<'a> {
    rest: Chars<'a>,
    area: Option<(u16, u8)>,
}

/// What was read last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing, or a separator.
    Nothing,
    /// A number: behind it may stand a note, a separator, the name of the next.
    Number,
    /// A name or a label.
    Words,
}

impl<'a> Cell<'a> {
    pub(super) fn new(text: &'a str) -> Cell<'a> {
        Cell { rest: text.chars(), area: None }
    }

    pub(super) fn read(mut self, found: &mut dyn FnMut(Phone)) -> bool {
        let mut any = false;
        let mut last = Last::Nothing;
        while let Some(c) = peek(&self.rest) {
            if let Some(behind) = OTHERS.iter().find_map(|word| after(&self.rest, word)) {
                self.rest = behind;
                self.skip_other();
                last = Last::Nothing;
            } else if c.is_ascii_digit() || (c == '+' && last != Last::Number) {
                let Some(token) = token(&self.rest) else { return false };
                self.rest = token.behind;
                self.skip_extension();
                let mut phone = token.phone;
                if phone.area_digits > 0 {
                    self.area = Some((phone.area, phone.area_digits));
                } else if phone.is_landline()
                    && let Some((area, area_digits)) = self.area
                {
                    phone = Phone { area, area_digits, ..phone };
                }
                found(phone);
                any = true;
                last = Last::Number;
            } else if c == '(' && last == Last::Number && !is_number_in_brackets(&self.rest) {
                // A note behind the number, whatever it says.
                if !skip_brackets(&mut self.rest) {
                    return false;
                }
            } else {
                self.rest.next();
                last = match c {
                    // Between numbers a dash is neither a separator nor a word.
                    '-' | '+' if last == Last::Number => return false,
                    _ if is_separator(c) => {
                        if last == Last::Words {
                            last
                        } else {
                            Last::Nothing
                        }
                    }
                    '(' | ')' => last,
                    _ => Last::Words,
                };
            }
        }
        // Words behind the last number are left over.
        any && last != Last::Words
    }

    /// 转801, -801: taken, and left out of the reading.
    fn skip_extension(&mut self) {
        let mut rest = self.rest.clone();
        skip_spaces(&mut rest);
        if !matches!(rest.next().map(fold_char), Some('-' | '转' | '轉')) {
            return;
        }
        skip_spaces(&mut rest);
        let mut digits = 0;
        while peek(&rest).is_some_and(|c| c.is_ascii_digit()) {
            rest.next();
            digits += 1;
        }
        if (1..=6).contains(&digits) {
            self.rest = rest;
        }
    }

    /// What follows QQ, 微信 or 传真, up to the next separator or label.
    fn skip_other(&mut self) {
        while peek(&self.rest).is_some_and(|c| matches!(c, ' ' | ':' | '群' | '号' | '码') || c == '\t') {
            self.rest.next();
        }
        // A fax number may have spaces in it.
        if let Some(token) = token(&self.rest) {
            self.rest = token.behind;
            return self.skip_extension();
        }
        while let Some(c) = peek(&self.rest) {
            let is_label = OTHERS.iter().chain(&LABELS).any(|word| after(&self.rest, word).is_some());
            if is_separator(c) || is_label || c == '(' || c == ')' {
                return;
            }
            self.rest.next();
        }
    }
}

/// Whether brackets hold nothing but digits: an area code or a number, not a note.
fn is_number_in_brackets(rest: &Chars<'_>) -> bool {
    let mut inside = rest.clone().map(fold_char).skip(1);
    let end = inside.find(|c| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '+')));
    end == Some(')')
}

/// Skips what brackets hold; false where they never close.
fn skip_brackets(rest: &mut Chars<'_>) -> bool {
    let mut depth = 0_u32;
    for c in rest.by_ref() {
        match fold_char(c) {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return true;
        }
    }
    false
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '、' | ',' | ';') || c.is_whitespace()
}
