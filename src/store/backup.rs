//! Copies of a SQLite database, and putting one back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::log::{self, Broken, Head, Verdict};
use super::{Store, StoreError};

/// Why a backup was not made or not put back. Nothing was replaced.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL has tools of its own for this.
    #[error("only SQLite databases are copied here; PostgreSQL comes with pg_dump and pg_restore")]
    NotSqlite,
    /// A file stands where one would be written.
    #[error("{0} exists already; name another file or move it away")]
    Exists(PathBuf),
    /// There is no backup of this name.
    #[error("there is no such file: {0}")]
    NoFile(PathBuf),
    /// There is no directory to write into.
    #[error("cannot write {path}: there is no directory {directory}")]
    NoDirectory {
        /// What would be written.
        path: PathBuf,
        /// What is missing.
        directory: PathBuf,
    },
    /// The database could not be copied.
    #[error("{path} was not written")]
    NotWritten {
        /// What would be written.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<StoreError>,
    },
    /// The file is no longer, or never was, a database.
    #[error("{path} is damaged or no backup ({finding}): use another backup")]
    Damaged {
        /// The backup.
        path: PathBuf,
        /// What was found.
        finding: String,
    },
    /// The backup's own log does not hold.
    #[error("{path} is not what was written: {broken}")]
    Broken {
        /// The backup.
        path: PathBuf,
        /// What was found.
        broken: Broken,
    },
    /// The backup could be opened and its log not be read.
    #[error("{path} cannot be checked")]
    Unchecked {
        /// The backup.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<StoreError>,
    },
    /// The file system.
    #[error("cannot copy {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl Store {
    /// Writes a copy of a SQLite database as it is now to a new file. Holds up no writer.
    pub async fn back_up(&self, file: &Path) -> Result<Head, BackupError> {
        if self.connection().get_database_backend() != DbBackend::Sqlite {
            return Err(BackupError::NotSqlite);
        }
        if file.exists() {
            return Err(BackupError::Exists(file.to_owned()));
        }
        directory_of(file)?;
        let into = Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "VACUUM INTO ?",
            [file.to_string_lossy().into_owned().into()],
        );
        self.connection()
            .execute_raw(into)
            .await
            .map_err(|error| BackupError::NotWritten {
                path: file.to_owned(),
                source: Box::new(error.into()),
            })?;
        // The copy is written without waiting for the disk.
        fs::File::open(file)
            .and_then(|copy| copy.sync_all())
            .map_err(|source| at(file, source))?;
        check(file, file).await
    }
}

/// Puts a backup in the place of the database that `url` names, which must not exist.
///
/// The backup is copied beside the place, opened, and its log walked; only a copy that holds takes the
/// name, in one step.
pub async fn restore(backup: &Path, url: &str) -> Result<Head, BackupError> {
    let place = sqlite_file(url).ok_or(BackupError::NotSqlite)?;
    for existing in [
        place.clone(),
        beside(&place, "-wal"),
        beside(&place, "-shm"),
    ] {
        if existing.exists() {
            return Err(BackupError::Exists(existing));
        }
    }
    match fs::metadata(backup) {
        Ok(found) if found.len() == 0 => return Err(damaged(backup, "it is empty")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(BackupError::NoFile(backup.to_owned()));
        }
        _ => {}
    }
    directory_of(&place)?;
    let copy = beside(&place, ".restoring");
    fs::copy(backup, &copy).map_err(|source| at(backup, source))?;
    let checked = check(&copy, backup).await;
    if checked.is_ok() {
        fs::File::open(&copy)
            .and_then(|copy| copy.sync_all())
            .and_then(|()| fs::rename(&copy, &place))
            .map_err(|source| at(&place, source))?;
    } else {
        // What does not hold is of no use under that name, nor is what SQLite keeps beside it.
        for left in [copy.clone(), beside(&copy, "-wal"), beside(&copy, "-shm")] {
            let _ = fs::remove_file(left);
        }
    }
    checked
}

/// Opens a copy and walks its log; what is wrong with it is told of the file that `path` names.
async fn check(copy: &Path, path: &Path) -> Result<Head, BackupError> {
    let walked = async {
        let store = Store::connect(&format!("sqlite://{}", copy.display())).await?;
        let verdict = log::verify(store.connection()).await;
        store.close().await?;
        verdict
    };
    match walked.await {
        Ok(Verdict::Intact(head)) => Ok(head),
        Ok(Verdict::Broken(broken)) => Err(BackupError::Broken {
            path: path.to_owned(),
            broken,
        }),
        // These name the copy, and the advice is for the database in use.
        Err(StoreError::Damaged { finding, .. }) => Err(damaged(path, &finding)),
        Err(StoreError::CannotOpen {
            source: Some(source),
            ..
        }) => Err(damaged(path, &source.to_string())),
        Err(source) => Err(BackupError::Unchecked {
            path: path.to_owned(),
            source: Box::new(source),
        }),
    }
}

/// Is there a directory for a new file?
fn directory_of(path: &Path) -> Result<(), BackupError> {
    match path.parent() {
        Some(directory) if directory != Path::new("") && !directory.is_dir() => {
            Err(BackupError::NoDirectory {
                path: path.to_owned(),
                directory: directory.to_owned(),
            })
        }
        _ => Ok(()),
    }
}

fn damaged(path: &Path, finding: &str) -> BackupError {
    BackupError::Damaged {
        path: path.to_owned(),
        finding: finding.to_owned(),
    }
}

/// The file of a SQLite URL.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    url.starts_with("sqlite:")
        .then(|| SqliteConnectOptions::from_str(url).ok())
        .flatten()
        .map(|options| options.get_filename().to_path_buf())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn at(path: &Path, source: io::Error) -> BackupError {
    BackupError::File {
        path: path.to_owned(),
        source,
    }
}
