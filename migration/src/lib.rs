//! One change a file; each runs on SQLite and on PostgreSQL.
//!
//! A new change is a new file at the end of the list, never an edit of one that has been released:
//! first expand, then move, then contract, so that the program before it still runs. There is no way
//! back down: what a change destroys comes back from a backup. Codes are written out where they are
//! checked: a migration keeps meaning what it meant when it was written.
//!
//! The migrator takes no lock by itself; `drypoint::store` runs it inside one.

mod column;
mod m20261121_000001_create_provider;
mod m20261121_000002_create_license;
mod m20261121_000003_create_practice_location;
mod m20261121_000004_create_credential;
mod m20261121_000005_create_sterility_attestation;
mod m20261121_000006_create_screening;
mod m20261121_000007_create_scope_rule;
mod m20261121_000008_create_place;
mod m20261121_000009_create_policy;
mod m20261121_000010_create_event;
mod m20261121_000011_create_import;
mod m20261121_000012_create_registry_record;
mod m20261122_000013_create_account;
mod m20261122_000014_create_case;
mod m20261122_000015_create_evidence;
mod m20261122_000016_create_exclusion_list;
mod m20261122_000017_widen_attestation;
mod m20261122_000018_create_issuer_trust;
mod m20261122_000019_create_proposal;
mod m20261122_000020_create_claim;
mod m20261122_000021_create_notice;
mod m20261122_000022_decide_about_attestation;
mod m20261122_000024_create_compact;
mod m20261122_000026_add_reply_to;
mod m20261122_000027_create_recovery_code;
mod m20261122_000028_add_end_of_confirmation;
mod m20261122_000029_add_hid_entry;
mod m20261122_000030_tell_what_a_standing_rests_on;

use sea_orm_migration::prelude::*;

/// Every change, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_create_provider::Migration),
            Box::new(m20261121_000002_create_license::Migration),
            Box::new(m20261121_000003_create_practice_location::Migration),
            Box::new(m20261121_000004_create_credential::Migration),
            Box::new(m20261121_000005_create_sterility_attestation::Migration),
            Box::new(m20261121_000006_create_screening::Migration),
            Box::new(m20261121_000007_create_scope_rule::Migration),
            Box::new(m20261121_000008_create_place::Migration),
            Box::new(m20261121_000009_create_policy::Migration),
            Box::new(m20261121_000010_create_event::Migration),
            Box::new(m20261121_000011_create_import::Migration),
            Box::new(m20261121_000012_create_registry_record::Migration),
            Box::new(m20261122_000013_create_account::Migration),
            Box::new(m20261122_000014_create_case::Migration),
            Box::new(m20261122_000015_create_evidence::Migration),
            Box::new(m20261122_000016_create_exclusion_list::Migration),
            Box::new(m20261122_000017_widen_attestation::Migration),
            Box::new(m20261122_000018_create_issuer_trust::Migration),
            Box::new(m20261122_000019_create_proposal::Migration),
            Box::new(m20261122_000020_create_claim::Migration),
            Box::new(m20261122_000021_create_notice::Migration),
            Box::new(m20261122_000022_decide_about_attestation::Migration),
            Box::new(m20261122_000024_create_compact::Migration),
            Box::new(m20261122_000026_add_reply_to::Migration),
            Box::new(m20261122_000027_create_recovery_code::Migration),
            Box::new(m20261122_000028_add_end_of_confirmation::Migration),
            Box::new(m20261122_000029_add_hid_entry::Migration),
            Box::new(m20261122_000030_tell_what_a_standing_rests_on::Migration),
        ]
    }
}
