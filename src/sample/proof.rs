//! What a claimed person shows for what their law asks: courses, credentials, answers of registers,
//! an attestation.

use chrono::{DateTime, Utc};
use domain::attestation::{AttestationId, AttestationState};
use domain::credential::{CredentialId, CredentialKind};
use domain::provider::{Provider, RegistryLookup};
use domain::taxonomy::Discipline;

use super::calendar::Calendar;
use super::dice::Dice;
use super::ids::Ids;
use super::life::{Evidence, Life, hours};
use super::needs::{Needs, Proof};
use super::training::{Plan, courses};
use super::{attestation, credential};

/// What the law asks of a person, how far the evidence goes, and when it came about.
pub(super) struct Case<'a> {
    pub(super) calendar: Calendar,
    pub(super) needs: &'a Needs,
    pub(super) evidence: Evidence,
    pub(super) life: Life,
}

/// How much of a proof is on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Whole,
    /// Too few sessions, where there are any.
    Partly,
    /// A register was asked and has none.
    InVain,
    Not,
}

impl Case<'_> {
    /// Courses or a national certificate, then what rules name, then what careful people have.
    pub(super) fn prove(&self, dice: &mut Dice, ids: &mut Ids, provider: &mut Provider) {
        let acupuncturist_alone = provider
            .licenses
            .iter()
            .all(|license| license.discipline == Discipline::Acupuncturist);
        if !self.needs.conditional && acupuncturist_alone && dice.percent(70) {
            provider.credentials.push(credential::national(
                self.calendar,
                dice,
                CredentialId(ids.next()),
                self.life.course_ended,
                self.life.verified,
            ));
        } else {
            let plan = Plan {
                hours: hours(dice, self.needs, self.evidence),
                approvals: match self.evidence {
                    Evidence::Met | Evidence::Interim => &self.needs.approvals,
                    Evidence::StateGrant
                    | Evidence::Short
                    | Evidence::Missing
                    | Evidence::LookedUpNone => &[],
                },
                from_days_ago: self.life.course_began,
                to_days_ago: self.life.course_ended,
                verified_days_ago: self.life.verified,
            };
            provider.training = courses(dice, self.calendar, &plan, || CredentialId(ids.next()));
        }
        self.show(dice, ids, provider);
        for kind in [
            CredentialKind::CleanNeedleTechnique,
            CredentialKind::BloodbornePathogens,
        ] {
            if dice.percent(45) {
                provider.credentials.push(credential::besides(
                    self.calendar,
                    dice,
                    CredentialId(ids.next()),
                    kind,
                    self.life.course_ended,
                    self.life.verified,
                ));
            }
        }
    }

    /// Credentials that rules name, and what registers answered about them.
    fn show(&self, dice: &mut Dice, ids: &mut Ids, provider: &mut Provider) {
        let days_ago = dice.between(1, self.life.verified);
        let asked_at = self.calendar.instant(dice, days_ago);
        for (nth, proof) in self.needs.proofs.iter().enumerate() {
            let shown = self.shown(nth, proof);
            let found = match shown {
                Shown::Whole | Shown::Partly => true,
                Shown::InVain => false,
                Shown::Not => continue,
            };
            if !found || (proof.is_state_grant() && dice.percent(50)) {
                provider.lookups.push(look_up(proof, asked_at, found));
            }
            if !found {
                continue;
            }
            let mut proof = proof.clone();
            if shown == Shown::Partly {
                proof.sessions = proof.sessions.map(|sessions| sessions * 3 / 5);
            }
            // A degree comes before the licence, everything else after the courses.
            let issued = match proof.kind {
                CredentialKind::Degree => self.life.licensed + dice.between(20, 300),
                _ => self.life.course_ended,
            };
            provider.credentials.push(credential::proving(
                self.calendar,
                dice,
                CredentialId(ids.next()),
                &proof,
                issued,
                self.life.verified,
            ));
        }
    }

    /// Where something is missing or looked up in vain, it is one thing: what the state itself
    /// grants, which would settle all of it, or else the first. Other grants are then not on file.
    fn shown(&self, nth: usize, proof: &Proof) -> Shown {
        let granted = proof.is_state_grant();
        let absent = || {
            let grant = self.needs.proofs.iter().position(Proof::is_state_grant);
            grant.unwrap_or(0) == nth
        };
        match self.evidence {
            Evidence::StateGrant if !granted => Shown::Not,
            Evidence::LookedUpNone if absent() => Shown::InVain,
            Evidence::Missing if absent() => Shown::Not,
            Evidence::Short | Evidence::Missing | Evidence::LookedUpNone if granted => Shown::Not,
            Evidence::Short => Shown::Partly,
            Evidence::Met
            | Evidence::StateGrant
            | Evidence::Interim
            | Evidence::Missing
            | Evidence::LookedUpNone => Shown::Whole,
        }
    }

    /// An attestation in force, and for some the one that it replaced.
    pub(super) fn attest(&self, dice: &mut Dice, ids: &mut Ids, provider: &mut Provider) {
        let life = self.life;
        if provider.locations.is_empty() {
            return;
        }
        let signed = dice.between(1, 100.min(life.joined));
        let licensed_until = provider
            .licenses
            .iter()
            .filter_map(|license| license.expires_on)
            .min();
        let current = attestation::in_force(
            dice,
            self.calendar,
            AttestationId(ids.next()),
            &provider.locations,
            signed,
            licensed_until,
        );
        let earlier = signed + dice.between(80, 115);
        if earlier <= life.joined {
            let mut before = attestation::in_force(
                dice,
                self.calendar,
                AttestationId(ids.next()),
                &provider.locations,
                earlier,
                None,
            );
            if let Some(accepted) = current.history.last() {
                before.history.push(attestation::change(
                    accepted.at,
                    AttestationState::Superseded,
                ));
            }
            provider.attestations.push(before);
        }
        provider.attestations.push(current);
    }
}

fn look_up(proof: &Proof, looked_up_at: DateTime<Utc>, found: bool) -> RegistryLookup {
    // Registers of examinations are asked for a person, not for a paper.
    let by_name = found || proof.kind != CredentialKind::ExamResult;
    RegistryLookup {
        kind: proof.kind,
        names: proof.names.clone().filter(|_| by_name),
        jurisdiction: Some(proof.jurisdiction),
        looked_up_at,
        found,
    }
}
