//! A directory on a port of its own, with people who come to its door.

use std::sync::Arc;

use domain::access::Role;
use drypoint::cli::wiring;
use drypoint::http::Settings;
use drypoint::service::account::Name;
use drypoint::service::account::manage::{self, Added, Addition};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

use crate::support::desk::Desk;

/// A password that will do.
pub(super) const PASSWORD: &str = "three small herons";

/// The directory, its database and its port.
pub(super) struct House {
    pub(super) desk: Desk,
    pub(super) url: String,
    pub(super) client: Client,
}

/// A browser that somebody has signed in with.
#[derive(Debug, Clone)]
pub(super) struct Browser {
    pub(super) cookie: String,
    pub(super) token: String,
}

impl House {
    pub(super) async fn open() -> Self {
        let desk = Desk::open().await;
        let settings = Settings {
            rate: None,
            ..Settings::default()
        };
        let app = Arc::clone(&desk.app);
        let server = wiring::server(app, ([127, 0, 0, 1], 0).into(), settings)
            .await
            .unwrap();
        let url = format!("http://{}", server.address().unwrap());
        tokio::spawn(server.run(std::future::pending()));
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { desk, url, client }
    }

    /// An account with a link for its password and a key.
    pub(super) async fn added(&self, name: &str, roles: &[Role]) -> Added {
        let addition = Addition {
            name: self.name(name),
            email: None,
            roles: roles.to_vec(),
            provider: None,
            delegate_of: Vec::new(),
            key: Some("test".into()),
        };
        manage::add(&self.desk.app, &addition).await.unwrap()
    }

    /// An account whose password is [`PASSWORD`].
    pub(super) async fn person(&self, name: &str, roles: &[Role]) -> Added {
        let added = self.added(name, roles).await;
        let redeemed = self.redeem(&added.link.0, PASSWORD).await;
        assert_eq!(redeemed.status(), StatusCode::OK);
        added
    }

    #[expect(clippy::unused_self, reason = "it reads like the rest")]
    pub(super) fn name(&self, name: &str) -> Name {
        name.parse().unwrap()
    }

    pub(super) async fn redeem(&self, token: &str, password: &str) -> Response {
        let body = json!({ "token": token, "password": password });
        self.post("/auth/redeem", &body).await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.url)).json(body);
        request.send().await.unwrap()
    }

    pub(super) async fn sign_in(&self, name: &str, password: &str, code: &str) -> Response {
        let body = json!({ "name": name, "password": password, "code": code });
        self.post("/auth/sign-in", &body).await
    }

    /// Signs in where that must succeed.
    pub(super) async fn browser(&self, name: &str, code: &str) -> Browser {
        Browser::of(self.sign_in(name, PASSWORD, code).await).await
    }

    /// Posts as a page of ours does.
    pub(super) async fn post_as(&self, browser: &Browser, path: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.url));
        let request = request
            .header("cookie", &browser.cookie)
            .header("x-csrf-token", &browser.token)
            .header("sec-fetch-site", "same-origin");
        request.json(body).send().await.unwrap()
    }

    /// What `/auth/account` says to a browser.
    pub(super) async fn account(&self, browser: &Browser) -> Response {
        let request = self.client.get(format!("{}/auth/account", self.url));
        let request = request.header("cookie", &browser.cookie);
        request.send().await.unwrap()
    }

    /// The roles that a browser's session has.
    pub(super) async fn roles(&self, browser: &Browser) -> Value {
        let answer: Value = self.account(browser).await.json().await.unwrap();
        answer["roles"].clone()
    }

    /// Begins and confirms a second factor; the authenticator, and the session that came of it.
    pub(super) async fn enrolled(&self, browser: &Browser) -> (Totp, Browser) {
        let begun = self
            .post_as(browser, "/auth/second-factor", &json!({}))
            .await;
        assert_eq!(begun.status(), StatusCode::OK);
        let begun: Value = begun.json().await.unwrap();
        let totp = totp(begun["secret"].as_str().unwrap());
        let code = json!({ "code": self.code(&totp) });
        let confirmed = self.post_as(browser, "/auth/second-factor", &code).await;
        (totp, Browser::of(confirmed).await)
    }

    /// What an authenticator shows now.
    pub(super) fn code(&self, totp: &Totp) -> String {
        let now = self.desk.clock.now().timestamp();
        totp.generate(u64::try_from(now).unwrap()).to_string()
    }

    /// The actions of accounts in the log, oldest first.
    pub(super) async fn actions(&self) -> Vec<String> {
        let events = self.desk.events().await;
        let events = events
            .iter()
            .filter(|event| event["entityType"] == "account");
        events
            .map(|event| event["action"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Browser {
    /// What a browser keeps of a sign-in that succeeded.
    pub(super) async fn of(response: Response) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        let set = response.headers()["set-cookie"].to_str().unwrap();
        let cookie = set.split(';').next().unwrap().to_owned();
        let told: Value = response.json().await.unwrap();
        Self {
            cookie,
            token: told["csrfToken"].as_str().unwrap().to_owned(),
        }
    }
}

/// The code and the reason of a refusal, and when to try again.
pub(super) async fn refused(response: Response) -> (u16, String, String, Option<u64>) {
    let status = response.status().as_u16();
    let retry = response.headers().get("retry-after").map(|seconds| {
        let seconds = seconds.to_str().unwrap();
        seconds.parse().unwrap()
    });
    let told: Value = response.json().await.unwrap();
    let extensions = &told["errors"][0]["extensions"];
    let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
    (status, text("code"), text("reason"), retry)
}

/// An authenticator with a secret.
pub(super) fn totp(base32: &str) -> Totp {
    Builder::new()
        .with_secret(Secret::try_from_base32(base32).unwrap())
        .with_account_name("test")
        .build()
        .unwrap()
}
