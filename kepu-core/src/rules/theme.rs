//! The theme of an activity.

use crate::checker::Case;
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::reading::{Reading, text, theme};
use crate::record::Field;
use crate::rule::{Basis, Judge, Of, Rule, Severity, Sink};

/// Not the theme of the notice.
pub static WRONG_THEME: Rule = Rule {
    id: "wrong-theme",
    severity: Severity::Warning,
    basis: Basis::Theme,
    fields: &[Field::Theme],
    args: &["value", "?near", "?themes"],
    about: Text {
        zh: "活动主题与通知的主题不同：写错了字，或另有主题。",
        en: "The theme is not the notice's: misspelt, or another.",
    },
    message: Text { zh: "“{value}”不是通知的主题", en: "`{value}` is not the notice's theme" },
    advice: Text {
        zh: "[请改为“{near}”][通知的主题是{themes}；自拟的主题请填在活动副主题中]",
        en: "[write `{near}`][the notice's theme is {themes}; put a theme of your own into the sub-theme]",
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[Judge {
    rules: &[&WRONG_THEME],
    fields: &[Field::Theme],
    needs: |plan| !plan.themes.is_empty(),
    of: Of::InDoubt,
    ask: theme,
}];

fn theme<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let (themes, path) = (&case.plan.model().themes, Path::field(Field::Theme));
    let clause = |at: usize| themes.get(at).map(|theme| &theme.fact.clause);
    match case.read.theme {
        Reading::Absent => {}
        Reading::Read(at) => sink.met(path, clause(at)),
        Reading::Failed => {
            let value = text(case.cell(Field::Theme));
            let near = || theme::near(&value, &case.plan.themes).and_then(|at| themes.get(at));
            // Of a single theme the clause is known before anybody measures.
            let of_near = if themes.len() > 1 { near().map(|near| &near.fact.clause) } else { None };
            sink.found(&WRONG_THEME, path, of_near.or_else(|| clause(0)), &|| {
                let details = Details::default().with("value", Arg::Text(value.clone().into_owned()));
                match near() {
                    Some(near) => details.with("near", Arg::Text(near.value.clone())).fixed(path, near.value.clone()),
                    None => details.with("themes", Arg::Texts(themes.iter().map(|theme| theme.value.clone()).collect())),
                }
            });
        }
    }
}
