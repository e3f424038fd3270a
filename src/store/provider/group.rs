//! Rows by the row they belong to.

use std::collections::HashMap;

/// What belongs to each row of another table, in the order in which it was read.
pub(in crate::store) struct Groups<T>(HashMap<i64, Vec<T>>);

impl<T> Groups<T> {
    pub(in crate::store) fn push(&mut self, owner: i64, item: T) {
        self.0.entry(owner).or_default().push(item);
    }

    /// What belongs to `owner`; can be asked once.
    pub(in crate::store) fn take(&mut self, owner: i64) -> Vec<T> {
        self.0.remove(&owner).unwrap_or_default()
    }
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> FromIterator<(i64, T)> for Groups<T> {
    fn from_iter<I: IntoIterator<Item = (i64, T)>>(rows: I) -> Self {
        let mut groups = Self::default();
        for (owner, item) in rows {
            groups.push(owner, item);
        }
        groups
    }
}
