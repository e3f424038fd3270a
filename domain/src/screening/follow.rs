//! What becomes of hits when a list is held against a person again.
//!
//! A hit is remembered with digests of its row and of the person's names, number and birth date. What
//! people decided stays for as long as neither changes. Nothing here lifts what holds somebody back: a
//! row that is gone ends nothing, and a hit is cleared without people only where it never held.

use super::evidence::MatchSubject;
use super::finding::{MatchState, MatchTier};
use super::list::Hit;
use crate::place::Jurisdiction;

/// A hit on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What was decided last.
    pub state: MatchState,
    /// How strong it is.
    pub tier: MatchTier,
    /// Whom it is about.
    pub about: MatchSubject,
    /// The clinic, of an organisation.
    pub location_id: Option<i64>,
    /// The digest of its row.
    pub row_fingerprint: Option<Box<str>>,
    /// What of its row stays while the list is corrected.
    pub exclusion_key: Option<Box<str>>,
    /// The digest of the person as they were.
    pub person_fingerprint: Option<Box<str>>,
    /// Where a waiver lifts it.
    pub waived_in: Option<Jurisdiction>,
    /// Where its row said so.
    pub row_waived_in: Option<Jurisdiction>,
}

/// A hit of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What was found.
    pub hit: Hit,
    /// The digest of the row.
    pub row_fingerprint: Box<str>,
    /// What of the row stays while the list is corrected.
    pub exclusion_key: Box<str>,
    /// Where the row says that a waiver lifts it.
    pub row_waived_in: Option<Jurisdiction>,
}

/// What is to be done. Numbers are positions in what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A hit not on file yet.
    Raise {
        /// Which.
        seen: usize,
        /// Is it cleared at once, by a birth date that is another?
        cleared: bool,
    },
    /// A hit on file whose row or person changed, or that is stronger than it was.
    Update {
        /// Which on file.
        known: usize,
        /// Which of now.
        seen: usize,
        /// How strong it is now.
        tier: MatchTier,
        /// What it becomes, where that is something else.
        state: Option<MatchState>,
    },
}

/// What is to be done about one person's hits. What is as it was needs nothing.
pub fn follow(known: &[Known], seen: &[Seen], person_fingerprint: &str) -> Vec<Step> {
    let pairs = pair(known, seen);
    (0..seen.len())
        .filter_map(|at| match pairs[at] {
            None => Some(Step::Raise {
                seen: at,
                cleared: seen[at].hit.evidence.rule.clears_itself(),
            }),
            Some(of) => update(of, &known[of], at, &seen[at], person_fingerprint),
        })
        .collect()
}

/// For each hit of now, the one on file that it continues: by the very row first, else by the same
/// exclusion. What has ended by reinstatement is continued by nothing.
fn pair(known: &[Known], seen: &[Seen]) -> Vec<Option<usize>> {
    let mut free: Vec<bool> = known
        .iter()
        .map(|known| known.state != MatchState::Reinstated)
        .collect();
    let mut pairs = vec![None; seen.len()];
    let by_row = |known: &Known, seen: &Seen| {
        known.row_fingerprint.as_deref() == Some(&*seen.row_fingerprint)
    };
    let by_exclusion =
        |known: &Known, seen: &Seen| known.exclusion_key.as_deref() == Some(&*seen.exclusion_key);
    for is_same in [by_row as fn(&Known, &Seen) -> bool, by_exclusion] {
        for (at, seen) in seen.iter().enumerate() {
            if pairs[at].is_some() {
                continue;
            }
            let found = (0..known.len()).find(|of| {
                free[*of]
                    && known[*of].about == seen.hit.about
                    && known[*of].location_id == seen.hit.evidence.location_id
                    && is_same(&known[*of], seen)
            });
            if let Some(of) = found {
                free[of] = false;
                pairs[at] = Some(of);
            }
        }
    }
    pairs
}

fn update(
    of: usize,
    known: &Known,
    at: usize,
    seen: &Seen,
    person_fingerprint: &str,
) -> Option<Step> {
    let row_changed = known.row_fingerprint.as_deref() != Some(&*seen.row_fingerprint);
    let person_changed = known.person_fingerprint.as_deref() != Some(person_fingerprint);
    let now = seen.hit.evidence.rule.tier();
    let clears_itself = seen.hit.evidence.rule.clears_itself();
    let waiver_is_gone = known.waived_in.is_some()
        && known.row_waived_in == known.waived_in
        && seen.row_waived_in != known.waived_in;
    let state = match known.state {
        MatchState::FalsePositive if (row_changed || person_changed) && !clears_itself => {
            Some(MatchState::New)
        }
        // It held nobody back, and the person's birth date has become known and is another.
        MatchState::New if clears_itself && !known.tier.holds_at_once() => {
            Some(MatchState::FalsePositive)
        }
        MatchState::Waived if waiver_is_gone => Some(MatchState::Confirmed),
        MatchState::New
        | MatchState::UnderReview
        | MatchState::Confirmed
        | MatchState::FalsePositive
        | MatchState::Waived
        | MatchState::Inconclusive
        | MatchState::Reinstated => None,
    };
    // What is not cleared keeps the strength that it once had: nobody gets rid of a hold by another
    // birth date or name. What was cleared begins anew.
    let tier =
        if known.state == MatchState::FalsePositive || state == Some(MatchState::FalsePositive) {
            now
        } else {
            now.min(known.tier)
        };
    let is_as_it_was = !row_changed && !person_changed && tier == known.tier && state.is_none();
    (!is_as_it_was).then_some(Step::Update {
        known: of,
        seen: at,
        tier,
        state,
    })
}
