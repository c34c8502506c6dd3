//! What a process of its own tells of itself: its processor time and its memory.

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds of wall and of processor time that one of so many runs takes, and what the last came to.
///
/// # Errors
/// As `run`.
pub fn timed<T>(runs: u32, mut run: impl FnMut() -> Result<T, Box<dyn Error>>) -> Result<(u128, u128, T), Box<dyn Error>> {
    let (started, spent) = (Instant::now(), processor(ClockId::ProcessCPUTime));
    let mut result = run()?;
    for _ in 1..runs {
        result = run()?;
    }
    let per_run = |time: Duration| time.as_nanos() / u128::from(runs);
    Ok((per_run(started.elapsed()), per_run(processor(ClockId::ProcessCPUTime) - spent), result))
}

/// The processor time of this thread so far.
pub fn thread_time() -> Duration {
    processor(ClockId::ThreadCPUTime)
}

fn processor(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The memory of this process, in KiB; where the system does not tell, 0.
pub struct Memory {
    pub before: u64,
}

impl Memory {
    /// Begins to look at how it grows.
    pub fn now() -> Memory {
        // Linux forgets the highest mark on this word.
        let _ = fs::write("/proc/self/clear_refs", "5");
        Memory { before: status("VmRSS:") }
    }

    /// By how much it has grown at the most.
    pub fn grown(&self) -> u64 {
        status("VmHWM:").saturating_sub(self.before)
    }
}

fn status(key: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}
