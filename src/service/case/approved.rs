//! Which version of what a credential says is the one that people rely on.

use domain::case::{Case, Purpose};
use domain::credential::Standing;
use domain::duty::Sha256;

use super::{CaseRecord, ContentVersion, CredentialFile, hex};

/// The version that was approved last, among all cases about the credential. Of what came verified by an
/// import, or by an appeal that gave it back, the first, which is what came. Nothing of what was never
/// verified.
pub(super) fn version<'a>(
    file: &'a CredentialFile,
    cases: &[CaseRecord],
) -> Option<&'a ContentVersion> {
    if file.standing() == Standing::Unverified {
        return None;
    }
    let approved = cases.iter().filter_map(|record| match &record.case {
        Case::Approved(case) if makes_true(&record.case) => Some(case),
        _ => None,
    });
    let last = approved.max_by_key(|case| case.decision.at);
    last.and_then(|case| file.content(case.pending.submitted.file.content.version))
        .or_else(|| file.contents.first())
}

/// The same, by its hash.
pub(super) fn sha256(file: &CredentialFile, cases: &[CaseRecord]) -> Option<Sha256> {
    hex::bytes(&version(file, cases)?.sha256)
}

/// Does an approval of it say that the content is true? A revocation says nothing of the kind, nor does
/// what overturns one about the record that stays revoked.
fn makes_true(case: &Case) -> bool {
    let file = case.file();
    let decided = file.appeals.as_ref().map(|appealed| appealed.purpose);
    decided.unwrap_or(Some(file.purpose)) != Some(Purpose::ForCause)
}
