//! In which capacities somebody acts.

use std::collections::BTreeSet;

use crate::codes::codes;

use super::rights::rights;
use super::{Act, Reach};

codes! {
    /// A capacity in which somebody acts (verification.md 3.1).
    pub enum Role("role") {
        /// The person whom an entry is about.
        Provider = "PROVIDER",
        /// Prepares for such a person, and may not attest.
        ProviderDelegate = "PROVIDER_DELEGATE",
        /// Checks claims against their sources.
        Verifier = "VERIFIER",
        /// Decides what a verifier recommends.
        Approver = "APPROVER",
        /// Suspends, and judges matches with exclusion lists.
        Compliance = "COMPLIANCE",
        /// Hears appeals.
        Appeals = "APPEALS",
        /// Reads everything and changes nothing.
        Auditor = "AUDITOR",
        /// Runs the installation; has no part in cases.
        Admin = "ADMIN",
        /// The program itself: may lower trust, never raise it.
        System = "SYSTEM",
        /// Anybody.
        Public = "PUBLIC",
    }
}

impl Role {
    /// The roles that a person can be given.
    pub const GIVEN: &'static [Self] = &[
        Self::Provider,
        Self::ProviderDelegate,
        Self::Verifier,
        Self::Approver,
        Self::Compliance,
        Self::Appeals,
        Self::Auditor,
        Self::Admin,
    ];

    /// Does the role read or decide what is not its holder's own? Then a browser's session needs a
    /// second factor for it.
    pub const fn needs_second_factor(self) -> bool {
        matches!(
            self,
            Self::Verifier
                | Self::Approver
                | Self::Compliance
                | Self::Appeals
                | Self::Auditor
                | Self::Admin
        )
    }
}

/// Why roles cannot be held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RolesRefused {
    /// An auditor holds no other role (NIST SP 800-53 AC-5).
    #[error("an AUDITOR holds no other role")]
    AuditorAlone,
    /// Nobody is given these.
    #[error("{0} is not given to anybody")]
    NotGiven(Role),
}

/// The roles that one account holds; what anybody may do is theirs too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Roles that may be held together.
    ///
    /// # Errors
    /// [`RolesRefused`] for an auditor with another role, and for SYSTEM and PUBLIC.
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Result<Self, RolesRefused> {
        let roles: BTreeSet<Role> = roles.into_iter().collect();
        if let Some(role) = roles.iter().find(|role| !Role::GIVEN.contains(role)) {
            return Err(RolesRefused::NotGiven(*role));
        }
        if roles.contains(&Role::Auditor) && roles.len() > 1 {
            return Err(RolesRefused::AuditorAlone);
        }
        Ok(Self(roles))
    }

    /// Of somebody who is not known.
    pub const fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// Is the role held?
    pub fn holds(&self, role: Role) -> bool {
        role == Role::Public || self.0.contains(&role)
    }

    /// The roles, in the order of their declaration.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// The same without those that a test refuses: what a session without its second factor has.
    #[must_use]
    pub fn without(&self, refused: impl Fn(Role) -> bool) -> Self {
        Self(
            self.0
                .iter()
                .copied()
                .filter(|role| !refused(*role))
                .collect(),
        )
    }

    /// As what these roles do an act, and how far it reaches: over anybody's entry before one's own
    /// only, then in the order in which the table names them. `None` where they may not.
    pub fn acting(&self, act: Act) -> Option<(Role, Reach)> {
        let mut held = rights(act).iter().filter(|(role, _)| self.holds(*role));
        let first = *held.clone().next()?;
        Some(
            held.find(|(_, reach)| *reach == Reach::Any)
                .copied()
                .unwrap_or(first),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_holds_no_other_role() {
        let both = Roles::new([Role::Auditor, Role::Verifier]);
        assert_eq!(both, Err(RolesRefused::AuditorAlone));
        assert!(Roles::new([Role::Auditor]).is_ok());
    }

    #[test]
    fn nobody_is_given_what_the_program_or_everybody_is() {
        for role in [Role::System, Role::Public] {
            assert_eq!(Roles::new([role]), Err(RolesRefused::NotGiven(role)));
        }
    }

    #[test]
    fn whoever_may_act_on_anybody_acts_so() {
        let roles = Roles::new([Role::Provider, Role::Verifier]).unwrap();
        assert_eq!(
            roles.acting(Act::UpsertLicense),
            Some((Role::Verifier, Reach::Any))
        );
        assert_eq!(roles.acting(Act::SetPolicy), None);
    }

    #[test]
    fn whoever_may_approve_approves_as_an_approver() {
        let roles = Roles::new([Role::Verifier, Role::Approver]).unwrap();
        let acting = roles.acting(Act::ApproveCase);
        assert_eq!(acting, Some((Role::Approver, Reach::Any)));
    }
}
