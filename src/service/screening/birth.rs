//! Birth dates, sealed.

use chrono::NaiveDate;
use domain::npi::Npi;

use crate::app::App;
use crate::chance::Chance;
use crate::secret::{Secret, Use};
use crate::service::{Change, Trouble};
use crate::store::StoreError;
use crate::store::exclusion::private::{self, SealedBirthDate};

/// Keeps a person's birth date, or forgets it. The change's entry in the log is the caller's, and so is
/// holding the person against the list again: [`super::screen_people`].
///
/// # Errors
/// Whatever the store says.
pub async fn keep(change: &Change<'_>, of: Npi, born_on: Option<NaiveDate>) -> Result<(), Trouble> {
    match born_on {
        Some(born_on) => {
            let sealed = seal(&change.app.secret, &change.app.chance, of, born_on);
            private::save_birth_date(&change.txn, of, sealed).await?;
        }
        None => private::forget_birth_date(&change.txn, of).await?,
    }
    Ok(())
}

/// Seals a birth date for its person.
pub fn seal(secret: &Secret, chance: &Chance, of: Npi, born_on: NaiveDate) -> SealedBirthDate {
    let text = born_on.to_string();
    SealedBirthDate {
        sealed: secret.seal(chance, Use::BirthDate, &holder(of), text.as_bytes()),
        index: secret.blind(Use::BirthDate, &text),
    }
}

/// What stands for a birth date where requests are remembered: equal for equal dates, and found by nobody
/// who has not the installation's key.
pub fn stand_in(app: &App, text: &str) -> String {
    app.secret.blind(Use::BirthDate, text)
}

/// Reads a sealed birth date of a person.
pub(super) fn open(
    secret: &Secret,
    of: Npi,
    kept: &SealedBirthDate,
) -> Result<NaiveDate, StoreError> {
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| {
        StoreError::inconsistent("provider_private", "birth_date_sealed", of, error)
    };
    let plain = secret
        .open(Use::BirthDate, &holder(of), &kept.sealed)
        .map_err(|error| unreadable(error.into()))?;
    let text = String::from_utf8(plain).map_err(|error| unreadable(error.into()))?;
    text.parse()
        .map_err(|error: chrono::ParseError| unreadable(error.into()))
}

fn holder(of: Npi) -> String {
    format!("provider/{of}")
}
