//! Files in: read, parse, batch, report.
