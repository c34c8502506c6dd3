//! A notice: the document that says what is asked, held as data.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::checker::{Checker, Options};
use crate::error::{Error, Fault, What};
use crate::message::{Lang, Text};
use crate::record::{Field, Kind};

mod alike;
mod bundled;
mod check;
mod clauses;
mod decode;
mod faults;
pub(crate) mod json;
pub(crate) mod kinds;
pub mod model;
pub(crate) mod names;
pub(crate) mod rosters;
pub(crate) mod tape;
#[cfg(feature = "toml")]
mod toml;
pub(crate) mod tree;

/// A notice, ready to be asked. Cheap to clone, and to be shared between threads.
///
/// ```
/// use kepu_core::Notice;
///
/// let notice = Notice::bundled("henan-2023")?;
/// assert_eq!((notice.id(), notice.year()), ("henan-2023", 2023));
/// # Ok::<(), kepu_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Notice(Arc<Inner>);

struct Inner {
    model: model::Model,
    tape: Cow<'static, str>,
    kinds: Vec<Kind>,
}

impl Notice {
    /// One of the notices that come with the software.
    ///
    /// ```
    /// use kepu_core::{Lang, Notice};
    ///
    /// let error = Notice::bundled("henan-2032").unwrap_err();
    /// assert!(error.is_name());
    /// assert_eq!(error.message(Lang::En), "no bundled notice `henan-2032`, known: henan-2023");
    /// ```
    pub fn bundled(id: &str) -> Result<Notice, Error> {
        match bundled::BUNDLED.iter().find(|(name, _)| *name == id) {
            Some((_, tape)) => of_tape(Cow::Borrowed(tape)),
            None => {
                let known = Notice::ids().collect::<Vec<_>>().join(", ");
                let zh = ["没有内置通知“", id, "”，可以写：", &known].concat();
                let en = ["no bundled notice `", id, "`, known: ", &known].concat();
                Err(Error::other(What::Name, zh, en))
            }
        }
    }

    /// A checker of this notice.
    ///
    /// ```
    /// use kepu_core::Notice;
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// # let _ = checker;
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn checker(&self) -> Checker {
        Checker::plain(self.clone())
    }

    /// A checker of this notice with a caller's choices.
    ///
    /// # Errors
    /// If an option names a rule or a roster that there is none of; ask with [`Error::is_name`].
    pub fn checker_with(&self, options: Options) -> Result<Checker, Error> {
        Checker::new(self.clone(), options)
    }

    /// The names of the notices that come with the software.
    ///
    /// ```
    /// assert!(kepu_core::Notice::ids().any(|id| id == "henan-2023"));
    /// ```
    pub fn ids() -> impl Iterator<Item = &'static str> {
        bundled::BUNDLED.iter().map(|(id, _)| *id)
    }

    /// A notice in JSON, in the format of `notices/README.md`; where it has faults, all of them.
    ///
    /// ```
    /// use kepu_core::Notice;
    ///
    /// let notice = Notice::from_json(r#"{ "format": 1, "id": "mine", "year": 2024 }"#)?;
    /// assert_eq!(notice.id(), "mine");
    ///
    /// let error = Notice::from_json(r#"{ "format": 1, "id": "mine", "yaer": 2024 }"#).unwrap_err();
    /// let keys: Vec<&str> = error.faults().iter().map(|fault| fault.key.as_str()).collect();
    /// assert_eq!(keys, ["year", "yaer"]);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    #[cfg(feature = "json")]
    pub fn from_json(text: &str) -> Result<Notice, Error> {
        too_long(text).map_err(|fault| Error::notice(vec![fault]))?;
        let tree = json::parse(text).map_err(|fault| Error::notice(vec![fault]))?;
        decoded(&tree, faults::Faults::new(Some(text)), tape::write(&tree).into())
    }

    /// A notice that somebody parsed already, on a tape: for a browser, which has a parser of JSON. Its faults have no
    /// line and column, only keys.
    ///
    /// A tape is one text, value behind value, without anything between:
    ///
    /// | value | on the tape |
    /// |---|---|
    /// | null | `n` |
    /// | true, false | `t`, `f` |
    /// | a whole number of at most 64 bits | `i`, its decimal digits with `-` before them where it is negative, `;` |
    /// | any other number | `x`, the bits of the 64-bit float as 16 hexadecimal digits, the highest first |
    /// | a text | its length in UTF-16 units (JavaScript's `length`) in decimal digits, `:`, the text as it is |
    /// | a list | `[`, its values, `]` |
    /// | an object | `{`, each key as a text and behind it its value, `}` |
    ///
    /// In JavaScript, with `bits` writing a float's bits by a `DataView`:
    /// ```js
    /// const text = (own) => `${own.length}:${own}`;
    /// const tape = (value) =>
    ///   typeof value === "string" ? text(value)
    ///   : typeof value === "boolean" ? (value ? "t" : "f")
    ///   : typeof value === "number" ? (Number.isSafeInteger(value) ? `i${value};` : `x${bits(value)}`)
    ///   : Array.isArray(value) ? `[${value.map(tape).join("")}]`
    ///   : value && typeof value === "object"
    ///     ? `{${Object.entries(value).map(([key, own]) => text(key) + tape(own)).join("")}}`
    ///   : "n";
    /// ```
    ///
    /// ```
    /// use kepu_core::Notice;
    ///
    /// let notice = Notice::from_tape("{6:formati1;2:id4:mine4:yeari2024;}")?;
    /// assert_eq!((notice.id(), notice.year()), ("mine", 2024));
    ///
    /// let error = Notice::from_tape("{6:formati1;2:id4:mine4:yaeri2024;}").unwrap_err();
    /// let keys: Vec<&str> = error.faults().iter().map(|fault| fault.key.as_str()).collect();
    /// assert_eq!(keys, ["year", "yaer"]);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn from_tape(tape: &str) -> Result<Notice, Error> {
        of_tape(Cow::Owned(tape.to_owned()))
    }

    /// A notice in TOML, as its author writes it; where it has faults, all of them, each with its place.
    ///
    /// ```
    /// use kepu_core::{Lang, Notice};
    ///
    /// let error = Notice::from_toml("format = 1\nid = \"mine\"\nyear = '二〇二四'\n").unwrap_err();
    /// let fault = &error.faults()[0];
    /// assert_eq!((fault.line, fault.column, fault.key.as_str()), (3, 8, "year"));
    /// assert_eq!(fault.message(Lang::Zh), "这里应为整数");
    /// ```
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Notice, Error> {
        too_long(text).map_err(|fault| Error::notice(vec![fault]))?;
        let mut faults = faults::Faults::new(Some(text));
        let tree = toml::parse(text, &mut faults);
        decoded(&tree, faults, tape::write(&tree).into())
    }

    /// The notice as JSON; [`Notice::from_json`] makes the same notice of it.
    ///
    /// ```
    /// use kepu_core::Notice;
    ///
    /// let notice = Notice::bundled("henan-2023")?;
    /// assert_eq!(Notice::from_json(&notice.to_json())?, notice);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        tape::parse(&self.0.tape).map(|tree| json::write(&tree)).unwrap_or_default()
    }

    /// The notice on a tape; [`Notice::from_tape`] makes the same notice of it.
    ///
    /// ```
    /// use kepu_core::Notice;
    ///
    /// let notice = Notice::bundled("henan-2023")?;
    /// assert_eq!(Notice::from_tape(notice.to_tape())?, notice);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn to_tape(&self) -> &str {
        &self.0.tape
    }

    /// Its stable name.
    ///
    /// ```
    /// assert_eq!(kepu_core::Notice::bundled("henan-2023")?.id(), "henan-2023");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn id(&self) -> &str {
        &self.0.model.id
    }

    /// The year of days that have none.
    ///
    /// ```
    /// assert_eq!(kepu_core::Notice::bundled("henan-2023")?.year(), 2023);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn year(&self) -> i32 {
        self.0.model.year
    }

    /// What the paper is called, if its data say so.
    ///
    /// ```
    /// let notice = kepu_core::Notice::bundled("henan-2023")?;
    /// assert_eq!(notice.title(), Some("关于举办2023年河南省全国科普日活动的通知"));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn title(&self) -> Option<&str> {
        self.0.model.document.title.as_ref().map(|title| title.value.as_str())
    }

    /// The kinds of record that it asks for: activities, then each kind of submission in the order of the deadlines.
    ///
    /// ```
    /// use kepu_core::{Kind, Notice};
    /// assert_eq!(Notice::bundled("henan-2023")?.kinds(), [Kind::ACTIVITY, Kind::SUMMARY]);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn kinds(&self) -> &[Kind] {
        &self.0.kinds
    }

    /// What people call records of a kind: 活动, or what the notice's deadline asks for, in its own words.
    ///
    /// ```
    /// use kepu_core::{Kind, Lang, Notice};
    /// let notice = Notice::bundled("henan-2023")?;
    /// assert_eq!(notice.kind_label(&Kind::ACTIVITY, Lang::Zh), "活动");
    /// assert_eq!(notice.kind_label(&Kind::SUMMARY, Lang::Zh), "科普日活动工作总结");
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn kind_label<'a>(&'a self, kind: &'a Kind, lang: Lang) -> &'a str {
        if kind.is_activity() {
            return Text { zh: "活动", en: "activities" }.get(lang);
        }
        let asked = self.model().deadlines.iter().find(|deadline| deadline.record == kind.id());
        asked.map_or(kind.id(), |deadline| &deadline.what)
    }

    /// What a place, a kind of activity or another name of a list is called, by its id.
    ///
    /// ```
    /// use kepu_core::{Field, Notice};
    /// let checker = Notice::bundled("henan-2023")?.checker();
    /// assert_eq!(checker.notice().name(Field::Region, "410700"), Some("新乡市"));
    /// assert_eq!(checker.notice().name(Field::Category, "special-youth"), Some("青少年科普专项行动"));
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn name(&self, field: Field, id: &str) -> Option<&str> {
        fn find<'n>(nodes: &'n [model::Node], id: &str) -> Option<&'n model::Node> {
            nodes.iter().find_map(|node| if node.id == id { Some(node) } else { find(&node.items, id) })
        }
        let model = self.model();
        let nodes = match field {
            Field::Category => &model.categories,
            Field::ContentAreas => &model.content_areas,
            Field::Region => &model.regions,
            Field::Marks => &model.marks,
            _ => return None,
        };
        find(nodes, id)?.names.first().map(String::as_str)
    }

    /// Everything that it says, as plain data.
    ///
    /// ```
    /// let notice = kepu_core::Notice::bundled("henan-2023")?;
    /// let leaves = |node: &kepu_core::model::Node| node.items.len().max(1);
    /// assert_eq!(notice.model().categories.iter().map(leaves).sum::<usize>(), 12);
    /// # Ok::<(), kepu_core::Error>(())
    /// ```
    pub fn model(&self) -> &model::Model {
        &self.0.model
    }
}

impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notice({})", self.id())
    }
}

/// Two notices that say the same are equal, however they were written.
impl PartialEq for Notice {
    fn eq(&self, other: &Notice) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.model == other.0.model
    }
}

impl Eq for Notice {}

/// Refuses a text over the bound.
fn too_long(text: &str) -> Result<(), Fault> {
    if text.len() <= tree::MAX_BYTES {
        return Ok(());
    }
    Err(Fault::without_place(Text { zh: "超过 1 MiB，不予读取", en: "is over 1 MiB and not read" }))
}

fn of_tape(tape: Cow<'static, str>) -> Result<Notice, Error> {
    too_long(&tape).map_err(|fault| Error::notice(vec![fault]))?;
    let tree = tape::parse(&tape).map_err(|fault| Error::notice(vec![fault]))?;
    decoded(&tree, faults::Faults::new(None), tape.clone())
}

fn decoded(tree: &tree::Node<'_>, mut faults: faults::Faults<'_>, tape: Cow<'static, str>) -> Result<Notice, Error> {
    let model = decode::model(tree, &mut faults);
    check::check(&model, tree, &mut faults);
    if !faults.is_empty() {
        return Err(Error::notice(faults.into_list()));
    }
    let mut kinds = vec![Kind::ACTIVITY];
    for deadline in &model.deadlines {
        let kind = Kind::submission(&*deadline.record);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    Ok(Notice(Arc::new(Inner { model, tape, kinds })))
}
