//! Cases with all that belongs to them, and the credentials that they are about, as those who work on
//! them see them: drafts, contents and standings with their reasons.
//!
//! Nothing here decides: the rules are `domain`'s, and `service::case` asks them. Reads of a page take
//! the same number of statements however long it is. Writes count `row_version` up, and refuse when the
//! row is no longer what was read.

mod credential;
mod facts;
pub mod hex;
mod queue;
mod work;

pub use credential::{
    ContentVersion, CredentialFile, StandingRow, append_standing, bump, draft, file,
    files as credentials, firsts, freeze, mark_overturned, project, write_content,
};
pub use facts::{
    CaseRecord, by_id, by_ids, for_cause, ids_of_attestations, insert, next_id, of_attestation,
    of_credential, save,
};
pub use queue::{QueueFilter, QueueOrder, QueuePlace, queue};
pub use work::{
    AttachedFile, Passed, Wanted, Work, add_check, answered, ask, attach, case_of_check, checks,
    files, next_check, pass, resolve_check, works,
};
