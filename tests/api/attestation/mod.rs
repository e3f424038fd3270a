//! Attestations about needles, from the draft to the day on which they lapse.

mod cases;
mod recalls;
mod review;
mod scene;
mod signing;
