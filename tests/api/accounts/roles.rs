//! Roles change by two people, neither of whom is the one concerned.

use domain::access::{AccountId, Act, Role};
use drypoint::service::account::manage::{self, Addition};
use drypoint::service::account::{RoleChange, propose_change_roles};
use drypoint::service::{Order, Trouble};
use serde_json::json;

use crate::support::desk::{Desk, Hand, key};

async fn a_verifier(desk: &Desk) -> AccountId {
    let addition = Addition {
        name: "vera".parse().unwrap(),
        email: None,
        roles: vec![Role::Verifier],
        provider: None,
        delegate_of: Vec::new(),
        key: None,
    };
    manage::add(&desk.app, &addition).await.unwrap().id
}

async fn propose(
    desk: &Desk,
    by: &Hand,
    account: AccountId,
    roles: &[Role],
) -> Result<i64, Trouble> {
    let change = RoleChange {
        account,
        roles: roles.to_vec(),
        expected_version: 1,
    };
    let order = Order::of(Act::ProposeAct, &key(), &change).unwrap();
    let proposed = propose_change_roles(&desk.app, &by.who, &order, &change, "she decides too");
    Ok(proposed.await?.0)
}

/// An administrator with a number that nobody on file has.
fn an_admin(desk: &Desk, name: &str, number: i64) -> Hand {
    let mut hand = desk.hand(name, &[Role::Admin]);
    hand.who.account = Some(AccountId(number));
    hand
}

async fn roles(desk: &Desk) -> Vec<Role> {
    let listed = manage::page(&desk.app, None, 10).await.unwrap();
    listed[0].0.roles.iter().collect()
}

#[tokio::test]
pub(super) async fn two_administrators_change_roles_and_one_does_not() {
    let desk = Desk::open().await;
    let vera = a_verifier(&desk).await;
    let (ada, ben) = (
        an_admin(&desk, "ada", 9_000_001),
        an_admin(&desk, "ben", 9_000_002),
    );
    let wanted = [Role::Verifier, Role::Approver];
    let id = propose(&desk, &ada, vera, &wanted).await.unwrap();
    assert_eq!(roles(&desk).await, [Role::Verifier]);

    let word = json!({ "proposalId": format!("proposal_{id}"), "decision": "CONFIRM", "expectedVersion": 1 });
    assert_eq!(
        ada.is_told("confirmAct", word.clone()).await,
        "SEPARATION_OF_DUTIES"
    );
    ben.does("confirmAct", word, "proposal { state }").await;
    assert_eq!(roles(&desk).await, wanted);
    let events = desk.events().await;
    let changed = events
        .iter()
        .find(|event| event["action"] == "account.changeRoles");
    assert_eq!(
        changed.unwrap()["reasonText"],
        "VERIFIER APPROVER instead of VERIFIER"
    );
}

#[tokio::test]
pub(super) async fn nobody_proposes_or_confirms_their_own_roles() {
    let desk = Desk::open().await;
    let vera = a_verifier(&desk).await;
    let herself = an_admin(&desk, "vera", vera.0);
    let own = propose(&desk, &herself, vera, &[Role::Admin]).await;
    assert!(matches!(own, Err(Trouble::Denied(_))), "{own:?}");

    let ada = an_admin(&desk, "ada", 9_000_001);
    let id = propose(&desk, &ada, vera, &[Role::Admin]).await.unwrap();
    let word = json!({ "proposalId": format!("proposal_{id}"), "decision": "CONFIRM", "expectedVersion": 1 });
    assert_eq!(
        herself.is_told("confirmAct", word).await,
        "SEPARATION_OF_DUTIES"
    );
    assert_eq!(roles(&desk).await, [Role::Verifier]);
}

#[tokio::test]
pub(super) async fn roles_that_cannot_be_held_together_are_not_even_proposed() {
    let desk = Desk::open().await;
    let vera = a_verifier(&desk).await;
    let ada = an_admin(&desk, "ada", 9_000_001);
    for wanted in [
        [Role::Auditor, Role::Verifier],
        [Role::Provider, Role::ProviderDelegate],
    ] {
        let refused = propose(&desk, &ada, vera, &wanted).await;
        assert!(matches!(refused, Err(Trouble::Refused(_))), "{refused:?}");
    }
    let mut verifier = desk.hand("vic", &[Role::Verifier]);
    verifier.who.account = Some(AccountId(9_000_003));
    let forbidden = propose(&desk, &verifier, vera, &[Role::Approver]).await;
    assert!(
        matches!(forbidden, Err(Trouble::Forbidden)),
        "{forbidden:?}"
    );
}
