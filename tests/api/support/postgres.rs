//! A PostgreSQL server of one's own, in a folder that goes with it.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Where Debian keeps the programs of PostgreSQL 15.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// A server that listens on a socket in its own folder and nowhere else.
pub(crate) struct Postgres {
    folder: TempDir,
}

impl Postgres {
    /// Starts a server with an empty database.
    ///
    /// # Panics
    /// When PostgreSQL 15 is not installed: says how to install it.
    pub(crate) fn start() -> Self {
        assert!(
            Path::new(PROGRAMS).join("initdb").exists(),
            "this test needs PostgreSQL 15: apt-get install postgresql-15"
        );
        let folder = tempfile::tempdir().unwrap();
        hand_over(folder.path());
        let data = folder.path().join("data");
        let made = program("initdb", folder.path())
            .args(["--username=drypoint", "--auth=trust", "--encoding=UTF8"])
            .args(["--no-locale", "--no-sync", "--pgdata"])
            .arg(&data)
            .status()
            .unwrap();
        let started = Self { folder };
        assert!(made.success(), "initdb: {}", started.said());
        // `-w` waits until the server answers.
        let done = started
            .control(&["start", "-w", "-t", "60"])
            .arg("-o")
            .arg(format!(
                "-k {} -c listen_addresses= -c fsync=off",
                started.folder.path().display()
            ))
            .status()
            .unwrap();
        assert!(done.success(), "PostgreSQL: {}", started.said());
        started
    }

    pub(crate) fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// Makes a database that is a copy of another, to which nobody is connected; where it is.
    pub(crate) fn database(&self, template: &str, name: &str) -> String {
        let made = program("createdb", self.folder.path())
            .arg("--host")
            .arg(self.folder.path())
            .args(["--username=drypoint", "--template", template, name])
            .status()
            .unwrap();
        assert!(made.success(), "createdb: {}", self.said());
        self.url_of(name)
    }

    fn url_of(&self, database: &str) -> String {
        let socket = self.folder.path().display().to_string();
        let socket = socket.replace('/', "%2F");
        format!("postgres://drypoint@{socket}/{database}")
    }

    fn control(&self, arguments: &[&str]) -> Command {
        let folder = self.folder.path();
        let mut command = program("pg_ctl", folder);
        command
            .args(arguments)
            .arg("-D")
            .arg(folder.join("data"))
            .arg("-l")
            .arg(folder.join("said"));
        command
    }

    fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("said")).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.control(&["stop", "-w", "-m", "fast"]).status();
    }
}

/// One of the server's programs, in the folder, as somebody who may run it: never as root.
fn program(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(Path::new(PROGRAMS).join(name));
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(said(folder))
        .stderr(said(folder));
    if let Some((user, group)) = unprivileged() {
        command.uid(user).gid(group);
    }
    command
}

fn said(folder: &Path) -> Stdio {
    let file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("said"));
    file.unwrap().into()
}

/// Gives the folder, and the file of what is said in it, to whom the server runs as.
fn hand_over(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    fs::write(folder.join("said"), "").unwrap();
    if let Some((user, group)) = unprivileged() {
        for path in [folder, &folder.join("said")] {
            chown(path, Some(user), Some(group)).unwrap();
        }
    }
}

/// The user that Debian's package made for the server, where the tests run as root.
fn unprivileged() -> Option<(u32, u32)> {
    if ask("id", ["-u"]) != "0" {
        return None;
    }
    let number = |flag: &str| {
        let told = ask("id", [flag, "postgres"]);
        told.parse()
            .expect("the package postgresql-15 makes a user postgres")
    };
    Some((number("-u"), number("-g")))
}

fn ask<const N: usize>(program: &str, arguments: [&str; N]) -> String {
    let output = Command::new(program)
        .args(arguments.map(OsStr::new))
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
