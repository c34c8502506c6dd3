//! The parts of a zipped spreadsheet, each counted while it is unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Source;
use super::fault::Fault;
use super::progress::Watch;
use super::xml::{Input, Xml};

/// An xlsx or an ods, opened.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The number of each part by its name, as it is written and in small letters: other programs wrote
    /// `XL/Workbook.xml`, and Windows would find it.
    places: BTreeMap<String, usize>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens the archive. What it says of its size is believed where it says too much, and counted all the same.
    pub(super) fn open(source: &Source<'a>) -> Result<Package<'a>, Fault> {
        let archive = ZipArchive::new(Cursor::new(source.bytes)).map_err(|_| Fault::Broken)?;
        let size = archive.decompressed_size().map_or(0, |size| u64::try_from(size).unwrap_or(u64::MAX));
        if size > source.limits.unpacked {
            return Err(Fault::OverUnpacked);
        }
        source.watch.expect(size);
        let mut places = BTreeMap::new();
        for (index, name) in archive.file_names_raw().enumerate() {
            let name = String::from_utf8_lossy(name).replace('\\', "/");
            places.entry(name.to_ascii_lowercase()).or_insert(index);
            places.insert(name, index);
        }
        Ok(Package { archive, places, left: source.limits.unpacked })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Whether a part's name begins like this.
    pub(super) fn has_folder(&self, name: &str) -> bool {
        self.places.keys().any(|part| part.starts_with(name))
    }

    /// A part as XML, unpacked while it is read; none where there is no such part.
    pub(super) fn xml<'p, 'w>(&'p mut self, source: &'p Source<'w>, name: &str) -> Result<Option<Xml<'p>>, Fault> {
        let Some(mut part) = self.part(source, name)? else { return Ok(None) };
        let mut head = [0; 3];
        let known = fill(&mut part, &mut head)?;
        let head = head.get(..known).unwrap_or_default();
        let encoding = match head {
            [0xff, 0xfe, ..] => Some(UTF_16LE),
            [0xfe, 0xff, ..] => Some(UTF_16BE),
            _ => None,
        };
        let rest = if head == b"\xef\xbb\xbf" { &[] } else { head };
        Ok(Some(match encoding {
            None => Xml::new(Headed { head: rest.to_vec(), rest: part }),
            // Nobody writes it, and everybody may.
            Some(encoding) => Xml::new(decoded(head, &mut part, encoding)?),
        }))
    }

    /// A short part as text; empty where there is none.
    pub(super) fn short(&mut self, source: &Source<'_>, name: &str) -> Result<String, Fault> {
        let mut text = vec![0; 1 << 20];
        let read = match self.part(source, name)? {
            Some(mut part) => fill(&mut part, &mut text)?,
            None => 0,
        };
        text.truncate(read);
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn part<'p, 'w>(&'p mut self, source: &'p Source<'w>, name: &str) -> Result<Option<Part<'p, 'w>>, Fault> {
        let Some(index) = self.place(name) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Fault::Encrypted,
            _ => Fault::Broken,
        })?;
        Ok(Some(Part { entry: Box::new(entry), left: &mut self.left, watch: &source.watch }))
    }

    fn place(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.places.get(name).or_else(|| self.places.get(&name.to_ascii_lowercase())).copied()
    }
}

/// A part that is being unpacked.
struct Part<'p, 'w> {
    entry: Box<dyn Read + 'p>,
    left: &'p mut u64,
    watch: &'p Watch<'w>,
}

impl Input for Part<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        let read = self.entry.read(into).map_err(|_| Fault::Broken)?;
        let count = u64::try_from(read).map_err(|_| Fault::Broken)?;
        *self.left = self.left.checked_sub(count).ok_or(Fault::OverUnpacked)?;
        self.watch.advance(count)?;
        Ok(read)
    }
}

/// A part whose first bytes were looked at.
struct Headed<'p, 'w> {
    head: Vec<u8>,
    rest: Part<'p, 'w>,
}

impl Input for Headed<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        match into.get_mut(..self.head.len()) {
            Some(room) if !self.head.is_empty() => {
                room.copy_from_slice(&self.head);
                Ok(std::mem::take(&mut self.head).len())
            }
            _ => self.rest.read(into),
        }
    }
}

/// A part in another encoding, read as a whole.
fn decoded(head: &[u8], part: &mut Part<'_, '_>, encoding: &'static Encoding) -> Result<Cursor<Vec<u8>>, Fault> {
    let (mut bytes, mut chunk) = (head.to_vec(), vec![0; 64 << 10]);
    loop {
        match part.read(&mut chunk)? {
            0 => break,
            read => bytes.extend_from_slice(chunk.get(..read).unwrap_or_default()),
        }
    }
    Ok(Cursor::new(encoding.decode(&bytes).0.into_owned().into_bytes()))
}

impl Input for Cursor<Vec<u8>> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        Read::read(self, into).map_err(|_| Fault::Broken)
    }
}

/// Reads until a buffer is full or the part at its end; how much.
fn fill(part: &mut Part<'_, '_>, buffer: &mut [u8]) -> Result<usize, Fault> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match part.read(room)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}
