//! Opening a database so that what it acknowledges stays.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{ConnectOptions, Error as SqlxError, Executor, Row};
use sea_orm::{DatabaseConnection, DbErr, RuntimeErr, SqlxPostgresConnector, SqlxSqliteConnector};

use super::StoreError;

/// How long a statement waits for another process's lock, and a task for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections that read at the same time.
const READERS: u32 = 8;

/// Connections of one database: many that read and those that write.
pub(super) struct Connections {
    pub(super) readers: DatabaseConnection,
    pub(super) writers: DatabaseConnection,
}

/// Opens what a URL names: `sqlite://path?mode=rwc` or `postgres://…`.
pub(super) async fn open(url: &str) -> Result<Connections, StoreError> {
    if url.starts_with("sqlite:") {
        sqlite(url).await
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        postgres(url).await
    } else {
        Err(StoreError::CannotOpen {
            // A URL of another kind may hold a password.
            database: url.split(':').next().unwrap_or_default().to_owned(),
            remedy: "name it as sqlite://FILE?mode=rwc or postgres://USER@HOST/DATABASE".to_owned(),
            source: None,
        })
    }
}

async fn sqlite(url: &str) -> Result<Connections, StoreError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| refused(url, "the URL is malformed", error))?;
    let file = options.get_filename().to_path_buf();
    let named = file.display().to_string();
    look_at(&file, url)?;
    let options = options
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .journal_mode(SqliteJournalMode::Wal)
        // By name, because WAL's usual NORMAL loses acknowledged commits when the power fails.
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
    };
    // The writer comes first: it creates the file where there is none.
    let writers = pool(1).await.map_err(|error| unopened(&named, error))?;
    check_pages(&writers, &named).await?;
    let readers = pool(READERS)
        .await
        .map_err(|error| unopened(&named, error))?;
    Ok(Connections {
        readers: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
        writers: SqlxSqliteConnector::from_sqlx_sqlite_pool(writers),
    })
}

/// Refuses, before SQLite would create or adopt it, what is no database of ours.
fn look_at(file: &Path, url: &str) -> Result<(), StoreError> {
    let cannot = |remedy: String| {
        Err(StoreError::CannotOpen {
            database: file.display().to_string(),
            remedy,
            source: None,
        })
    };
    if url.contains(":memory:") || url.contains("mode=memory") {
        return cannot("a database in memory is forgotten with its connection; name a file".into());
    }
    let directory = match file.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    if !directory.is_dir() {
        return cannot(format!(
            "there is no directory {}; create it",
            directory.display()
        ));
    }
    let Ok(found) = file.metadata() else {
        if url.contains("mode=rwc") {
            return Ok(());
        }
        return cannot("there is no such file; add ?mode=rwc to the URL to create it".into());
    };
    if found.is_dir() {
        return cannot("it is a directory; name a file".into());
    }
    if found.len() == 0 {
        // SQLite takes an empty file for a new database: everything stored would seem never to have been.
        return cannot(
            "the file is empty: restore the last backup with `drypoint restore`, or delete the file to begin anew"
                .into(),
        );
    }
    Ok(())
}

/// Lets SQLite look over every page, so that damage is found now and not as an answer.
async fn check_pages(pool: &SqlitePool, named: &str) -> Result<(), StoreError> {
    let finding = match pool.fetch_one("PRAGMA quick_check(1)").await {
        Ok(row) => row
            .try_get::<String, _>(0)
            .unwrap_or_else(|error| error.to_string()),
        Err(error) => return Err(unopened(named, error)),
    };
    if finding == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            database: named.to_owned(),
            finding,
        })
    }
}

async fn postgres(url: &str) -> Result<Connections, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| refused("postgres", "the URL is malformed", error))?
        .application_name("drypoint")
        .disable_statement_logging();
    let named = format!(
        "postgres://{}:{}/{}",
        options.get_host(),
        options.get_port(),
        options.get_database().unwrap_or_default()
    );
    let pool = |connections| {
        PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
    };
    let unreachable = |error| {
        refused(
            &named,
            "start the server, or mend its address, user or password",
            error,
        )
    };
    // One writes at a time. The second is there while the first is still being undone, because whoever
    // asked has gone.
    let writers = pool(2)
        // After a failover a pool would go on writing to a server that has become a standby.
        .before_acquire(|connection, _| {
            Box::pin(async move {
                let row = connection.fetch_one("SHOW transaction_read_only").await?;
                Ok(row.try_get::<String, _>(0)? == "off")
            })
        })
        .connect_with(options.clone())
        .await
        .map_err(unreachable)?;
    let readers = pool(READERS)
        .connect_with(options)
        .await
        .map_err(unreachable)?;
    Ok(Connections {
        readers: SqlxPostgresConnector::from_sqlx_postgres_pool(readers),
        writers: SqlxPostgresConnector::from_sqlx_postgres_pool(writers),
    })
}

fn refused(named: &str, remedy: &str, error: SqlxError) -> StoreError {
    StoreError::CannotOpen {
        database: named.to_owned(),
        remedy: remedy.to_owned(),
        source: Some(DbErr::Conn(RuntimeErr::SqlxError(error.into()))),
    }
}

/// What SQLite says when a file cannot be used, by what helps.
fn unopened(named: &str, error: SqlxError) -> StoreError {
    let code = error
        .as_database_error()
        .and_then(|error| error.code()?.parse::<u32>().ok())
        .map(|code| code & 0xff);
    match code {
        Some(26) => refused(
            named,
            "the file is not a SQLite database; name another, or restore the last backup with `drypoint restore`",
            error,
        ),
        Some(11) => StoreError::Damaged {
            database: named.to_owned(),
            finding: error.to_string(),
        },
        Some(5 | 6) => StoreError::Busy(DbErr::Conn(RuntimeErr::SqlxError(error.into()))),
        Some(13) => StoreError::Full(DbErr::Conn(RuntimeErr::SqlxError(error.into()))),
        _ => refused(
            named,
            "see that the file and its directory may be read and written",
            error,
        ),
    }
}
