//! What a rule is.

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// The notice asks (请), or a value contradicts it.
    Warning,
    /// The data cannot be used, or a stated obligation is broken.
    #[default]
    Error,
}
