//! A connection that ends itself when its client is too slow.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, Sleep};

use super::head::{Head, HeadWatch};
use crate::http::metrics::Counted;
use crate::http::settings::Settings;

/// What is freed when the connection ends: its place among the connections, its count.
pub(super) type Held = (OwnedSemaphorePermit, Counted);

/// A stream whose reads and writes fail once its client has had its time.
///
/// - **Waiting** for a request, from the start or the last byte of an answer: the idle timeout.
/// - **Head**: from the first byte of a request to the empty line. However steadily the bytes drip in.
/// - **Answering**: from the end of the head to the first byte of the answer, in all. Bodies and
///   executions have shorter times of their own, within which the client still gets an answer.
/// - While an answer is written, each piece that the client takes starts the idle timeout again.
/// - **Socket**: once the answer was to speak another protocol, which has its own rules for silence. What
///   is left here is to end a socket on which nothing went either way for longer than those allow.
///
/// A file that is handed in has a longer time for its answer.
pub(crate) struct Patient<S> {
    stream: S,
    phase: Phase,
    deadline: Pin<Box<Sleep>>,
    idle: Duration,
    head: Duration,
    answer: Duration,
    upload: Duration,
    socket: Duration,
    _held: Option<Held>,
}

enum Phase {
    Waiting,
    Head(HeadWatch),
    Answering,
    Socket,
}

/// How the answer begins after which another protocol is spoken.
const SWITCHING: &[u8] = b"HTTP/1.1 101";

impl<S> Patient<S> {
    pub(super) fn new(stream: S, settings: &Settings, held: impl Into<Option<Held>>) -> Self {
        Self {
            stream,
            phase: Phase::Waiting,
            deadline: Box::pin(tokio::time::sleep(settings.idle_timeout)),
            idle: settings.idle_timeout,
            head: settings.header_timeout,
            answer: settings.answer_timeout,
            upload: settings.upload_timeout + settings.answer_timeout,
            socket: settings.socket_idle + settings.idle_timeout,
            _held: held.into(),
        }
    }

    fn allow(&mut self, time: Duration) {
        self.deadline.as_mut().reset(Instant::now() + time);
    }

    /// Ready with an error once the time is over.
    fn poll_deadline(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }

    fn has_read(&mut self, bytes: &[u8]) -> io::Result<()> {
        if matches!(self.phase, Phase::Socket) {
            self.allow(self.socket);
        }
        if matches!(self.phase, Phase::Waiting) {
            self.phase = Phase::Head(HeadWatch::default());
            self.allow(self.head);
        }
        if let Phase::Head(watch) = &mut self.phase {
            match watch.take(bytes) {
                Head::Unfinished => {}
                Head::Finished { is_upload } => {
                    self.phase = Phase::Answering;
                    self.allow(if is_upload { self.upload } else { self.answer });
                }
                Head::Foreign => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        Ok(())
    }

    fn has_written(&mut self, begin: &[u8]) {
        let switches = matches!(self.phase, Phase::Answering) && begin.starts_with(SWITCHING);
        if switches || matches!(self.phase, Phase::Socket) {
            self.phase = Phase::Socket;
            self.allow(self.socket);
        } else {
            self.phase = Phase::Waiting;
            self.allow(self.idle);
        }
    }

    /// The result of a write, or the end of the patience with a client that takes nothing.
    fn written<T>(
        &mut self,
        result: Poll<io::Result<T>>,
        begin: &[u8],
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        match result {
            Poll::Ready(Ok(done)) => {
                self.has_written(begin);
                Poll::Ready(Ok(done))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => self.poll_deadline(context).map(Err),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(Ok(())) => {
                let bytes = &buffer.filled()[before..];
                Poll::Ready(if bytes.is_empty() {
                    Ok(())
                } else {
                    self.has_read(bytes)
                })
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => self.poll_deadline(context).map(Err),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(result, bytes, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        let begin = slices.first().map_or(&[][..], |slice| slice);
        self.written(result, begin, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_flush(context) {
            Poll::Pending => self.poll_deadline(context).map(Err),
            done @ Poll::Ready(_) => done,
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_shutdown(context) {
            Poll::Pending => self.poll_deadline(context).map(Err),
            done @ Poll::Ready(_) => done,
        }
    }
}
