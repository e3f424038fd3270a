//! `/auth/…`: signing in and out, links, the second factor. Each takes JSON and answers JSON, for the
//! pages and for scripts; each takes a form and answers a page, so that a printed link works in a bare
//! browser.
//!
//! Order, cheapest refusal first: size and media type → whose page it comes from → the client's bucket →
//! the token of the session → a free place for the work that passwords take → the application.

mod answer;
mod form;
mod page;

use std::num::NonZeroU32;
use std::sync::Arc;

use poem::http::{Method, StatusCode};
use poem::{Endpoint, Request, Response};
use tokio::sync::Semaphore;

use self::answer::{Format, Told};
use self::form::Fields;
use super::door::{Door, Doorman, Failed, Looked, Origin, origin};
use super::rate::{Buckets, Spent};
use super::settings::Settings;
use super::{client, pages};
use crate::service::Requester;
use crate::service::account::second_factor::NoFactor;
use crate::service::account::session::Opened;
use crate::service::account::{Attempt, NotSignedIn, Presented, link::NotRedeemed};

/// The paths of this room.
pub(crate) const ROUTES: [&str; 8] = [
    "/auth/account",
    "/auth/link",
    "/auth/recovery-codes",
    "/auth/redeem",
    "/auth/reset-request",
    "/auth/second-factor",
    "/auth/sign-in",
    "/auth/sign-out",
];

/// What a request costs that passwords are worked for.
const WORK: NonZeroU32 = NonZeroU32::new(25).expect("not zero");
/// What any other costs.
const LOOK: NonZeroU32 = NonZeroU32::new(1).expect("not zero");
/// Passwords worked at a time: each takes 19 MiB and a processor.
const WORKS: usize = 4;

pub(crate) struct AuthEndpoint {
    door: Arc<Door>,
    buckets: Option<Buckets>,
    works: Semaphore,
    settings: Settings,
}

/// A request whose body has been read and whose sender is known.
struct Asked {
    fields: Fields,
    looked: Looked,
    who: Requester,
}

impl AuthEndpoint {
    pub(crate) fn new(door: Arc<Door>, settings: Settings) -> Self {
        Self {
            door,
            buckets: settings.rate.map(Buckets::new),
            works: Semaphore::new(WORKS),
            settings,
        }
    }

    async fn answer(
        &self,
        doorman: &dyn Doorman,
        request: Request,
        format: Format,
    ) -> Result<Response, Told> {
        let path = request.uri().path().to_owned();
        let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
        if !is_get && request.method() != Method::POST {
            return Err(Told::METHOD);
        }
        if !is_get && origin(request.headers()) == Origin::Foreign {
            return Err(Told::FOREIGN);
        }
        let is_work = !is_get && matches!(path.as_str(), "/auth/sign-in" | "/auth/redeem");
        self.charge(&request, if is_work { WORK } else { LOOK })?;
        let asked = self.asked(request, is_get).await?;
        match (is_get, path.as_str()) {
            (true, "/auth/sign-in") => Ok(page::sign_in(StatusCode::OK, None)),
            (true, "/auth/link") => link_page(doorman, &asked).await,
            (true, "/auth/account") => self.account(doorman, &asked, format).await,
            (false, "/auth/sign-in") => self.sign_in(doorman, asked, format).await,
            (false, "/auth/redeem") => self.redeem(doorman, &asked, format).await,
            (false, "/auth/sign-out") => self.sign_out(doorman, &asked, format).await,
            (false, "/auth/second-factor") => self.second_factor(doorman, &asked, format).await,
            (false, "/auth/recovery-codes") => self.recovery_codes(doorman, &asked, format).await,
            (false, "/auth/reset-request") => {
                let name = asked.fields.needed("name")?.to_owned();
                doorman.ask_reset(asked.looked.visit, name);
                Ok(answer::accepted(format))
            }
            _ => Err(Told::METHOD),
        }
    }

    async fn asked(&self, mut request: Request, is_get: bool) -> Result<Asked, Told> {
        let fields = if is_get {
            form::of_query(&request)?
        } else {
            form::of_body(&mut request, &self.settings).await?
        };
        let looked = match fields.get("csrf") {
            Some(token) => self.door.look_with(&request, Some(token)),
            None => self.door.look(&request),
        };
        let who = self.door.admit(&looked).await?;
        Ok(Asked {
            fields,
            looked,
            who,
        })
    }

    async fn sign_in(
        &self,
        doorman: &dyn Doorman,
        asked: Asked,
        format: Format,
    ) -> Result<Response, Told> {
        let attempt = Attempt {
            name: asked.fields.needed("name")?.to_owned(),
            password: asked.fields.needed("password")?.to_owned(),
            code: asked.fields.get("code").map(str::to_owned),
        };
        let _work = self.place().await?;
        let signed_in = doorman.sign_in(&asked.looked.visit, attempt).await?;
        self.opened(doorman, &signed_in.session, format)
    }

    async fn redeem(
        &self,
        doorman: &dyn Doorman,
        asked: &Asked,
        format: Format,
    ) -> Result<Response, Told> {
        let token = asked.fields.needed("token")?;
        let password = asked.fields.needed("password")?;
        let _work = self.place().await?;
        match doorman.redeem(&asked.looked.visit, token, password).await {
            Ok(()) => Ok(answer::redeemed(format)),
            // The link is still good: the form is shown again.
            Err(NotRedeemed::Unfit(unfit)) if format == Format::Page => {
                let holder = doorman.link_holder(token).await?;
                let name = holder.ok_or(NotRedeemed::BadLink)?;
                Ok(page::link(
                    StatusCode::BAD_REQUEST,
                    token,
                    &name,
                    Some(&unfit.to_string()),
                ))
            }
            Err(refused) => Err(refused.into()),
        }
    }

    async fn sign_out(
        &self,
        doorman: &dyn Doorman,
        asked: &Asked,
        format: Format,
    ) -> Result<Response, Told> {
        let id = session(asked)?;
        doorman
            .sign_out(&asked.who, &asked.looked.visit, id)
            .await?;
        let response = answer::signed_out(format);
        Ok(answer::with_cookie(response, &self.door, "", 0))
    }

    async fn second_factor(
        &self,
        doorman: &dyn Doorman,
        asked: &Asked,
        format: Format,
    ) -> Result<Response, Told> {
        let (id, visit) = (session(asked)?, &asked.looked.visit);
        let Some(code) = asked.fields.get("code") else {
            let enrolment = doorman.enrol(&asked.who, visit).await?;
            return Ok(match format {
                Format::Page => page::enrolment(&enrolment, &doorman.csrf_token(id)),
                Format::Json => answer::enrolment(&enrolment),
            });
        };
        let opened = doorman.confirm(&asked.who, visit, code).await?;
        self.opened(doorman, &opened, format)
    }

    async fn recovery_codes(
        &self,
        doorman: &dyn Doorman,
        asked: &Asked,
        format: Format,
    ) -> Result<Response, Told> {
        session(asked)?;
        let code = asked.fields.needed("code")?;
        let visit = &asked.looked.visit;
        let codes = doorman.recovery_codes(&asked.who, visit, code).await?;
        Ok(match format {
            Format::Page => page::recovery_codes(&codes),
            Format::Json => answer::recovery_codes(&codes),
        })
    }

    /// Whoever is signed in, and what they need to know.
    async fn account(
        &self,
        doorman: &dyn Doorman,
        asked: &Asked,
        format: Format,
    ) -> Result<Response, Told> {
        let id = match session(asked) {
            Ok(id) => id,
            Err(_) if format == Format::Page => return Ok(answer::to("/auth/sign-in")),
            Err(told) => return Err(told),
        };
        let token = doorman.csrf_token(id);
        let codes = doorman.second_factor(&asked.who).await?;
        Ok(match format {
            Format::Page => page::account(&asked.who, codes, &token),
            Format::Json => answer::account(&asked.who, codes, &token),
        })
    }

    #[expect(clippy::unnecessary_wraps, reason = "each answer of a form may fail")]
    fn opened(
        &self,
        doorman: &dyn Doorman,
        opened: &Opened,
        format: Format,
    ) -> Result<Response, Told> {
        let response = match format {
            Format::Page => answer::to("/auth/account"),
            Format::Json => answer::opened(opened, &doorman.csrf_token(&opened.id)),
        };
        let seconds = crate::service::account::limits::SESSION.num_seconds();
        Ok(answer::with_cookie(
            response, &self.door, &opened.id, seconds,
        ))
    }

    fn charge(&self, request: &Request, points: NonZeroU32) -> Result<(), Told> {
        let Some(buckets) = &self.buckets else {
            return Ok(());
        };
        let client = client::key(request, &self.settings.trusted_proxies);
        match buckets.spend(client, points) {
            Ok(_) => Ok(()),
            Err(Spent::NotYet { wait }) => Err(Told::too_many(wait.as_secs() + 1)),
            Err(Spent::NeverEnough { .. }) => Err(Told::UNAVAILABLE),
        }
    }

    /// Waits for its turn to work a password.
    async fn place(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Told> {
        let waiting = self.works.acquire();
        let waited = tokio::time::timeout(self.settings.execution_timeout, waiting).await;
        waited.ok().and_then(Result::ok).ok_or(Told::UNAVAILABLE)
    }
}

impl Endpoint for AuthEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let Some(doorman) = &self.door.doorman else {
            return Ok(pages::not_found());
        };
        let format = Format::of(&request);
        let path = request.uri().path().to_owned();
        let answered = self.answer(&**doorman, request, format).await;
        Ok(match (answered, format) {
            (Ok(response), _) => response,
            (Err(told), Format::Json) => told.as_json(),
            (Err(told), Format::Page) if path == "/auth/sign-in" => {
                told.attached(page::sign_in(told.status, Some(&told.message)))
            }
            (Err(told), Format::Page) => told.attached(page::trouble(told.status, &told.message)),
        })
    }
}

async fn link_page(doorman: &dyn Doorman, asked: &Asked) -> Result<Response, Told> {
    let token = asked.fields.needed("token")?;
    let name = doorman.link_holder(token).await?;
    let name = name.ok_or(NotRedeemed::BadLink)?;
    Ok(page::link(StatusCode::OK, token, &name, None))
}

/// The session that somebody has shown.
fn session(asked: &Asked) -> Result<&str, Told> {
    match &asked.looked.presented {
        Presented::Session(id) if asked.who.account.is_some() => Ok(id),
        _ if asked.looked.lacks_proof => Err(Told::FOREIGN),
        _ => Err(Told::SIGN_IN_FIRST),
    }
}

impl From<NotSignedIn> for Told {
    fn from(refused: NotSignedIn) -> Self {
        let message = refused.to_string();
        match refused {
            NotSignedIn::Wrong => Self::unauthenticated("WRONG", message),
            NotSignedIn::NeedsSecondFactor => Self::unauthenticated("SECOND_FACTOR", message),
            NotSignedIn::TooMany { seconds } => Self::too_many(seconds),
            NotSignedIn::Store(error) => Self::failed(&error),
        }
    }
}

impl From<NotRedeemed> for Told {
    fn from(refused: NotRedeemed) -> Self {
        let message = refused.to_string();
        match refused {
            NotRedeemed::BadLink => Self::bad("LINK", message),
            NotRedeemed::Unfit(_) => Self::bad("PASSWORD", message),
            NotRedeemed::Store(error) => Self::failed(&error),
        }
    }
}

impl From<NoFactor> for Told {
    fn from(refused: NoFactor) -> Self {
        let message = refused.to_string();
        match refused {
            NoFactor::NotSignedIn => Self::SIGN_IN_FIRST,
            NoFactor::Exists => Self::bad("EXISTS", message),
            NoFactor::NotBegun => Self::bad("NOT_BEGUN", message),
            NoFactor::WrongCode => Self::bad("CODE", message),
            NoFactor::TooMany { seconds } => Self::too_many(seconds),
            NoFactor::Store(error) => Self::failed(&error),
        }
    }
}

impl From<Failed> for Told {
    fn from(_: Failed) -> Self {
        Self::UNAVAILABLE
    }
}
