"""科普活动通知核对：按通知逐条核对活动和总结，每个问题都附所依据的条款。

A science-week notice held as data, records and tables checked against it, every finding with the clause it rests on.

>>> import kepu
>>> notice = kepu.Notice("henan-2023")
>>> report = notice.check(
...     {"活动名称": "“走近湿地”自然观察", "举办单位": "新乡市科协", "活动类别": "地方主场活动", "活动时间": "9月16日"},
...     as_of="2023-09-01",
... )
>>> report.is_accepted
True
>>> for finding in report.findings:
...     print(finding["rule"], finding["severity"], finding["clause"]["number"], finding["message"])
outside-window info 一 活动时间9月16日（周六）不在“集中开展”的日子里，9月17日（周日）起，9月23日（周六）止

Messages are Chinese unless `lang="en"` is given. Every moment is at UTC+8 unless it names another zone. Nothing here reads
a clock: `as_of` is always the caller's word (only the command line defaults to now, and says so).
"""

from __future__ import annotations

from kepu._kepu import Findings, Report, __version__
from kepu.errors import KepuError, NameUnknownError, NoticeError, RecordError, SheetError
from kepu.files import Sheets, read
from kepu.names import Activity, FieldId, RuleId, Severity, Submission
from kepu.notice import Notice, notices, rules
from kepu.result import Result
from kepu.wire import Answer, Clause, Finding, Fix, Milestone, Rule

__all__ = [
    "Activity",
    "Answer",
    "Clause",
    "FieldId",
    "Finding",
    "Findings",
    "Fix",
    "KepuError",
    "Milestone",
    "NameUnknownError",
    "Notice",
    "NoticeError",
    "RecordError",
    "Report",
    "Result",
    "Rule",
    "RuleId",
    "Severity",
    "SheetError",
    "Sheets",
    "Submission",
    "__version__",
    "notices",
    "read",
    "rules",
]
