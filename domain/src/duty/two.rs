use super::{AccountId, Bar, Person};
use crate::npi::Npi;

/// Two people who want the same: one proposed it, another confirmed it, and it is about neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoPeople {
    proposed_by: AccountId,
    confirmed_by: AccountId,
}

impl TwoPeople {
    /// Refuses one person in both parts, and the person whom it is about in either.
    pub fn new(proposed_by: &Person, confirmed_by: &Person, about: Npi) -> Result<Self, Bar> {
        proposed_by.apart_from(about, &[])?;
        confirmed_by.apart_from(about, &[proposed_by.account])?;
        Ok(Self {
            proposed_by: proposed_by.account,
            confirmed_by: confirmed_by.account,
        })
    }

    /// Who proposed it.
    pub const fn proposed_by(&self) -> AccountId {
        self.proposed_by
    }

    /// Who confirmed it.
    pub const fn confirmed_by(&self) -> AccountId {
        self.confirmed_by
    }
}
