//! A lot as typed: what its bar code says need not be typed a second time.

use chrono::{Datelike, NaiveDate};
use domain::needle::product::ClaimedLot;
use domain::udi::date::{DatePrecision, ExpiryDate};
use domain::udi::{InvalidUdi, Udi};

use super::asked::{Asked, MOST_CHARACTERS};

/// The most characters of a bar code.
const MOST_UDI_CHARACTERS: usize = 400;

/// A lot as typed.
#[derive(Debug, Clone)]
pub struct TypedLot {
    /// The lot number; taken from the bar code when absent.
    pub lot: Option<String>,
    /// Its last day; taken from the bar code when absent.
    pub expires_on: Option<NaiveDate>,
    /// How precisely the label says that.
    pub precision: DatePrecision,
    /// Day of manufacture; taken from the bar code when absent.
    pub manufactured_on: Option<NaiveDate>,
    /// The bar code whole, as scanned or typed; a space at its end may belong to it.
    pub udi: Option<String>,
    /// When it arrived.
    pub received_on: Option<NaiveDate>,
    /// From whom.
    pub supplier: Option<String>,
    /// SHA-256 of a photograph of the label, among the person's evidence.
    pub label_photo_sha256: Option<[u8; 32]>,
}

/// The lot that was typed, with what its bar code adds; nothing where something is left open.
pub(super) fn lot(
    typed: TypedLot,
    code: Option<Result<Udi, InvalidUdi>>,
    at: &str,
    asked: &mut Asked,
) -> Option<ClaimedLot> {
    let field = |name: &str| format!("{at}.{name}");
    let unreadable = match &code {
        Some(Err(why)) => Some(why.to_string()),
        _ => None,
    };
    let production = code
        .and_then(Result::ok)
        .map(|udi| udi.production)
        .unwrap_or_default();
    let missing = |what: &str| match &unreadable {
        Some(why) => format!("the bar code cannot be read: {why}"),
        None => format!("write the {what} that the label says, or the bar code"),
    };
    let typed_lot = typed.lot.filter(|lot| !lot.is_empty());
    let number = typed_lot.map(Into::into).or(production.lot);
    let expires = match typed.expires_on {
        Some(day) => Some(expiry(day, typed.precision)),
        None => production.expires,
    };
    if number.is_none() {
        asked.about(field("lot"), missing("lot number"));
    }
    if expires.is_none() {
        asked.about(field("expiresOn"), missing("last day"));
    }
    let udi = typed.udi.filter(|text| !text.is_empty());
    Some(ClaimedLot {
        lot: asked.text(field("lot"), String::from(number?), MOST_CHARACTERS),
        expires: expires?,
        manufactured_on: typed.manufactured_on.or(production.made_on),
        udi_raw: udi.map(|text| asked.text(field("udi"), text, MOST_UDI_CHARACTERS)),
        received_on: typed.received_on,
        supplier: asked.words(field("supplier"), typed.supplier),
        label_photo_sha256: typed.label_photo_sha256,
    })
}

/// A label that says a month means its last day.
fn expiry(day: NaiveDate, precision: DatePrecision) -> ExpiryDate {
    let of_month = match precision {
        DatePrecision::Day => None,
        DatePrecision::Month => ExpiryDate::month(day.year(), day.month()),
    };
    of_month.unwrap_or_else(|| ExpiryDate::day(day))
}
