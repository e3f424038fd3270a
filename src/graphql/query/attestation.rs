use async_graphql::{Context, ID, Object};
use domain::access::Act;
use domain::attestation::AttestationId;

use crate::graphql::acting::reading_as;
use crate::graphql::connection::{AttestationConnection, RowCursor, page_size};
use crate::graphql::error::Fault;
use crate::graphql::node::NodeId;
use crate::graphql::object::AttestationRecord;
use crate::graphql::scalar::Npi;
use crate::service::attestation::read;

#[derive(Default)]
pub(super) struct AttestationQuery;

#[Object]
impl AttestationQuery {
    /// An attestation with its claim, its findings and its signature. Not public: to its own provider, their
    /// delegates, and those who check.
    async fn attestation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> Result<AttestationRecord, Fault> {
        let (app, who, _) = reading_as(ctx, Act::ReadAttestation)?;
        let Some(NodeId::Attestation(id)) = NodeId::parse(&id) else {
            return Err(Fault::bad_input(
                "id",
                "id is the id of an attestation, like attestation_3",
            ));
        };
        Ok(AttestationRecord(read::by_id(app, who, id).await?))
    }

    /// Somebody's attestations, the latest first: drafts too, with what their checks would find today. Not
    /// public: to that provider, their delegates, and those who check.
    async fn attestation_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] npi: Npi,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<AttestationConnection, Fault> {
        let (app, who, _) = reading_as(ctx, Act::ReadAttestationRecords)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let place = after.map(|cursor| AttestationId(cursor.0));
        let found = read::of_person(app, who, npi.0, place, size).await?;
        Ok(page(found, after.is_some(), size))
    }

    /// Attestations that wait for a reviewer, oldest first. Not public.
    async fn attestation_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<AttestationConnection, Fault> {
        let (app, who, _) = reading_as(ctx, Act::ReadAttestationQueue)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let place = after.map(|cursor| AttestationId(cursor.0));
        let found = read::queue(app, who, place, size).await?;
        Ok(page(found, after.is_some(), size))
    }
}

fn page(found: Vec<read::Record>, after: bool, size: usize) -> AttestationConnection {
    AttestationConnection::of(
        found,
        after,
        size,
        |record| RowCursor(record.filed.attestation.claim().id.0),
        AttestationRecord,
    )
}
