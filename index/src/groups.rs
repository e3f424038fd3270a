//! Lists of rows by group, in two flat arrays.

use crate::row;

/// For every group below a length, its rows.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Groups {
    /// From pairs of group and row; a group keeps its rows in the order in which they come.
    pub(crate) fn new(length: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0; length + 1];
        for (group, _) in pairs {
            starts[*group as usize + 1] += 1;
        }
        for group in 0..length {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; pairs.len()];
        for (group, member) in pairs {
            let slot = &mut next[*group as usize];
            rows[*slot as usize] = *member;
            *slot = row(*slot as usize + 1);
        }
        Self { starts, rows }
    }

    /// The rows of a group.
    pub(crate) fn of(&self, group: u32) -> &[u32] {
        let group = group as usize;
        &self.rows[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// The rows of a run of groups, one group after the other.
    pub(crate) fn of_all(&self, groups: std::ops::Range<usize>) -> &[u32] {
        &self.rows[self.starts[groups.start] as usize..self.starts[groups.end] as usize]
    }
}
