//! The command as a process: what it prints, how it ends, and a server of its own on a free port.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A directory with a database in it, and commands that work on that database.
pub(crate) struct Installation {
    directory: TempDir,
}

/// A running `drypoint serve`. Dropped, it is killed.
pub(crate) struct Served {
    child: Option<Child>,
    pub(crate) address: String,
    pub(crate) client: reqwest::Client,
    // Kept open: a server that cannot print must not fail.
    _stdout: BufReader<ChildStdout>,
}

impl Installation {
    pub(crate) fn new() -> Self {
        Self {
            directory: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The command with these words, not yet started.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drypoint"));
        command
            .args(words)
            .current_dir(self.path())
            .env_remove("DRYPOINT_CONFIG")
            .env_remove("DRYPOINT_BIND")
            .env("DRYPOINT_DATABASE_URL", "sqlite://drypoint.db?mode=rwc")
            .env("DRYPOINT_LOG", "warn")
            .stdin(Stdio::null());
        command
    }

    /// Runs the command to its end.
    pub(crate) async fn run(&self, words: &[&str]) -> Output {
        let mut command = self.command(words);
        tokio::task::spawn_blocking(move || command.output())
            .await
            .unwrap()
            .unwrap()
    }

    /// Runs a command that must succeed; what it printed.
    pub(crate) async fn ok(&self, words: &[&str]) -> String {
        let output = self.run(words).await;
        assert!(
            output.status.success(),
            "{words:?} failed: {}",
            text(&output.stderr)
        );
        text(&output.stdout)
    }

    /// Starts `serve` with further words on a free port and waits until it listens.
    pub(crate) async fn serve(&self, words: &[&str]) -> Served {
        let mut all = vec!["serve", "--bind", "127.0.0.1:0"];
        all.extend(words);
        let mut child = self.command(&all).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (line, stdout) = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            (line, stdout)
        })
        .await
        .unwrap();
        Served::announced(child, &line, stdout)
    }
}

impl Served {
    /// A server that has printed where it listens.
    pub(crate) fn announced(child: Child, line: &str, stdout: BufReader<ChildStdout>) -> Self {
        let address = line
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http://")?.strip_suffix("/graphql"))
            .unwrap_or_else(|| panic!("`serve` printed {line:?}"))
            .to_owned();
        Self {
            child: Some(child),
            address,
            client: reqwest::Client::new(),
            _stdout: stdout,
        }
    }

    /// The whole answer to a query.
    pub(crate) async fn query(&self, query: &str) -> Value {
        self.client
            .post(format!("http://{}/graphql", self.address))
            .json(&json!({ "query": query }))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Asks again until the answer's data version is at least this one.
    pub(crate) async fn query_from_version(&self, version: u64, query: &str) -> Value {
        loop {
            let answer = self.query(query).await;
            if answer["extensions"]["dataVersion"].as_u64() >= Some(version) {
                return answer;
            }
        }
    }

    /// Asks the process to end, as a service manager does.
    pub(crate) async fn terminate(&self) {
        let mut kill = Command::new("kill");
        kill.args(["-TERM", &self.child.as_ref().unwrap().id().to_string()]);
        let status = tokio::task::spawn_blocking(move || kill.status())
            .await
            .unwrap();
        assert!(status.unwrap().success());
    }

    /// Kills the process: nothing is flushed, nothing is closed.
    pub(crate) async fn kill(&self) {
        let mut kill = Command::new("kill");
        kill.args(["-KILL", &self.child.as_ref().unwrap().id().to_string()]);
        let status = tokio::task::spawn_blocking(move || kill.status())
            .await
            .unwrap();
        assert!(status.unwrap().success());
    }

    /// Waits until the process has ended; with what status.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        // Taken out, so that dropping the rest has nothing to kill.
        let mut child = self.child.take().unwrap();
        tokio::task::spawn_blocking(move || child.wait())
            .await
            .unwrap()
            .unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What a process printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
