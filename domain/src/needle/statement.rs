//! The eight statements that a person signs about needles.

use crate::codes::codes;

codes! {
    /// One of the statements. None is ever ticked in advance.
    pub enum Statement("statement") {
        /// Only sterile, single-use, solid filiform needles.
        S1 = "S1",
        /// One patient, one session.
        S2 = "S2",
        /// Never re-sterilised or reused.
        S3 = "S3",
        /// Package and expiry checked.
        S4 = "S4",
        /// Sharps handled as OSHA demands.
        S5 = "S5",
        /// Stored as the label says.
        S6 = "S6",
        /// Recalls acted on.
        S7 = "S7",
        /// Adverse events recorded and reported.
        S8 = "S8",
    }
}

/// The version of the texts below: a signature is about a text, so a change of one counts this up.
pub const STATEMENT_TEXT_VERSION: u32 = 1;

impl Statement {
    /// What is signed.
    pub const fn text(self) -> &'static str {
        match self {
            Self::S1 => {
                "I use only sterile, single-use, solid filiform needles that are labeled as such."
            }
            Self::S2 => {
                "I open each needle for one patient, use it in one session, and then discard it."
            }
            Self::S3 => {
                "I never re-sterilize a needle and never use one again, even on the same patient."
            }
            Self::S4 => "I check the package and the expiration date before I open a needle.",
            // 29 CFR 1910.1030(d)(4)(iii)(A).
            Self::S5 => {
                "I put used needles at once into a closable, puncture-resistant, leak-proof, labeled \
                 container near the point of use, as 29 CFR 1910.1030 requires."
            }
            Self::S6 => "I store needles as their label says.",
            Self::S7 => "I act on recalls of the needles that I use.",
            Self::S8 => "I record adverse events and report them as my state requires.",
        }
    }
}

/// What a person answered; `None` is no answer yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers([Option<bool>; 8]);

impl Answers {
    /// The same answer to every statement.
    pub const fn all(answer: bool) -> Self {
        Self([Some(answer); 8])
    }

    /// With one answer given or changed.
    #[must_use]
    pub const fn with(mut self, statement: Statement, answer: Option<bool>) -> Self {
        self.0[statement as usize] = answer;
        self
    }

    /// The answer to one statement.
    pub const fn get(self, statement: Statement) -> Option<bool> {
        self.0[statement as usize]
    }

    /// Statements without an answer.
    pub fn unanswered(self) -> Vec<Statement> {
        self.answered_with(None)
    }

    /// Statements that the person says are not true.
    pub fn denied(self) -> Vec<Statement> {
        self.answered_with(Some(false))
    }

    fn answered_with(self, answer: Option<bool>) -> Vec<Statement> {
        let all = Statement::ALL.iter().copied();
        all.filter(|statement| self.get(*statement) == answer)
            .collect()
    }
}
