"""The names of the core, for type checkers and editors. Written by `tests/run renew`; do not change it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    _Cell = str | int | float | bool | date | Decimal | None

__all__ = ["Activity", "FieldId", "RuleId", "Severity", "Submission"]

Severity = Literal[
    "error",
    "warning",
    "info",
]
"""How grave a finding is, the gravest first."""

RuleId = Literal[
    "missing-field",
    "unreadable-date",
    "imprecise-date",
    "reversed-dates",
    "weekday-mismatch",
    "unreadable-count",
    "malformed-phone",
    "malformed-email",
    "malformed-link",
    "unsafe-link",
    "future-day",
    "garbled-text",
    "formula-text",
    "too-long",
    "unofficial-name",
    "unknown-category",
    "group-as-category",
    "unknown-content-area",
    "unknown-organizer-kind",
    "unknown-region",
    "organizer-mismatch",
    "wrong-theme",
    "outside-window",
    "spans-window",
    "outside-period",
    "published-early",
    "published-late",
    "missing-publication",
    "missing-media",
    "missing-news-link",
    "missing-report",
    "missing-item",
    "too-few",
    "too-many",
    "over-length",
    "incomplete-marks",
    "late-summary",
    "deadline-day",
    "missing-summary",
    "pending-summary",
    "unknown-unit",
    "duplicate-id",
    "duplicate-activity",
    "over-quota",
    "under-quota",
]
"""The rules, in the order in which findings of one place stand."""

FieldId = Literal[
    "id",
    "title",
    "organizer",
    "co_organizers",
    "organizer_kind",
    "region",
    "category",
    "content_areas",
    "theme",
    "sub_theme",
    "start",
    "end",
    "period",
    "mode",
    "venue",
    "audience",
    "description",
    "contact",
    "phone",
    "email",
    "url",
    "published_on",
    "marks",
    "images",
    "videos",
    "news_links",
    "report",
    "unit",
    "unit_kind",
    "submitted_on",
]
"""The fields of records."""


class Activity(TypedDict, total=False):
    """An activity (活动), its keys by id; labels and aliases are understood as well."""

    id: _Cell
    """编号: ID."""
    title: _Cell
    """活动名称: title."""
    organizer: _Cell
    """举办单位: organiser."""
    co_organizers: _Cell | Iterable[_Cell]
    """协办单位: co-organisers."""
    organizer_kind: _Cell
    """单位类型: kind of organiser."""
    region: _Cell
    """所在地: region."""
    category: _Cell
    """活动类别: category."""
    content_areas: _Cell | Iterable[_Cell]
    """内容板块: content areas."""
    theme: _Cell
    """活动主题: theme."""
    sub_theme: _Cell
    """活动副主题: sub-theme."""
    start: _Cell
    """开始日期: first day."""
    end: _Cell
    """结束日期: last day."""
    period: _Cell
    """活动时间: days."""
    mode: _Cell
    """活动形式: mode."""
    venue: _Cell
    """活动地点: venue."""
    audience: _Cell
    """参与人次: audience."""
    description: _Cell
    """活动内容: description."""
    contact: _Cell
    """联系人: contact."""
    phone: _Cell
    """联系电话: phone."""
    email: _Cell
    """电子邮箱: e-mail."""
    url: _Cell
    """线上活动链接: online link."""
    published_on: _Cell
    """平台发布日期: published on."""
    marks: _Cell | Iterable[_Cell]
    """使用标识: marks."""
    images: _Cell | Iterable[_Cell]
    """活动图片: pictures."""
    videos: _Cell | Iterable[_Cell]
    """活动视频: videos."""
    news_links: _Cell | Iterable[_Cell]
    """新闻报道链接: news links."""
    report: _Cell
    """活动总结: report."""


class Submission(TypedDict, total=False):
    """A submission (报送材料), such as a work summary, its keys by id."""

    id: _Cell
    """编号: ID."""
    unit: _Cell
    """报送单位: unit."""
    unit_kind: _Cell
    """单位类型: kind of unit."""
    region: _Cell
    """所在地: region."""
    submitted_on: _Cell
    """提交时间: submitted on."""
    report: _Cell
    """工作总结: work summary."""
    contact: _Cell
    """联系人: contact."""
    phone: _Cell
    """联系电话: phone."""
    email: _Cell
    """电子邮箱: e-mail."""
