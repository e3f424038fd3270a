//! Disks that fill and databases that break.
