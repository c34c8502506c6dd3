//! The values of a record as they were read.

use super::Report;
use crate::checker::readings::{DayRead, read_name};
use crate::notice::names::NameList;
use crate::reading::day::iso;
use crate::reading::theme::{self, ThemeRead};
use crate::reading::{Precision, Reading, Written, email, link, phone, text};
use crate::record::{Cell, CellBuf, Field, FieldType};

impl Report<'_> {
    /// What a field was read as: names as ids, the theme as its official text, days as ISO text, `submitted_on` as a day
    /// or a minute, `audience` as a number, `phone` as a list, lists as lists with an empty cell for each item that was
    /// not read; [`CellBuf::Empty`] where nothing was read.
    ///
    /// ```
    /// use kepu_core::{CellBuf, Field, Notice, RecordBuf};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// let record = RecordBuf::activity().with(Field::Region, "河南省洛阳市").with(Field::Audience, "约1200人");
    /// let report = checker.check(&record, "2023-09-01".parse()?);
    /// assert_eq!(report.read(Field::Region), CellBuf::from("410300"));
    /// assert_eq!(report.read(Field::Audience), CellBuf::Int(1200));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn read(&self, field: Field) -> CellBuf {
        let (read, plan) = (&self.case.read, self.case.plan);
        match field {
            Field::Start | Field::End | Field::PublishedOn => self.day(field).map(iso).into(),
            Field::SubmittedOn => match read.submitted_on {
                DayRead::Read(written) => moment(written).into(),
                _ => CellBuf::Empty,
            },
            Field::Audience => read.audience.value().and_then(|count| i64::try_from(count.value).ok()).into(),
            Field::Unit => read.unit.value().and_then(|named| plan.rosters.unit(named.node)).map(|unit| unit.id.clone()).into(),
            Field::Theme => read.theme.value().and_then(|at| plan.themes.get(at)).map(|theme| theme.text.as_str()).into(),
            Field::SubTheme if !read.is_given(field) => self.words_behind_the_theme().into(),
            Field::Category if read.category.value().is_some_and(|named| !plan.categories.is_leaf(named.node)) => CellBuf::Empty,
            _ if !read.is_readable(field) => CellBuf::Empty,
            Field::Phone => self.phones(),
            Field::Email => email::read(&text(self.case.cell(field))).map(|address| address.into_owned()).into(),
            _ if field.is_list() => self.items(field),
            _ => match (read.name(field), plan.names(field)) {
                (Some(name), Some(list)) => name.value().map(|named| id(list, named.node)).into(),
                _ if field.ty() == FieldType::Link => good_link(field, &text(self.case.cell(field))),
                _ => CellBuf::from(text(self.case.cell(field)).into_owned()),
            },
        }
    }

    /// How exactly the number of people is known; none where it was not read.
    pub fn precision(&self) -> Option<Precision> {
        self.case.read.audience.value().map(|count| count.precision)
    }

    fn phones(&self) -> CellBuf {
        let mut phones = Vec::new();
        let whole = phone::read(&text(self.case.cell(Field::Phone)), &mut |phone| phones.push(CellBuf::from(phone.digits())));
        if whole { CellBuf::List(phones) } else { CellBuf::Empty }
    }

    fn items(&self, field: Field) -> CellBuf {
        let names = self.case.plan.names(field);
        let mut items = Vec::new();
        self.case.items(field, &mut |_, text| {
            items.push(match names {
                Some(list) => match read_name(field, Cell::Text(&text), list) {
                    Reading::Read(named) => CellBuf::from(id(list, named.node)),
                    _ => CellBuf::Empty,
                },
                None => good_link(field, &text),
            });
        });
        CellBuf::List(items)
    }

    fn words_behind_the_theme(&self) -> Option<String> {
        let text = text(self.case.record.cell(Field::Theme));
        match theme::read(&text, &self.case.plan.themes) {
            ThemeRead::Theme(_, words) => words.map(str::to_owned),
            _ => None,
        }
    }
}

fn id(list: &NameList, node: crate::notice::names::NodeIx) -> String {
    list.get(node).map(|entry| entry.id.clone()).unwrap_or_default()
}

/// A link that opens, a file name, or a plain text; nothing for what is malformed or unsafe.
fn good_link(field: Field, text: &str) -> CellBuf {
    let is_link = match field.ty() {
        FieldType::Link => true,
        FieldType::Media => link::is_link(text),
        _ => false,
    };
    if is_link && link::read(text) != link::Link::Good { CellBuf::Empty } else { CellBuf::from(text) }
}

fn moment(written: Written) -> String {
    let mut text = iso(written.day);
    if let Some(minute) = written.minute {
        text.push('T');
        crate::message::push_clock(minute, &mut text);
    }
    text
}
