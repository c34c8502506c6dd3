//! Telephones, mailboxes, links and numbers of people.

use crate::checker::Case;
use crate::finding::{Arg, Details, Path};
use crate::message::Text;
use crate::reading::link::{self, Link};
use crate::reading::{Reading, email, phone, text};
use crate::record::{Field, FieldType};
use crate::rule::{Judge, Of, Rule, Severity, Sink};

/// No number of people can be known.
pub static UNREADABLE_COUNT: Rule = Rule {
    id: "unreadable-count",
    severity: Severity::Warning,
    fields: &[Field::Audience],
    args: &["value"],
    about: Text {
        zh: "看不出是多少人：没有数字、有两个数、自相矛盾，或数的不是人。",
        en: "Not one number of people: none, two, a contradiction, or a measure of something else.",
    },
    message: Text { zh: "“{value}”看不出是多少人", en: "`{value}` does not say how many people" },
    advice: Text {
        zh: "请只写一个人数，例如 300、约300人、1.2万人次", en: "write one number of people, such as 300 or 约300人"
    },
    ..Rule::BASE
};

/// Something that is no telephone number.
pub static MALFORMED_PHONE: Rule = Rule {
    id: "malformed-phone",
    severity: Severity::Warning,
    fields: &[Field::Phone],
    args: &["value"],
    about: Text {
        zh: "里面没有电话号码，或有读不懂的部分。",
        en: "It holds no telephone number, or something beside them that is none.",
    },
    message: Text {
        zh: "“{value}”不是能拨通的电话号码", en: "`{value}` is no telephone number that can be dialled"
    },
    advice: Text {
        zh: "请写 11 位手机号，或“区号-号码”；几个号码用“；”隔开",
        en: "write a mobile of 11 digits, or area code-number; separate several by `；`",
    },
    ..Rule::BASE
};

/// No mailbox.
pub static MALFORMED_EMAIL: Rule = Rule {
    id: "malformed-email",
    severity: Severity::Warning,
    fields: &[Field::Email],
    args: &["value"],
    about: Text { zh: "不是一个电子邮箱地址。", en: "It is not one plain e-mail address." },
    message: Text { zh: "“{value}”不是一个电子邮箱地址", en: "`{value}` is not one e-mail address" },
    advice: Text { zh: "请只写一个地址，例如 name@example.cn", en: "write one address, such as name@example.cn" },
    ..Rule::BASE
};

/// No web address.
pub static MALFORMED_LINK: Rule = Rule {
    id: "malformed-link",
    severity: Severity::Warning,
    fields: &[Field::Url, Field::Images, Field::Videos, Field::NewsLinks],
    args: &["value", "?mended"],
    about: Text {
        zh: "不是以 http:// 或 https:// 开头、可以打开的网址。", en: "It is no http or https link with a host."
    },
    message: Text { zh: "“{value}”不是可以打开的网址", en: "`{value}` is no link that opens" },
    advice: Text {
        zh: "请写以 https:// 开头的完整网址[：“{mended}”]",
        en: "write the whole link, beginning with https://[: `{mended}`]",
    },
    ..Rule::BASE
};

/// A link that would run.
pub static UNSAFE_LINK: Rule = Rule {
    id: "unsafe-link",
    fields: &[Field::Url, Field::Images, Field::Videos, Field::NewsLinks],
    args: &["value"],
    about: Text {
        zh: "以 javascript:、vbscript:、data:、blob: 或 file: 开头，打开时会运行程序或读取本机文件。",
        en: "It begins with javascript:, vbscript:, data:, blob: or file: and would run, or read this computer's files.",
    },
    message: Text {
        zh: "“{value}”打开时会运行程序或读取本机文件",
        en: "`{value}` would run code or read local files when opened",
    },
    advice: Text {
        zh: "请删去，改填以 https:// 开头的网页地址", en: "remove it; give a web address that begins with https://"
    },
    ..Rule::BASE
};

pub(super) static JUDGES: &[Judge] = &[
    Judge { rules: &[&UNREADABLE_COUNT], fields: UNREADABLE_COUNT.fields, needs: |_| true, of: Of::InDoubt, ask: count },
    Judge { rules: &[&MALFORMED_PHONE], fields: MALFORMED_PHONE.fields, needs: |_| true, of: Of::InDoubt, ask: phones },
    Judge { rules: &[&MALFORMED_EMAIL], fields: MALFORMED_EMAIL.fields, needs: |_| true, of: Of::InDoubt, ask: mailbox },
    Judge {
        rules: &[&MALFORMED_LINK, &UNSAFE_LINK],
        fields: MALFORMED_LINK.fields,
        needs: |_| true,
        of: Of::InDoubt,
        ask: links,
    },
];

/// One value, right or wrong.
fn whole<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>, rule: &'static Rule, field: Field, right: bool) {
    if right {
        sink.met(Path::field(field), None);
    } else {
        sink.found(rule, Path::field(field), None, &|| Details::default().with("value", case.value(field)));
    }
}

fn count<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    if !case.read.audience.is_absent() {
        whole(case, sink, &UNREADABLE_COUNT, Field::Audience, case.read.audience != Reading::Failed);
    }
}

fn phones<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    if case.read.is_readable(Field::Phone) {
        let right = phone::read(&text(case.cell(Field::Phone)), &mut |_| {});
        whole(case, sink, &MALFORMED_PHONE, Field::Phone, right);
    }
}

fn mailbox<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    if case.read.is_readable(Field::Email) {
        let right = email::read(&text(case.cell(Field::Email))).is_some();
        whole(case, sink, &MALFORMED_EMAIL, Field::Email, right);
    }
}

fn links<'p>(case: &Case<'p>, sink: &mut dyn Sink<'p>) {
    let is_asked = |field: &Field| case.read.is_doubted(*field) && case.read.is_readable(*field);
    for field in MALFORMED_LINK.fields.iter().copied().filter(is_asked) {
        if field.is_list() {
            case.items(field, &mut |index, text| one_link(sink, field, Path::item(field, index), &text));
        } else {
            one_link(sink, field, Path::field(field), &text(case.cell(field)));
        }
    }
}

fn one_link<'p>(sink: &mut dyn Sink<'p>, field: Field, path: Path, text: &str) {
    if field.ty() == FieldType::Media && !link::is_link(text) {
        return sink.met(path, None);
    }
    let value = || Details::default().with("value", Arg::Text(text.to_owned()));
    match link::read(text) {
        Link::Good => sink.met(path, None),
        Link::Unsafe => sink.found(&UNSAFE_LINK, path, None, &value),
        Link::Malformed => sink.found(&MALFORMED_LINK, path, None, &|| match link::mended(text) {
            Some(mended) => value().with("mended", Arg::Text(mended.clone())).fixed(path, mended),
            None => value(),
        }),
    }
}
