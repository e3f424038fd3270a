//! Short and pet forms of given names.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One group a line; the file's head says where it comes from.
const TABLE: &str = include_str!("../../data/nicknames.txt");

/// The groups that each name belongs to.
static GROUPS: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut groups: HashMap<&'static str, Vec<u16>> = HashMap::new();
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    for (group, line) in (0..).zip(lines) {
        for name in line.split([':', ' ']).filter(|name| !name.is_empty()) {
            groups.entry(name).or_default().push(group);
        }
    }
    groups
});

/// The groups of a folded given name; none for most names.
pub fn groups(name: &str) -> &'static [u16] {
    GROUPS.get(name).map_or(&[], Vec::as_slice)
}

/// Is one name a short form of the other, or are both of a third?
pub fn are_one(one: &[u16], other: &[u16]) -> bool {
    one.iter().any(|group| other.contains(group))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(
            are_one(groups(one), groups(other)),
            expected,
            "{one} {other}"
        );
        assert_eq!(
            are_one(groups(other), groups(one)),
            expected,
            "{other} {one}"
        );
    }

    #[test]
    fn short_forms_go_with_their_name_and_with_each_other() {
        check("WILLIAM", "BILL", true);
        check("BILL", "WILL", true);
        check("FRANCISCO", "PACO", true);
        check("GUADALUPE", "LUPITA", true);
        check("ALEX", "ALEXANDER", true);
        check("ALEX", "ALEXANDRA", true);
        check("ALEXANDER", "ALEXANDRA", false);
        check("ROBERT", "WILLIAM", false);
        check("ZEBULON", "ZEBULON", false);
    }

    #[test]
    fn the_table_is_folded_and_each_name_heads_one_group() {
        let mut heads = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (head, forms) = line.split_once(": ").unwrap_or_else(|| panic!("{line:?}"));
            assert!(heads.insert(head), "{head} heads two groups");
            for name in forms.split(' ').chain([head]) {
                let is_folded = name.bytes().all(|byte| byte.is_ascii_uppercase());
                assert!(is_folded && !name.is_empty(), "{name:?} in {line:?}");
            }
        }
        assert!(heads.len() > 300, "{}", heads.len());
    }
}
