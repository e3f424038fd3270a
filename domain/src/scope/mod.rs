//! Who may needle where, since when, and what the law asks of them.
//!
//! [`rule`] holds what the law says in a period, [`law`] all periods of all pairs without overlap or
//! gap, [`requirement`] what a conditional rule asks for, [`mod@evaluate`] whether a person meets it and
//! [`limits`] what it allows in a visit. [`load`] reads all of it from the columns of two files.

mod amount;
mod error;
pub mod evaluate;
pub mod evidence;
pub mod law;
pub mod limits;
pub mod load;
pub mod requirement;
pub mod rule;
mod rule_id;

pub use error::{LawError, LawFile};
pub use evaluate::{Answer, Evaluation, Judged, Lack, RequirementResult, Shortfall, evaluate};
pub use evidence::Evidence;
pub use law::{ScopeDecision, ScopeLaw};
pub use limits::{BodyRegion, Limits, Technique, region_limits, technique_limits};
pub use load::{RequirementFields, RuleFields};
pub use requirement::{Requirement, RequirementKind, RequirementSubject};
pub use rule::{Confidence, Flag, ScopeInstrument, ScopeRule, ScopeStatus, SourceAge};
pub use rule_id::{InvalidRuleId, RuleId};
