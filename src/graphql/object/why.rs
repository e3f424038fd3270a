use async_graphql::SimpleObject;

use crate::graphql::codes::{Role, WhyNotCode};
use crate::graphql::scalar::Date;

/// Why a record is not verified: what is missing, who must act, and by when. It names no suspicion and
/// no match that nobody has decided.
#[derive(SimpleObject)]
pub struct WhyNot {
    /// By name.
    code: WhyNotCode,
    /// In a sentence.
    text: String,
    /// Who must act; null where nobody can, or nobody has to.
    actor: Option<Role>,
    /// By when, or the day on which it was due.
    due_on: Option<Date>,
}

impl From<domain::why::WhyNot> for WhyNot {
    fn from(why: domain::why::WhyNot) -> Self {
        Self {
            code: why.code.into(),
            text: why.text,
            actor: why.actor.map(Into::into),
            due_on: why.due_on.map(Into::into),
        }
    }
}
