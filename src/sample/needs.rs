//! What the law asks of a person, as the evidence that would meet it.

use domain::credential::CredentialKind;
use domain::place::Jurisdiction;
use domain::scope::{Requirement, RequirementKind, RequirementSubject, ScopeRule};
use domain::taxonomy::Discipline;

use super::dice::Dice;

/// Hours, as the law names them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hours {
    pub(super) total: u32,
    pub(super) in_person: u32,
    pub(super) theory: u32,
    pub(super) practical: u32,
    pub(super) postgraduate: u32,
}

/// A credential that a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) kind: CredentialKind,
    pub(super) names: Option<Box<str>>,
    pub(super) jurisdiction: Jurisdiction,
    pub(super) discipline: Discipline,
    pub(super) sessions: Option<u32>,
}

/// Everything that the rules of a person's places and licences ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Does any rule ask for anything of the person?
    pub(super) conditional: bool,
    pub(super) hours: Hours,
    /// From so many hours on limited practice is allowed.
    pub(super) interim: Option<u32>,
    pub(super) years: u32,
    pub(super) also_licensed: Vec<(Discipline, Jurisdiction)>,
    /// Bodies that must have approved the course.
    pub(super) approvals: Vec<Box<str>>,
    pub(super) proofs: Vec<Proof>,
}

impl Needs {
    /// Adds what a rule asks for. Of alternatives one that can be shown is chosen.
    pub(super) fn add(&mut self, dice: &mut Dice, rule: &ScopeRule) {
        let asked: Vec<_> = rule
            .requirements
            .iter()
            .filter(|it| it.subject == RequirementSubject::Provider)
            .collect();
        self.conditional |= !asked.is_empty();
        let mut chosen_groups = Vec::new();
        for requirement in &asked {
            let Some(group) = requirement.alternative_group.as_deref() else {
                self.ask(requirement, rule);
                continue;
            };
            if chosen_groups.contains(&group) {
                continue;
            }
            chosen_groups.push(group);
            let alternatives: Vec<_> = asked
                .iter()
                .copied()
                .filter(|it| it.alternative_group.as_deref() == Some(group))
                .filter(|it| can_be_shown(it))
                .collect();
            // Years pass by themselves: where they will do, they are what people have.
            let years = alternatives
                .iter()
                .find(|it| it.kind == RequirementKind::YearsLicensed);
            if let Some(years) = years {
                self.ask(years, rule);
            } else if !alternatives.is_empty() {
                let chosen = dice.pick(&alternatives);
                self.ask(chosen, rule);
            }
        }
    }

    /// Is there a state's own yes that would satisfy a whole rule?
    pub(super) fn state_grants(&self) -> impl Iterator<Item = &Proof> {
        self.proofs.iter().filter(|proof| proof.is_state_grant())
    }

    fn ask(&mut self, requirement: &Requirement, rule: &ScopeRule) {
        let number = requirement
            .value
            .as_deref()
            .and_then(|value| value.parse::<u32>().ok());
        let value = requirement.name();
        let at_least = |field: &mut u32| *field = number.unwrap_or_default().max(*field);
        match requirement.kind {
            RequirementKind::TrainingHoursTotal => at_least(&mut self.hours.total),
            RequirementKind::TrainingHoursInPerson => at_least(&mut self.hours.in_person),
            RequirementKind::TrainingHoursTheory => at_least(&mut self.hours.theory),
            RequirementKind::TrainingHoursPractical => at_least(&mut self.hours.practical),
            RequirementKind::TrainingHoursPostgraduate => at_least(&mut self.hours.postgraduate),
            RequirementKind::YearsLicensed => at_least(&mut self.years),
            RequirementKind::InterimHours => self.interim = self.interim.max(number),
            RequirementKind::DualLicense => {
                if let Some(other) = value.and_then(|value| value.parse().ok()) {
                    self.also_licensed.push((other, rule.jurisdiction));
                }
            }
            RequirementKind::DegreeOrLicensedSince => {
                self.prove(CredentialKind::Degree, value, None, rule);
            }
            RequirementKind::ApprovedCourse => self.approvals.push(approver(value, rule)),
            RequirementKind::Exam => match value {
                // A number of examinations: the written one and the practical one, or the national one.
                Some("2") => {
                    self.prove(CredentialKind::ExamResult, Some("WRITTEN"), None, rule);
                    self.prove(CredentialKind::ExamResult, Some("PRACTICAL"), None, rule);
                }
                Some("1") => self.prove(CredentialKind::ExamResult, Some("NBCE"), None, rule),
                _ => self.prove(CredentialKind::ExamResult, value, None, rule),
            },
            RequirementKind::StateEndorsement => {
                self.prove(CredentialKind::StateEndorsement, value, None, rule);
            }
            RequirementKind::StatePermit => {
                self.prove(CredentialKind::StatePermit, value, None, rule);
            }
            RequirementKind::NationalCertification => {
                self.prove(CredentialKind::NationalCertification, value, None, rule);
            }
            RequirementKind::SupervisedSessions => {
                self.prove(CredentialKind::SupervisedSessionsLog, None, number, rule);
            }
            RequirementKind::Other | RequirementKind::AdverseEventReporting => {
                if let Some(name) = requirement.proof_name() {
                    self.prove(CredentialKind::RequirementProof, Some(&name), None, rule);
                }
            }
            // Courses are planned within a year, which every window leaves room for; the rest is
            // asked of visits.
            RequirementKind::CompletionWindowYears
            | RequirementKind::Consent
            | RequirementKind::Referral
            | RequirementKind::Technique
            | RequirementKind::BodyRegion
            | RequirementKind::NoDelegation => {}
        }
    }

    fn prove(
        &mut self,
        kind: CredentialKind,
        names: Option<&str>,
        sessions: Option<u32>,
        rule: &ScopeRule,
    ) {
        let proof = Proof {
            kind,
            names: names.map(Into::into),
            jurisdiction: rule.jurisdiction,
            discipline: rule.discipline,
            sessions,
        };
        if !self.proofs.contains(&proof) {
            self.proofs.push(proof);
        }
    }
}

impl Proof {
    pub(super) fn is_state_grant(&self) -> bool {
        matches!(
            self.kind,
            CredentialKind::StateEndorsement | CredentialKind::StatePermit
        )
    }
}

/// A requirement without a value is not known to us; a year or a day of licensing is left to chance.
fn can_be_shown(requirement: &Requirement) -> bool {
    match requirement.kind {
        RequirementKind::DegreeOrLicensedSince => requirement
            .value
            .as_deref()
            .is_some_and(|value| !value.starts_with(|first: char| first.is_ascii_digit())),
        _ => requirement.value.is_some(),
    }
}

/// The body that a rule names, or the board where it asks for any approval.
fn approver(value: Option<&str>, rule: &ScopeRule) -> Box<str> {
    match value {
        Some(body) => body.into(),
        None => super::license::board(rule.jurisdiction, rule.discipline),
    }
}
