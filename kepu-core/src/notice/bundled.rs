//! The notices that come with the software: a line each. The tape (and the JSON, for people) is made from the TOML beside it and
//! held current by a test; `tests/run renew` renews it.

/// Name and tape of each.
pub(super) const BUNDLED: &[(&str, &str)] = &[("henan-2023", include_str!("../../notices/generated/henan-2023.tape"))];
