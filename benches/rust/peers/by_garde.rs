//! garde: attributes, and own functions for what they do not know.

use std::sync::LazyLock;

use garde::Validate;
use regex::Regex;

use super::said;
use crate::activity::Activity;

static PHONE: LazyLock<Regex> = LazyLock::new(|| Regex::new(said::PHONE).expect("a pattern"));

/// The activity with its rules.
#[derive(Validate)]
pub struct Checked<'a> {
    #[garde(length(min = 1))]
    title: &'a str,
    #[garde(length(min = 1))]
    organizer: &'a str,
    #[garde(length(min = 1), custom(holds(said::is_category, "unknown-category")))]
    category: &'a str,
    #[garde(custom(holds(said::is_theme, "wrong-theme")))]
    theme: &'a str,
    #[garde(length(min = 1), custom(holds(said::is_day, "unreadable-date")), custom(window(&self.end)))]
    start: &'a str,
    #[garde(custom(holds(said::is_day_or_empty, "unreadable-date")), custom(in_order(&self.start)))]
    end: &'a str,
    #[garde(custom(holds(said::is_count, "unreadable-count")))]
    audience: &'a str,
    #[garde(pattern(PHONE))]
    phone: &'a str,
    #[garde(email)]
    email: &'a str,
    #[garde(custom(holds(said::is_day_or_empty, "unreadable-date")), custom(open))]
    published_on: &'a str,
    #[garde(length(min = 1))]
    images: &'a str,
    #[garde(custom(holds(said::is_safe, "unsafe-link")))]
    news_links: &'a str,
}

fn holds(is: fn(&str) -> bool, rule: &'static str) -> impl FnOnce(&str, &()) -> garde::Result {
    move |text, ()| if is(text) { Ok(()) } else { Err(garde::Error::new(rule)) }
}

fn window<'e>(end: &'e &'e str) -> impl FnOnce(&str, &()) -> garde::Result + 'e {
    move |start, ()| if said::is_in_window(start, end) { Ok(()) } else { Err(garde::Error::new("outside-window")) }
}

fn in_order<'s>(start: &'s &'s str) -> impl FnOnce(&str, &()) -> garde::Result + 's {
    move |end, ()| if said::is_in_order(start, end) { Ok(()) } else { Err(garde::Error::new("reversed-dates")) }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands the context by reference")]
fn open(day: &str, _: &()) -> garde::Result {
    if said::is_open(day) { Ok(()) } else { Err(garde::Error::new("published-early")) }
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

/// How many faults garde finds.
pub fn faults(activity: &Activity<'_>) -> usize {
    Checked::from(activity).validate().map_or_else(|report| report.iter().count(), |()| 0)
}
