//! Why a file cannot be read, before it is said in words.

/// What stops a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It breaks off or contradicts itself.
    Broken,
    /// It unpacks to more than the limit.
    OverUnpacked,
    /// A sheet's used extent is over the limit, or no spreadsheet has such a place.
    OverCells,
    /// It is under a password.
    Encrypted,
    /// The caller wants no more of it.
    Cancelled,
}
