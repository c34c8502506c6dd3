//! The timeline as an iCalendar file, read by a library that is not ours.

use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime};
use kepu_core::Notice;

fn events(as_of: &str) -> Vec<icalendar::Event> {
    let file = Notice::bundled("henan-2023").unwrap().calendar(as_of.parse().unwrap());
    let calendar: Calendar = file.parse().unwrap();
    calendar
        .components
        .into_iter()
        .map(|component| match component {
            CalendarComponent::Event(event) => event,
            other => panic!("not an event: {other:?}"),
        })
        .collect()
}

#[test]
fn a_calendar_program_sees_each_milestone_with_its_days_and_clause() {
    let events = events("2023-09-01");
    let names: Vec<&str> = events.iter().filter_map(|event| event.get_summary()).collect();
    assert_eq!(names, ["主题宣传活动", "全国科普日平台发布开始", "集中开展", "科普日活动工作总结截止"]);
    let window = &events[2];
    let utc = |moment: Option<DatePerhapsTime>| match moment {
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(time))) => time.to_string(),
        other => panic!("no moment in UTC: {other:?}"),
    };
    assert_eq!(utc(window.get_start()), "2023-09-16 16:00:00 UTC", "the 17th, 00:00 at UTC+8");
    assert_eq!(utc(window.get_end()), "2023-09-23 16:00:00 UTC", "the 23rd, 24:00 at UTC+8");
    let summary = events[3].get_description().unwrap();
    assert!(summary.contains("四(三)：请各省辖市、济源示范区科协和各全省学会于9月28日前提交科普日活动工作总结"), "{summary}");
}

#[test]
fn an_event_keeps_its_uid_and_its_stamp_is_as_of() {
    let (before, after) = (events("2023-09-01"), events("2023-09-29T09:05"));
    let uids = |events: &[icalendar::Event]| events.iter().map(|event| event.get_uid().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(uids(&before), uids(&after));
    assert!(after.iter().all(|event| event.property_value("DTSTAMP") == Some("20230929T010500Z")));
}
