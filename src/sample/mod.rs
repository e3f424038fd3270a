//! Made-up people, always the same for a seed.
