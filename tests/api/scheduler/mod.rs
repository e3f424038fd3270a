//! What the passing of time brings: by the clock that tests set.

mod queue;
