//! A set on its way from one machine to another: its stamp and key, then numbers in little-endian order.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher24};

use super::groups::{Group, Groups};
use super::prints::{Print, Prints};
use super::{RowKey, SetCheck};
use crate::as_of::AsOf;
use crate::checker::Checker;
use crate::error::{Error, What};
use crate::notice::Notice;
use crate::record::Kind;
use crate::stamp::Stamp;
use crate::wire::OnWire;

/// What the bytes begin with; the last one is the version of this form.
const MARK: &[u8] = b"kepu-set\x01";
/// A unit that is none.
const NO_UNIT: u32 = u32::MAX;

impl SetCheck {
    /// All that the set holds, to be read by [`SetCheck::from_bytes`] on another machine: 24 bytes for each id and for each
    /// activity that could be there twice, and a little for units and groups.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out(Vec::with_capacity(self.ids.weight() + self.activities.weight() + 1024));
        out.raw(MARK);
        out.text(&Stamp::new(&self.checker, self.as_of).json());
        out.raw(&digest(self.checker.notice()));
        out.text(&self.as_of.to_string());
        out.text(self.kind.id());
        out.raw(&self.key);
        out.prints(&self.ids);
        out.prints(&self.activities);
        out.length(self.named.len());
        self.named.iter().for_each(|unit| out.raw(&unit.to_le_bytes()));
        out.length(self.groups.len());
        self.groups.iter().for_each(|groups| out.groups(groups));
        out.0
    }

    /// A set as [`SetCheck::to_bytes`] wrote it, under the same notice and options.
    ///
    /// # Errors
    /// If it was made by another version, notice or options, or if the bytes are cut short or no set at all
    /// ([`Error::is_set`]).
    pub fn from_bytes(checker: &Checker, bytes: &[u8]) -> Result<SetCheck, Error> {
        let mut rest = In(bytes);
        if rest.raw(MARK.len()) != Some(MARK) {
            return Err(no_set());
        }
        let head = (rest.text(), rest.array(), rest.text());
        let (Some(stamp), Some(notice), Some(as_of)) = head else { return Err(no_set()) };
        let as_of: AsOf = as_of.parse().map_err(|_| no_set())?;
        if stamp != Stamp::new(checker, as_of).json() || notice != digest(checker.notice()) {
            return Err(of_another());
        }
        rest.set(checker, as_of).filter(|_| rest.0.is_empty()).ok_or_else(no_set)
    }
}

/// What a notice says, in 16 bytes: units and groups are numbers that mean nothing under another.
fn digest(notice: &Notice) -> [u8; 16] {
    let mut hasher = SipHasher24::new();
    hasher.write(notice.to_json().as_bytes());
    hasher.finish128().as_bytes()
}

struct Out(Vec<u8>);

impl Out {
    fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn length(&mut self, length: usize) {
        self.raw(&u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.raw(text.as_bytes());
    }

    fn prints(&mut self, prints: &Prints) {
        self.length(prints.tables.len());
        for ((file, sheet), prints) in &prints.tables {
            self.raw(&file.to_le_bytes());
            self.raw(&sheet.to_le_bytes());
            self.length(prints.len());
            for Print { bits: [one, two], row } in prints {
                [one, two, row].into_iter().for_each(|number| self.raw(&number.to_le_bytes()));
            }
        }
    }

    fn groups(&mut self, Groups { groups }: &Groups) {
        self.length(groups.len());
        for (values, Group { count, first, shown, unit }) in groups {
            self.raw(&count.to_le_bytes());
            self.raw(&first.file.to_le_bytes());
            self.raw(&first.sheet.to_le_bytes());
            self.raw(&first.row.to_le_bytes());
            self.raw(&unit.unwrap_or(NO_UNIT).to_le_bytes());
            self.text(shown);
            self.length(values.len());
            values.iter().for_each(|value| self.text(value));
        }
    }
}

/// What is still to be read; none where it is cut short.
struct In<'b>(&'b [u8]);

impl<'b> In<'b> {
    fn raw(&mut self, length: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.raw(N)?.try_into().ok()
    }

    fn number(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn small(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    /// How many things follow, each of at least one byte: no number asks for more memory than was sent.
    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|length| *length <= self.0.len())
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        std::str::from_utf8(self.raw(length)?).ok()
    }

    fn set(&mut self, checker: &Checker, as_of: AsOf) -> Option<SetCheck> {
        let kind = Kind::submission(self.text()?);
        let mut set = SetCheck::keyed(checker, kind, as_of, self.array()?);
        set.ids = self.prints()?;
        set.activities = self.prints()?;
        for _ in 0..self.length()? {
            set.named.insert(self.small()?);
        }
        if self.length()? != set.groups.len() {
            return None;
        }
        for groups in &mut set.groups {
            self.groups(groups)?;
        }
        Some(set)
    }

    fn prints(&mut self) -> Option<Prints> {
        let mut prints = Prints::default();
        for _ in 0..self.length()? {
            let table = prints.tables.entry((self.small()?, self.small()?)).or_default();
            for _ in 0..self.length()? {
                table.push(Print { bits: [self.number()?, self.number()?], row: self.number()? });
            }
        }
        Some(prints)
    }

    fn groups(&mut self, groups: &mut Groups) -> Option<()> {
        for _ in 0..self.length()? {
            let count = self.number()?;
            let first = RowKey { file: self.small()?, sheet: self.small()?, row: self.number()? };
            let unit = Some(self.small()?).filter(|unit| *unit != NO_UNIT);
            let shown = self.text()?.to_owned();
            let mut values = Vec::new();
            for _ in 0..self.length()? {
                values.push(self.text()?.to_owned());
            }
            groups.take(values, Group { count, first, shown, unit });
        }
        Some(())
    }
}

fn no_set() -> Error {
    Error::other(
        What::Set,
        "这些字节不是完整的集合；请原样传送 to_bytes 的结果",
        "these bytes are no whole set; send what `to_bytes` gave as it is",
    )
}

fn of_another() -> Error {
    Error::other(
        What::Set,
        "这个集合是按另一个版本、通知或选项建立的；各处请用同一版本、同一通知和同样的选项",
        "this set was made by another version, notice or options; use one version, one notice and the same options everywhere",
    )
}
