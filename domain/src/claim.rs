//! Somebody says that an entry is theirs: how that is shown, and what becomes of it.
//!
//! An entry is one person's. It is never given to anybody because they can read an e-mail: a code goes
//! to the practice's telephone or postal address as the registry holds it, or an admin has seen
//! evidence. Whoever comes second disputes, and somebody decides.

use chrono::{DateTime, TimeDelta, Utc};

use crate::codes::codes;
use crate::policy::Policy;

codes! {
    /// How a claimant shows who they are.
    pub enum ClaimMethod("claim method") {
        /// By a code that somebody reads out to the practice's telephone in the registry.
        PracticePhone = "PRACTICE_PHONE",
        /// By a code in a letter to the practice's address in the registry.
        PostalAddress = "POSTAL_ADDRESS",
        /// By evidence that an admin sees.
        EvidenceSeen = "EVIDENCE_SEEN",
    }
}

codes! {
    /// Where a claim stands.
    pub enum ClaimState("claim state") {
        /// Nobody has decided.
        Open = "OPEN",
        /// The entry is the claimant's.
        Confirmed = "CONFIRMED",
        /// It is not.
        Declined = "DECLINED",
        /// The claimant gave up.
        Withdrawn = "WITHDRAWN",
    }
}

/// What an open claim waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaits {
    /// One of us: a code is to be read out or posted.
    Code {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// One of us: evidence is to be seen, or a dispute decided.
    Decision {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// The claimant, who has a code to enter.
    Claimant,
}

/// The code of a claim, as far as a decision needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssuedCode {
    /// The first instant at which it is worth nothing.
    pub expires_at: DateTime<Utc>,
    /// Wrong codes entered since it was issued.
    pub attempts: u32,
}

/// A claim, as far as a decision needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Where it stands.
    pub state: ClaimState,
    /// How it is to be shown.
    pub method: ClaimMethod,
    /// Had somebody else claimed the entry already?
    pub disputes: bool,
    /// When it was made.
    pub requested_at: DateTime<Utc>,
    /// The code under way.
    pub code: Option<IssuedCode>,
}

/// Why a claim cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefusal {
    /// It was decided.
    #[error("this claim was decided; a new one can be made")]
    NotOpen,
    /// Nobody has issued a code.
    #[error("no code has been issued for this claim")]
    NoCode,
    /// The code is too old.
    #[error("the code has expired; ask for another")]
    Expired,
    /// Too many wrong codes.
    #[error("too many wrong codes; ask for another")]
    Exhausted,
    /// The code is another.
    #[error("the code is wrong")]
    Wrong,
    /// This claim is not shown by a code.
    #[error("this claim is shown by evidence, not by a code")]
    NotByCode,
    /// The entry is somebody else's: a code decides nothing.
    #[error("another account holds this entry; an admin decides")]
    Disputed,
}

impl ClaimMethod {
    /// How long a code of this kind may be under way; nothing for what goes by no code.
    pub fn code_holds(self, policy: &Policy) -> Option<TimeDelta> {
        match self {
            Self::PracticePhone => Some(TimeDelta::hours(policy.claim_call_code_hours.into())),
            Self::PostalAddress => Some(TimeDelta::days(policy.claim_letter_code_days.into())),
            Self::EvidenceSeen => None,
        }
    }
}

impl Claim {
    /// May a code be issued? Says until when it would hold.
    pub fn issue(
        &self,
        now: DateTime<Utc>,
        policy: &Policy,
    ) -> Result<DateTime<Utc>, ClaimRefusal> {
        self.open()?;
        if self.disputes {
            return Err(ClaimRefusal::Disputed);
        }
        let holds = self
            .method
            .code_holds(policy)
            .ok_or(ClaimRefusal::NotByCode)?;
        Ok(now + holds)
    }

    /// May a code be tried? Only then is it looked at, so that a spent one tells nothing.
    pub fn try_code(&self, now: DateTime<Utc>, policy: &Policy) -> Result<(), ClaimRefusal> {
        self.open()?;
        if self.disputes {
            return Err(ClaimRefusal::Disputed);
        }
        let code = self.code.ok_or(ClaimRefusal::NoCode)?;
        if code.attempts >= policy.claim_code_attempts {
            return Err(ClaimRefusal::Exhausted);
        }
        if now >= code.expires_at {
            return Err(ClaimRefusal::Expired);
        }
        Ok(())
    }

    /// Whom it waits for, and since when; nothing once it is decided. A reading: nobody has to note that
    /// a code has expired.
    pub fn awaits(&self, now: DateTime<Utc>, policy: &Policy) -> Option<Awaits> {
        self.open().ok()?;
        if self.disputes || self.method == ClaimMethod::EvidenceSeen {
            let since = self.requested_at;
            return Some(Awaits::Decision { since });
        }
        let Some(code) = self.code else {
            let since = self.requested_at;
            return Some(Awaits::Code { since });
        };
        if self.try_code(now, policy).is_ok() {
            return Some(Awaits::Claimant);
        }
        let since = code.expires_at;
        Some(Awaits::Code { since })
    }

    /// Is it still to be decided?
    pub fn open(&self) -> Result<(), ClaimRefusal> {
        match self.state {
            ClaimState::Open => Ok(()),
            ClaimState::Confirmed | ClaimState::Declined | ClaimState::Withdrawn => {
                Err(ClaimRefusal::NotOpen)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn claim() -> Claim {
        Claim {
            state: ClaimState::Open,
            method: ClaimMethod::PracticePhone,
            disputes: false,
            requested_at: at("2026-11-20T09:00:00Z"),
            code: Some(IssuedCode {
                expires_at: at("2026-11-21T10:00:00Z"),
                attempts: 0,
            }),
        }
    }

    #[test]
    fn a_code_holds_until_its_end_and_for_six_attempts() {
        let before = at("2026-11-21T09:59:59Z");
        assert_eq!(claim().try_code(before, &Policy::default()), Ok(()));
        let end = at("2026-11-21T10:00:00Z");
        assert_eq!(
            claim().try_code(end, &Policy::default()),
            Err(ClaimRefusal::Expired)
        );
        for (attempts, expected) in [(5, Ok(())), (6, Err(ClaimRefusal::Exhausted))] {
            let code = claim().code.map(|code| IssuedCode { attempts, ..code });
            let tried = Claim { code, ..claim() }.try_code(before, &Policy::default());
            assert_eq!(tried, expected, "{attempts}");
        }
    }

    #[test]
    fn neither_a_decided_nor_a_disputed_claim_goes_by_code() {
        let now = at("2026-11-21T09:00:00Z");
        for state in [
            ClaimState::Confirmed,
            ClaimState::Declined,
            ClaimState::Withdrawn,
        ] {
            let decided = Claim { state, ..claim() };
            assert_eq!(
                decided.try_code(now, &Policy::default()),
                Err(ClaimRefusal::NotOpen)
            );
            assert_eq!(
                decided.issue(now, &Policy::default()),
                Err(ClaimRefusal::NotOpen)
            );
        }
        let disputed = Claim {
            disputes: true,
            ..claim()
        };
        assert_eq!(
            disputed.try_code(now, &Policy::default()),
            Err(ClaimRefusal::Disputed)
        );
        assert_eq!(
            disputed.issue(now, &Policy::default()),
            Err(ClaimRefusal::Disputed)
        );
    }

    #[test]
    fn an_open_claim_waits_for_us_until_a_code_is_under_way_and_again_when_it_is_spent() {
        let policy = Policy::default();
        let now = at("2026-11-21T09:30:00Z");
        let asked = claim().requested_at;
        let code = claim().code.unwrap();
        let (end, late) = (code.expires_at, at("2026-11-21T10:00:00Z"));
        let with = |code| Claim { code, ..claim() };
        let spent = IssuedCode {
            attempts: 6,
            ..code
        };
        for (claim, now, expected) in [
            (with(None), now, Some(Awaits::Code { since: asked })),
            (claim(), now, Some(Awaits::Claimant)),
            (claim(), late, Some(Awaits::Code { since: end })),
            (with(Some(spent)), now, Some(Awaits::Code { since: end })),
            (
                Claim {
                    disputes: true,
                    ..claim()
                },
                now,
                Some(Awaits::Decision { since: asked }),
            ),
            (
                Claim {
                    method: ClaimMethod::EvidenceSeen,
                    ..with(None)
                },
                now,
                Some(Awaits::Decision { since: asked }),
            ),
            (
                Claim {
                    state: ClaimState::Declined,
                    ..claim()
                },
                now,
                None,
            ),
        ] {
            assert_eq!(claim.awaits(now, &policy), expected, "{claim:?} at {now}");
        }
    }

    #[test]
    fn a_letter_has_the_posts_time_and_evidence_has_no_code() {
        let now = at("2026-11-21T09:00:00Z");
        let by = |method| Claim { method, ..claim() }.issue(now, &Policy::default());
        assert_eq!(
            by(ClaimMethod::PracticePhone),
            Ok(at("2026-11-21T10:00:00Z"))
        );
        assert_eq!(
            by(ClaimMethod::PostalAddress),
            Ok(at("2026-12-12T09:00:00Z"))
        );
        assert_eq!(by(ClaimMethod::EvidenceSeen), Err(ClaimRefusal::NotByCode));
        let none = Claim {
            code: None,
            ..claim()
        };
        assert_eq!(
            none.try_code(now, &Policy::default()),
            Err(ClaimRefusal::NoCode)
        );
    }
}
