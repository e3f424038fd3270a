//! One table a file: columns and relations, no rules, no GraphQL.
//!
//! Column names are the words of `domain`; codes are stored as their spelling there. Dates end in
//! `_on`, instants in `_at`, and every instant is UTC.

pub mod account;
pub mod account_entry;
pub mod account_role;
pub mod api_key;
pub mod attestation_change;
pub mod attestation_location;
pub mod case;
pub mod case_evidence;
pub mod case_history;
pub mod check;
pub mod course_approval;
pub mod credential;
pub mod credential_content;
pub mod credential_standing;
pub mod event;
pub mod event_head;
pub mod evidence;
pub mod exclusion_match;
pub mod import_run;
pub mod import_stage;
pub mod info_item;
pub mod installation;
pub mod issuer;
pub mod issuer_alias;
pub mod license;
pub mod license_check;
pub mod location_confirmation;
pub mod match_change;
pub mod needle_lot;
pub mod needle_product;
pub mod npi_status;
pub mod one_time_link;
pub mod place;
pub mod policy;
pub mod practice_location;
pub mod provider;
pub mod provider_language;
pub mod provider_name;
pub mod provider_screening;
pub mod provider_taxonomy;
pub mod registry_lookup;
pub mod registry_record;
pub mod scope_requirement;
pub mod scope_rule;
pub mod screening_run;
pub mod session;
pub mod sign_in_throttle;
pub mod sterility_attestation;
pub mod task;
pub mod training_detail;
