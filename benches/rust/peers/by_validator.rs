//! validator: attributes, and own functions for what they do not know.

use std::sync::LazyLock;

use regex::Regex;
use validator::{Validate, ValidationError, ValidationErrors};

use super::said;
use crate::activity::Activity;

static PHONE: LazyLock<Regex> = LazyLock::new(|| Regex::new(said::PHONE).expect("a pattern"));

/// The activity with its rules.
#[derive(Validate)]
#[validate(schema(function = "days", skip_on_field_errors = false))]
pub struct Checked<'a> {
    #[validate(length(min = 1))]
    title: &'a str,
    #[validate(length(min = 1))]
    organizer: &'a str,
    #[validate(length(min = 1), custom(function = "category"))]
    category: &'a str,
    #[validate(custom(function = "theme"))]
    theme: &'a str,
    #[validate(length(min = 1), custom(function = "day"))]
    start: &'a str,
    #[validate(custom(function = "day"))]
    end: &'a str,
    #[validate(custom(function = "count"))]
    audience: &'a str,
    #[validate(regex(path = *PHONE))]
    phone: &'a str,
    #[validate(email)]
    email: &'a str,
    #[validate(custom(function = "published"))]
    published_on: &'a str,
    #[validate(length(min = 1))]
    images: &'a str,
    #[validate(custom(function = "link"))]
    news_links: &'a str,
}

type Verdict = Result<(), ValidationError>;

fn holds(is: bool, rule: &'static str) -> Verdict {
    if is { Ok(()) } else { Err(ValidationError::new(rule)) }
}

fn category(text: &str) -> Verdict {
    holds(said::is_category(text), "unknown-category")
}

fn theme(text: &str) -> Verdict {
    holds(said::is_theme(text), "wrong-theme")
}

fn day(text: &str) -> Verdict {
    holds(said::is_day_or_empty(text), "unreadable-date")
}

fn count(text: &str) -> Verdict {
    holds(said::is_count(text), "unreadable-count")
}

fn link(text: &str) -> Verdict {
    holds(said::is_safe(text), "unsafe-link")
}

fn published(text: &str) -> Verdict {
    day(text)?;
    holds(said::is_open(text), "published-early")
}

fn days(checked: &Checked<'_>) -> Verdict {
    holds(said::is_in_order(checked.start, checked.end), "reversed-dates")?;
    holds(said::is_in_window(checked.start, checked.end), "outside-window")
}

impl<'a> From<&Activity<'a>> for Checked<'a> {
    fn from(of: &Activity<'a>) -> Checked<'a> {
        Checked {
            title: of.title,
            organizer: of.organizer,
            category: of.category,
            theme: of.theme,
            start: of.start,
            end: of.end,
            audience: of.audience,
            phone: of.phone,
            email: of.email,
            published_on: of.published_on,
            images: of.images,
            news_links: of.news_links,
        }
    }
}

/// How many faults validator finds.
pub fn faults(activity: &Activity<'_>) -> usize {
    let count = |errors: ValidationErrors| errors.field_errors().values().map(|faults| faults.len()).sum();
    Checked::from(activity).validate().map_or_else(count, |()| 0)
}
