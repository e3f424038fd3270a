//! What is done to accounts: by whoever runs the installation, on its command line, and by two people
//! through the API.

use chrono::NaiveDate;
use domain::access::{AccountId, Act, ProposalKind, Role, Roles, RolesRefused};
use domain::npi::Npi;
use serde::{Deserialize, Serialize};

use super::api_key::{self, NewKey};
use super::event::{self, by_operator};
use super::{Account, ApiKey, Name, link};
use crate::app::App;
use crate::service::proposal::{self, NewProposal, ProposalId};
use crate::service::terms::Told;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform, read_log};
use crate::store::account::{self, NewAccount, api_key as keys, session};
use crate::store::{self, StoreError, WriteTxn, log};

/// Whom to put on file.
#[derive(Debug, Clone)]
pub struct Addition {
    /// What they sign in with.
    pub name: Name,
    /// Where notices go.
    pub email: Option<String>,
    /// In which capacities.
    pub roles: Vec<Role>,
    /// Their own entry.
    pub provider: Option<Npi>,
    /// The entries that they prepare for.
    pub delegate_of: Vec<Npi>,
    /// The name of a key to make as well.
    pub key: Option<String>,
}

/// What an operator hands on: shown once, stored nowhere.
#[derive(Debug, Clone)]
pub struct Added {
    /// The account.
    pub id: AccountId,
    /// Redeemed for a first password.
    pub link: LinkToken,
    /// A key, where one was asked for.
    pub key: Option<NewKey>,
}

/// The secret part of a link.
#[derive(Clone)]
pub struct LinkToken(pub String);

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum NotManaged {
    /// Somebody is called that.
    #[error("there is an account {0} already")]
    Taken(Name),
    /// Nobody is called that.
    #[error("there is no account {0}")]
    Unknown(Name),
    /// There is no such key.
    #[error("there is no key with the prefix {0}")]
    UnknownKey(String),
    /// It was disabled before.
    #[error("the account {0} is disabled")]
    Disabled(Name),
    /// The roles cannot be held together.
    #[error(transparent)]
    Roles(#[from] RolesRefused),
    /// Roles and entries do not fit each other.
    #[error("{0}")]
    Entries(&'static str),
    /// There is no such entry.
    #[error("nobody with the NPI {0} is on file")]
    NoEntry(Npi),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The payload of a proposal of the kind `CHANGE_ROLES`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleChange {
    /// Whose roles.
    pub account: AccountId,
    /// All that they shall hold from now on.
    pub roles: Vec<Role>,
    /// The account's version that the proposer saw.
    pub expected_version: i64,
}

/// Puts an account on file, with a link for its first password.
pub async fn add(app: &App, addition: &Addition) -> Result<Added, NotManaged> {
    let roles = fitting_roles(&addition.roles)?;
    fitting_entries(
        &roles,
        addition.provider.is_some(),
        !addition.delegate_of.is_empty(),
    )?;
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let added = add_within(app, &txn, addition, &roles).await;
    let Ok(Added { id, .. }) = &added else {
        txn.rollback().await?;
        return added;
    };
    let mut event = by_operator(*id, "account.add", now);
    event.entity_version = Some(1);
    event.reason_text = Some(listed(&roles));
    log::append(&txn, event).await?;
    txn.commit().await?;
    added
}

/// A link for another password; every session of the account ends, and with `and_second_factor` its
/// second factor is forgotten too, so that another can be set.
pub async fn reset(
    app: &App,
    name: &Name,
    and_second_factor: bool,
) -> Result<LinkToken, NotManaged> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let account = match active(&txn, name).await {
        Ok(account) => account,
        Err(refused) => return Err(undone(txn, refused).await),
    };
    let is_first = account.password_hash.is_none();
    let token = link::issue(app, &txn, account.id, is_first).await?;
    session::end_all(&txn, account.id, now).await?;
    let mut event = by_operator(account.id, "account.reset", now);
    if and_second_factor {
        account::forget_second_factor(&txn, account.id).await?;
        account::recovery::forget(&txn, account.id).await?;
        event.reason_code = Some("SECOND_FACTOR".to_owned());
    }
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(LinkToken(token))
}

/// Another key for an account, which opens something through `expires_on`, or until it is revoked.
pub async fn add_key(
    app: &App,
    name: &Name,
    key_name: &str,
    expires_on: Option<NaiveDate>,
) -> Result<NewKey, NotManaged> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let account = match active(&txn, name).await {
        Ok(account) => account,
        Err(refused) => return Err(undone(txn, refused).await),
    };
    let key = api_key::issue(app, &txn, &account, key_name, expires_on).await?;
    let mut event = by_operator(account.id, "account.addKey", now);
    event.reason_text = Some(api_key::log_name(&key.prefix));
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(key)
}

/// Takes a key out of use.
pub async fn revoke_key(app: &App, prefix: &str) -> Result<(), NotManaged> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let Some(key) = keys::find(txn.db(), prefix).await? else {
        return Err(undone(txn, NotManaged::UnknownKey(prefix.to_owned())).await);
    };
    if key.revoked_at.is_some() {
        return Ok(txn.rollback().await?);
    }
    keys::revoke(&txn, prefix, now).await?;
    let mut event = by_operator(key.account, "account.revokeKey", now);
    event.reason_text = Some(api_key::log_name(prefix));
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(())
}

/// Accepts nothing of an account from now on: no password, no session, no key, no link.
pub async fn disable(app: &App, name: &Name) -> Result<(), NotManaged> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let account = match active(&txn, name).await {
        Ok(account) => account,
        Err(refused) => return Err(undone(txn, refused).await),
    };
    account::disable(&txn, account.id, now).await?;
    session::end_all(&txn, account.id, now).await?;
    store::account::link::use_up_all(&txn, account.id, now).await?;
    let mut event = by_operator(account.id, "account.disable", now);
    event.entity_version = u64::try_from(account.version + 1).ok();
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(())
}

/// Accounts with their keys for whoever may read them: a page and one more where there is one. That they
/// were read is in the log when this returns.
///
/// # Errors
/// [`Trouble::Forbidden`] for whoever may not.
pub async fn page_for(
    app: &App,
    who: &Requester,
    after: Option<AccountId>,
    size: usize,
) -> Result<Vec<(Account, Vec<ApiKey>)>, Trouble> {
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    let found = page(app, after, limit).await?;
    let shown: Vec<_> = found
        .iter()
        .take(size)
        .map(|(account, _)| format!("account_{}", account.id.0))
        .collect();
    read_log::shown(app, who, (Act::ReadAccounts, "account"), &shown).await?;
    Ok(found)
}

/// Accounts by number with their keys: so many after one.
pub async fn page(
    app: &App,
    after: Option<AccountId>,
    limit: u64,
) -> Result<Vec<(Account, Vec<ApiKey>)>, StoreError> {
    let view = app.store.read().await?;
    let accounts = account::page(&view, after, limit).await?;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let mut held = keys::of_accounts(&view, &ids).await?;
    let with_keys = accounts.into_iter().map(|account| {
        let of_it = |key: &mut ApiKey| key.account == account.id;
        let keys = held.extract_if(.., of_it).collect();
        (account, keys)
    });
    Ok(with_keys.collect())
}

/// Changes an account's roles as two people have decided, within their change. Its sessions end, so that
/// none goes on with what it no longer has.
///
/// # Errors
/// `NOT_FOUND` for an account that is not there or is disabled, `STALE_VERSION` when it has changed since it
/// was proposed, `SEPARATION_OF_DUTIES` for whoever would decide about themselves.
pub async fn apply_change_roles(change: &Change<'_>, payload: RoleChange) -> Result<(), Trouble> {
    let (account, roles) = changeable(change, &payload).await?;
    account::change_roles(&change.txn, account.id, &roles, change.now).await?;
    session::end_all(&change.txn, account.id, change.now).await?;
    let mut event = change.event("account", event::entity_id(account.id));
    "account.changeRoles".clone_into(&mut event.action);
    event.entity_version = u64::try_from(account.version + 1).ok();
    event.reason_text = Some(format!(
        "{} instead of {}",
        listed(&roles),
        listed(&account.roles)
    ));
    change.log(event).await?;
    Ok(())
}

/// Proposes other roles for an account: `who` is an ADMIN, and another confirms.
///
/// # Errors
/// As [`apply_change_roles`], before anybody is asked to confirm; `REASON_REQUIRED` without a reason.
///
/// # Panics
/// Never: roles are plain data.
pub async fn propose_change_roles(
    app: &App,
    who: &Requester,
    order: &Order,
    payload: &RoleChange,
    reason: &str,
) -> Result<ProposalId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        if reason.trim().is_empty() {
            return Err(Trouble::field(
                UserErrorCode::ReasonRequired,
                "reasonText",
                "say why the roles shall change",
            ));
        }
        changeable(change, payload).await?;
        let subject = event::entity_id(payload.account);
        let new = NewProposal {
            kind: ProposalKind::ChangeRoles,
            subject_type: "account",
            subject_id: subject.as_str().into(),
            payload: serde_json::to_value(payload).expect("roles are plain data"),
            reason_code: "OTHER".into(),
            reason_text: Some(reason.into()),
        };
        let told = Told::of(new.kind, &new.payload);
        let id = proposal::propose(change, new).await?;
        let mut event = change.event("account", subject);
        event.reason_code = Some(ProposalKind::ChangeRoles.code().to_owned());
        event.reason_text = Some(reason.to_owned());
        told.write(&mut event);
        change.log(event).await?;
        Ok(id)
    })
    .await
}

/// The account whose roles shall change and the roles it shall have, if they may be given to it by
/// whoever makes the change.
async fn changeable(
    change: &Change<'_>,
    payload: &RoleChange,
) -> Result<(Account, Roles), Trouble> {
    let account = account::by_id(change.txn.db(), payload.account).await?;
    let account = account
        .filter(Account::is_active)
        .ok_or(Trouble::NotFound("account"))?;
    change.about(format!("account_{}", account.id.0));
    if change.who.account == Some(account.id) {
        return Err(Trouble::duties(
            "nobody decides about their own roles: somebody else has to",
        ));
    }
    change.check_version(payload.expected_version, account.version)?;
    let roles = fitting_roles(&payload.roles).map_err(refused)?;
    let (owns, delegates) = (!account.own.is_empty(), !account.delegate_of.is_empty());
    fitting_entries(&roles, owns, delegates).map_err(refused)?;
    Ok((account, roles))
}

/// Makes an entry an account's own, within the change that confirmed a claim, and its holder a PROVIDER.
/// The change's entry in the log is the caller's.
///
/// # Errors
/// `GUARD_FAILED` for an auditor or a delegate, who cannot be a provider too.
pub async fn grant_entry(change: &Change<'_>, id: AccountId, npi: Npi) -> Result<(), Trouble> {
    let account = account::by_id(change.txn.db(), id).await?;
    let account = account
        .filter(Account::is_active)
        .ok_or(Trouble::NotFound("account"))?;
    if account.own.contains(&npi) {
        return Ok(());
    }
    if !account.roles.holds(Role::Provider) {
        let with = account.roles.iter().chain([Role::Provider]);
        let roles = fitting_roles(&with.collect::<Vec<_>>()).map_err(refused)?;
        account::change_roles(&change.txn, id, &roles, change.now).await?;
    }
    account::grant_entry(&change.txn, id, npi, Role::Provider, change.now).await?;
    Ok(())
}

async fn add_within(
    app: &App,
    txn: &WriteTxn,
    addition: &Addition,
    roles: &Roles,
) -> Result<Added, NotManaged> {
    let now = app.clock.now();
    let name = &addition.name;
    if account::by_name(txn.db(), name.as_str()).await?.is_some() {
        return Err(NotManaged::Taken(name.clone()));
    }
    let entries: Vec<Npi> = addition
        .provider
        .iter()
        .chain(&addition.delegate_of)
        .copied()
        .collect();
    let found = store::provider::by_npis(txn.db(), &entries).await?;
    let is_missing = |npi: &&Npi| !found.iter().any(|provider| provider.npi == **npi);
    if let Some(missing) = entries.iter().find(is_missing) {
        return Err(NotManaged::NoEntry(*missing));
    }
    let new = NewAccount {
        name: name.as_str(),
        email: addition.email.as_deref(),
        roles,
        provider: addition.provider,
        delegate_of: &addition.delegate_of,
    };
    let id = account::insert(txn, &new, now).await?;
    let link = LinkToken(link::issue(app, txn, id, true).await?);
    let key = match &addition.key {
        Some(key_name) => {
            let account = account::by_id(txn.db(), id).await?;
            let account = account.ok_or(NotManaged::Unknown(name.clone()))?;
            Some(api_key::issue(app, txn, &account, key_name, None).await?)
        }
        None => None,
    };
    Ok(Added { id, link, key })
}

async fn active(txn: &WriteTxn, name: &Name) -> Result<Account, NotManaged> {
    let account = account::by_name(txn.db(), name.as_str()).await?;
    let account = account.ok_or_else(|| NotManaged::Unknown(name.clone()))?;
    if account.is_active() {
        Ok(account)
    } else {
        Err(NotManaged::Disabled(name.clone()))
    }
}

async fn undone(txn: WriteTxn, refused: NotManaged) -> NotManaged {
    match txn.rollback().await {
        Ok(()) => refused,
        Err(error) => error.into(),
    }
}

/// Roles that may be held together. Whoever acts for their own entry and as a delegate for another's
/// would attest for the other, so these two exclude each other.
fn fitting_roles(roles: &[Role]) -> Result<Roles, NotManaged> {
    let roles = Roles::new(roles.iter().copied())?;
    if roles.holds(Role::Provider) && roles.holds(Role::ProviderDelegate) {
        return Err(NotManaged::Entries(
            "PROVIDER and PROVIDER_DELEGATE are not held together: a delegate has an account of its own",
        ));
    }
    Ok(roles)
}

fn fitting_entries(roles: &Roles, owns: bool, delegates: bool) -> Result<(), NotManaged> {
    if owns && !roles.holds(Role::Provider) {
        Err(NotManaged::Entries(
            "an entry of one's own takes the role PROVIDER",
        ))
    } else if delegates != roles.holds(Role::ProviderDelegate) {
        Err(NotManaged::Entries(
            "the role PROVIDER_DELEGATE and an entry to act for go together",
        ))
    } else {
        Ok(())
    }
}

fn refused(refused: NotManaged) -> Trouble {
    match refused {
        NotManaged::Store(error) => error.into(),
        other => Trouble::guard(other.to_string()),
    }
}

fn listed(roles: &Roles) -> String {
    let codes: Vec<_> = roles.iter().map(Role::code).collect();
    if codes.is_empty() {
        "no role".to_owned()
    } else {
        codes.join(" ")
    }
}

impl std::fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkToken(…)")
    }
}
