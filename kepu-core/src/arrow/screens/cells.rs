//! What can be said of one cell without the rest of its row.

use chrono::{Datelike, NaiveDate};

use super::How;
use super::files::are_files;
use crate::checker::Plan;
use crate::reading::text::{MOST_BYTES, MOST_ITEMS, is_formula, is_garbled, is_too_long};
use crate::reading::{self, Years, count, day, email, is_empty, is_empty_text, link, list, masks, phone, sweep};
use crate::record::{Cell, Field, FieldType};

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Empty,
    /// Something stands there, of which there is nothing to say.
    Given,
    Doubt,
}

/// What the first byte of a text tells: 1 where surely something stands that is neither empty nor a formula, 2 where the next
/// two bytes tell, 0 where the text has to be looked at: white space, dashes, what a formula begins with, and the words that
/// say nothing.
static BEGINS: [u8; 256] = {
    let mut begins = [1; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "a table made before the program runs")]
        match byte {
            0..=0x20 | 0x7F | 0xC2 | 0xE1 => begins[byte] = 0,
            // - / ~ n N = + @
            0x2D | 0x2F | 0x7E | 0x6E | 0x4E | 0x3D | 0x2B | 0x40 => begins[byte] = 0,
            0xE2 | 0xE3 | 0xE5 | 0xE6 | 0xEF => begins[byte] = 2,
            _ => {}
        }
        byte += 1;
    }
    begins
};

/// Whether a text is surely given and no formula.
#[inline]
pub(in super::super) fn is_plainly_given(text: &str) -> bool {
    let Some(first) = text.as_bytes().first() else { return false };
    match BEGINS.get(usize::from(*first)) {
        Some(1) => true,
        Some(2) => is_given_by_its_first_sign(text.as_bytes()),
        _ => false,
    }
}

/// The same of the first sign.
#[inline]
fn is_given_by_its_first_sign(text: &[u8]) -> bool {
    let [first, second, third, ..] = text else { return false };
    let sign = (u32::from(*first) << 16) | (u32::from(*second) << 8) | u32::from(*third);
    if matches!(first, 0xE5 | 0xE6) {
        // 无, 暂, 待: the words that say nothing begin so.
        return (sign != 0xE6_97A0) & (sign != 0xE6_9A82) & (sign != 0xE5_BE85);
    }
    // “ and ”, 《 and 【, （: of quotation marks and brackets no word that says nothing is made.
    (sign == 0xE2_809C) | (sign == 0xE2_809D) | (sign == 0xE3_808A) | (sign == 0xE3_8090) | (sign == 0xEF_BC88)
}

/// A text of which nothing is read, garbage aside.
pub(super) fn of_text(text: &str) -> State {
    if text.len() > MOST_BYTES {
        return State::Doubt;
    }
    if is_plainly_given(text) {
        return State::Given;
    }
    if is_empty_text(text) {
        State::Empty
    } else if is_formula(text) {
        State::Doubt
    } else {
        State::Given
    }
}

/// A number of people, garbage among the doubts as in all that follow.
pub(super) fn of_count(text: &str) -> State {
    if is_count(text) {
        return State::Given;
    }
    of_read(text, |text| count::read(Cell::Text(text)).is_some() && !is_garbled(text))
}

/// Telephones.
pub(super) fn of_phone(text: &str) -> State {
    if phone::is_common(text) {
        return State::Given;
    }
    of_read(text, |text| phone::is_sound(text) && (text.bytes().all(is_of_number) || !is_garbled(text)))
}

/// A mailbox; what is plain is visible, and begins as no formula does.
pub(super) fn of_email(text: &str) -> State {
    if masks::is_email(text.as_bytes()) {
        return State::Given;
    }
    of_read(text, |text| email::read(text).is_some() && !is_formula(text) && !is_garbled(text))
}

/// A link; of a plain one the same holds.
pub(super) fn of_link(text: &str) -> State {
    if masks::is_link(text.as_bytes()) {
        return State::Given;
    }
    of_read(text, |text| link::read(text) == link::Link::Good && !is_formula(text) && !is_garbled(text))
}

fn of_read(text: &str, is_well: impl Fn(&str) -> bool) -> State {
    if !is_plainly_given(text) && is_empty_text(text) {
        State::Empty
    } else if text.len() <= MOST_BYTES && is_well(text) {
        State::Given
    } else {
        State::Doubt
    }
}

fn is_count(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'-'
}

/// The links in one text, garbage among the doubts.
pub(super) fn of_links(field: Field, text: &str, plan: &Plan) -> State {
    if masks::is_link(text.as_bytes()) {
        return State::Given;
    }
    match of_items(field, text, plan) {
        State::Given if is_garbled(text) => State::Doubt,
        state => state,
    }
}

/// The items of a list in one text, garbage aside.
pub(super) fn of_items(field: Field, text: &str, plan: &Plan) -> State {
    if field.ty() == FieldType::Media && are_files(text) {
        return State::Given;
    }
    // So short a text has no more items than may be.
    if text.len() > 2 * MOST_ITEMS {
        return State::Doubt;
    }
    if parts(text).all(|item| is_plainly_given(item) && is_plain_item(field, item)) {
        return State::Given;
    }
    if is_empty_text(text) {
        return State::Empty;
    }
    let (mut items, mut is_well) = (0, true);
    list::items(field, Cell::Text(text), &|text| plan.is_name(field, text), &mut |_, item| {
        items += 1;
        is_well = is_well && is_item_well(field, &item);
    });
    // Signs between items are no item: whoever counts them is in doubt.
    if is_well && items > 0 { State::Given } else { State::Doubt }
}

/// A text cut at `；`, where no other sign before one begins as that does; such a sign ends an item too, for [`is_one_item`].
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let cut = memchr::memchr(0xEF, text.as_bytes()).and_then(|at| text.split_at_checked(at));
        let (item, behind) = cut.and_then(|(item, behind)| Some((item, behind.strip_prefix('；')?))).unzip();
        rest = behind;
        Some(item.unwrap_or(text))
    })
}

/// Whether a text, which is no formula, is surely one item and what its list holds: a link that opens, or a file's name.
fn is_plain_item(field: Field, text: &str) -> bool {
    match field.ty() {
        FieldType::Link => is_one_item(text, |_| false) && link::read(text) == link::Link::Good,
        // A link has a scheme, or begins as www. and mp. do.
        FieldType::Media if !text.starts_with(['w', 'W', 'm', 'M']) => is_one_item(text, |byte| byte == b':'),
        FieldType::Media => is_one_item(text, |_| false) && (!link::is_link(text) || link::read(text) == link::Link::Good),
        _ => is_one_item(text, |_| false),
    }
}

/// Whether a text holds no sign that ends an item, of whatever list, and no other that is odd.
fn is_one_item(text: &str, is_odd: impl Fn(u8) -> bool) -> bool {
    let ends = |byte: u8| {
        (byte <= b' ') | (byte == b';') | (byte == b'|') | (byte == 0xC2) | (byte.wrapping_sub(0xE1) < 3) | (byte == 0xEF)
    };
    !sweep::any(text.as_bytes(), |byte| ends(byte) | is_odd(byte))
}

fn is_item_well(field: Field, item: &str) -> bool {
    let is_link = match field.ty() {
        FieldType::Link => true,
        FieldType::Media => link::is_link(item),
        _ => false,
    };
    !is_formula(item) && (!is_link || link::read(item) == link::Link::Good)
}

/// A cell that is no text.
pub(super) fn of_cell(field: Field, how: How, cell: Cell<'_>) -> State {
    if is_empty(cell) {
        return State::Empty;
    }
    let is_well = match (how, cell) {
        (How::Items, Cell::List(list)) => {
            let is_item = |item: Cell<'_>| match item {
                Cell::Text(text) => {
                    is_empty_text(text) && !is_formula(text) && !is_garbled(text)
                        || is_item_well(field, text) && !is_garbled(text)
                }
                item => is_empty(item),
            };
            !is_too_long(cell) && list.iter().all(is_item)
        }
        // Rules about texts say nothing of other cells.
        (How::Text, Cell::Int(_) | Cell::Float(_) | Cell::Bool(_) | Cell::Day(_) | Cell::Moment(_)) => true,
        (How::Count, Cell::Int(_) | Cell::Float(_)) => count::read(cell).is_some(),
        (How::Phone, Cell::Int(_) | Cell::Float(_)) => phone::is_sound(&reading::text(cell)),
        _ => false,
    };
    if is_well { State::Given } else { State::Doubt }
}

/// The day of the form that most tables have.
pub(super) fn plain_day(text: &[u8]) -> Option<NaiveDate> {
    day::of_ten(text)
}

/// The first and the last day that a cell says, and whether it is a range; none where it is empty, an error in doubt.
pub(super) type Said = Result<Option<(NaiveDate, NaiveDate, bool)>, ()>;

/// The days that a cell says.
pub(super) fn of_day(cell: Cell<'_>, years: Years) -> Said {
    if let Cell::Text(text) = cell {
        if let Some(day) = plain_day(text.as_bytes()) {
            return Ok(Some((day, day, false)));
        }
        if text.len() > MOST_BYTES || is_garbled(text) || is_formula(text) {
            return Err(());
        }
    }
    if is_empty(cell) {
        return Ok(None);
    }
    if matches!(cell, Cell::List(_)) {
        return Err(());
    }
    let span = reading::days(cell, years).map_err(|_| ())?;
    let fits = |written: reading::Written| written.weekday.is_none_or(|weekday| weekday == written.day.weekday());
    if !fits(span.first) || !fits(span.last) {
        return Err(());
    }
    Ok(Some((span.first.day, span.last.day, span.is_range)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_plainly_given_is_given_and_no_formula(text in "\\PC{0,6}|[无暂待定/~NAna=+@ \u{3000}\u{a0}\u{2003}-]{0,6}") {
            if is_plainly_given(&text) {
                prop_assert!(!is_empty_text(&text) && !is_formula(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn no_sign_that_begins_a_text_of_doubt_is_plain() {
        for sign in (0..=0x10_FFFF_u32).filter_map(char::from_u32) {
            let text = sign.to_string();
            if is_empty_text(&text) || sign.is_whitespace() || is_formula(&format!("{sign}A")) {
                assert!(!is_plainly_given(&text), "{sign:?}");
            }
        }
    }
}
