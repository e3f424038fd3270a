//! What the code under test logs, by the test it runs in.
//!
//! A subscriber of one thread is not seen by calls whose interest another thread has cached, so there is
//! one for the process, and each test that wants a log says so on its own thread. A test on a
//! single-threaded runtime has its server on that thread too.

use std::cell::{Cell, RefCell};
use std::io;
use std::sync::Once;

use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

thread_local! {
    static IS_WANTED: Cell<bool> = const { Cell::new(false) };
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Everything logged on this thread, of every level, since the start.
pub(super) struct Log;

impl Log {
    pub(super) fn start() -> Self {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            let layer = tracing_subscriber::fmt::layer()
                .json()
                .with_writer(|| ThreadWriter)
                .with_filter(dynamic_filter_fn(|_, _| IS_WANTED.get()));
            let subscriber = tracing_subscriber::registry().with(layer);
            tracing::subscriber::set_global_default(subscriber).expect("the only one");
        });
        BYTES.take();
        IS_WANTED.set(true);
        Self
    }

    /// The lines, one JSON object each.
    pub(super) fn stop(self) -> String {
        drop(self);
        String::from_utf8(BYTES.take()).unwrap()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        IS_WANTED.set(false);
    }
}

struct ThreadWriter;

impl io::Write for ThreadWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        BYTES.with_borrow_mut(|all| all.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
