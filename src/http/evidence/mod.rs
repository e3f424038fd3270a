//! `/evidence`: files in and out, with limits of their own.
//!
//! A file comes in as `multipart/form-data` and is written down while it arrives; it goes out as a
//! download and never as a page: no browser is to run what somebody handed in. Whoever reads one is in
//! the log before the first byte leaves.

mod download;
mod multipart;
mod refusal;
mod upload;

use std::num::NonZeroU32;
use std::sync::Arc;

use domain::evidence::{Evidence, EvidenceId};
use futures_util::future::BoxFuture;
use poem::http::Method;
use poem::{Request, Response};
use tokio::sync::Semaphore;

use super::door::Door;
use super::outcome::Outcome;
use super::rate::{Buckets, Spent};
use super::refusal::Refusal as DoorRefusal;
use super::settings::Settings;
use super::{body, client};
use crate::service::evidence::{Label, Receipt};
use crate::service::{Requester, Trouble};
use crate::vault::{Bytes, Incoming};
use refusal::Refusal;

/// The application's files, as this room sees them.
pub trait Archive: Send + Sync + 'static {
    /// Begins to take a file in, from somebody who may hand one in.
    fn receive<'a>(&'a self, who: &'a Requester) -> BoxFuture<'a, Result<Incoming, Trouble>>;
    /// Puts a file that has come in on record.
    fn hand_in<'a>(
        &'a self,
        who: &'a Requester,
        file: Incoming,
        label: Label,
    ) -> BoxFuture<'a, Result<Receipt, Trouble>>;
    /// Opens a file for somebody who may read it, and logs that they did.
    fn open<'a>(
        &'a self,
        who: &'a Requester,
        id: EvidenceId,
    ) -> BoxFuture<'a, Result<(Evidence, Bytes), Trouble>>;
}

/// What answers below `/evidence`.
pub(crate) struct EvidenceEndpoint {
    archive: Option<Arc<dyn Archive>>,
    door: Arc<Door>,
    buckets: Option<Buckets>,
    /// Uploads at a time.
    places: Semaphore,
    settings: Settings,
}

impl EvidenceEndpoint {
    pub(crate) fn new(
        archive: Option<Arc<dyn Archive>>,
        door: Arc<Door>,
        settings: Settings,
    ) -> Self {
        Self {
            archive,
            door,
            buckets: settings.rate.map(Buckets::new),
            places: Semaphore::new(settings.max_uploads),
            settings,
        }
    }

    /// `/evidence`: takes a file in.
    pub(crate) async fn upload(&self, mut request: Request) -> Response {
        if request.method() != Method::POST {
            self.discard(&mut request);
            return told(&Refusal::Method { allowed: "POST" });
        }
        match upload::take(self, &mut request).await {
            Ok(response) => response,
            Err(refusal) => {
                // Where the body was not begun, its client is still to come to the answer.
                self.discard(&mut request);
                told(&refusal)
            }
        }
    }

    /// `/evidence/{id}`: gives a file out.
    pub(crate) async fn download(&self, mut request: Request) -> Response {
        if request.method() != Method::GET {
            self.discard(&mut request);
            return told(&Refusal::Method { allowed: "GET" });
        }
        let given = download::give(self, &request).await;
        given.unwrap_or_else(|refusal| told(&refusal))
    }

    fn archive(&self) -> Result<&dyn Archive, Refusal> {
        self.archive.as_deref().ok_or(Refusal::NoArchive)
    }

    /// Who it is, once the client has paid.
    async fn admit(&self, request: &Request, points: NonZeroU32) -> Result<Requester, Refusal> {
        if let Some(buckets) = &self.buckets {
            let client = client::key(request, &self.settings.trusted_proxies);
            match buckets.spend(client, points) {
                Ok(_) => {}
                Err(Spent::NotYet { wait }) => return Err(Refusal::RateLimited { wait }),
                // More than an operator lets a full bucket hold: nobody may.
                Err(Spent::NeverEnough { .. }) => return Err(Refusal::NoArchive),
            }
        }
        let looked = self.door.look(request);
        if looked.lacks_proof {
            return Err(Refusal::Door(DoorRefusal::CrossSite));
        }
        self.door.admit(&looked).await.map_err(Refusal::Door)
    }

    fn discard(&self, request: &mut Request) {
        body::discard(request.take_body(), self.settings.body_timeout);
    }
}

fn told(refusal: &Refusal) -> Response {
    let outcome = Outcome {
        code: Some(refusal.code().code()),
        refused: refusal.reason(),
        cost: None,
    };
    outcome.attach(refusal.to_response())
}
