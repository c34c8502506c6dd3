"""Charts where people would rather look than read: altair, readable in Chinese. Needs `kepu[plot]`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kepu import _kepu
from kepu.errors import KepuError
from kepu.names import FieldId, Severity
from kepu.wire import Lang

if TYPE_CHECKING:
    import altair

    from kepu.notice import Notice

FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Source Han Sans SC, sans-serif"
COLOURS = {"error": "#b3261e", "warning": "#c98a1b", "info": "#3f7fc4"}
STATES = {"upcoming": "#8fb4de", "open": "#0b6b57", "due-today": "#c98a1b", "closed": "#a9b3ae", "overdue": "#b3261e"}


def _altair() -> Any:
    try:
        import altair
    except ImportError:
        raise KepuError(
            "画图需要 altair：pip install 'kepu[plot]'", "charts need altair: pip install 'kepu[plot]'", "zh"
        ) from None
    return altair


def _words(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _finished(chart: Any, title: str) -> altair.Chart:
    finished: altair.Chart = (
        chart.properties(title=title)
        .configure(font=FONT)
        .configure_title(fontSize=16, anchor="start", offset=12)
        .configure_axis(labelFontSize=12, titleFontSize=12, labelLimit=320)
        .configure_legend(labelFontSize=12, titleFontSize=12)
        .configure_view(strokeWidth=0)
    )
    return finished


def findings(counts: Mapping[tuple[str, Severity], int], abouts: Mapping[str, str], lang: Lang) -> altair.Chart:
    """How often each rule is broken, the most frequent first; colours are severities.

    Args:
        counts: (rule, severity) → how often.
        abouts: Rule → what it means.
    """
    alt = _altair()
    labels = _kepu.severity_labels(lang)
    rows = [
        {"rule": f"{_short(abouts[rule])}（{rule}）", "severity": labels[severity], "count": count}
        for (rule, severity), count in counts.items()
    ]
    totals: Counter[str] = Counter()
    for (rule, _), times in counts.items():
        totals[rule] += times
    chart = (
        alt.Chart(alt.Data(values=rows), width=420)
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            x=alt.X("count:Q", title=_words(lang, "次数", "count"), axis=_counted(max(totals.values(), default=0))),
            y=alt.Y("rule:N", sort="-x", title=None, axis=alt.Axis(labelLimit=460)),
            color=alt.Color("severity:N", title=None, scale=alt.Scale(domain=list(labels.values()), range=[COLOURS[severity] for severity in labels])),
            tooltip=["rule:N", "severity:N", "count:Q"],
        )
    )
    return _finished(chart, _words(lang, "各类问题的次数", "Findings by rule"))


def _short(about: str, most: int = 22) -> str:
    first = about.split("。")[0]
    return first if len(first) <= most else first[: most - 1] + "…"


def coverage(activities: Iterable[Mapping[str, Any]], name: Callable[[FieldId, str], str | None], lang: Lang) -> altair.Chart:
    """How many activities there are of each category in each region; an empty square is a category that a region lacks."""
    alt = _altair()
    unread = _words(lang, "未读出", "not read")

    def called(field: FieldId, id: str | None) -> str:
        return (name(field, id) or id) if id else unread

    rows = [{"region": called("region", a["region"]), "category": called("category", a["category"]), "count": a["count"]} for a in activities]
    # What was not read stands last.
    regions = sorted(dict.fromkeys(row["region"] for row in rows), key=unread.__eq__)
    categories = sorted(dict.fromkeys(row["category"] for row in rows), key=unread.__eq__)
    have = {(row["region"], row["category"]) for row in rows}
    rows += [{"region": r, "category": c, "count": 0} for r in regions for c in categories if (r, c) not in have]
    base = alt.Chart(alt.Data(values=rows), width=alt.Step(46), height=alt.Step(26)).encode(
        x=alt.X("category:N", sort=categories, title=_words(lang, "类别", "category"), axis=alt.Axis(labelAngle=-35)),
        y=alt.Y("region:N", sort=regions, title=None),
    )
    squares = base.mark_rect(stroke="#fff", strokeWidth=2, cornerRadius=3).encode(
        color=alt.condition("datum.count > 0", alt.Color("count:Q", title=_words(lang, "项数", "count"), scale=alt.Scale(range=["#dff1ec", "#4fae97"])), alt.value("#f1f3f2")),
        tooltip=["region:N", "category:N", "count:Q"],
    )
    numbers = base.transform_filter("datum.count > 0").mark_text(fontSize=12).encode(text="count:Q", color=alt.value("#10231d"))
    return _finished(squares + numbers, _words(lang, "各地区、各类别的活动数", "Activities by region and category"))


def calendar(days: Counter[str], spans: Sequence[tuple[str, str, str]], lang: Lang) -> altair.Chart:
    """How many activities begin on each day, against the window.

    Args:
        days: ISO day → how many activities begin on it.
        spans: Windows as (name, first day, last day), both included.
    """
    alt = _altair()
    rows = [{"day": day, "count": count, **_around(day, day)} for day, count in sorted(days.items())]
    # A label for every day, or as many as there is room for.
    shown = [date.fromisoformat(day) for day in [*days, *(day for _, *window in spans for day in window)]]
    many = (max(shown) - min(shown)).days if shown else 0
    ticks = alt.TimeIntervalStep(interval=alt.TimeInterval("day"), step=1) if many <= 20 else alt.Undefined
    axis = alt.Axis(format="%-m月%-d日" if lang == "zh" else "%b %-d", labelAngle=-40, tickCount=ticks)
    # Chinese that lies on its side is hard to read.
    count = _counted(max(days.values(), default=0), titleAngle=0, titleAlign="left", titleX=-32, titleY=-8)
    bars = (
        alt.Chart(alt.Data(values=rows), width=620, height=240)
        .mark_rect(color="#0b6b57", stroke="#fff")
        .encode(
            x2="behind:T",
            y2=alt.datum(0),
            x=alt.X("first:T", title=_words(lang, "开始日期", "first day"), axis=axis),
            y=alt.Y("count:Q", title=_words(lang, "活动数", "activities"), axis=count),
            tooltip=[alt.Tooltip("day:N"), alt.Tooltip("count:Q")],
        )
    )
    windows = [{"what": what, **_around(first, last)} for what, first, last in spans]
    title = _words(lang, "每天开始的活动，底色是集中开展的日子", "Activities by first day; shaded: the window")
    if not windows:
        return _finished(bars, title)
    shade = (
        alt.Chart(alt.Data(values=windows))
        .mark_rect(color="#f2c46a", opacity=0.35)
        .encode(x=alt.X("first:T"), x2="behind:T", tooltip=["what:N"])
    )
    return _finished(shade + bars, title)


def _counted(most: int, **how: Any) -> altair.Axis:
    """An axis of whole numbers up to the most: few of them each have a tick, or those between would be rounded to the same."""
    if most < 8:
        how["values"] = list(range(most + 1))
    axis: altair.Axis = _altair().Axis(format="d", **how)
    return axis


def _around(first: str, last: str) -> dict[str, str]:
    """Days as they are drawn: from noon before to noon behind, so that a day's label stands below its middle."""
    noon = "T12:00:00"
    return {"first": f"{date.fromisoformat(first) - timedelta(days=1)}{noon}", "behind": f"{last}{noon}"}


def timeline(milestones: Sequence[Mapping[str, Any]], as_of: str, lang: Lang) -> altair.Chart:
    """What the notice dates, as of a moment: bars for spans, points for days, a line for the moment."""
    alt = _altair()
    rows = []
    # The states that are there, in the order of their colours.
    shown = {milestone["state"]: milestone["label"] for milestone in sorted(milestones, key=lambda one: list(STATES).index(one["state"]))}
    for milestone in milestones:
        first, last = milestone["first"] or milestone["last"], milestone["last"] or milestone["first"]
        rows.append({"what": milestone["what"], "first": first[:10], "last": last[:10], "state": milestone["label"], "clause": milestone["clause"]["number"]})
    order = [row["what"] for row in rows]
    colour = alt.Color("state:N", title=None, scale=alt.Scale(domain=list(shown.values()), range=[STATES[state] for state in shown]))
    axis = alt.Axis(format="%-m月%-d日" if lang == "zh" else "%b %-d", labelAngle=-40)
    base = alt.Chart(alt.Data(values=rows), width=620, height=alt.Step(36)).encode(
        y=alt.Y("what:N", sort=order, title=None), color=colour, tooltip=["what:N", "first:N", "last:N", "state:N", "clause:N"]
    )
    spans = base.transform_filter("datum.first != datum.last").mark_bar(height=14, cornerRadius=4).encode(
        x=alt.X("yearmonthdate(first):T", title=None, axis=axis), x2="yearmonthdate(last):T"
    )
    points = base.transform_filter("datum.first == datum.last").mark_point(size=160, filled=True, shape="diamond", opacity=1).encode(
        x=alt.X("yearmonthdate(first):T", title=None, axis=axis)
    )
    now = alt.Chart(alt.Data(values=[{"as_of": as_of[:10]}])).mark_rule(color="#1d2a26", strokeDash=[5, 4], strokeWidth=1.5).encode(x="yearmonthdate(as_of):T")
    return _finished(spans + points + now, _words(lang, f"时间安排（截至 {as_of[:10]}，虚线）", f"Timeline (as of {as_of[:10]}, dashed)"))


class NoticePlots:
    """The charts of a notice."""

    __slots__ = ("_notice",)

    def __init__(self, notice: Notice) -> None:
        self._notice = notice

    def timeline(self, as_of: str | date, *, lang: Lang = "zh") -> altair.Chart:
        """What the notice dates, as of a moment: bars for spans, points for days, a dashed line for the moment."""
        return timeline(self._notice.timeline(as_of, lang=lang), str(as_of), lang)


def svg(chart: altair.Chart) -> str:
    """The chart as SVG text, for a page without a network."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_dict()))
