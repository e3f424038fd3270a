//! What an endpoint tells the shell about its answer, for the log and the metrics.

use poem::Response;

/// How a request went, without anything the client sent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    /// The code of the first error told.
    pub code: Option<&'static str>,
    /// Why it was not executed.
    pub refused: Option<&'static str>,
    /// Points charged or asked for.
    pub cost: Option<u32>,
}

impl Outcome {
    pub(crate) fn attach(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }

    pub(crate) fn of(response: &Response) -> Self {
        response
            .extensions()
            .get::<Self>()
            .copied()
            .unwrap_or_default()
    }
}
