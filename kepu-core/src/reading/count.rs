//! Numbers of people, with how exactly they are known.

use crate::record::Cell;

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
pub(crate) fn read(_cell: Cell<'_>) -> Option<Count> {
    None
}
