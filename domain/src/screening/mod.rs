//! Screening against lists of excluded people.
//!
//! In reading order: what has been found about a person and what it means on a day ([`finding`]); a
//! row of a list ([`row`]) and the person or clinic it is held against ([`subject`]); how names are
//! folded ([`folded`], [`nickname`]) and compared ([`compare`]); which rows are looked at for whom
//! ([`list`]); what a hit says of itself ([`evidence`]); what becomes of hits from list to list
//! ([`follow`]) and by people's decisions ([`decision`]).
//!
//! Nothing here hashes: fingerprints are SHA-256 of the canonical texts of [`row::ExclusionRow`] and
//! [`subject::Subject`], made where secrets and digests live.

pub mod compare;
pub mod decision;
pub mod evidence;
mod finding;
pub mod folded;
pub mod follow;
pub mod list;
pub mod nickname;
pub mod row;
pub mod specialty;
pub mod subject;

pub use finding::{
    ExclusionList, ExclusionMatch, MatchChange, MatchState, MatchTier, Screening, ScreeningFinding,
};
