//! People around a case, and a case in every state reached by steps.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::case::action::{Asked, Deciding, Recommending, Supplied};
use domain::case::{
    About, Action, ActionKind, Appeal, AppealPapers, Attached, Case, CaseId, CaseState, Effect,
    Facts, Moved, Opening, Purpose, Recommendation, Refusal, ScreeningFacts, Signing, file_appeal,
    open, take,
};
use domain::check::{
    Check, CheckId, CheckMethod, CheckOutcome, CheckSourceKind, FieldPath, Source,
};
use domain::content::Content;
use domain::credential::{CredentialId, CredentialKind, Standing};
use domain::duty::{AccountId, Actor, Person, ReasonCode, Role, Sha256, SignatureMeaning};
use domain::issuer::TrustLevel;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::policy::{Policy, ReviewPolicy};

use crate::support::{day, noon};

pub(crate) const TODAY: &str = "2026-11-20";
pub(crate) const SHA: Sha256 = [1; 32];
pub(crate) const CREDENTIAL: CredentialId = CredentialId(7);

pub(crate) fn zone() -> Tz {
    Jurisdiction::Co.zone()
}

pub(crate) fn now() -> DateTime<Utc> {
    noon(TODAY)
}

pub(crate) fn subject() -> Npi {
    Npi::sample(1)
}

/// Everybody who comes near a case, each with an account of their own.
pub(crate) const PEOPLE: [(&str, Role, i64); 13] = [
    ("PROVIDER", Role::Provider, 1),
    ("PROVIDER_DELEGATE", Role::ProviderDelegate, 2),
    ("VERIFIER", Role::Verifier, 3),
    ("OTHER_VERIFIER", Role::Verifier, 4),
    ("APPROVER", Role::Approver, 5),
    ("COMPLIANCE", Role::Compliance, 6),
    ("OTHER_COMPLIANCE", Role::Compliance, 7),
    ("APPEALS", Role::Appeals, 8),
    ("OTHER_APPEALS", Role::Appeals, 9),
    ("AUDITOR", Role::Auditor, 10),
    ("ADMIN", Role::Admin, 11),
    ("PUBLIC", Role::Public, 12),
    ("STRANGER", Role::Provider, 13),
];

/// The person of that name in [`PEOPLE`].
#[track_caller]
pub(crate) fn person(name: &str) -> Person {
    let (_, role, account) = PEOPLE
        .into_iter()
        .find(|(known, ..)| *known == name)
        .expect("somebody of the desk");
    let npi = match name {
        "PROVIDER" | "PROVIDER_DELEGATE" => Some(subject()),
        "STRANGER" => Some(Npi::sample(2)),
        _ => None,
    };
    Person {
        account: AccountId(account),
        role,
        npi,
    }
}

/// The person of that name, or SYSTEM.
#[track_caller]
pub(crate) fn actor(name: &str) -> Actor {
    match name {
        "SYSTEM" => Actor::System,
        name => Actor::Person(person(name)),
    }
}

/// A desk at which everything is in order, for tests to spoil one thing of.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) now: DateTime<Utc>,
    pub(crate) about: CredentialId,
    pub(crate) policy: Policy,
    pub(crate) content: Content,
    pub(crate) checks: Vec<Check>,
    pub(crate) screening: ScreeningFacts,
    pub(crate) issuer_trust: TrustLevel,
    pub(crate) issuer_named: CheckOutcome,
    pub(crate) window_months: Option<u32>,
    pub(crate) approved_sha256: Option<[u8; 32]>,
    pub(crate) revalidation_due_on: Option<NaiveDate>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            now: now(),
            about: CREDENTIAL,
            policy: Policy::default(),
            content: a_training(),
            checks: vec![a_check(CaseId(1), CheckId(1), 1)],
            screening: ScreeningFacts {
                screened_on: Some(day(TODAY)),
                ..ScreeningFacts::default()
            },
            issuer_trust: TrustLevel::Trusted,
            issuer_named: CheckOutcome::Match,
            window_months: None,
            approved_sha256: None,
            revalidation_due_on: None,
        }
    }

    pub(crate) fn of_one_reviewer() -> Self {
        let mut desk = Self::new();
        desk.policy.review = ReviewPolicy::SingleReviewer;
        desk
    }

    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            policy: &self.policy,
            zone: zone(),
            claimed: Some(&self.content),
            checks: &self.checks,
            screening: self.screening,
            issuer_trust: self.issuer_trust,
            issuer_named: self.issuer_named,
            window_months: self.window_months,
            approved_sha256: self.approved_sha256,
            revalidation_due_on: self.revalidation_due_on,
        }
    }

    pub(crate) fn take(&self, case: Case, who: &str, action: Action) -> Result<Moved, Refusal> {
        take(case, &actor(who), action, self.now, &self.facts())
    }

    /// The case after an act that is in order.
    #[track_caller]
    pub(crate) fn does(&self, case: Case, who: &str, kind: ActionKind) -> Case {
        let action = an_act(kind, &case);
        match self.take(case, who, action) {
            Ok(moved) => moved.case,
            Err(refusal) => panic!("{who} {kind}: {refusal:?}"),
        }
    }

    /// A case that was just opened, by the verifier whom the tests call OTHER for cause.
    #[track_caller]
    pub(crate) fn draft(&self, purpose: Purpose) -> Case {
        let by = match purpose {
            Purpose::ForCause => person("OTHER_VERIFIER"),
            _ => person("PROVIDER"),
        };
        let opening = Opening {
            about: About::Credential(self.about, CredentialKind::DryNeedlingTraining),
            ..an_opening(purpose)
        };
        let opened = open(&by, opening, self.now, zone(), &self.policy);
        Case::Draft(opened.expect("it is in order").draft)
    }

    /// A case in a state, reached by steps.
    #[track_caller]
    pub(crate) fn case(&self, purpose: Purpose, state: CaseState) -> Case {
        let mut case = match purpose {
            Purpose::Appeal => self.appeal_of_a_rejection(),
            _ => self.draft(purpose),
        };
        for (who, kind) in path(purpose, state) {
            case = self.does(case, who, kind);
        }
        if state == CaseState::InfoRequested {
            case = case.notice_sent(self.now);
        }
        case
    }

    /// A rejection of which the person was told.
    #[track_caller]
    pub(crate) fn rejection(&self) -> Case {
        self.case(Purpose::Initial, CaseState::Rejected)
            .notice_sent(self.now)
    }

    #[track_caller]
    pub(crate) fn appeal_of_a_rejection(&self) -> Case {
        self.filed(self.rejection(), CaseId(2)).1
    }

    /// The appealed case, and the case of the appeal.
    #[track_caller]
    pub(crate) fn filed(&self, decided: Case, id: CaseId) -> (Case, Case) {
        let moved = self.take(decided, "PROVIDER", Action::Appeal);
        let moved = moved.expect("it may be appealed");
        let [Effect::OpenAppeal(appeal)] = &moved.effects[..] else {
            panic!("{:?}", moved.effects);
        };
        let case = self.file(appeal.clone(), id).expect("it is in order");
        (moved.case, case)
    }

    pub(crate) fn file(&self, appeal: Appeal, id: CaseId) -> Result<Case, Refusal> {
        let papers = AppealPapers {
            id,
            content_sha256: SHA,
            evidence: vec![attached([3; 32])],
            signing: signing(SignatureMeaning::Authorship),
        };
        let by = person("PROVIDER");
        file_appeal(&by, appeal, papers, self.now, &self.policy).map(Case::Submitted)
    }

    pub(crate) fn later(mut self, days: i64) -> Self {
        self.now += TimeDelta::days(days);
        self
    }
}

/// The acts that lead from a new case to a state.
fn path(purpose: Purpose, state: CaseState) -> Vec<(&'static str, ActionKind)> {
    use ActionKind as Act;
    let (author, reviewer, decider) = match purpose {
        Purpose::ForCause => ("OTHER_VERIFIER", "VERIFIER", "APPROVER"),
        Purpose::Appeal => ("PROVIDER", "APPEALS", "OTHER_APPEALS"),
        _ => ("PROVIDER", "VERIFIER", "APPROVER"),
    };
    let mut path = Vec::new();
    if purpose != Purpose::Appeal {
        path.push((author, Act::Attach));
        if state != CaseState::Draft {
            path.push((author, Act::Submit));
        }
    }
    match state {
        CaseState::Draft | CaseState::Submitted => {}
        CaseState::InReview => path.push((reviewer, Act::Claim)),
        CaseState::InfoRequested => {
            path.extend([(reviewer, Act::Claim), (reviewer, Act::RequestInfo)]);
        }
        CaseState::PendingDecision => {
            path.extend([(reviewer, Act::Claim), (reviewer, Act::Recommend)]);
        }
        CaseState::Approved => path.extend([
            (reviewer, Act::Claim),
            (reviewer, Act::Recommend),
            (decider, Act::Approve),
        ]),
        CaseState::Rejected => path.extend([
            (reviewer, Act::Claim),
            (reviewer, Act::Recommend),
            (decider, Act::Reject),
        ]),
        CaseState::Withdrawn => path.push((author, Act::Withdraw)),
        CaseState::Lapsed => panic!("a case lapses by the calendar, not by an act"),
    }
    path
}

pub(crate) fn an_opening<'a>(purpose: Purpose) -> Opening<'a> {
    Opening {
        id: CaseId(1),
        about: About::Credential(CREDENTIAL, CredentialKind::DryNeedlingTraining),
        subject: subject(),
        purpose,
        standing: match purpose {
            Purpose::Initial | Purpose::Correction | Purpose::Appeal => Standing::Unverified,
            Purpose::Revalidation | Purpose::ForCause => Standing::Verified,
            Purpose::Reinstatement => Standing::Suspended,
        },
        is_correction: purpose == Purpose::Correction,
        content_sha256: SHA,
        existing: None,
        reopens: None,
        is_suspected: false,
    }
}

/// An act with everything that it needs, for the case as it is.
pub(crate) fn an_act(kind: ActionKind, case: &Case) -> Action {
    let file = case.file();
    let sha = file.content.sha256;
    let meant = |ordinary| match file.purpose {
        Purpose::Appeal => SignatureMeaning::AppealDecision,
        _ => ordinary,
    };
    let deciding = |meaning| Deciding {
        signing: Signing {
            content_sha256: sha,
            ..signing(meant(meaning))
        },
        reason: Some(ReasonCode::HoursInsufficient),
        note: None,
    };
    match kind {
        ActionKind::Edit => Action::Edit {
            version: file.content.version,
            content_sha256: SHA,
        },
        ActionKind::Attach => Action::Attach(attached([2; 32])),
        ActionKind::Submit => Action::Submit(Signing {
            content_sha256: sha,
            ..signing(SignatureMeaning::Authorship)
        }),
        ActionKind::Claim => Action::Claim,
        ActionKind::Release => Action::Release,
        ActionKind::RequestInfo => Action::RequestInfo(Asked {
            reason: Some(ReasonCode::DocIllegible),
            items: vec!["the second page".into()],
            due_on: None,
        }),
        ActionKind::SupplyInfo => Action::SupplyInfo(Supplied {
            version: file.content.version + 1,
            content_sha256: [9; 32],
            changed: vec!["title".parse().unwrap()],
            evidence: vec![attached([4; 32])],
        }),
        ActionKind::RecordCheck => {
            let reviewer = match file.purpose {
                Purpose::Appeal => person("APPEALS"),
                _ => person("VERIFIER"),
            };
            Action::RecordCheck(Box::new(Check {
                performed_by: reviewer.account,
                content_version: file.content.version,
                ..a_check(file.id, CheckId(50), 1)
            }))
        }
        ActionKind::ResolveCheck => Action::ResolveCheck {
            check: CheckId(60),
            outcome: CheckOutcome::Match,
        },
        ActionKind::Recommend => Action::Recommend(Recommending {
            recommendation: Recommendation::Approve,
            reason: None,
            note: None,
        }),
        ActionKind::Approve => Action::Approve(Deciding {
            reason: None,
            ..deciding(SignatureMeaning::Approval)
        }),
        ActionKind::Reject => Action::Reject(deciding(SignatureMeaning::Rejection)),
        ActionKind::Return => Action::Return {
            reason: Some(ReasonCode::Other),
        },
        ActionKind::Withdraw => Action::Withdraw,
        ActionKind::Appeal => Action::Appeal,
        ActionKind::DeclareConflict => Action::DeclareConflict,
        ActionKind::FlagFraud => Action::FlagFraud,
    }
}

pub(crate) fn signing(meaning: SignatureMeaning) -> Signing {
    Signing {
        printed_name: "Somebody".into(),
        meaning,
        content_sha256: SHA,
    }
}

pub(crate) fn attached(sha256: Sha256) -> Attached {
    Attached {
        sha256,
        uploaded_by: person("PROVIDER").account,
    }
}

/// The issuer confirmed the whole record, today, to the first verifier.
pub(crate) fn a_check(case: CaseId, id: CheckId, content_version: u32) -> Check {
    Check {
        id,
        case,
        field: FieldPath::all(),
        content_version,
        source: Source {
            kind: CheckSourceKind::Primary,
            name: "the school's registrar".into(),
            url: None,
            as_of: day(TODAY),
            delegation_agreement_id: None,
            agent_contract_ref: None,
        },
        method: CheckMethod::EmailFromIssuer,
        performed_at: now(),
        performed_by: person("VERIFIER").account,
        original_outcome: CheckOutcome::Match,
        mismatches: Vec::new(),
        resolution: None,
        raw_sha256: None,
        note: None,
    }
}

pub(crate) fn a_training() -> Content {
    let document = r#"{
        "kind": "DRY_NEEDLING_TRAINING",
        "title": "Dry Needling 1",
        "issuer": { "id": 1, "named": "A school of examples" },
        "issuedOn": "2025-06-05",
        "completedOn": "2025-06-03",
        "training": { "hours": {
            "inPersonMinutes": 3240,
            "liveOnlineMinutes": 0,
            "selfPacedMinutes": 0,
            "supervisedClinicalMinutes": 0
        } }
    }"#;
    serde_json::from_str(document).expect("a content as it is stored")
}
