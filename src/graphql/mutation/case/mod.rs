//! Credentials and their cases: a file a part in them.

pub mod author;
pub mod credential;
pub mod decide;
pub mod flag;
pub mod review;

pub(super) use author::AuthorMutation;
pub(super) use credential::CredentialMutation;
pub(super) use decide::DecideMutation;
pub(super) use flag::FlagMutation;
pub(super) use review::ReviewMutation;

use async_graphql::{Context, ID, InputObject};
use domain::case::CaseId;
use domain::credential::CredentialId;
use domain::evidence::EvidenceId;

use crate::app::App;
use crate::graphql::acting::acting;
use crate::graphql::codes::SignatureMeaning;
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::{Case, CredentialRecord};
use crate::graphql::payload::payload;
use crate::service::case::read;
use crate::service::case::{CaseOrder, CredentialOrder, Signed, hex};

payload! {
    /// What came of a change of a case.
    CasePayload {
        /// The case.
        case: Case,
    }
}

payload! {
    /// What came of a change of a credential.
    CredentialPayload {
        /// The credential.
        credential: CredentialRecord,
    }
}

/// A signature over a content that was read (21 CFR 11.50).
#[derive(InputObject)]
pub struct SignatureInput {
    /// The signatory's own name, as they write it.
    printed_name: String,
    /// What the signature means.
    meaning: SignatureMeaning,
    /// The `contentSha256` of the case as it was read: what is signed for.
    content_sha256: String,
}

impl SignatureInput {
    fn read(&self) -> Result<Signed, Fault> {
        let sha256 = hex::bytes(&self.content_sha256);
        Ok(Signed {
            printed_name: self.printed_name.trim().into(),
            meaning: self.meaning.into(),
            content_sha256: sha256.ok_or_else(|| {
                Fault::bad_input(
                    "input.signature.contentSha256",
                    "a SHA-256 is 64 digits of lower-case hexadecimal",
                )
            })?,
        })
    }
}

fn case_order(id: &ID, expected_version: i32) -> Result<CaseOrder, Fault> {
    Ok(CaseOrder {
        id: CaseId(row_id("case", "input.caseId", id)?),
        expected_version: i64::from(expected_version),
    })
}

/// A credential by the id under which the public or its author knows it.
pub(in crate::graphql) fn credential_number(
    field: &'static str,
    id: &ID,
) -> Result<CredentialId, Fault> {
    let kind = if id.starts_with("training_") {
        "training"
    } else {
        "credential"
    };
    Ok(CredentialId(row_id(kind, field, id)?))
}

fn credential_order(id: &ID, expected_version: i32) -> Result<CredentialOrder, Fault> {
    Ok(CredentialOrder {
        id: credential_number("input.credentialId", id)?,
        expected_version: i64::from(expected_version),
    })
}

fn evidence_numbers(ids: &[ID]) -> Result<Vec<EvidenceId>, Fault> {
    if ids.len() > 50 {
        return Err(Fault::bad_input(
            "input.evidenceIds",
            "at most 50 files at once",
        ));
    }
    ids.iter()
        .map(|id| Ok(EvidenceId(row_id("evidence", "input.evidenceIds", id)?)))
        .collect()
}

/// A text that was given; nothing where it is empty.
fn words(field: &str, text: Option<&str>) -> Result<Option<Box<str>>, Fault> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.len() > 2_000) {
        return Err(Fault::bad_input(
            format!("input.{field}"),
            "a text has at most 2000 bytes",
        ));
    }
    Ok(text.map(Into::into))
}

/// The case, to whoever may read it still: a key may be used again after it ceased to be theirs.
async fn shown(ctx: &Context<'_>, app: &App, id: CaseId) -> Result<CasePayload, Fault> {
    let (_, who) = acting(ctx)?;
    Ok(CasePayload {
        case: Some(Case(read::case(app, who, id).await?)),
        user_errors: Vec::new(),
    })
}

/// The credential, to whoever may read it still.
async fn shown_credential(
    ctx: &Context<'_>,
    app: &App,
    id: CredentialId,
) -> Result<CredentialPayload, Fault> {
    let (_, who) = acting(ctx)?;
    let credential = read::credential(app, who, id).await?;
    Ok(CredentialPayload {
        credential: Some(CredentialRecord(credential)),
        user_errors: Vec::new(),
    })
}

/// What came of a change of a case, shown.
macro_rules! show_case {
    ($ctx:expr, $app:expr, $done:expr) => {
        match $crate::graphql::acting::settled($ctx, $done)? {
            Ok(id) => super::shown($ctx, $app, id).await,
            Err(errors) => Ok(super::CasePayload::refused(errors)),
        }
    };
}

/// What came of a change of a credential, shown.
macro_rules! show_credential {
    ($ctx:expr, $app:expr, $done:expr) => {
        match $crate::graphql::acting::settled($ctx, $done)? {
            Ok(id) => super::shown_credential($ctx, $app, id).await,
            Err(errors) => Ok(super::CredentialPayload::refused(errors)),
        }
    };
}
use {show_case, show_credential};
