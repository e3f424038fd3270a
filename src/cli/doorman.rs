//! Puts accounts behind the endpoint.

use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt as _};
use tracing::error;

use crate::app::App;
use crate::http::{Doorman, Failed};
use crate::service::Requester;
use crate::service::account::second_factor::{self, Enrolment, NoFactor};
use crate::service::account::session::{self, Opened};
use crate::service::account::{
    self, Attempt, NotAdmitted, NotSignedIn, Presented, SignedIn, Visit, link, recovery,
};
use crate::store::StoreError;

/// The accounts of an application, as the endpoint asks for them.
pub(super) struct AccountDesk(pub(super) Arc<App>);

impl Doorman for AccountDesk {
    fn admit<'a>(
        &'a self,
        presented: &'a Presented,
        visit: &'a Visit,
    ) -> BoxFuture<'a, Result<Requester, NotAdmitted>> {
        account::authenticate(&self.0, presented, visit).boxed()
    }

    fn csrf_token(&self, session_id: &str) -> String {
        session::csrf_token(&self.0, session_id)
    }

    fn is_csrf_token(&self, session_id: &str, token: &str) -> bool {
        session::is_csrf_token(&self.0, session_id, token)
    }

    fn sign_in<'a>(
        &'a self,
        visit: &'a Visit,
        attempt: Attempt,
    ) -> BoxFuture<'a, Result<SignedIn, NotSignedIn>> {
        account::sign_in(&self.0, visit, attempt).boxed()
    }

    fn sign_out<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
        session_id: &'a str,
    ) -> BoxFuture<'a, Result<(), Failed>> {
        async move { told(session::sign_out(&self.0, who, visit, session_id).await) }.boxed()
    }

    fn link_holder<'a>(
        &'a self,
        token: &'a str,
    ) -> BoxFuture<'a, Result<Option<Box<str>>, Failed>> {
        async move {
            let holder = told(link::holder(&self.0, token).await)?;
            Ok(holder.map(|account| account.name))
        }
        .boxed()
    }

    fn redeem<'a>(
        &'a self,
        visit: &'a Visit,
        token: &'a str,
        password: &'a str,
    ) -> BoxFuture<'a, Result<(), link::NotRedeemed>> {
        async move {
            link::redeem(&self.0, visit, token, password)
                .await
                .map(drop)
        }
        .boxed()
    }

    fn ask_reset(&self, visit: Visit, name: String) {
        let app = Arc::clone(&self.0);
        tokio::spawn(async move { told(link::ask_reset(&app, &visit, &name).await) });
    }

    fn second_factor<'a>(
        &'a self,
        who: &'a Requester,
    ) -> BoxFuture<'a, Result<Option<u64>, Failed>> {
        async move { told(recovery::left(&self.0, who).await) }.boxed()
    }

    fn enrol<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
    ) -> BoxFuture<'a, Result<Enrolment, NoFactor>> {
        second_factor::enrol(&self.0, who, visit).boxed()
    }

    fn confirm<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
        code: &'a str,
    ) -> BoxFuture<'a, Result<Opened, NoFactor>> {
        second_factor::confirm(&self.0, who, visit, code).boxed()
    }

    fn recovery_codes<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
        code: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, NoFactor>> {
        recovery::make(&self.0, who, visit, code).boxed()
    }
}

/// Tells the log what stopped us, and the endpoint only that something did.
fn told<T>(done: Result<T, StoreError>) -> Result<T, Failed> {
    done.map_err(|error| {
        error!(
            error = &error as &dyn std::error::Error,
            "an account could not be served"
        );
        Failed
    })
}
