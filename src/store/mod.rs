//! The only SQL: rows in, domain values out.
