//! What single records are worth on a day.

mod license;
mod practices;
mod screening;
mod standing;
