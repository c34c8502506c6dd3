//! A look at one cell that may only say: surely nothing to say of it by itself. What it does not pass is in doubt, and is
//! asked in full, so that there is one verdict.

use crate::checker::Plan;
use crate::checker::readings::{Named, read_name};
use crate::notice::names::NodeIx;
use crate::reading::text::{self, is_suspect};
use crate::reading::theme::{self, ThemeRead};
use crate::reading::{Reading, email, is_empty_text, link, list, phone, sweep};
use crate::record::{Cell, Field, FieldType};

/// Whether a text that was read surely breaks no rule about single cells. Names and themes are [`Verbatim`]'s, and whether
/// a day or a number was read its reader knows.
pub(crate) fn passes(field: Field, text: &str, has_words: bool) -> bool {
    // Days, numbers and telephones are short and ASCII, which two numbers tell.
    let is_clean = || sweep::is_short_ascii(text.as_bytes()) || !is_suspect(text.as_bytes());
    let begins_plainly = || has_words || begins_plainly(text);
    let is_plain = || begins_plainly() && !is_suspect(text.as_bytes());
    match field.ty() {
        FieldType::Text => !field.is_list() && is_plain(),
        FieldType::Day | FieldType::Moment | FieldType::Period => begins_plainly() && is_clean(),
        FieldType::Count => is_clean(),
        FieldType::Phone => phone::is_sound(text) && is_clean(),
        FieldType::Email => email::is_plain(text) || (is_plain() && email::read(text).is_some()),
        FieldType::Link => are_links(field, text) || (is_one_word(text) && link::read(text) == link::Link::Good),
        FieldType::Media => are_files(text) && !is_suspect(text.as_bytes()),
        FieldType::Name | FieldType::Theme => false,
    }
}

/// Neither with white space nor as a formula; so does what begins with words.
fn begins_plainly(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    !first.is_whitespace() && !matches!(first, '=' | '+' | '-' | '@')
}

/// Visible ASCII that no list of links is split at.
fn is_one_word(text: &str) -> bool {
    !sweep::any(text.as_bytes(), |byte| !(0x21..0x7F).contains(&byte) || byte == b';' || byte == b'|')
}

/// A plain link, or a list of such.
fn are_links(field: Field, text: &str) -> bool {
    let mut are_plain = link::is_plain(text);
    if !are_plain && field.is_list() {
        are_plain = true;
        list::items(field, Cell::Text(text), &|_| false, &mut |_, item| are_plain &= link::is_plain(&item));
    }
    are_plain
}

/// Names of files however the text is split: no link, whose marks are `:` and the dot of `www.` and `mp.`, and no formula.
fn are_files(text: &str) -> bool {
    let is_sign = |byte: u8| byte < b' ' || byte == b':' || byte == b'=' || byte == b'+' || byte == b'@';
    let odd = |a: u8, b: u8| {
        let dash = (b == b'-') & !a.is_ascii_alphanumeric();
        is_sign(b) | dash | ((b == b'.') & ((a | 0x20 == b'w') | (a | 0x20 == b'p')))
    };
    let first = text.bytes().next().unwrap_or(b'-');
    first != b'-' && !is_sign(first) && !sweep::any_pair(text.as_bytes(), odd)
}

/// The names and themes of the notice of which there is nothing to say as they are written there, found by their ends.
#[derive(Debug, Default)]
pub(crate) struct Verbatim {
    /// By their marks: a text stands at the place of its mark, or at the first behind it that was free.
    places: Vec<Option<Known>>,
}

#[derive(Debug)]
struct Known {
    mark: u64,
    text: Box<str>,
    /// The node of a name, the place of a theme.
    at: NodeIx,
}

impl Verbatim {
    pub(crate) fn of(plan: &Plan) -> Verbatim {
        let names = Field::ALL.iter().filter_map(|field| plan.names(*field)).flat_map(|list| list.entries());
        let texts = plan.themes.len() + names.map(|entry| entry.names.len()).sum::<usize>();
        // Three of four stay free, so that hardly any stands behind its place.
        let places = (texts * 4).next_power_of_two();
        let mut known = Verbatim { places: std::iter::repeat_with(|| None).take(places).collect() };
        for field in Field::ALL.iter().copied() {
            let Some(list) = plan.names(field) else { continue };
            for name in list.entries().iter().flat_map(|entry| &entry.names) {
                if let Reading::Read(Named { node, by_alias: false }) = read_name(field, Cell::Text(name), list)
                    && (field != Field::Category || list.is_leaf(node))
                    && is_one_item(field, name, plan)
                {
                    known.add(field, name, node);
                }
            }
        }
        for theme in &plan.themes {
            if let ThemeRead::Theme(at, None) = theme::read(&theme.text, &plan.themes) {
                known.add(Field::Theme, &theme.text, NodeIx::try_from(at).unwrap_or(NodeIx::MAX));
            }
        }
        known
    }

    fn add(&mut self, field: Field, text: &str, at: NodeIx) {
        let is_plain = begins_plainly(text) && !is_suspect(text.as_bytes());
        let says_nothing = text.len() > text::MOST_BYTES || is_empty_text(text) || !is_plain;
        if let Some(mark) = mark(field, text).filter(|_| !says_nothing) {
            let free = self.row(mark).find(|place| matches!(self.places.get(*place), Some(None)));
            if let Some(place) = free.and_then(|place| self.places.get_mut(place)) {
                *place = Some(Known { mark, text: text.into(), at });
            }
        }
    }

    /// What a text is in its field, if it is there as it is written.
    pub(crate) fn find(&self, field: Field, text: &str) -> Option<NodeIx> {
        let mark = mark(field, text)?;
        let row = self.row(mark).map_while(|place| self.places.get(place)?.as_ref());
        row.filter(|known| known.mark == mark).find(|known| *known.text == *text).map(|known| known.at)
    }

    /// The places in which a mark may stand, in order.
    fn row(&self, mark: u64) -> impl Iterator<Item = usize> + use<> {
        let (first, last) =
            (usize::try_from(mark.wrapping_mul(SPREAD) >> 40).unwrap_or_default(), self.places.len().saturating_sub(1));
        (first..first + self.places.len()).map(move |place| place & last)
    }
}

/// The golden ratio as a number: what is multiplied by it is spread over the upper bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number of a field and both ends of a text; none of a text shorter than that.
fn mark(field: Field, text: &str) -> Option<u64> {
    let (first, last) = (text.as_bytes().first_chunk()?, text.as_bytes().last_chunk()?);
    let field = u64::try_from(field.index()).unwrap_or(u64::MAX);
    Some(u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(20) ^ field.rotate_right(8))
}

/// Whether a text is the only item of its field, whole.
fn is_one_item(field: Field, name: &str, plan: &Plan) -> bool {
    let (mut items, mut whole) = (0, true);
    if field.is_list() {
        list::items(field, Cell::Text(name), &|text| plan.is_name(field, text), &mut |_, item| {
            items += 1;
            whole &= item == name;
        });
    }
    whole && items <= 1
}
