//! The one table of fields: what a record may hold, and every name by which a header or a key may call it.
//!
//! Headers of spreadsheets, columns of frames, keys of JSON, JSON Schema, the types of TypeScript and Python and
//! the form all come from here. To add a field is to add one row.

use crate::message::{Lang, Text};

/// What a field's cell is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldType {
    /// Free text.
    Text,
    /// A civil day at UTC+8.
    Day,
    /// A day with, where one is written, a minute at UTC+8.
    Moment,
    /// Both days of an activity in one text.
    Period,
    /// A number of people, with its precision.
    Count,
    /// Telephone numbers in one text.
    Phone,
    /// One e-mail address.
    Email,
    /// An http or https link.
    Link,
    /// A file name or a link.
    Media,
    /// A name of a list: the notice's, or one that is built in.
    Name,
    /// The notice's theme.
    Theme,
}

impl FieldType {
    /// Its name on the wire.
    ///
    /// ```
    /// assert_eq!(kepu_core::Field::Audience.ty().id(), "count");
    /// ```
    pub const fn id(self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::Day => "day",
            FieldType::Moment => "moment",
            FieldType::Period => "period",
            FieldType::Count => "count",
            FieldType::Phone => "phone",
            FieldType::Email => "email",
            FieldType::Link => "link",
            FieldType::Media => "media",
            FieldType::Name => "name",
            FieldType::Theme => "theme",
        }
    }
}

/// What one family of kinds calls a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Naming {
    label: Text,
    aliases: &'static [&'static str],
}

/// One row of the table.
struct Row {
    id: &'static str,
    ty: FieldType,
    list: bool,
    activity: Option<Naming>,
    submission: Option<Naming>,
}

const fn named(zh: &'static str, en: &'static str, aliases: &'static [&'static str]) -> Option<Naming> {
    Some(Naming { label: Text { zh, en }, aliases })
}

/// How many places there are for ids.
const ROOM: usize = 128;

/// Which field has an id of a place, counted from one; of two that share it one stands behind it. Nought: no field.
static PLACES: [u8; ROOM] = {
    let (mut places, mut at) = ([0; ROOM], 0);
    // Three of four stay free, so that hardly any stands behind its place.
    assert!(Field::ALL.len() * 4 <= ROOM, "more fields: double the table");
    while at < Field::ALL.len() {
        #[expect(clippy::indexing_slicing, clippy::as_conversions, reason = "a table made before the program runs")]
        {
            let mut place = place(Field::ALL[at].id());
            while places[place] != 0 {
                place = (place + 1) % ROOM;
            }
            at += 1;
            places[place] = at as u8;
        }
    }
    places
};

/// The place of an id, by its length and both its ends: to compare it with every field's takes as long as to read the rest.
#[expect(clippy::as_conversions, reason = "bytes as they are in a number, where a table is made before the program runs")]
const fn place(id: &str) -> usize {
    match id.as_bytes() {
        [first, .., last] => (id.len() * 22 + *first as usize * 17 + *last as usize) % ROOM,
        _ => 0,
    }
}

macro_rules! fields {
    ($( $(#[$doc:meta])* $name:ident $id:literal $ty:ident $list:literal { activity: $activity:expr, submission: $submission:expr } )*) => {
        /// A field of a record. [`Field::id`] is its name on the wire and in every language.
        ///
        /// ```
        /// use kepu_core::{Field, Kind, Lang};
        /// assert_eq!(Field::Start.id(), "start");
        /// assert_eq!(Field::Start.label(&Kind::ACTIVITY, Lang::Zh), "开始日期");
        /// assert_eq!(Field::named(&Kind::ACTIVITY, "参与人数（人次）"), Some(Field::Audience));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Field { $( $(#[$doc])* $name, )* }

        /// Asks for each field by its name, one behind the other: what is known of it then costs nothing to ask.
        #[inline(always)]
        pub(super) fn each(mut each: impl FnMut(Field)) {
            $( each(Field::$name); )*
        }

        impl Field {
            /// Every field, in the order of the table.
            pub const ALL: &[Field] = &[ $( Field::$name, )* ];

            /// The field of an id.
            ///
            /// ```
            /// use kepu_core::Field;
            /// assert_eq!(Field::from_id("news_links"), Some(Field::NewsLinks));
            /// assert_eq!(Field::from_id("News"), None);
            /// ```
            pub fn from_id(id: &str) -> Option<Field> {
                let mut place = place(id);
                loop {
                    let known = usize::from(*PLACES.get(place)?).checked_sub(1)?;
                    let field = Field::ALL.get(known).copied()?;
                    if field.id() == id {
                        return Some(field);
                    }
                    place = (place + 1) % ROOM;
                }
            }

            const fn row(self) -> &'static Row {
                match self {
                    $( Field::$name => const { &Row { id: $id, ty: FieldType::$ty, list: $list, activity: $activity, submission: $submission } }, )*
                }
            }
        }
    };
}

fields! {
    /// 编号: the sender's own id of the record.
    Id "id" Text false {
        activity: named("编号", "ID", &["活动编号", "平台编号", "活动ID"]),
        submission: named("编号", "ID", &["活动编号", "平台编号", "活动ID"])
    }
    /// 报送单位: the unit that owes a submission.
    Unit "unit" Name false {
        activity: None,
        submission: named("报送单位", "unit", &["填报单位", "上报单位", "提交单位", "填报单位名称", "单位名称", "单位"])
    }
    /// 单位类型 of a submission's unit.
    UnitKind "unit_kind" Name false {
        activity: None,
        submission: named("单位类型", "kind of unit", &["单位类别", "单位性质"])
    }
    /// 活动名称.
    Title "title" Text false {
        activity: named("活动名称", "title", &["名称", "活动标题", "活动题目", "活动项目", "项目名称", "项目"]),
        submission: None
    }
    /// 举办单位.
    Organizer "organizer" Text false {
        activity: named("举办单位", "organiser", &[
            "主办单位", "主办", "组织单位", "实施单位", "活动单位", "责任单位", "责任部门", "组织部门", "牵头部门", "承办单位", "承办",
        ]),
        submission: None
    }
    /// 协办单位.
    CoOrganizers "co_organizers" Text true {
        activity: named("协办单位", "co-organisers", &["协办", "协办部门"]),
        submission: None
    }
    /// 单位类型 of an activity's organiser.
    OrganizerKind "organizer_kind" Name false {
        activity: named("单位类型", "kind of organiser", &["单位类别", "单位性质", "举办单位类型", "主办单位类型"]),
        submission: None
    }
    /// 所在地.
    Region "region" Name false {
        activity: named("所在地", "region", &["地区", "所在地区", "所属地区", "省辖市", "地市", "所在市", "城市", "区域"]),
        submission: named("所在地", "region", &["地区", "所在地区", "所属地区", "省辖市", "地市", "所在市", "城市", "区域"])
    }
    /// 活动类别: a leaf of the notice's tree of kinds of activity.
    Category "category" Name false {
        activity: named("活动类别", "category", &["活动类型", "活动分类", "类别"]),
        submission: None
    }
    /// 内容板块.
    ContentAreas "content_areas" Name true {
        activity: named("内容板块", "content areas", &["活动内容板块", "活动板块"]),
        submission: None
    }
    /// 活动主题.
    Theme "theme" Theme false {
        activity: named("活动主题", "theme", &["主题"]),
        submission: None
    }
    /// 活动副主题.
    SubTheme "sub_theme" Text false {
        activity: named("活动副主题", "sub-theme", &["副主题", "分主题"]),
        submission: None
    }
    /// 开始日期.
    Start "start" Day false {
        activity: named("开始日期", "first day", &["开始时间", "活动开始日期", "活动开始时间", "起始日期", "起始时间", "开始", "起始"]),
        submission: None
    }
    /// 结束日期; where it is missing, the first day.
    End "end" Day false {
        activity: named("结束日期", "last day", &["结束时间", "活动结束日期", "活动结束时间", "终止日期", "结束", "截止"]),
        submission: None
    }
    /// 活动时间: one column that holds both days. It is read into `start` and `end`; no finding points at it.
    Period "period" Period false {
        activity: named("活动时间", "days", &[
            "活动日期", "时间", "日期", "举办时间", "举办日期", "开展时间", "实施时间", "活动起止时间", "起止时间", "起止日期",
        ]),
        submission: None
    }
    /// 活动形式: 线上, 线下, 线上线下.
    Mode "mode" Name false {
        activity: named("活动形式", "mode", &["举办形式", "开展形式", "活动方式", "举办方式"]),
        submission: None
    }
    /// 活动地点.
    Venue "venue" Text false {
        activity: named("活动地点", "venue", &["地点", "举办地点", "开展地点", "活动场所", "举办场所", "活动地址", "场地"]),
        submission: None
    }
    /// 参与人次.
    Audience "audience" Count false {
        activity: named("参与人次", "audience", &[
            "参与人数", "参加人次", "参加人数", "受众人次", "受众人数", "受益人数", "覆盖人数", "观众人数", "人次", "人数",
        ]),
        submission: None
    }
    /// 活动内容: what happens.
    Description "description" Text false {
        activity: named("活动内容", "description", &[
            "内容", "主要内容", "活动简介", "内容简介", "活动内容简介", "活动介绍", "活动概况", "项目简介", "简介",
        ]),
        submission: None
    }
    /// 提交时间: a day, or a minute.
    SubmittedOn "submitted_on" Moment false {
        activity: None,
        submission: named("提交时间", "submitted on", &["提交日期", "报送时间", "报送日期", "上报时间", "上报日期"])
    }
    /// 联系人.
    Contact "contact" Text false {
        activity: named("联系人", "contact", &["活动联系人", "联系人姓名", "联络人", "负责人"]),
        submission: named("联系人", "contact", &["活动联系人", "联系人姓名", "联络人", "负责人"])
    }
    /// 联系电话.
    Phone "phone" Phone false {
        activity: named("联系电话", "phone", &["联系方式", "联系人电话", "电话", "手机", "手机号", "手机号码", "咨询电话"]),
        submission: named("联系电话", "phone", &["联系方式", "联系人电话", "电话", "手机", "手机号", "手机号码", "咨询电话"])
    }
    /// 电子邮箱.
    Email "email" Email false {
        activity: named("电子邮箱", "e-mail", &["邮箱", "电子邮件", "E-mail"]),
        submission: named("电子邮箱", "e-mail", &["邮箱", "电子邮件", "E-mail"])
    }
    /// 线上活动链接.
    Url "url" Link false {
        activity: named("线上活动链接", "online link", &["线上链接", "活动链接", "直播链接", "网址"]),
        submission: None
    }
    /// 平台发布日期: the day on which the activity was published on the platform.
    PublishedOn "published_on" Day false {
        activity: named("平台发布日期", "published on", &["平台发布时间", "发布日期", "发布时间"]),
        submission: None
    }
    /// 使用标识: the labels that the activity shows.
    Marks "marks" Name true {
        activity: named("使用标识", "marks", &["标识"]),
        submission: None
    }
    /// 活动图片.
    Images "images" Media true {
        activity: named("活动图片", "pictures", &["图片", "照片", "活动照片", "现场图片", "图片资料"]),
        submission: None
    }
    /// 活动视频.
    Videos "videos" Media true {
        activity: named("活动视频", "videos", &["视频", "视频资料"]),
        submission: None
    }
    /// 新闻报道链接.
    NewsLinks "news_links" Link true {
        activity: named("新闻报道链接", "news links", &[
            "新闻链接", "报道链接", "宣传报道链接", "媒体报道链接", "媒体链接", "新闻报道", "媒体报道",
        ]),
        submission: None
    }
    /// 活动总结 of an activity, 工作总结 of a submission.
    Report "report" Text false {
        activity: named("活动总结", "report", &["活动小结", "总结"]),
        submission: named("工作总结", "work summary", &["总结", "总结材料"])
    }
}

use Field::*;

/// An activity's fields, in the order of findings.
pub(crate) const ACTIVITY: &[Field] = &[
    Id,
    Title,
    Organizer,
    CoOrganizers,
    OrganizerKind,
    Region,
    Category,
    ContentAreas,
    Theme,
    SubTheme,
    Start,
    End,
    Period,
    Mode,
    Venue,
    Audience,
    Description,
    Contact,
    Phone,
    Email,
    Url,
    PublishedOn,
    Marks,
    Images,
    Videos,
    NewsLinks,
    Report,
];

/// A submission's fields, in the order of findings.
pub(crate) const SUBMISSION: &[Field] = &[Id, Unit, UnitKind, Region, SubmittedOn, Report, Contact, Phone, Email];

impl Field {
    /// The name on the wire, as a key and in paths.
    pub const fn id(self) -> &'static str {
        self.row().id
    }

    /// What its cell is read as.
    pub const fn ty(self) -> FieldType {
        self.row().ty
    }

    /// Whether it holds a list of items.
    pub const fn is_list(self) -> bool {
        self.row().list
    }

    /// Whether records of this kind have the field.
    pub fn is_of(self, kind: &super::Kind) -> bool {
        self.naming(kind).is_some()
    }

    /// What people call it; for a field that the kind lacks, what the other kinds call it.
    pub fn label(self, kind: &super::Kind, lang: Lang) -> &'static str {
        let row = self.row();
        let naming = self.naming(kind).or(row.activity.as_ref()).or(row.submission.as_ref());
        naming.map_or(row.id, |naming| naming.label.get(lang))
    }

    /// Further headers that mean it, in the order of their rank.
    pub fn aliases(self, kind: &super::Kind) -> &'static [&'static str] {
        self.naming(kind).map_or(&[], |naming| naming.aliases)
    }

    fn naming(self, kind: &super::Kind) -> Option<&'static Naming> {
        let row = self.row();
        if kind.is_activity() { row.activity.as_ref() } else { row.submission.as_ref() }
    }

    /// A small number of its own, for tables by field.
    #[expect(clippy::as_conversions, reason = "a field is its place in the table, and this is asked for every cell")]
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}
