//! Who may needle where, since when, and what the law asks of them.
//!
//! [`rule`] holds what the law says in a period, [`law`] all periods of all pairs without overlap or
//! gap, and [`requirement`] what a conditional rule asks for.

pub mod law;
pub mod requirement;
pub mod rule;

pub use law::{LawError, ScopeDecision, ScopeLaw};
pub use requirement::{Requirement, RequirementKind, RequirementSubject};
pub use rule::{Confidence, ScopeInstrument, ScopeRule, ScopeStatus};
