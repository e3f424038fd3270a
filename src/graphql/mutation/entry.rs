//! What a person says of themselves, their licences and places; and what sources say of them.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::access::Act;
use domain::license::LicenseId;
use domain::provider::LocationId;

use crate::graphql::acting::{acting, order, order_with_birth_date, settled, unreadable};
use crate::graphql::codes::{
    BoardStatus, CheckMethod, CheckOutcome, CheckSourceKind, CredentialKind, Discipline,
    Jurisdiction, MismatchField,
};
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::{License, PracticeLocation, Provider, reading};
use crate::graphql::payload::payload;
use crate::graphql::scalar::{Date, Npi};
use crate::service;
use crate::service::entry::license::{LicenseWords, LookUp, Lookup, WhichLicense};
use crate::service::entry::location::{LocationWords, WhichLocation};
use crate::service::entry::profile::ProfileWords;
use crate::service::entry::register::Registration;

/// A person's name as it is written. A given or a family name is needed.
#[derive(InputObject)]
pub struct PersonNameInput {
    /// Given name.
    given: Option<String>,
    /// Middle name or names.
    middle: Option<String>,
    /// Family name.
    family: Option<String>,
    /// "Jr.", "III".
    suffix: Option<String>,
}

/// Who is put on file.
#[derive(InputObject)]
pub struct RegisterProviderInput {
    /// The person's NPI.
    npi: Npi,
    /// The person's name.
    name: PersonNameInput,
    /// Self-reported specialities as NUCC taxonomy codes.
    taxonomy_codes: Option<Vec<String>>,
    /// An admin's word: they looked the number up in the federal registry, and it is active there.
    #[graphql(default)]
    active_in_registry: bool,
    /// The person's birth date, which nobody is shown: lists of excluded people are compared with it.
    birth_date: Option<Date>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What a person says of themselves. What is not named stays; what is null is emptied.
#[derive(InputObject)]
pub struct UpdateProfileInput {
    /// Whose entry.
    npi: Npi,
    /// The current name.
    name: Option<PersonNameInput>,
    /// Earlier and other names, all of them; at most 20. Sources that list the person under one of them are
    /// recognised by it.
    former_names: Option<Vec<PersonNameInput>>,
    /// Languages spoken with patients as BCP 47 tags, all of them; at most 20.
    languages: Option<Vec<String>>,
    /// The person's own page.
    website: MaybeUndefined<String>,
    /// Does the person do dry needling?
    offers_dry_needling: MaybeUndefined<bool>,
    /// Does the person take patients?
    accepts_new_patients: MaybeUndefined<bool>,
    /// How the directory reaches the person by telephone. Shown to nobody.
    phone: MaybeUndefined<String>,
    /// How the directory reaches the person by e-mail. Shown to nobody.
    email: MaybeUndefined<String>,
    /// The birth date, for the person or an admin to tell. Nobody is shown it: lists of excluded people are
    /// compared with it.
    birth_date: MaybeUndefined<Date>,
    /// The entry's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A licence as its holder tells it.
#[derive(InputObject)]
pub struct UpsertLicenseInput {
    /// Whose, for a new one.
    npi: Option<Npi>,
    /// Which, for one on file. Once a source was asked about it, only its last day may change.
    license_id: Option<ID>,
    /// The profession it licenses.
    discipline: Discipline,
    /// The jurisdiction that issued it.
    jurisdiction: Jurisdiction,
    /// As printed.
    number: Option<String>,
    /// First day.
    issued_on: Option<Date>,
    /// Last day.
    expires_on: Option<Date>,
    /// For a compact privilege, the person's licence that it is held under: of the same profession, in
    /// another state, and both states issue privileges today. Null for a licence of its own.
    home_license_id: Option<ID>,
    /// The licence's version as it was read; needed for one on file.
    expected_version: Option<i32>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What a verifier saw when they asked a source about a licence.
#[derive(InputObject)]
pub struct RecordLicenseCheckInput {
    /// Which licence.
    license_id: ID,
    /// How near the source stands to the fact.
    source_kind: CheckSourceKind,
    /// How it was asked.
    method: CheckMethod,
    /// Its name.
    source_name: String,
    /// Where it was read.
    source_url: Option<String>,
    /// The day whose truth it tells.
    source_as_of: Date,
    /// What came of it. A source that did not answer is `SOURCE_UNAVAILABLE`, never `NOT_FOUND`.
    outcome: CheckOutcome,
    /// In which fields the register differs; for a mismatch.
    mismatches: Option<Vec<MismatchField>>,
    /// What the register says, in our words.
    board_status: Option<BoardStatus>,
    /// What it says, in its own.
    board_status_raw: Option<String>,
    /// By which mapping its words became ours.
    mapping_version: Option<String>,
    /// The end that the register shows.
    expires_on: Option<Date>,
    /// What somebody should know of it.
    note: Option<String>,
    /// The licence's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What a register was asked for, and whether it has it.
#[derive(InputObject)]
pub struct RecordRegistryLookupInput {
    /// Of whom.
    npi: Npi,
    /// For what.
    kind: CredentialKind,
    /// By which name, where a requirement of the law names one.
    names: Option<String>,
    /// Whose register.
    jurisdiction: Option<Jurisdiction>,
    /// Was there one?
    found: bool,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// Where a place lies.
#[derive(InputObject)]
pub struct AddressInput {
    /// Street and suite; at most three lines.
    lines: Vec<String>,
    /// City.
    city: String,
    /// State.
    state: Jurisdiction,
    /// ZIP; it has to lie in that state.
    postal_code: String,
}

/// A place at which a person sees patients.
#[derive(InputObject)]
pub struct UpsertLocationInput {
    /// Whose, for a new one.
    npi: Option<Npi>,
    /// Which, for one on file.
    location_id: Option<ID>,
    /// Does the person no longer practise there? Then nothing else changes.
    #[graphql(default)]
    closed: bool,
    /// The clinic's name.
    name: Option<String>,
    /// Where it lies; needed unless it is closed. Another address has to be confirmed anew.
    address: Option<AddressInput>,
    /// Telephone, as shown to patients.
    phone: Option<String>,
    /// May a wheelchair get in?
    wheelchair_access: Option<bool>,
    /// Is the street hidden? Then the place is shown, searched and drawn at its ZIP's point.
    #[graphql(default)]
    hides_street: bool,
    /// The place's version as it was read; needed for one on file.
    expected_version: Option<i32>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// That a person works at a place.
#[derive(InputObject)]
pub struct ConfirmLocationInput {
    /// Which place.
    location_id: ID,
    /// The place's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of putting a person on file.
    RegisterProviderPayload {
        /// The entry.
        provider: Provider,
    }
}
payload! {
    /// What came of a change of a profile.
    UpdateProfilePayload {
        /// The entry.
        provider: Provider,
    }
}
payload! {
    /// What came of a change of a licence.
    UpsertLicensePayload {
        /// The licence.
        license: License,
    }
}
payload! {
    /// What came of recording a source's answer.
    RecordLicenseCheckPayload {
        /// The licence, with the answer among its checks.
        license: License,
    }
}
payload! {
    /// What came of recording a look-up.
    RecordRegistryLookupPayload {
        /// The entry.
        provider: Provider,
    }
}
payload! {
    /// What came of a change of a place.
    UpsertLocationPayload {
        /// The place; null for one that was closed.
        location: PracticeLocation,
    }
}
payload! {
    /// What came of confirming a place.
    ConfirmLocationPayload {
        /// The place.
        location: PracticeLocation,
    }
}

#[derive(Default)]
pub(super) struct EntryMutation;

#[Object]
impl EntryMutation {
    /// Put a person on file whom the federal registry has not told us of: an admin anybody, a provider
    /// themselves. Such an entry counts as unverified until the registry is seen to hold the number.
    async fn register_provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: RegisterProviderInput,
    ) -> Result<RegisterProviderPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order =
            order_with_birth_date(app, Act::RegisterProvider, &input, &input.idempotency_key)?;
        let new =
            registration(input).map_err(|fault| unreadable(who, Act::RegisterProvider, fault))?;
        let done = service::entry::register::register(app, who, &order, new).await;
        Ok(match settled(ctx, done)? {
            Ok(npi) => RegisterProviderPayload {
                provider: service::provider::by_npi(reading(ctx), npi).map(Provider),
                user_errors: Vec::new(),
            },
            Err(errors) => RegisterProviderPayload::refused(errors),
        })
    }

    /// Change what a person says of themselves.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and what changes.")] input: UpdateProfileInput,
    ) -> Result<UpdateProfilePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order_with_birth_date(app, Act::UpdateProfile, &input, &input.idempotency_key)?;
        let at = (input.npi.0, i64::from(input.expected_version));
        let former = input.former_names.map(|names| {
            let names = names.into_iter().enumerate();
            names
                .map(|(at, one)| name(&format!("input.formerNames.{at}"), one))
                .collect::<Result<_, _>>()
        });
        let words = ProfileWords {
            name: input.name.map(|one| name("input.name", one)).transpose()?,
            former_names: former.transpose()?,
            languages: input.languages,
            website: told(input.website),
            offers_dry_needling: told(input.offers_dry_needling),
            accepts_new_patients: told(input.accepts_new_patients),
            phone: told(input.phone),
            email: told(input.email),
            birth_date: told(input.birth_date).map(|day| day.map(|day| day.0)),
        };
        let done = service::entry::profile::update(app, who, &order, at, words).await;
        Ok(match settled(ctx, done)? {
            Ok(npi) => UpdateProfilePayload {
                provider: service::provider::by_npi(reading(ctx), npi).map(Provider),
                user_errors: Vec::new(),
            },
            Err(errors) => UpdateProfilePayload::refused(errors),
        })
    }

    /// Put a licence on file, or change what its holder says of it. It is their word until a source
    /// confirms it.
    async fn upsert_license(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what it says.")] input: UpsertLicenseInput,
    ) -> Result<UpsertLicensePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::UpsertLicense, &input, &input.idempotency_key)?;
        let which = match (&input.npi, &input.license_id) {
            (Some(npi), None) => WhichLicense::New(npi.0),
            (None, Some(id)) => WhichLicense::OnFile(
                LicenseId(row_id("license", "input.licenseId", id)?),
                expected(input.expected_version)?,
            ),
            _ => {
                let which = "name either npi, for a new license, or licenseId";
                let fault = Fault::bad_input("input.licenseId", which);
                return Err(unreadable(who, Act::UpsertLicense, fault));
            }
        };
        let home = match &input.home_license_id {
            None => None,
            Some(id) => Some(LicenseId(row_id("license", "input.homeLicenseId", id)?)),
        };
        let told = LicenseWords {
            discipline: input.discipline.into(),
            jurisdiction: input.jurisdiction.into(),
            number: input.number,
            issued_on: input.issued_on.map(|day| day.0),
            expires_on: input.expires_on.map(|day| day.0),
            home,
        };
        let done = service::entry::license::upsert(app, who, &order, which, told).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => UpsertLicensePayload {
                license: license(ctx, id),
                user_errors: Vec::new(),
            },
            Err(errors) => UpsertLicensePayload::refused(errors),
        })
    }

    /// Record what a source said of a licence. It is kept as it was said; a board's suspension or revocation
    /// after a proceeding takes the person's verified credentials out of force at once.
    async fn record_license_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which licence, which source, and what it said.")]
        input: RecordLicenseCheckInput,
    ) -> Result<RecordLicenseCheckPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::RecordLicenseCheck, &input, &input.idempotency_key)?;
        let id = LicenseId(row_id("license", "input.licenseId", &input.license_id)?);
        let mismatches = input.mismatches.unwrap_or_default();
        let seen = LookUp {
            source: domain::license::LicenseSource {
                kind: input.source_kind.into(),
                method: input.method.into(),
                name: input.source_name.into(),
                url: input.source_url.map(Into::into),
                as_of: input.source_as_of.0,
                mapping_version: input.mapping_version.map(Into::into),
                snapshot_sha256: None,
            },
            outcome: input.outcome.into(),
            mismatches: mismatches.into_iter().map(Into::into).collect(),
            board_status: input.board_status.map(Into::into),
            board_status_raw: input.board_status_raw,
            expires_on: input.expires_on.map(|day| day.0),
            note: input.note,
        };
        let at = (id, i64::from(input.expected_version));
        let done = service::entry::license::record_check(app, who, &order, at, seen).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => RecordLicenseCheckPayload {
                license: license(ctx, id),
                user_errors: Vec::new(),
            },
            Err(errors) => RecordLicenseCheckPayload::refused(errors),
        })
    }

    /// Record that a register was asked for one kind of credential. That it has none lets a requirement of
    /// the law fail instead of being unknown.
    async fn record_registry_lookup(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of whom, for what, and whether there was one.")]
        input: RecordRegistryLookupInput,
    ) -> Result<RecordRegistryLookupPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::RecordRegistryLookup, &input, &input.idempotency_key)?;
        let asked = Lookup {
            npi: input.npi.0,
            kind: input.kind.into(),
            names: input.names,
            jurisdiction: input.jurisdiction.map(Into::into),
            found: input.found,
        };
        let done = service::entry::license::record_lookup(app, who, &order, asked).await;
        Ok(match settled(ctx, done)? {
            Ok(npi) => RecordRegistryLookupPayload {
                provider: service::provider::by_npi(reading(ctx), npi).map(Provider),
                user_errors: Vec::new(),
            },
            Err(errors) => RecordRegistryLookupPayload::refused(errors),
        })
    }

    /// Put a place of practice on file, change it, or close it. It lies at its ZIP's point.
    async fn upsert_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what it is.")] input: UpsertLocationInput,
    ) -> Result<UpsertLocationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::UpsertLocation, &input, &input.idempotency_key)?;
        let which = match (&input.npi, &input.location_id) {
            (Some(npi), None) if !input.closed => WhichLocation::New(npi.0),
            (None, Some(id)) => WhichLocation::OnFile(
                LocationId(row_id("location", "input.locationId", id)?),
                expected(input.expected_version)?,
            ),
            _ => {
                let which = "name either npi, for a new place, or locationId";
                let fault = Fault::bad_input("input.locationId", which);
                return Err(unreadable(who, Act::UpsertLocation, fault));
            }
        };
        let done = match (which, input.closed, input.address) {
            (WhichLocation::OnFile(id, version), true, _) => {
                service::entry::location::close(app, who, &order, (id, version)).await
            }
            (which, _, Some(address)) => {
                let told = LocationWords {
                    name: input.name,
                    lines: address.lines,
                    city: address.city,
                    state: address.state.into(),
                    postal_code: address.postal_code,
                    phone: input.phone,
                    wheelchair_access: input.wheelchair_access,
                    hides_street: input.hides_street,
                };
                service::entry::location::upsert(app, who, &order, which, told).await
            }
            (_, _, None) => {
                return Err(Fault::bad_input(
                    "input.address",
                    "a place that is not closed has an address",
                ));
            }
        };
        Ok(match settled(ctx, done)? {
            Ok(id) => UpsertLocationPayload {
                location: location(ctx, id),
                user_errors: Vec::new(),
            },
            Err(errors) => UpsertLocationPayload::refused(errors),
        })
    }

    /// Say that a person works at a place. That counts for as long as the policy lets it, 90 days by default.
    async fn confirm_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ConfirmLocationInput,
    ) -> Result<ConfirmLocationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ConfirmLocation, &input, &input.idempotency_key)?;
        let id = LocationId(row_id("location", "input.locationId", &input.location_id)?);
        let at = (id, i64::from(input.expected_version));
        let done = service::entry::location::confirm(app, who, &order, at).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => ConfirmLocationPayload {
                location: location(ctx, id),
                user_errors: Vec::new(),
            },
            Err(errors) => ConfirmLocationPayload::refused(errors),
        })
    }
}

fn registration(input: RegisterProviderInput) -> Result<Registration, Fault> {
    let codes = input.taxonomy_codes.unwrap_or_default();
    let taxonomies = codes.iter().enumerate().map(|(at, text)| {
        let field = format!("input.taxonomyCodes.{at}");
        text.parse()
            .map_err(|_| Fault::bad_input(field, "a taxonomy code has ten letters and digits"))
    });
    Ok(Registration {
        npi: input.npi.0,
        name: name("input.name", input.name)?,
        taxonomies: taxonomies.collect::<Result<_, _>>()?,
        is_active_in_registry: input.active_in_registry,
        birth_date: input.birth_date.map(|day| day.0),
    })
}

/// What was told: nothing where the field was not named, and an empty value where it was null.
#[expect(
    clippy::option_option,
    reason = "a field that is not named differs from one that is null"
)]
fn told<T>(field: MaybeUndefined<T>) -> Option<Option<T>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

fn name(field: &str, one: PersonNameInput) -> Result<domain::name::PersonName, Fault> {
    const MOST: usize = 100;
    let parts = [one.given, one.middle, one.family, one.suffix].map(Option::unwrap_or_default);
    let impossible =
        |part: &String| part.chars().count() > MOST || part.chars().any(char::is_control);
    if parts.iter().any(impossible) {
        let why =
            format!("a part of a name has at most {MOST} characters and no control characters");
        return Err(Fault::bad_input(field, why));
    }
    let [given, middle, family, suffix] = parts;
    domain::name::PersonName::new(&given, &middle, &family, &suffix)
        .map_err(|error| Fault::bad_input(field, error.to_string()))
}

fn expected(version: Option<i32>) -> Result<i64, Fault> {
    version.map(i64::from).ok_or_else(|| {
        Fault::bad_input(
            "input.expectedVersion",
            "what is on file is changed at the version that was read",
        )
    })
}

fn license(ctx: &Context<'_>, id: LicenseId) -> Option<License> {
    let (of, at) = service::provider::by_license(reading(ctx), id)?;
    Some(License { of, at })
}

fn location(ctx: &Context<'_>, id: LocationId) -> Option<PracticeLocation> {
    let (of, at) = service::provider::by_location(reading(ctx), id)?;
    Some(PracticeLocation { of, at })
}
