//! A database of its own for each test, and the command that works on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};

use async_graphql::Request;
use domain::npi::Npi;
use domain::provider::Provider;
use drypoint::app::App;
use drypoint::clock::Clock;
use drypoint::store::{self, Store};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::equipment::equipment;
use crate::support::people::now;

/// A database with places, law and policy, and nobody in it.
pub(super) struct Directory {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) status: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Directory {
    pub(super) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::copy(template(), folder.path().join(DATABASE)).unwrap();
        Self { folder }
    }

    /// Writes a file and says where it is.
    pub(super) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The command on this database, at the instant of the tests.
    pub(super) fn command(&self, args: &[&str]) -> Command {
        command(&url(&self.path(DATABASE)), args)
    }

    pub(super) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    /// Imports made-up people, which has to succeed, and gives the report.
    pub(super) fn import(&self, args: &[&str]) -> Value {
        let ran = self.run(&[&["nppes", "--allow-samples", "--format", "json"], args].concat());
        assert_eq!(ran.status, 0, "{ran:?}");
        ran.report()
    }

    pub(super) async fn store(&self) -> Store {
        Store::connect(&url(&self.path(DATABASE))).await.unwrap()
    }

    /// Where the log ends.
    pub(super) async fn seq(&self) -> u64 {
        let store = self.store().await;
        let seq = store::log::head(store.connection()).await.unwrap().seq;
        store.close().await.unwrap();
        seq
    }

    /// The made-up person of that number.
    pub(super) async fn person(&self, serial: u32) -> Option<Provider> {
        let store = self.store().await;
        let found = store::provider::by_npis(store.connection(), &[Npi::sample(serial)]).await;
        store.close().await.unwrap();
        found.unwrap().pop()
    }

    /// The data of an answer without errors.
    pub(super) async fn ask(&self, query: &str) -> Value {
        let app = App::load(self.store().await, equipment(Clock::fixed(now())))
            .await
            .unwrap();
        let answer = drypoint::graphql::schema(Arc::new(app))
            .execute(Request::new(query))
            .await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        serde_json::to_value(answer.data).unwrap()
    }
}

impl Ran {
    pub(super) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self {
            status: output.status.code().unwrap(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    pub(super) fn report(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

const DATABASE: &str = "drypoint.db";

fn url(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

fn command(url: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drypoint"));
    command
        .arg("import")
        .args(args)
        .args(["--database-url", url, "--clock", &now().to_rfc3339()])
        .env_remove("DRYPOINT_DATABASE_URL")
        .env_remove("DRYPOINT_CONFIG")
        // The warning that the clock starts elsewhere is no subject of these tests.
        .env("DRYPOINT_LOG", "error");
    command
}

/// A database that the command itself has set up, once for all tests.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = TEMPLATE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(DATABASE);
        let law = [
            "data/scope_rules.csv",
            "--requirements",
            "data/scope_requirements.csv",
        ];
        let args = [&["scope"], &law[..]].concat();
        let ran = Ran::of(&command(&url(&path), &args).output().unwrap());
        assert_eq!(ran.status, 0, "{ran:?}");
        (folder, path)
    });
    path
}
