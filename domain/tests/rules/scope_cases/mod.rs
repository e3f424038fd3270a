//! The acceptance cases of the specification's scope page, section 8, by their numbers. Every
//! expectation is written by hand; today is 21 November 2026.

mod conditions;
mod limits;
mod listings;
mod statuses;
