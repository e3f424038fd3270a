//! What a script is made of: scenes about one person each, and what is done in them, by whom, when.

use domain::access::Role;
use domain::case::Purpose;
use domain::check::CheckMethod;
use domain::claim::ClaimMethod;
use domain::credential::{CredentialKind, SuspensionKind};
use domain::duty::ReasonCode;
use domain::evidence::EvidenceKind;
use domain::license::{BoardStatus, CheckOutcome, CheckSourceKind, MismatchField};
use domain::needle::statement::Statement;
use domain::report::MistakeKind;
use domain::screening::decision::MatchDecision;

use super::days::When;

/// What kind of person a scene is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Claimed, licensed, and nothing of their training on file.
    Newcomer,
    /// With a training that was verified.
    Trained,
    /// The same, to be verified again about a month after so many days ago.
    Due(i64),
    /// In the registry, and nobody's yet.
    Registered,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// The person whom the scene is about.
    Holder,
    /// Somebody who prepares for them.
    Delegate,
    /// Somebody who says that the entry is theirs: the first of two, or the second.
    Claimant(u8),
    /// One of the staff.
    Staff(Staff),
    /// Somebody of whom nothing is known.
    Anybody,
}

/// The made-up staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Staff {
    Vera,
    Viktor,
    Abe,
    Anna,
    Cora,
    Carl,
    Apolline,
    Apollo,
    Ava,
    Dan,
}

pub(super) const VERA: Who = Who::Staff(Staff::Vera);
pub(super) const VIKTOR: Who = Who::Staff(Staff::Viktor);
pub(super) const ABE: Who = Who::Staff(Staff::Abe);
pub(super) const ANNA: Who = Who::Staff(Staff::Anna);
pub(super) const CORA: Who = Who::Staff(Staff::Cora);
pub(super) const CARL: Who = Who::Staff(Staff::Carl);
pub(super) const APOLLINE: Who = Who::Staff(Staff::Apolline);
pub(super) const APOLLO: Who = Who::Staff(Staff::Apollo);
pub(super) const DAN: Who = Who::Staff(Staff::Dan);

impl Staff {
    pub(super) const ALL: [Self; 10] = [
        Self::Vera,
        Self::Viktor,
        Self::Abe,
        Self::Anna,
        Self::Cora,
        Self::Carl,
        Self::Apolline,
        Self::Apollo,
        Self::Ava,
        Self::Dan,
    ];

    /// The account's name, which says that it is made up.
    pub(super) const fn account(self) -> &'static str {
        match self {
            Self::Vera => "sample-verifier-vera",
            Self::Viktor => "sample-verifier-viktor",
            Self::Abe => "sample-approver-abe",
            Self::Anna => "sample-approver-anna",
            Self::Cora => "sample-compliance-cora",
            Self::Carl => "sample-compliance-carl",
            Self::Apolline => "sample-appeals-apolline",
            Self::Apollo => "sample-appeals-apollo",
            Self::Ava => "sample-auditor-ava",
            Self::Dan => "sample-admin-dan",
        }
    }

    /// The name that is signed with.
    pub(super) const fn printed(self) -> &'static str {
        match self {
            Self::Vera => "Vera Fye (made up)",
            Self::Viktor => "Viktor Checkley (made up)",
            Self::Abe => "Abe Proovington (made up)",
            Self::Anna => "Anna Consentine (made up)",
            Self::Cora => "Cora Pliance (made up)",
            Self::Carl => "Carl Rulesby (made up)",
            Self::Apolline => "Apolline Hearington (made up)",
            Self::Apollo => "Apollo Gees (made up)",
            Self::Ava => "Ava Ditworth (made up)",
            Self::Dan => "Dan Keepwell (made up)",
        }
    }

    pub(super) const fn role(self) -> Role {
        match self {
            Self::Vera | Self::Viktor => Role::Verifier,
            Self::Abe | Self::Anna => Role::Approver,
            Self::Cora | Self::Carl => Role::Compliance,
            Self::Apolline | Self::Apollo => Role::Appeals,
            Self::Ava => Role::Auditor,
            Self::Dan => Role::Admin,
        }
    }
}

/// What a credential says that is written down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    pub(super) kind: CredentialKind,
    pub(super) title: &'static str,
    pub(super) issuer: &'static str,
    /// Whole hours in one room, of a training; sessions, of a log.
    pub(super) amount: u32,
    /// The work for it ended so many days before it is written down.
    pub(super) days_before: u64,
}

/// What a source said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) field: &'static str,
    pub(super) source: CheckSourceKind,
    pub(super) method: CheckMethod,
    pub(super) outcome: CheckOutcome,
    pub(super) mismatches: &'static [MismatchField],
    pub(super) note: Option<&'static str>,
}

/// A lot of needles, as its label says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lot {
    pub(super) number: &'static str,
    /// Its last day comes so many days after it is written down.
    pub(super) days_left: i64,
    /// A label that nobody may sign for: to be used more than once.
    pub(super) is_faulty: bool,
}

/// A reason, as a code and in words.
pub(super) type Why = (ReasonCode, &'static str);

/// What is done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Move {
    // What a person does with a credential and its cases.
    Draft(Paper),
    /// Writes down what shall take the place of the credential that is in force.
    Succeed(Paper),
    Open(Purpose),
    Submit(EvidenceKind),
    /// Brings what was asked for: a file, and of a training how its hours were taught.
    Supply(EvidenceKind),
    WithdrawCase(&'static str),
    Appeal(&'static str),
    WithdrawCredential,

    // What verifiers and approvers do.
    Claim,
    Release,
    Check(Look),
    Resolve(CheckOutcome, &'static str),
    Ask(ReasonCode, &'static [&'static str]),
    Recommend(Option<Why>),
    Approve(Option<Why>),
    Reject(Why),
    SendBack(Why),

    // What compliance does.
    Suspend(SuspensionKind, Why),
    SaysInError(Why),
    Taint(Why),
    LiftTaint(&'static str),
    Confirm,
    Decline(&'static str),
    Retract,

    // Needles.
    Needles(Lot),
    Sign(Option<Statement>),
    Accept,
    Refuse(Why),
    Revise,
    TakeNeedlesBack,
    Invalidate(Why),

    // The made-up list, and what is found by it.
    Decide(MatchDecision, &'static str),

    // The entry itself.
    LookUpLicense(BoardStatus),
    ConfirmPlace,
    ClaimEntry(ClaimMethod, &'static str),
    DeclineClaim(&'static str),
    AskRemoval(bool, &'static str),
    Report(MistakeKind, &'static str),
    ChangeRoles(Staff, Role, &'static str),
}

/// How the made-up list names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// By the NPI.
    Number,
    /// By name and birth date, with which the person is put on file.
    BirthDate,
    /// By name and state.
    State,
}

/// Since which edition of the made-up list a person is named by it. A later one names everybody whom an
/// earlier one named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edition {
    First,
    Latest,
}

/// Something done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    pub(super) when: When,
    pub(super) by: Who,
    pub(super) what: Move,
}

/// What is done about one person.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) part: Part,
    pub(super) listed: Option<(Edition, Listed)>,
    /// Does the notice of a decision never leave the house?
    pub(super) is_untold: bool,
    pub(super) cues: Vec<Cue>,
    at: Cursor,
}

#[derive(Debug, Clone, Copy)]
enum Cursor {
    Day(i64),
    Minutes(i64),
}

impl Scene {
    pub(super) const fn of(part: Part) -> Self {
        Self {
            part,
            listed: None,
            is_untold: false,
            cues: Vec::new(),
            at: Cursor::Day(0),
        }
    }

    /// What follows is done so many days ago.
    pub(super) fn day(mut self, days_ago: i64) -> Self {
        self.at = Cursor::Day(days_ago);
        self
    }

    /// What follows is done so many minutes ago, one thing a minute.
    pub(super) fn minutes(mut self, ago: i64) -> Self {
        self.at = Cursor::Minutes(ago);
        self
    }

    pub(super) fn act(mut self, by: Who, what: Move) -> Self {
        let when = match &mut self.at {
            Cursor::Day(days) => {
                let today = |cue: &&Cue| matches!(cue.when, When::Day(day, _) if day == *days);
                let so_far = self.cues.iter().filter(today).count();
                When::Day(*days, i64::try_from(so_far).unwrap_or_default() * 4)
            }
            Cursor::Minutes(minutes) => {
                *minutes -= 1;
                When::Minutes(*minutes + 1)
            }
        };
        self.cues.push(Cue { when, by, what });
        self
    }

    pub(super) fn acts(self, acts: impl IntoIterator<Item = (Who, Move)>) -> Self {
        acts.into_iter()
            .fold(self, |scene, (by, what)| scene.act(by, what))
    }

    pub(super) const fn untold(mut self) -> Self {
        self.is_untold = true;
        self
    }

    pub(super) const fn listed(mut self, since: Edition, how: Listed) -> Self {
        self.listed = Some((since, how));
        self
    }
}
