//! What is asked elsewhere than of the schema's queries and mutations: files, and the socket.

use domain::access::{Act, Role, reach};
use domain::npi::Npi;
use drypoint::service::account::manage::{self, Addition};

use crate::evidence::form::Form;
use crate::socket::client::Socket;
use crate::support::database::insert;
use crate::support::evidence::a_pdf;
use crate::support::on_file::bare;
use crate::support::port::{Port, bearer};

/// The key of somebody new in a role, who acts for person 1 where the role acts for anybody.
async fn key(port: &Port, role: Role) -> String {
    let addition = Addition {
        name: role.code().to_lowercase().parse().unwrap(),
        email: None,
        roles: vec![role],
        provider: (role == Role::Provider).then(|| Npi::sample(1)),
        delegate_of: (role == Role::ProviderDelegate)
            .then(|| Npi::sample(1))
            .into_iter()
            .collect(),
        key: Some("test".into()),
    };
    bearer(&manage::add(&port.desk.app, &addition).await.unwrap())
}

async fn a_port() -> Port {
    let port = Port::open().await;
    insert(&port.desk.app.store, &[bare(1)]).await;
    port.desk.app.refresh().await.unwrap();
    port
}

#[tokio::test]
async fn a_file_is_taken_of_every_role_as_the_matrix_says() {
    let port = a_port().await;
    let form = || {
        Form::of(
            Npi::sample(1),
            "CERTIFICATE_SCAN",
            "scan.pdf",
            &a_pdf("DN-1"),
        )
    };
    let anybody = form().to(&port).send().await.unwrap();
    assert_eq!(anybody.status(), 401);
    for role in Role::GIVEN {
        let key = key(&port, *role).await;
        let status = form().sent(&port, &key).await.status();
        let may = reach(*role, Act::UploadEvidence).is_some();
        assert_eq!(status.is_success(), may, "{role} was told {status}");
        assert_eq!(status == 403, !may, "{role} was told {status}");
    }
}

#[tokio::test]
async fn a_file_is_given_to_every_role_as_the_matrix_says() {
    let port = a_port().await;
    let uploader = key(&port, Role::Verifier).await;
    let form = Form::of(
        Npi::sample(1),
        "CERTIFICATE_SCAN",
        "scan.pdf",
        &a_pdf("DN-1"),
    );
    let told: serde_json::Value = form.sent(&port, &uploader).await.json().await.unwrap();
    let id = told["id"].as_str().unwrap();
    for role in Role::GIVEN {
        let key = match role {
            Role::Verifier => uploader.clone(),
            role => key(&port, *role).await,
        };
        let request = port.client.get(port.url(&format!("/evidence/{id}")));
        let answer = request.header("authorization", &key).send().await.unwrap();
        let status = answer.status();
        let may = reach(*role, Act::DownloadEvidence).is_some();
        assert_eq!(status.is_success(), may, "{role} was told {status}");
        assert_eq!(status == 403, !may, "{role} was told {status}");
    }
    // Whoever may purge it knows of it, and of its version.
    let admin = port.desk.hand("Dan", &[Role::Admin]);
    let query = "query($id: ID!) { evidence(id: $id) { id version } }";
    let known = admin.ask(query, serde_json::json!({ "id": id })).await;
    assert_eq!(known["evidence"]["version"], 1);
}

#[tokio::test]
async fn the_queue_is_watched_by_every_role_as_the_matrix_says() {
    const QUEUE: &str = "subscription { caseQueueChanged { caseId } }";
    let port = a_port().await;
    let roles = Role::GIVEN.iter().copied().map(Some).chain([None]);
    for role in roles {
        let key = match role {
            Some(role) => Some(key(&port, role).await),
            None => None,
        };
        let mut socket = Socket::ready(port.address, key.as_deref()).await;
        let role = role.unwrap_or(Role::Public);
        if reach(role, Act::WatchCaseQueue).is_some() {
            socket.follow("q", QUEUE).await;
            continue;
        }
        socket.subscribe("q", QUEUE).await;
        let error = socket.hear().await;
        let code = &error["payload"][0]["extensions"]["code"];
        let expected = match role {
            Role::Public => "UNAUTHENTICATED",
            _ => "FORBIDDEN",
        };
        assert_eq!(code, expected, "{role} {error}");
    }
}
