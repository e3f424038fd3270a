//! Claims that are well in every way, for tests to spoil one thing of.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

use super::actor::{AccountId, Actor, Person, Role};
use super::attestation::{Content, Sha256, Signature, SignatureMeaning};
use super::policy::AttestationPolicy;
use super::product::{
    ClaimedLot, ClaimedNeedle, DiIssuer, NeedleCoating, NeedleKind, NeedleLine, NeedleMaterial,
    ProductCode, ProductSource, SterilizationMethod,
};
use super::recall::{Recall, RecallTable};
use super::settle::Settling;
use super::statement::{Answers, STATEMENT_TEXT_VERSION};
use crate::attestation::FdaPathway;
use crate::license::compact::Compacts;
use crate::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseId,
};
use crate::npi::Npi;
use crate::place::Jurisdiction;
use crate::provider::LocationId;
use crate::taxonomy::Discipline;
use crate::udi::date::ExpiryDate;

pub(super) const ZONE: Tz = chrono_tz::America::Denver;
pub(super) const DI: &str = "51022222233336";
pub(super) const SUBJECT_ACCOUNT: AccountId = AccountId(1);
pub(super) const HASH: Sha256 = [7; 32];

pub(super) fn subject() -> Npi {
    Npi::sample(1)
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Noon in Denver on the day on which these tests happen.
pub(super) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 19, 0, 0).unwrap()
}

pub(super) fn today() -> NaiveDate {
    day(2026, 11, 21)
}

pub(super) fn in_days(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

pub(super) fn a_needle() -> ClaimedNeedle {
    ClaimedNeedle {
        brand: "Filum".into(),
        labeler: "Filum Works".into(),
        catalog_number: None,
        di_issuer: DiIssuer::Gs1,
        device_identifier: Some(DI.into()),
        product_code: ProductCode::Mqx,
        fda_pathway: FdaPathway::Exempt510k,
        k510_number: None,
        single_use: true,
        rx_only: Some(true),
        needle_kind: NeedleKind::FiliformSolid,
        material: NeedleMaterial::StainlessSteel,
        coating: NeedleCoating::None,
        diameter_um: 300,
        length_mm: 50,
        guide_tube: true,
        sterilization_method: SterilizationMethod::Eo,
        sterile_as_packaged: true,
        needs_sterilization_before_use: false,
        claimed_standards: Vec::new(),
        gudid_snapshot_on: None,
        source: ProductSource::Label,
    }
}

pub(super) fn a_lot(number: &str, last_day: NaiveDate) -> ClaimedLot {
    ClaimedLot {
        lot: number.into(),
        expires: ExpiryDate::day(last_day),
        manufactured_on: None,
        udi_raw: None,
        received_on: None,
        supplier: None,
        label_photo_sha256: None,
    }
}

pub(super) fn a_line(lots: &[(&str, NaiveDate)]) -> NeedleLine {
    NeedleLine {
        product: a_needle(),
        lots: lots
            .iter()
            .map(|(number, last_day)| a_lot(number, *last_day))
            .collect(),
    }
}

pub(super) fn content() -> Content {
    Content {
        locations: vec![LocationId(1)],
        lines: vec![a_line(&[("LOT1", in_days(400))])],
        answers: Answers::all(true),
        statement_text_version: STATEMENT_TEXT_VERSION,
    }
}

pub(super) fn recall(lot: Option<&str>, announced_on: NaiveDate) -> Recall {
    Recall {
        device_identifier: DI.into(),
        lot: lot.map(Into::into),
        announced_on,
        source: "a notice".into(),
    }
}

pub(super) fn signature() -> Signature {
    Signature {
        signer: SUBJECT_ACCOUNT,
        printed_name: "Ada Sample".into(),
        license: (Jurisdiction::Co, "PTL.1".into()),
        meaning: SignatureMeaning::Responsibility,
        signed_at: now(),
        payload_sha256: HASH,
    }
}

pub(super) fn a_license(status: BoardStatus, ends_on: NaiveDate) -> License {
    License {
        version: 1,
        id: LicenseId(1),
        discipline: Discipline::PhysicalTherapist,
        jurisdiction: Jurisdiction::Co,
        number: Some("PTL.1".into()),
        issued_on: Some(day(2015, 1, 1)),
        expires_on: None,
        source: "provider".into(),
        home: None,
        checks: vec![LicenseCheck {
            source_kind: CheckSourceKind::Primary,
            source_name: "the board".into(),
            source_url: None,
            checked_at: now() - Days::new(3),
            as_of: today() - Days::new(3),
            outcome: CheckOutcome::Match,
            board_status: status,
            expires_on: Some(ends_on),
            mismatches: Vec::new(),
        }],
    }
}

/// Nothing speaks against the attestation, and chance leaves it alone.
pub(super) struct World {
    pub(super) recalls: RecallTable,
    pub(super) license: License,
    pub(super) compacts: Compacts,
    pub(super) policy: AttestationPolicy,
    pub(super) is_first: bool,
    pub(super) drawn: u32,
}

impl World {
    pub(super) fn calm() -> Self {
        Self {
            recalls: RecallTable::default(),
            license: a_license(BoardStatus::Active, in_days(800)),
            compacts: Compacts::default(),
            policy: AttestationPolicy::default(),
            is_first: false,
            drawn: u32::MAX,
        }
    }

    pub(super) fn settling(&self) -> Settling<'_> {
        Settling {
            recalls: &self.recalls,
            license: Some(&self.license),
            held: std::slice::from_ref(&self.license),
            compacts: &self.compacts,
            places: &[Jurisdiction::Co],
            zone: ZONE,
            found_elsewhere: &[],
            is_first: self.is_first,
            drawn: self.drawn,
            policy: &self.policy,
        }
    }
}

/// A person in a capacity; only the provider and the delegate speak for the subject.
pub(super) fn person(role: Role) -> Person {
    let (account, npi) = match role {
        Role::Provider => (SUBJECT_ACCOUNT, Some(subject())),
        Role::ProviderDelegate => (AccountId(2), Some(subject())),
        Role::Verifier => (AccountId(3), None),
        Role::Compliance => (AccountId(4), None),
        Role::Approver
        | Role::Appeals
        | Role::Auditor
        | Role::Admin
        | Role::System
        | Role::Public => (AccountId(5), None),
    };
    Person { account, role, npi }
}

pub(super) fn actor(role: Role) -> Actor {
    Actor::Person(person(role))
}
