//! The directory's own choices about attestations, as values.

use crate::place::Jurisdiction;

/// How long attestations hold and how they are looked at (verification.md 3.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttestationPolicy {
    /// Days for which a signature holds.
    pub signature_days: u32,
    /// The same where every place of the attestation lies in Illinois.
    pub signature_days_illinois: u32,
    /// How many in a hundred are looked at by chance.
    pub sample_percent: u32,
    /// Days after a notice in which an appeal may be filed.
    pub appeal_days: u32,
}

impl Default for AttestationPolicy {
    /// CAQH's attestation cadence, 120 days and 180 in Illinois, with the directory's own sample.
    fn default() -> Self {
        Self {
            signature_days: 120,
            signature_days_illinois: 180,
            sample_percent: 10,
            appeal_days: 30,
        }
    }
}

impl AttestationPolicy {
    /// Days for which a signature about these places holds.
    pub fn signature_days(&self, places: &[Jurisdiction]) -> u32 {
        let all_in_illinois = places.iter().all(|place| *place == Jurisdiction::Il);
        if all_in_illinois && !places.is_empty() {
            self.signature_days_illinois
        } else {
            self.signature_days
        }
    }
}
