//! What a caller asks with: the moment, the language, the kind, the options.

use kepu_core::{AsOf, Cell, Error, Kind, Lang, Options, Roster, Severity};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::error::{Class, raised, refused};
use crate::value::{Unfit, Value};

/// A language of messages.
#[derive(Clone, Copy)]
pub(crate) struct Language(pub(crate) Lang);

impl Default for Language {
    fn default() -> Language {
        Language(Lang::Zh)
    }
}

impl<'py> FromPyObject<'_, 'py> for Language {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Language> {
        let text = given.cast::<PyString>()?;
        let id = text.to_string_lossy();
        Lang::from_id(&id).map(Language).ok_or_else(|| {
            refused(
                given.py(),
                Class::Name,
                Lang::Zh,
                format!("没有语言“{id}”；请写 zh 或 en（zh or en）"),
                format!("there is no language `{id}`; write zh or en"),
            )
        })
    }
}

/// A moment to ask at: ISO text, a date, a timestamp; without a zone it is UTC+8.
pub(crate) fn as_of(given: &Bound<'_, PyAny>, lang: Lang) -> PyResult<AsOf> {
    let py = given.py();
    let read = match Value::of(given) {
        Ok(value) => match value.cell() {
            Cell::Text(text) => text.parse().map_err(|error: Error| raised(py, &error, lang, None))?,
            Cell::Day(day) => AsOf::from(day),
            Cell::Moment(moment) => AsOf::from(moment),
            _ => return Err(no_moment(given, lang)),
        },
        Err(Unfit::Raised(error)) => return Err(error),
        Err(_) => return Err(no_moment(given, lang)),
    };
    Ok(read)
}

fn no_moment(given: &Bound<'_, PyAny>, lang: Lang) -> PyErr {
    let name = given.get_type().name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    refused(
        given.py(),
        Class::Name,
        lang,
        format!("截至时间应是文字（2023-10-08）、date 或 datetime，得到的是 {name}"),
        format!("the moment asked about is a text (2023-10-08), a date or a datetime, not a `{name}`"),
    )
}

/// A kind of record that the notice asks for.
pub(crate) fn kind(py: Python<'_>, kinds: &[Kind], id: &str, lang: Lang) -> PyResult<Kind> {
    kinds.iter().find(|kind| kind.id() == id).cloned().ok_or_else(|| {
        let known = kinds.iter().map(Kind::id).collect::<Vec<_>>().join(", ");
        refused(
            py,
            Class::Name,
            lang,
            format!("通知不要求“{id}”这种记录；可以写：{known}"),
            format!("the notice asks for no records `{id}`; write one of: {known}"),
        )
    })
}

/// The options of design part 6, as keyword arguments.
pub(crate) struct Choices<'a, 'py> {
    pub(crate) strict_deadlines: bool,
    pub(crate) roster: Option<&'a Bound<'py, PyAny>>,
    pub(crate) only: Option<&'a Bound<'py, PyAny>>,
    pub(crate) ignore: Option<&'a Bound<'py, PyAny>>,
    pub(crate) min_severity: Option<&'a str>,
}

impl Choices<'_, '_> {
    /// What the caller chose; nothing where he chose nothing.
    pub(crate) fn options(&self, py: Python<'_>, lang: Lang) -> PyResult<Option<Options>> {
        if !self.strict_deadlines
            && self.roster.is_none()
            && self.only.is_none()
            && self.ignore.is_none()
            && self.min_severity.is_none()
        {
            return Ok(None);
        }
        let severity = |id: &str| {
            Severity::from_id(id).ok_or_else(|| {
                let known = Severity::ALL.map(Severity::id).join(", ");
                let (zh, en) =
                    (format!("没有级别“{id}”；可以写：{known}"), format!("there is no severity `{id}`; write one of: {known}"));
                refused(py, Class::Name, lang, zh, en)
            })
        };
        Ok(Some(Options {
            strict_deadlines: self.strict_deadlines,
            roster: self.roster.map(roster).transpose()?,
            only: self.only.map(texts).transpose()?.unwrap_or_default(),
            ignore: self.ignore.map(texts).transpose()?.unwrap_or_default(),
            min_severity: self.min_severity.map(severity).transpose()?,
        }))
    }
}

/// One text, or any iterable of texts.
fn texts(given: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(vec![text.to_string_lossy().into_owned()]);
    }
    given.try_iter()?.map(|item| item?.extract()).collect()
}

fn roster(given: &Bound<'_, PyAny>) -> PyResult<Roster> {
    let Ok(lists) = given.cast::<PyDict>() else { return texts(given).map(Roster::All) };
    let lists = lists.iter().map(|(id, units)| Ok((id.extract()?, texts(&units)?)));
    lists.collect::<PyResult<Vec<_>>>().map(Roster::Of)
}
