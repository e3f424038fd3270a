//! A bar for whoever sits before a terminal; nothing anywhere else.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often the bar is drawn.
const FRAME: Duration = Duration::from_millis(100);

/// Awaits the work and shows meanwhile how many of `bytes` are read and how many people merged.
pub(super) async fn shown<T>(
    work: impl Future<Output = T>,
    bytes: u64,
    read: &AtomicU64,
    merged: &AtomicU64,
) -> T {
    // Standard error: hidden by itself where that is no terminal.
    let bar = ProgressBar::new(bytes);
    if let Ok(style) = ProgressStyle::with_template(
        "{bar:30} {bytes}/{total_bytes} {msg} {elapsed} (about {eta} left)",
    ) {
        bar.set_style(style);
    }
    let mut frames = tokio::time::interval(FRAME);
    tokio::pin!(work);
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            _ = frames.tick() => {
                bar.set_position(read.load(Ordering::Relaxed));
                let people = merged.load(Ordering::Relaxed);
                if people > 0 {
                    bar.set_message(format!("{people} people merged"));
                }
            }
        }
    };
    bar.finish_and_clear();
    done
}
