//! A clean record allocates nothing: the check of it is counted, on its own thread.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell as Count;

use kepu_core::{Cell, Field, Notice, Record};

struct Counting;

thread_local! {
    static ALLOCATIONS: Count<u64> = const { Count::new(0) };
}

// SAFETY: every call is handed to the system's allocator as it came; counting touches no memory of its own.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`, and every pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

struct Clean;

impl Record for Clean {
    fn cell(&self, field: Field) -> Cell<'_> {
        Cell::Text(match field {
            Field::Id => "HN-2001",
            Field::Title => "“走近湿地”自然观察",
            Field::Organizer => "新乡市生态环境局",
            Field::OrganizerKind => "机关",
            Field::Region => "新乡市",
            Field::Category => "主办单位联合行动",
            Field::ContentAreas => "践行科普为民，共创美好生活",
            Field::Theme => "提升全民科学素质，助力科技自立自强",
            Field::Start => "2023-09-18",
            Field::End => "9月19日",
            Field::Audience => "300",
            Field::Phone => "0371-65709215",
            Field::PublishedOn => "2023-09-01",
            Field::Images => "湿地1.jpg；湿地2.jpg",
            Field::NewsLinks => "https://www.example.cn/2023/0919.html",
            Field::Report => "观察活动按计划完成。",
            _ => return Cell::Empty,
        })
    }
}

#[test]
fn a_clean_record_allocates_nothing() {
    let checker = Notice::bundled("henan-2023").unwrap().checker();
    let as_of = "2023-10-08".parse().unwrap();
    let before = ALLOCATIONS.with(Count::get);
    let report = checker.check(&Clean, as_of);
    let allocated = ALLOCATIONS.with(Count::get) - before;
    assert_eq!(report.findings().len(), 0);
    assert_eq!(allocated, 0, "the check of a clean record allocated");
}
