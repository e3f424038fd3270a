//! N1, N7 and N11: writing an attestation down, mending it, taking it back.

use domain::attestation::AttestationId;
use domain::evidence::EvidenceId;
use domain::needle::action::Action;
use domain::needle::attestation::{Content, Draft};
use domain::needle::statement::{Answers, STATEMENT_TEXT_VERSION};
use domain::npi::Npi;
use domain::provider::{LocationId, Provider};

use super::AttestationOrder;
use super::step::{self, Places, Told, WHAT};
use super::typed::{self, TypedProduct};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserError, UserErrorCode, perform};
use crate::store;

/// The most places of one attestation.
const MOST_LOCATIONS: usize = 50;

/// What is to be written down.
#[derive(Debug, Clone)]
pub struct Drafting {
    /// Whose.
    pub npi: Npi,
    /// The draft that it replaces; a new one when absent.
    pub attestation: Option<AttestationOrder>,
    /// Where it holds.
    pub locations: Vec<LocationId>,
    /// Which needles.
    pub products: Vec<TypedProduct>,
    /// Photographs of labels: product, lot, file.
    pub label_photos: Vec<(usize, usize, EvidenceId)>,
}

/// N1: writes a draft, or writes a draft anew. Nothing is stored while something typed could mean two
/// things.
pub async fn draft(
    app: &App,
    who: &Requester,
    order: &Order,
    drafting: Drafting,
) -> Result<AttestationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let npi = drafting.npi;
        change.own(npi, "provider")?;
        let provider = step::subject(change, npi).await?;
        let before = match drafting.attestation {
            Some(order) => Some(step::load(change, order).await?),
            None => None,
        };
        let is_theirs = before
            .as_ref()
            .is_none_or(|before| before.attestation.claim().subject == npi);
        if !is_theirs {
            return Err(Trouble::NotFound(WHAT));
        }
        let content = content(change, &provider, drafting).await?;
        match before {
            Some(before) => {
                let moved = step::taken(change, before.attestation, Action::Edit(content))?;
                let told = Told {
                    changed_fields: &["locations", "products"],
                    ..Told::default()
                };
                let step = step::plain(change, &moved);
                step::keep(change, before.row_version, step, told).await?;
                Ok(moved.attestation.claim().id.0)
            }
            None => begin(change, npi, content).await,
        }
    })
    .await
    .map(AttestationId)
}

/// N7: what a check found wrong is mended as a new version.
pub async fn revise(
    app: &App,
    who: &Requester,
    order: &Order,
    attestation: AttestationOrder,
) -> Result<AttestationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let before = step::load(change, attestation).await?;
        let mut moved = step::taken(change, before.attestation, Action::Revise)?;
        if let domain::needle::attestation::Attestation::Draft(draft) = &mut moved.attestation {
            // A new version is answered anew, to the wording of now.
            draft.claim.content.answers = Answers::default();
            draft.claim.content.statement_text_version = STATEMENT_TEXT_VERSION;
        }
        let step = step::plain(change, &moved);
        step::keep(change, before.row_version, step, Told::default()).await?;
        Ok(attestation.id.0)
    })
    .await
    .map(AttestationId)
}

/// N11: the provider takes it back. It leaves the public view at once.
pub async fn withdraw(
    app: &App,
    who: &Requester,
    order: &Order,
    attestation: AttestationOrder,
) -> Result<AttestationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let before = step::load(change, attestation).await?;
        let moved = step::taken(change, before.attestation, Action::Withdraw)?;
        let step = step::plain(change, &moved);
        step::keep(change, before.row_version, step, Told::default()).await?;
        Ok(attestation.id.0)
    })
    .await
    .map(AttestationId)
}

async fn begin(change: &Change<'_>, npi: Npi, content: Content) -> Result<i64, Trouble> {
    let by = step::person(change, npi)?;
    let id = store::attestation::next_id(&change.txn);
    let draft = Draft::start(&by, id, npi, content).map_err(step::refused)?;
    store::attestation::draft(&change.txn, &draft, by.account, change.now, None).await?;
    step::logged(change, id, npi, 1, Told::default()).await?;
    Ok(id.0)
}

async fn content(
    change: &Change<'_>,
    provider: &Provider,
    drafting: Drafting,
) -> Result<Content, Trouble> {
    let locations = locations(provider, drafting.locations)?;
    let products = photographed(
        change,
        drafting.npi,
        drafting.products,
        &drafting.label_photos,
    );
    let products = products.await?;
    let mut content = Content {
        locations,
        lines: Vec::new(),
        answers: Answers::default(),
        statement_text_version: STATEMENT_TEXT_VERSION,
    };
    let today = Places::of(provider, &content).today(change);
    content.lines = typed::lines(products, today).map_err(Trouble::Refused)?;
    Ok(content)
}

fn locations(provider: &Provider, named: Vec<LocationId>) -> Result<Vec<LocationId>, Trouble> {
    let refused = |at: usize, message: &str| {
        Trouble::field(
            UserErrorCode::BadInput,
            format!("locationIds[{at}]"),
            message,
        )
    };
    if named.len() > MOST_LOCATIONS {
        return Err(Trouble::field(
            UserErrorCode::BadInput,
            "locationIds",
            format!("an attestation has at most {MOST_LOCATIONS} places"),
        ));
    }
    for (at, id) in named.iter().enumerate() {
        if !provider.locations.iter().any(|place| place.id == *id) {
            return Err(refused(at, "this is no place of practice of theirs"));
        }
        if named[..at].contains(id) {
            return Err(refused(at, "this place is named twice"));
        }
    }
    Ok(named)
}

/// With the photographs of labels that were handed in for them.
async fn photographed(
    change: &Change<'_>,
    npi: Npi,
    mut products: Vec<TypedProduct>,
    photos: &[(usize, usize, EvidenceId)],
) -> Result<Vec<TypedProduct>, Trouble> {
    let ids: Vec<EvidenceId> = photos.iter().map(|(_, _, id)| *id).collect();
    let files = store::evidence::by_ids(change.txn.db(), &ids).await?;
    for (product, lot, id) in photos {
        let file = files.iter().find(|file| file.id == *id);
        let file = file.filter(|file| file.provider == npi && file.tombstone.is_none());
        let Some(file) = file else {
            return Err(Trouble::Refused(vec![UserError::of(
                UserErrorCode::EvidenceMissing,
                format!("products[{product}].lots[{lot}].labelPhotoId"),
                "this is no file of theirs",
            )]));
        };
        let lots = products.get_mut(*product).map(|product| &mut product.lots);
        if let Some(lot) = lots.and_then(|lots| lots.get_mut(*lot)) {
            lot.label_photo_sha256 = Some(*file.sha256.as_bytes());
        }
    }
    Ok(products)
}
