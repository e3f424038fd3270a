//! The printed link in a real browser, which sends what no client of a test would think of.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use domain::access::Role;
use serde::Deserialize;

use super::house::{House, PASSWORD, totp};

#[derive(Debug, Deserialize)]
struct Walked {
    pages: Vec<Page>,
    troubles: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Page {
    path: String,
    title: String,
    text: String,
    violations: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_comes_from_a_printed_link_to_a_second_factor_in_chromium() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node");
    assert!(
        folder.join("node_modules/playwright-core").is_dir()
            && Path::new("/usr/bin/chromium").exists(),
        "install what this test needs: `make tools`, or Debian's chromium and `npm ci` in tests/node"
    );
    let house = House::open().await;
    let link = house.added("vera", &[Role::Verifier]).await.link.0;
    let mut browser = Command::new("node")
        .args([
            "sign_in.mjs",
            &format!("{}/auth/link?token={link}", house.url),
        ])
        .args(["vera", PASSWORD])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test needs Node.js 20 or newer");
    let mut says = BufReader::new(browser.stdout.take().unwrap());
    let mut hears = browser.stdin.take().unwrap();
    let told = tokio::task::spawn_blocking(move || {
        let mut secret = String::new();
        says.read_line(&mut secret).unwrap();
        if !secret.is_empty() {
            let code = house.code(&totp(secret.trim()));
            writeln!(hears, "{code}").unwrap();
        }
        let mut told = String::new();
        says.read_to_string(&mut told).unwrap();
        assert!(browser.wait().unwrap().success(), "{secret}{told}");
        told
    });
    let walked: Walked = serde_json::from_str(&told.await.unwrap()).unwrap();

    let seen: Vec<_> = walked
        .pages
        .iter()
        .map(|page| (&*page.path, &*page.title))
        .collect();
    assert_eq!(
        seen,
        [
            ("/auth/link", "Set your password – drypoint"),
            ("/auth/redeem", "Done – drypoint"),
            ("/auth/sign-in", "Sign in – drypoint"),
            ("/auth/account", "Your account – drypoint"),
            ("/auth/second-factor", "Second factor – drypoint"),
            ("/auth/account", "Your account – drypoint"),
            ("/auth/sign-in", "Sign in – drypoint"),
        ]
    );
    assert!(
        walked.pages[3]
            .text
            .contains("Roles in this session: none.")
    );
    assert!(
        walked.pages[5]
            .text
            .contains("Roles in this session: VERIFIER.")
    );
    for page in &walked.pages {
        assert!(page.violations.is_empty(), "{page:#?}");
    }
    assert!(walked.troubles.is_empty(), "{:?}", walked.troubles);
}
