//! Attestations about needles, from the draft to the day on which they lapse.

mod appeals;
mod cases;
mod denied;
mod engines;
mod hearing;
mod own;
mod recalls;
mod review;
mod scene;
mod signing;
mod steps;
