//! Made-up people.
