//! The compound file that an xls is kept in ([MS-CFB]): sectors in chains, streams by name.

/// A compound file, opened.
pub(super) struct Ole<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    kind: u8,
    start: u32,
    size: u64,
}

/// Streams below this stand in small sectors.
const MINI_CUTOFF: u64 = 4096;
const MINI_SECTOR: usize = 64;
/// Sector numbers from here on are marks: end of a chain, free, the table's own.
const MARKS: u32 = 0xffff_fffa;

impl<'a> Ole<'a> {
    /// None where the file breaks off or its chains run in circles.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Ole<'a>> {
        let sector = match word(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut ole = Ole { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini: Vec::new(), entries: Vec::new() };
        let mut tables: Vec<u32> = (0..109).map_while(|index| long(bytes, 76 + index * 4)).collect();
        let mut next = long(bytes, 68)?;
        // A table of sectors has a place for each sector of the file, and no more: a file may name one over and over.
        let sectors = bytes.len() / sector + 1;
        let longs = sector / 4;
        while tables.len() <= sectors / longs + 109 {
            if next >= MARKS {
                break;
            }
            let more = ole.sector(next)?;
            let longs = more.chunks_exact(4).filter_map(|four| long(four, 0));
            let mut longs: Vec<u32> = longs.collect();
            next = longs.pop()?;
            tables.append(&mut longs);
        }
        for table in tables.into_iter().filter(|number| *number < MARKS) {
            let Some(part) = ole.sector(table).filter(|_| ole.fat.len() < sectors) else { break };
            ole.fat.extend(part.chunks_exact(4).filter_map(|four| long(four, 0)));
        }
        ole.mini_fat = ole.chain(long(bytes, 60)?, u64::MAX)?.chunks_exact(4).filter_map(|four| long(four, 0)).collect();
        let directory = ole.chain(long(bytes, 48)?, u64::MAX)?;
        ole.entries = directory.chunks_exact(128).filter_map(|part| entry(part, sector)).collect();
        let root = ole.entries.iter().find(|entry| entry.kind == 5)?;
        ole.mini = ole.chain(root.start, root.size)?;
        Some(ole)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A stream's bytes, if it is no longer than this.
    pub(super) fn stream(&self, name: &str, bound: u64) -> Option<Vec<u8>> {
        let entry = self.find(name).filter(|entry| entry.size <= bound)?;
        if entry.size >= MINI_CUTOFF {
            return self.chain(entry.start, entry.size);
        }
        let size = usize::try_from(entry.size).ok()?;
        let (mut stream, mut next) = (Vec::with_capacity(size), entry.start);
        while stream.len() < size {
            let at = usize::try_from(next).ok()?.checked_mul(MINI_SECTOR)?;
            stream.extend_from_slice(self.mini.get(at..at.checked_add(MINI_SECTOR)?)?);
            next = *self.mini_fat.get(usize::try_from(next).ok()?)?;
        }
        stream.truncate(size);
        Some(stream)
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        // The last sector of a file may be cut where its stream ends.
        self.bytes.get(at..at.checked_add(self.sector)?.min(self.bytes.len()))
    }

    /// The sectors of a chain, one behind the other, up to a size. A chain is never longer than the file.
    fn chain(&self, start: u32, size: u64) -> Option<Vec<u8>> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let (mut bytes, mut next) = (Vec::new(), start);
        while next < MARKS && bytes.len() < size {
            let part = self.sector(next)?;
            if bytes.len() + part.len() > self.bytes.len() {
                return None;
            }
            bytes.extend_from_slice(part);
            next = *self.fat.get(usize::try_from(next).ok()?)?;
        }
        bytes.truncate(size);
        Some(bytes)
    }
}

fn entry(part: &[u8], sector: usize) -> Option<Entry> {
    let length = usize::from(word(part, 64)?).min(64);
    let units = part.get(..length)?.chunks_exact(2).filter_map(|two| word(two, 0)).take_while(|unit| *unit != 0);
    let name = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    // In the old version the upper half of the size is not defined.
    let high = if sector == 512 { 0 } else { u64::from(long(part, 124)?) << 32 };
    Some(Entry { name, kind: *part.get(66)?, start: long(part, 116)?, size: u64::from(long(part, 120)?) | high })
}

/// Two bytes, little end first.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

/// Four bytes, little end first.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}
