use crate::chance::Chance;
use crate::clock::Clock;
use crate::password::Cost;
use crate::secret::Secret;
use crate::vault::Vault;

/// What a node is given from outside: nothing of it can be made up within, and tests bring their own.
#[derive(Debug, Clone)]
pub struct Equipment {
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub chance: Chance,
    /// The installation's key.
    pub secret: Secret,
    /// How much work a password is worth.
    pub password_cost: Cost,
    /// Where files lie; nothing where none are kept.
    pub vault: Option<Vault>,
}

impl Equipment {
    /// What a node in service uses, but for its clock and key.
    pub const fn new(clock: Clock, secret: Secret) -> Self {
        Self {
            clock,
            chance: Chance::system(),
            secret,
            password_cost: Cost::OWASP,
            vault: None,
        }
    }

    /// The same with a place for files.
    #[must_use]
    pub fn with_vault(self, vault: Option<Vault>) -> Self {
        Self { vault, ..self }
    }
}
