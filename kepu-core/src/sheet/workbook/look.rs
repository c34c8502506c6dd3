//! How cells look: ink on paper first, colours light enough to be printed in black.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, IgnoreError, Worksheet, XlsxError};

use super::cells::Shape;
use super::{COLUMNS, ROWS, column};
use crate::rule::Severity;

/// Body and headings as Chinese offices print them; every office program has these, or something in their place.
const BODY: &str = "宋体";
const HEADING: &str = "黑体";

const INK: Color = Color::RGB(0x0022_2222);
const QUIET: Color = Color::RGB(0x0059_5959);
const LINE: Color = Color::RGB(0x00BF_BFBF);
const HEAD: Color = Color::RGB(0x00DD_E6EE);
const PALE: Color = Color::RGB(0x00F5_F6F7);
const LINK: Color = Color::RGB(0x001F_5C99);
/// What has to be filled in.
const REQUIRED: Color = Color::RGB(0x00A3_1515);

/// What a cell of a sheet is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Above the header.
    Title,
    Header,
    Body,
}

/// The format of a cell.
pub(super) fn plain() -> Format {
    Format::new().set_font_name(BODY).set_font_size(10.5).set_font_color(INK).set_align(FormatAlign::VerticalCenter)
}

/// In a box.
pub(super) fn boxed() -> Format {
    framed(plain()).set_text_wrap()
}

fn framed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

/// In a box, in the middle.
pub(super) fn centred() -> Format {
    boxed().set_align(FormatAlign::Center)
}

/// A link in a box.
pub(super) fn link() -> Format {
    centred().set_font_color(LINK).set_underline(FormatUnderline::Single)
}

/// In a box, less than the rest.
pub(super) fn quiet() -> Format {
    boxed().set_font_color(QUIET)
}

/// The heading of a page.
pub(super) fn title() -> Format {
    plain().set_font_name(HEADING).set_font_size(16)
}

/// A heading within a page.
pub(super) fn heading() -> Format {
    plain().set_font_name(HEADING).set_font_size(12)
}

/// A sentence below a heading.
pub(super) fn lead() -> Format {
    plain().set_font_color(QUIET)
}

/// A cell of a header.
pub(super) fn header() -> Format {
    framed(plain()).set_font_name(HEADING).set_background_color(HEAD).set_text_wrap().set_align(FormatAlign::Center)
}

/// A header over what has to be filled in.
pub(super) fn required() -> Format {
    header().set_font_color(REQUIRED)
}

/// What stands above a template's header to be read, not filled in.
pub(super) fn told() -> Format {
    quiet().set_font_size(9).set_background_color(PALE)
}

/// The example of a template.
pub(super) fn example() -> Format {
    told().set_italic()
}

/// A cell in the colours of a severity.
pub(super) fn severe(format: Format, severity: Severity) -> Format {
    let (fill, ink) = match severity {
        Severity::Error => (0x00F8_CBC6, 0x008B_1A10),
        Severity::Warning => (0x00FD_E9B0, 0x0070_4B00),
        Severity::Info => (0x00DC_EAF7, 0x001B_4B73),
    };
    format.set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink))
}

/// A cell of a copied sheet.
pub(super) fn copied(part: Part, shape: Shape, severity: Option<Severity>) -> Format {
    let format = match part {
        Part::Title => plain().set_font_name(HEADING).set_font_size(12).set_align(FormatAlign::Center).set_text_wrap(),
        Part::Header => header(),
        Part::Body => boxed(),
    };
    let format = shaped(format, shape);
    match severity {
        Some(severity) => severe(format, severity),
        None => format,
    }
}

/// With the number format of what the cell holds.
pub(super) fn shaped(format: Format, shape: Shape) -> Format {
    match shape {
        Shape::Text | Shape::Number => format,
        Shape::LongNumber => format.set_num_format("0"),
        Shape::Day => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        Shape::Moment => format.set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Center),
    }
}

/// Printed on A4 across with page numbers. A number kept as a text, such as a phone, is meant so: no green corner.
pub(super) fn page(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(9).set_default_row_height(18);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&C&P / &N");
    sheet.ignore_error_range(0, 0, ROWS - 1, column(COLUMNS - 1)?, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Printed as wide as the page.
pub(super) fn fit(sheet: &mut Worksheet) {
    sheet.set_print_fit_to_pages(1, 0);
}

/// A header, from 0, that stays in sight and is printed on every page.
pub(super) fn hold(sheet: &mut Worksheet, first: u32, last: u32, columns: u16) -> Result<(), XlsxError> {
    // A header far down would leave no room to scroll in.
    const FAR: u32 = 12;
    sheet.set_repeat_rows(first, last)?;
    if last < FAR {
        sheet.set_freeze_panes(last + 1, columns)?;
    }
    Ok(())
}
