//! The theme of an activity held against the notice's (`reading.md`, Theme).

use super::fold::fold_char;
use super::name::Key;

/// What a text is as a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThemeRead<'a> {
    /// One of the themes, by its place in the list, with the words behind it as sub-theme.
    Theme(usize, Option<&'a str>),
    /// Within one edit for every eight characters of this theme.
    Near(usize),
    /// Something else.
    Other,
}

/// A text held against the themes.
pub(crate) fn read<'a>(text: &'a str, themes: &[String]) -> ThemeRead<'a> {
    let is = |text: &str| {
        let key = key(text);
        themes.iter().position(|theme| self::key(theme).as_str() == key.as_str())
    };
    if let Some(theme) = is(text) {
        return ThemeRead::Theme(theme, None);
    }
    for (at, sign) in text.char_indices() {
        if !matches!(fold_char(sign), '-' | '(') {
            continue;
        }
        let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
        let words = words_behind(behind);
        if !words.is_empty()
            && let Some(theme) = is(before)
        {
            return ThemeRead::Theme(theme, Some(words));
        }
    }
    let key = key(text);
    let near = themes.iter().position(|theme| {
        let theme = self::key(theme);
        strsim::levenshtein(theme.as_str(), key.as_str()) <= theme.as_str().chars().count() / 8
    });
    near.map_or(ThemeRead::Other, ThemeRead::Near)
}

/// The words behind a dash, or inside a bracket.
fn words_behind(text: &str) -> &str {
    let in_bracket = text.starts_with(|sign| fold_char(sign) == '(');
    let words = text.trim_start_matches(|sign: char| sign.is_whitespace() || matches!(fold_char(sign), '-' | '(')).trim_end();
    if in_bracket { words.trim_end_matches(|sign| fold_char(sign) == ')').trim_end() } else { words }
}

/// A theme as it is compared: without separators, quote marks, 《》, a leading 主题： and a final 。.
fn key(text: &str) -> Key {
    let kept = |sign: &char| !sign.is_whitespace() && !matches!(sign, ',' | '，' | '、' | '•' | '·' | '"' | '《' | '》');
    let signs = Key::of(text.chars().map(fold_char).filter(kept));
    let rest = signs.as_str();
    let named = rest.strip_prefix("活动主题:").or(rest.strip_prefix("主题:")).unwrap_or(rest);
    let named = named.strip_suffix('。').unwrap_or(named);
    if named.len() == rest.len() { signs } else { Key::of(named.chars()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> ThemeRead<'_> {
        read(text, &["提升全民科学素质，助力科技自立自强".to_owned()])
    }

    #[test]
    fn separators_and_quote_marks_do_not_count() {
        for text in [
            "提升全民科学素质，助力科技自立自强",
            "提升全民科学素质 助力科技自立自强",
            "《提升全民科学素质、助力科技自立自强》。",
            "活动主题：“提升全民科学素质•助力科技自立自强”",
        ] {
            assert_eq!(of(text), ThemeRead::Theme(0, None), "{text}");
        }
    }

    #[test]
    fn words_behind_the_theme_are_a_sub_theme() {
        assert_eq!(of("提升全民科学素质，助力科技自立自强——走进湿地"), ThemeRead::Theme(0, Some("走进湿地")));
        assert_eq!(of("提升全民科学素质，助力科技自立自强（走进湿地）"), ThemeRead::Theme(0, Some("走进湿地")));
    }

    #[test]
    fn one_edit_for_every_eight_characters_is_near() {
        assert_eq!(of("提升全民科学素养，助力科技自立自强"), ThemeRead::Near(0));
        assert_eq!(of("提升全民科学素养，助力科技自力自强"), ThemeRead::Near(0));
        assert_eq!(of("提高全民科学素养，助力科技自力自强"), ThemeRead::Other);
        assert_eq!(of("走进湿地"), ThemeRead::Other);
    }
}
