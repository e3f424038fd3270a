//! What a request to `/auth/…` says: a few short texts, as JSON, as a form or in the address.

use std::collections::HashMap;

use poem::http::header::CONTENT_TYPE;
use poem::web::Form;
use poem::{Body, FromRequest as _, Request, RequestBody};

use super::answer::Told;
use crate::http::body;
use crate::http::settings::Settings;

/// No body here is longer.
const BODY_BYTES: usize = 4 * 1024;

/// Texts by name. There is no `Debug`: passwords are among them.
pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    /// A text that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let text = self.0.get(name).map(String::as_str);
        text.filter(|text| !text.is_empty())
    }

    /// A text that must be there.
    pub(super) fn needed(&self, name: &'static str) -> Result<&str, Told> {
        self.get(name).ok_or_else(|| Told::missing(name))
    }
}

/// The texts of the address.
pub(super) fn of_query(request: &Request) -> Result<Fields, Told> {
    request
        .params::<HashMap<String, String>>()
        .map(Fields)
        .map_err(|_| Told::UNREADABLE)
}

/// The texts of the body, which is a JSON object of texts or a form.
pub(super) async fn of_body(request: &mut Request, settings: &Settings) -> Result<Fields, Told> {
    let patience = settings.body_timeout;
    let media = request.header(CONTENT_TYPE).unwrap_or_default();
    let media = media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let taken = request.take_body();
    let (is_json, is_form) = (
        media.eq_ignore_ascii_case("application/json"),
        media.eq_ignore_ascii_case("application/x-www-form-urlencoded"),
    );
    if !is_json && !is_form {
        body::discard(taken, patience);
        return Err(Told::MEDIA_TYPE);
    }
    let bytes = body::read(taken, request.headers(), BODY_BYTES, patience).await?;
    let fields = if is_json {
        serde_json::from_slice(&bytes).ok()
    } else {
        let mut whole = RequestBody::new(Body::from(bytes));
        let read = Form::from_request(request, &mut whole).await;
        read.ok().map(|Form(fields)| fields)
    };
    fields.map(Fields).ok_or(Told::UNREADABLE)
}
