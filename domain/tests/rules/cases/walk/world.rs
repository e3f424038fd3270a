use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::case::{
    About, Action, ActionKind, Appeal, AppealPapers, Case, CaseId, CaseState, Effect, Facts,
    Opening, Purpose, Recommendation, ScreeningFacts, file_appeal, make_room, open, take,
};
use domain::check::{Check, CheckId, CheckOutcome, CheckSourceKind};
use domain::credential::{
    Credential, CredentialId, CredentialKind, EffectiveStatus, Standing, SuspensionKind,
};
use domain::duty::{Actor, Person, ReasonCode, SignatureMeaning, TwoPeople};
use domain::issuer::TrustLevel;
use domain::policy::{Policy, ReviewPolicy};
use domain::standing::{self, Entry, Ground, Overturned, Record, Stood, Suspending, SystemCause};
use domain::time::{Day, local_day};

use crate::cases::desk::{
    PEOPLE, SHA, a_check, a_training, actor, an_act, attached, now, person, signing, subject, zone,
};
use crate::support::a_course;

/// Rolls out of one number, few enough that it never runs dry.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        let face = self.0 % sides;
        self.0 /= sides;
        face
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let face = self.roll(of.len() as u64);
        of[usize::try_from(face).unwrap()]
    }
}

/// A credential with every row that its standing was given.
pub(super) struct Held {
    pub(super) record: Record,
    pub(super) entries: Vec<Entry>,
    pub(super) overturned: Option<Overturned>,
}

/// A case with its checks.
#[derive(Clone)]
pub(super) struct Worked {
    pub(super) case: Case,
    pub(super) checks: Vec<Check>,
}

/// One person's credentials and every case about them.
pub(super) struct World {
    pub(super) now: chrono::DateTime<chrono::Utc>,
    pub(super) policy: Policy,
    pub(super) held: Vec<Held>,
    pub(super) cases: Vec<Worked>,
    pub(super) rows: BTreeMap<&'static str, usize>,
    next: i64,
}

impl World {
    pub(super) fn new() -> Self {
        let mut world = Self {
            now: now(),
            policy: Policy {
                // So that a walk of months sees what is due again.
                revalidation_months: 1,
                info_request_days: 5,
                info_lapse_days: 5,
                ..Policy::default()
            },
            held: Vec::new(),
            cases: Vec::new(),
            rows: BTreeMap::new(),
            next: 1,
        };
        world.claim(None);
        world
    }

    /// Takes a step at random; was it taken?
    pub(super) fn act(&mut self, dice: &mut Dice) -> bool {
        // Minutes between most acts, weeks between some.
        let pause = match dice.roll(64) {
            0 => TimeDelta::hours(9),
            1 => TimeDelta::days(11),
            _ => TimeDelta::minutes(7),
        };
        self.now += pause;
        self.policy.review = match dice.roll(8) {
            0 => ReviewPolicy::SingleReviewer,
            _ => ReviewPolicy::FourEyes,
        };
        self.read();
        match dice.roll(16) {
            0 | 1 => self.open(dice),
            2 | 3 => self.stand(dice),
            _ => self.work(dice),
        }
    }

    fn took(&mut self, row: &'static str) -> bool {
        *self.rows.entry(row).or_insert(0) += 1;
        true
    }

    fn number(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    fn claim(&mut self, supersedes: Option<CredentialId>) {
        let id = CredentialId(self.number());
        self.held.push(Held {
            record: Record::claimed(id, subject(), supersedes),
            entries: Vec::new(),
            overturned: None,
        });
    }

    /// S3 is a reading: of the credential that the rows make.
    fn read(&mut self) {
        let on = local_day(self.now, zone());
        let months = self.policy.revalidation_months;
        let is_due = self.held.iter().any(|held| {
            let status = held
                .credential()
                .effective_status(Day::at(on), zone(), months);
            status == Some(EffectiveStatus::RevalidationRequired)
        });
        if is_due {
            self.took("S3 read");
        }
    }

    /// C1 and C7.
    fn open(&mut self, dice: &mut Dice) -> bool {
        let at = usize::try_from(dice.roll(self.held.len() as u64)).unwrap();
        let record = &self.held[at].record;
        let (id, standing, supersedes) = (record.id, record.standing(), record.supersedes);
        if standing == Standing::Verified && dice.roll(4) == 0 {
            self.claim(Some(id));
            return false;
        }
        let fitting = match standing {
            Standing::Unverified if supersedes.is_some() => Purpose::Correction,
            Standing::Unverified => Purpose::Initial,
            Standing::Verified => dice.pick(&[Purpose::Revalidation, Purpose::ForCause]),
            Standing::Suspended => dice.pick(&[Purpose::Reinstatement, Purpose::ForCause]),
            Standing::Revoked
            | Standing::Withdrawn
            | Standing::Superseded
            | Standing::EnteredInError => {
                self.claim(None);
                return false;
            }
        };
        let purpose = match dice.roll(5) {
            0 => dice.pick(Purpose::ALL),
            _ => fitting,
        };
        let by = match (dice.roll(5), purpose) {
            (0, _) => person(dice.pick(&PEOPLE).0),
            (_, Purpose::ForCause) => person(dice.pick(&["VERIFIER", "OTHER_VERIFIER"])),
            _ => person("PROVIDER"),
        };
        let existing = self.cases.iter().position(|worked| {
            let file = worked.case.file();
            is_about(file.about, id)
                && file.purpose == purpose
                && !worked.case.state().is_terminal()
        });
        let opening = Opening {
            id: CaseId(self.number()),
            about: About::Credential(id, CredentialKind::DryNeedlingTraining),
            subject: subject(),
            purpose,
            standing,
            is_correction: supersedes.is_some(),
            content_sha256: SHA,
            existing: existing.map(|at| self.cases[at].case.clone()),
            reopens: None,
            is_suspected: false,
        };
        let Ok(opened) = open(&by, opening, self.now, zone(), &self.policy) else {
            return false;
        };
        if let (Some(at), Some(closed)) = (existing, opened.closed) {
            self.cases[at].case = Case::Lapsed(closed);
            self.took("C7 closed");
        }
        self.cases.push(Worked {
            case: Case::Draft(opened.draft),
            checks: Vec::new(),
        });
        self.took(match purpose {
            Purpose::ForCause => "C1 for cause",
            _ => "C1",
        })
    }

    /// S5, S6 in bulk, S10 and S11: what no case decides.
    fn stand(&mut self, dice: &mut Dice) -> bool {
        let at = usize::try_from(dice.roll(self.held.len() as u64)).unwrap();
        let record = self.held[at].record.clone();
        let who = match dice.roll(3) {
            0 => "COMPLIANCE",
            1 => "SYSTEM",
            _ => dice.pick(&PEOPLE).0,
        };
        let is_under_investigation = self.cases.iter().any(|worked| {
            let file = worked.case.file();
            is_about(file.about, record.id)
                && file.purpose == Purpose::ForCause
                && !worked.case.state().is_terminal()
        });
        let confirmer = if who == "SYSTEM" {
            person("COMPLIANCE")
        } else {
            person(who)
        };
        let two = TwoPeople::new(&person("OTHER_COMPLIANCE"), &confirmer, subject());
        let (action, row) = match (dice.roll(16), two) {
            (0..=3, _) => {
                let suspending = Suspending {
                    kind: dice.pick(SuspensionKind::ALL),
                    reason: Some(ReasonCode::Other),
                    ground: Ground {
                        evidence: vec![[5; 32]],
                        words: None,
                    },
                };
                (standing::Action::Suspend(suspending), "S5 by compliance")
            }
            (4..=6, _) => {
                let taint = standing::Action::SuspendFor(SystemCause::IssuerTaint);
                (taint, "S5 by a taint")
            }
            (7..=12, Ok(two)) => (standing::Action::ReinstateInBulk(two), "S6 in bulk"),
            (13, Ok(two)) if dice.roll(8) == 0 => {
                let action = standing::Action::MarkInError {
                    two,
                    reason: Some(ReasonCode::WrongPerson),
                };
                (action, "S11")
            }
            (14.., _) => {
                let action = standing::Action::Withdraw {
                    is_under_investigation,
                };
                (action, "S10")
            }
            (7..=13, _) => return false,
        };
        let days = (zone(), &self.policy);
        let Ok(moved) = standing::take(record, &actor(who), action, self.now, days) else {
            return false;
        };
        let held = &mut self.held[at];
        held.record = moved.record;
        held.entries.extend(moved.entry);
        self.took(row)
    }

    /// C2 to C13, and what standings follow.
    fn work(&mut self, dice: &mut Dice) -> bool {
        if self.cases.is_empty() {
            return false;
        }
        // Mostly what is new: old cases are closed.
        let back = dice.roll(self.cases.len().min(4) as u64);
        let at = self.cases.len() - 1 - usize::try_from(back).unwrap();
        let worked = self.cases[at].clone();
        let before = worked.case.reading(self.now, zone(), &self.policy);
        let was_over = before != worked.case.state();
        let (mut who, mut kind) = sensible(dice, &worked.case, before);
        match dice.roll(6) {
            0 => kind = dice.pick(ActionKind::ALL),
            1 => who = dice.pick(&PEOPLE).0,
            2 if dice.roll(4) == 0 => who = "SYSTEM",
            _ => {}
        }
        let action = self.made(dice, kind, who, &worked.case);
        let checks = self.checks_of(&worked);
        let facts = facts(&self.policy, &checks, self.now);
        let by = actor(who);
        let Ok(moved) = take(worked.case.clone(), &by, action, self.now, &facts) else {
            return false;
        };
        let mut after = Worked {
            case: moved.case,
            checks: worked.checks,
        };
        let mut filed = None;
        for effect in moved.effects {
            match effect {
                Effect::CheckRecorded(check) => after.checks.push(*check),
                Effect::CheckResolved(check) => {
                    after.checks.retain(|known| known.id != check.id);
                    after.checks.push(*check);
                }
                Effect::StandingFollows => {
                    // One transaction: where the standing refuses, the case stays.
                    if !self.follow(&after.case, &by) {
                        return false;
                    }
                }
                Effect::OpenAppeal(appeal) => filed = Some(appeal),
                Effect::ChecksToRepeat(_)
                | Effect::TellWhatIsAsked { .. }
                | Effect::TellDecision { .. }
                | Effect::FraudFlagSurvives => {}
            }
        }
        if filed.is_some_and(|appeal| !self.file(appeal)) {
            return false;
        }
        // The notices go out by themselves, to most people.
        if dice.roll(8) > 0 {
            after.case = after.case.notice_sent(self.now);
        }
        let row = row(kind, was_over, &after.case);
        self.cases[at] = after;
        row.is_none_or(|row| self.took(row))
    }

    /// What the appeal of a case may also rest on: the checks of the case that it appeals.
    fn checks_of(&self, worked: &Worked) -> Vec<Check> {
        let appealed = worked.case.file().appeals.as_ref();
        let of_appealed = self
            .cases
            .iter()
            .filter(|other| appealed.and_then(|it| it.case) == Some(other.case.file().id))
            .flat_map(|other| other.checks.clone());
        worked.checks.iter().cloned().chain(of_appealed).collect()
    }

    /// One appeal at a time about one credential.
    fn file(&mut self, appeal: Appeal) -> bool {
        let existing = self.cases.iter().position(|worked| {
            let file = worked.case.file();
            file.about == appeal.about()
                && file.purpose == Purpose::Appeal
                && !worked.case.state().is_terminal()
        });
        let case = existing.map(|at| self.cases[at].case.clone());
        match (existing, make_room(case, self.now, zone(), &self.policy)) {
            (Some(at), Ok(Some(closed))) => {
                self.cases[at].case = Case::Lapsed(closed);
                self.took("C7 closed");
            }
            (_, Ok(_)) => {}
            (_, Err(_)) => return false,
        }
        let papers = AppealPapers {
            id: CaseId(self.number()),
            content_sha256: SHA,
            evidence: vec![attached([3; 32])],
            signing: signing(SignatureMeaning::Authorship),
        };
        let by = person("PROVIDER");
        let case = file_appeal(&by, appeal, papers, self.now, &self.policy).unwrap();
        self.cases.push(Worked {
            case: Case::Submitted(case),
            checks: Vec::new(),
        });
        true
    }

    /// What the approved case makes of the standing, all of it or nothing.
    fn follow(&mut self, case: &Case, by: &Actor) -> bool {
        let (Case::Approved(approved), About::Credential(id, _)) = (case, case.file().about) else {
            return false;
        };
        let at = self.position(id);
        let before = self.held[at].record.clone();
        let from = before.standing();
        let on = local_day(self.now, zone());
        let months = self.policy.revalidation_months;
        let was_due = self.held[at]
            .credential()
            .effective_status(Day::at(on), zone(), months)
            == Some(EffectiveStatus::RevalidationRequired);
        let days = (zone(), &self.policy);
        let action = standing::Action::Follow(approved);
        let Ok(moved) = standing::take(before, by, action, self.now, days) else {
            return false;
        };
        let mut given_way = None;
        let mut replacement = None;
        for effect in moved.effects {
            match effect {
                standing::Effect::SupersedeEarlier(earlier) => {
                    let at = self.position(earlier);
                    let action = standing::Action::Supersede {
                        successor: &moved.record,
                        approved,
                    };
                    let old = self.held[at].record.clone();
                    match standing::take(old, by, action, self.now, days) {
                        Ok(old) => given_way = Some((at, old)),
                        Err(_) => return false,
                    }
                }
                standing::Effect::Replace(new) => replacement = Some(new),
                standing::Effect::ReviewSuspension { .. } => {}
            }
        }
        let to = moved.record.standing();
        let held = &mut self.held[at];
        if let Stood::Revoked(state) = &moved.record.stood {
            held.overturned = state.overturned;
        }
        held.record = moved.record;
        held.entries.extend(moved.entry);
        if let Some((at, old)) = given_way {
            if self.held[at].record.standing() == Standing::Verified {
                self.took("S9 verified");
            }
            self.held[at].record = old.record;
            self.held[at].entries.extend(old.entry);
            self.took("S9");
        }
        if let Some(replacement) = replacement {
            let (record, entry) = replacement.record(CredentialId(self.number()));
            self.held.push(Held {
                record,
                entries: vec![entry],
                overturned: None,
            });
            self.took("S8");
        }
        match (from, to) {
            (Standing::Unverified, Standing::Verified) => self.took("S1"),
            (Standing::Verified, Standing::Verified) if was_due => self.took("S4"),
            (Standing::Verified, Standing::Verified) => self.took("S2"),
            (Standing::Suspended, Standing::Verified) => self.took("S6"),
            (Standing::Suspended, Standing::Revoked) => self.took("S7 of a suspended"),
            (Standing::Verified, Standing::Revoked) => self.took("S7"),
            _ => true,
        };
        true
    }

    fn position(&self, id: CredentialId) -> usize {
        let found = self.held.iter().position(|held| held.record.id == id);
        found.expect("a credential of this world")
    }

    /// The act with what it needs, at times with something wrong.
    fn made(&mut self, dice: &mut Dice, kind: ActionKind, who: &str, case: &Case) -> Action {
        let action = an_act(kind, case);
        match action {
            Action::RecordCheck(check) => {
                let by = match actor(who) {
                    Actor::Person(Person { account, .. }) => account,
                    Actor::System => check.performed_by,
                };
                let (outcome, source) = match dice.roll(10) {
                    0 => (CheckOutcome::NotFound, CheckSourceKind::Primary),
                    1 => (CheckOutcome::Match, CheckSourceKind::Secondary),
                    2 => (CheckOutcome::SourceUnavailable, CheckSourceKind::Primary),
                    _ => (CheckOutcome::Match, CheckSourceKind::Primary),
                };
                let mut made = Check {
                    performed_by: by,
                    performed_at: self.now,
                    original_outcome: outcome,
                    ..a_check(
                        case.file().id,
                        CheckId(self.number()),
                        case.file().content.version,
                    )
                };
                made.source.kind = source;
                made.source.as_of = local_day(self.now, zone());
                Action::RecordCheck(made.into())
            }
            Action::Recommend(mut it) if dice.roll(5) == 0 => {
                it.recommendation = Recommendation::Reject;
                it.reason = Some(ReasonCode::IssuerDenies);
                Action::Recommend(it)
            }
            Action::Approve(mut it) if dice.roll(10) == 0 => {
                it.signing.content_sha256 = [0; 32];
                Action::Approve(it)
            }
            other => other,
        }
    }
}

impl Held {
    /// As the directory reads it.
    fn credential(&self) -> Credential {
        let history = self.entries.iter().map(Into::into).collect();
        a_course(self.record.id.0, 54, 0)
            .standing(history)
            .0
            .credential
    }
}

fn facts<'a>(
    policy: &'a Policy,
    checks: &'a [Check],
    now: chrono::DateTime<chrono::Utc>,
) -> Facts<'a> {
    // One content for all: nothing in a walk depends on which.
    static CONTENT: std::sync::LazyLock<domain::content::Content> =
        std::sync::LazyLock::new(a_training);
    Facts {
        policy,
        zone: zone(),
        claimed: Some(&CONTENT),
        checks,
        screening: ScreeningFacts {
            screened_on: Some(local_day(now, zone())),
            ..ScreeningFacts::default()
        },
        issuer_trust: TrustLevel::Unknown,
        issuer_named: CheckOutcome::Match,
        window_months: None,
        approved_sha256: None,
        revalidation_due_on: None,
    }
}

fn is_about(about: About, id: CredentialId) -> bool {
    matches!(about, About::Credential(found, _) if found == id)
}

/// Who might do what to a case of that state, if they had read the table.
fn sensible(dice: &mut Dice, case: &Case, reading: CaseState) -> (&'static str, ActionKind) {
    let purpose = case.file().purpose;
    let name_of = |account| {
        let found = PEOPLE.iter().find(|(.., number)| *number == account);
        found.map_or("PUBLIC", |(name, ..)| *name)
    };
    let author = name_of(case.file().opened_by.0);
    match reading {
        CaseState::Draft if case.file().evidence.is_empty() => (author, ActionKind::Attach),
        CaseState::Draft => (author, ActionKind::Submit),
        CaseState::Submitted if purpose == Purpose::Appeal => {
            let who = dice.pick(&["APPEALS", "OTHER_APPEALS"]);
            (who, ActionKind::Claim)
        }
        CaseState::Submitted => {
            let who = dice.pick(&["VERIFIER", "OTHER_VERIFIER"]);
            (who, ActionKind::Claim)
        }
        CaseState::InReview => {
            let holder = match case {
                Case::InReview(state) => name_of(state.lease.verifier.0),
                _ => "VERIFIER",
            };
            let kind = match dice.roll(16) {
                0 => ActionKind::Release,
                1 | 2 => ActionKind::RequestInfo,
                3..=7 => ActionKind::RecordCheck,
                _ => ActionKind::Recommend,
            };
            (holder, kind)
        }
        CaseState::InfoRequested if dice.roll(3) == 0 => ("PROVIDER", ActionKind::SupplyInfo),
        CaseState::PendingDecision => {
            let who = match purpose {
                Purpose::Appeal => dice.pick(&["APPEALS", "OTHER_APPEALS"]),
                _ => dice.pick(&["APPROVER", "APPROVER", "VERIFIER"]),
            };
            let kind = match dice.roll(8) {
                0 => ActionKind::Return,
                1 | 2 => ActionKind::Reject,
                _ => ActionKind::Approve,
            };
            (who, kind)
        }
        CaseState::Approved | CaseState::Rejected => ("PROVIDER", ActionKind::Appeal),
        // Nothing is to be done: the person lets it lie, or it is closed.
        CaseState::InfoRequested | CaseState::Withdrawn | CaseState::Lapsed => {
            ("PROVIDER", ActionKind::Edit)
        }
    }
}

/// Which row of the specification a step was.
fn row(kind: ActionKind, was_over: bool, after: &Case) -> Option<&'static str> {
    let is_appeal = after.file().purpose == Purpose::Appeal;
    let did_both = after
        .decision()
        .is_some_and(|decision| decision.single_reviewer);
    Some(match kind {
        ActionKind::Submit => "C2",
        ActionKind::Claim if was_over => "C3 after a lease",
        ActionKind::Claim => "C3",
        ActionKind::Release => "C4",
        ActionKind::RequestInfo => "C5",
        ActionKind::SupplyInfo => "C6",
        ActionKind::Recommend => "C8",
        ActionKind::Approve if is_appeal => "C13 overturned",
        ActionKind::Approve if did_both => "C9 single reviewer",
        ActionKind::Approve => "C9",
        ActionKind::Reject if is_appeal => "C13 upheld",
        ActionKind::Reject => "C10",
        ActionKind::Return => "C11",
        ActionKind::Withdraw => "C12",
        ActionKind::Appeal => "C13 filed",
        ActionKind::Edit
        | ActionKind::Attach
        | ActionKind::RecordCheck
        | ActionKind::ResolveCheck
        | ActionKind::DeclareConflict
        | ActionKind::FlagFraud => return None,
    })
}
