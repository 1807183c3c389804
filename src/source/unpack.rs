//! Undoes gzip and zstd, without a C library.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::bytes::cut_short;

/// Unpacks gzip and zstd by what the bytes say themselves; anything else is passed on as it is. Media types
/// are not asked: engines have written wrong ones. `window` is the largest that a zstd frame may have.
pub(super) fn unpack<'a>(packed: impl Read + 'a, window: u64) -> io::Result<Box<dyn Read + 'a>> {
    let mut packed = BufReader::with_capacity(1 << 16, packed);
    // A first read of a file gives as much as there is; a shorter start is no packed archive.
    let start = packed.fill_buf()?;
    let known = [(&b"BZh"[..], "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"\x04\x22\x4d\x18", "lz4")];
    if let Some((_, name)) = known.iter().find(|(magic, _)| start.starts_with(magic)) {
        let words = format!("it is packed with {name}, which is not read here (gzip, zstd and none are)");
        return Err(io::Error::new(io::ErrorKind::Unsupported, words));
    }
    if start.starts_with(b"\x1f\x8b") {
        return Ok(Box::new(MultiGzDecoder::new(packed)));
    }
    if is_zstd(start) {
        return Ok(Box::new(Frames { decoder: FrameDecoder::new(), source: packed, open: false, window }));
    }
    Ok(Box::new(packed))
}

/// Whether a stream that starts so is packed.
pub(super) fn is_packed(start: &[u8]) -> bool {
    start.starts_with(b"\x1f\x8b") || is_zstd(start)
}

/// A frame, or one to be passed over, with which pzstd begins (RFC 8878, 3.1.2).
fn is_zstd(start: &[u8]) -> bool {
    let skippable = matches!(start, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
    start.starts_with(b"\x28\xb5\x2f\xfd") || skippable
}

/// The frames of a zstd stream one after another: tools that allow single files to be fetched write many,
/// with frames to be passed over among them (RFC 8878, 3.1).
struct Frames<R> {
    decoder: FrameDecoder,
    source: R,
    open: bool,
    window: u64,
}

impl<R: BufRead> Frames<R> {
    /// Starts the next frame; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        loop {
            let start = self.source.fill_buf()?;
            if start.is_empty() {
                return Ok(false);
            }
            if window(start).is_some_and(|window| window > self.window) {
                let words = format!("its zstd frames have a window of more than {} bytes", self.window);
                return Err(io::Error::new(io::ErrorKind::InvalidData, words));
            }
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let skipped = io::copy(&mut self.source.by_ref().take(length.into()), &mut io::sink())?;
                    if skipped != u64::from(length) {
                        return Err(cut_short());
                    }
                }
                Err(error) => return Err(damaged(&error)),
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() {
            if !self.open {
                self.open = self.next()?;
                if !self.open {
                    break;
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let step = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, step).map_err(|error| damaged(&error))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.open = false;
        }
        Ok(0)
    }
}

/// How many bytes a frame's decoder has to keep (RFC 8878, 3.1.1.1); none where the start does not say it.
fn window(start: &[u8]) -> Option<u64> {
    let rest = start.strip_prefix(b"\x28\xb5\x2f\xfd")?;
    let (descriptor, rest) = rest.split_first()?;
    if descriptor & 0x20 == 0 {
        let window = *rest.first()?;
        let base = 1_u64 << (10 + (window >> 3));
        return Some(base + base / 8 * u64::from(window & 7));
    }
    // A single segment: the content itself, whose size stands behind the dictionary's number.
    let rest = rest.get([0, 1, 2, 4][usize::from(descriptor & 3)]..)?;
    let size = rest.get(..[1, 2, 4, 8][usize::from(descriptor >> 6)])?;
    let size = size.iter().rev().fold(0_u64, |size, byte| size << 8 | u64::from(*byte));
    Some(if descriptor >> 6 == 1 { size + 256 } else { size })
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("its zstd stream is damaged: {error}"))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn all(packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        unpack(packed, 32 << 20)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub(in super::super) fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    pub(in super::super) fn zstd(content: &[u8]) -> Vec<u8> {
        compress_to_vec(content, CompressionLevel::Fastest)
    }

    #[test]
    fn every_packing_is_undone_in_several_parts_too() {
        assert_eq!(all(b"plain").unwrap(), b"plain");
        assert_eq!(all(b"").unwrap(), b"");
        assert_eq!(all(&[gzip(b"one "), gzip(b"two")].concat()).unwrap(), b"one two");
        let skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc";
        let frames = [&skippable[..], &zstd(b"one "), skippable, &zstd(b""), &zstd(b"two"), skippable];
        assert_eq!(all(&frames.concat()).unwrap(), b"one two");
    }

    #[test]
    fn a_window_is_read_before_it_is_made() {
        let said = |start: &[u8]| window(&[b"\x28\xb5\x2f\xfd", start].concat());
        assert_eq!(said(b"\x00\x68"), Some(8 << 20));
        assert_eq!(said(b"\x00\x6a"), Some(10 << 20));
        assert_eq!(said(b"\x20\x07"), Some(7));
        assert_eq!(said(b"\x60\x01\x01"), Some(513));
        assert_eq!(said(b"\xa1\0\0\0\0\x04"), Some(64 << 20));
        assert_eq!((said(b"\xa0\0"), window(b"\x50\x2a\x4d\x18")), (None, None));
        let mut packed = b"\x28\xb5\x2f\xfd\x00\x80".to_vec();
        packed.extend([1, 0, 0]);
        assert!(all(&packed).unwrap_err().to_string().contains("a window of more than 33554432 bytes"));
    }

    #[test]
    fn what_is_cut_or_unknown_is_an_error() {
        let content: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        for packed in [gzip(&content), zstd(&content)] {
            assert_eq!(all(&packed).unwrap(), content);
            for cut in [6, 20, packed.len() / 2, packed.len() - 1] {
                assert!(all(&packed[..cut]).is_err(), "{cut} of {}", packed.len());
            }
        }
        assert!(all(b"\x50\x2a\x4d\x18\x09\0\0\0abc").is_err());
        assert!(all(b"BZh91AY").unwrap_err().to_string().contains("bzip2"));
        assert!(all(b"\xfd7zXZ\0").unwrap_err().to_string().contains("xz"));
    }
}
