//! One person and why they are shown or not.
