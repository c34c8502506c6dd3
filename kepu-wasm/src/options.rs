//! A caller's options, as the wrapper writes them: a line each, a name and a value with a tab between.

use kepu_core::{Options, Roster, Severity};

/// Options of lines such as `only⇥outside-window`. A roster has a line for each unit, and one more without a unit, so that an
/// empty one is a roster too.
pub(crate) fn read(lines: &str) -> Options {
    let mut options = Options::default();
    let mut all: Option<Vec<String>> = None;
    let mut some: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in lines.lines().filter_map(|line| line.split_once('\t')) {
        let unit = || (!value.is_empty()).then(|| value.to_owned());
        match (name, name.strip_prefix("roster.")) {
            ("strict_deadlines", _) => options.strict_deadlines = true,
            ("only", _) => options.only.push(value.to_owned()),
            ("ignore", _) => options.ignore.push(value.to_owned()),
            ("min_severity", _) => options.min_severity = Severity::from_id(value),
            ("roster", _) => all.get_or_insert_default().extend(unit()),
            (_, Some(id)) => match some.iter_mut().find(|(known, _)| known == id) {
                Some((_, units)) => units.extend(unit()),
                None => some.push((id.to_owned(), unit().into_iter().collect())),
            },
            _ => {}
        }
    }
    options.roster = match all {
        Some(units) => Some(Roster::All(units)),
        None => (!some.is_empty()).then_some(Roster::Of(some)),
    };
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_has_its_line() {
        let read =
            read("strict_deadlines\t1\nonly\toutside-window\nonly\tlate-summary\nignore\ttoo-long\nmin_severity\twarning\n");
        assert!(read.strict_deadlines && read.roster.is_none());
        assert_eq!((read.only.len(), read.ignore.as_slice()), (2, ["too-long".to_owned()].as_slice()));
        assert_eq!(read.min_severity, Some(Severity::Warning));
    }

    #[test]
    fn a_roster_replaces_all_or_fills_one_and_may_be_empty() {
        assert_eq!(read("roster\t\nroster\t新乡市科协").roster, Some(Roster::All(vec!["新乡市科协".into()])));
        assert_eq!(read("roster\t").roster, Some(Roster::All(vec![])));
        let one = read("roster.societies\t\nroster.societies\t甲\nroster.societies\t乙").roster;
        assert_eq!(one, Some(Roster::Of(vec![("societies".into(), vec!["甲".into(), "乙".into()])])));
        assert_eq!(read("").roster, None);
    }
}
