//! A reader that bounds what one row may take and remembers how the file ended.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Longest row, in bytes as read. The longest values that the registry has published add up to about
/// a thirtieth of it (330 columns, June 2025).
pub(super) const ROW_LIMIT: usize = 256 * 1024;

/// Counts what passes through and refuses to read on when one row takes too much.
#[derive(Debug)]
pub(super) struct Guard<R> {
    inner: R,
    since_row: usize,
    quotes: usize,
    last: Option<u8>,
    progress: Arc<AtomicU64>,
}

/// One row took more than [`ROW_LIMIT`].
#[derive(Debug, thiserror::Error)]
#[error("a row is too long")]
pub(super) struct RowTooLong;

impl<R> Guard<R> {
    pub(super) fn new(inner: R, progress: Arc<AtomicU64>) -> Self {
        Self {
            inner,
            since_row: 0,
            quotes: 0,
            last: None,
            progress,
        }
    }

    /// A row is complete: what comes now belongs to the next.
    pub(super) fn row_done(&mut self) {
        self.since_row = 0;
    }

    /// Was the last byte a line break?
    pub(super) fn ended_with_line_break(&self) -> bool {
        self.last == Some(b'\n')
    }

    /// Did the file end inside quotes?
    pub(super) fn ended_in_quotes(&self) -> bool {
        self.quotes % 2 == 1 && self.last.is_some_and(|last| last != b'\n')
    }
}

impl<R: Read> Read for Guard<R> {
    #[expect(
        clippy::naive_bytecount,
        reason = "parsing takes far longer than counting"
    )]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row > ROW_LIMIT {
            return Err(io::Error::other(RowTooLong));
        }
        let count = self.inner.read(buffer)?;
        let got = &buffer[..count];
        self.since_row += count;
        self.quotes += got.iter().filter(|byte| **byte == b'"').count();
        self.last = got.last().copied().or(self.last);
        self.progress.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
