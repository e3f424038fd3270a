//! What one running node holds: clock, store, index and settings.
