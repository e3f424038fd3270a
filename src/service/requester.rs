//! Who is asking.

use domain::access::{AccountId, Act, Reach, Role, Roles};
use domain::npi::Npi;

/// How somebody is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthMethod {
    /// A browser's session.
    Session,
    /// A key of an app or a script.
    ApiKey,
    /// The command line, by whoever runs the installation.
    CommandLine,
}

impl AuthMethod {
    /// As the log spells it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Session => "SESSION",
            Self::ApiKey => "API_KEY",
            Self::CommandLine => "COMMAND_LINE",
        }
    }
}

/// Who is asking: an account with its roles, or anybody.
#[derive(Debug, Clone)]
pub struct Requester {
    /// Whose credentials came with the request.
    pub account: Option<AccountId>,
    /// The account's name; what decisions are signed with.
    pub name: Box<str>,
    /// In which capacities.
    pub roles: Roles,
    /// The entry that is the account's own, or those that a delegate acts for.
    pub entries: Vec<Npi>,
    /// How the account is known.
    pub auth_method: Option<AuthMethod>,
    /// In which session, or by which key.
    pub session_id: Option<Box<str>>,
    /// Keyed hash of the address the request came from.
    pub ip_hash: Option<Box<str>>,
    /// The request's own number.
    pub request_id: Option<Box<str>>,
}

impl Requester {
    /// Somebody of whom nothing is known.
    pub fn public() -> Self {
        Self {
            account: None,
            name: "".into(),
            roles: Roles::none(),
            entries: Vec::new(),
            auth_method: None,
            session_id: None,
            ip_hash: None,
            request_id: None,
        }
    }

    /// Is the entry the requester's own?
    pub fn owns(&self, npi: Npi) -> bool {
        self.entries.contains(&npi)
    }

    /// As what an act may be done, and on whose entries.
    ///
    /// # Errors
    /// [`super::Trouble::Unauthenticated`] of somebody who is not known,
    /// [`super::Trouble::Forbidden`] of somebody who may not.
    pub fn acting(&self, act: Act) -> Result<(Role, Reach), super::Trouble> {
        self.roles.acting(act).ok_or(match self.account {
            None => super::Trouble::Unauthenticated,
            Some(_) => super::Trouble::Forbidden,
        })
    }

    /// How the log and the memory of keys name them.
    pub fn key(&self) -> String {
        match (self.account, &self.ip_hash) {
            (Some(account), _) => format!("account_{}", account.0),
            (None, Some(ip)) => format!("public_{ip}"),
            (None, None) => "public".to_owned(),
        }
    }
}
