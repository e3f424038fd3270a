//! How notices leave the house: as files in a folder, or by SMTP.
//!
//! The one place that knows mail. A letter has the same `Message-ID` and the same file name each time it
//! is sent, so that one which is sent twice, because a program died before it had noted the first time,
//! can be told apart from a second letter.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// A letter as the house writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// By which it is known that two are one: `notice_7`.
    pub name: String,
    /// Everybody who gets it, each one of their own.
    pub to: Vec<String>,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// Why a letter did not leave. Names no secrets: it is shown to those who run the installation.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// An address cannot be one.
    #[error("{0} is no address for mail")]
    Address(String),
    /// The letter cannot be put into words that mail can carry.
    #[error("the letter cannot be written as mail")]
    Letter(#[source] lettre::error::Error),
    /// The folder does not take it.
    #[error("cannot write into the outbox {0}")]
    Folder(PathBuf, #[source] std::io::Error),
    /// The server does not take it.
    #[error("the mail server did not take it")]
    Smtp(#[from] lettre::transport::smtp::Error),
}

/// Where letters go.
#[derive(Debug, Clone)]
pub struct Outbox {
    from: Mailbox,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Outbox {
    /// Letters become files, `notice_7.eml`, in a folder that is made when the first one comes.
    ///
    /// # Errors
    /// [`OutboxError::Address`] where the sender's address cannot be one.
    pub fn folder(path: impl Into<PathBuf>, from: &str) -> Result<Self, OutboxError> {
        Ok(Self {
            from: mailbox(from)?,
            way: Way::Folder(path.into()),
        })
    }

    /// Letters go to a server: `smtp://USER:PASSWORD@HOST:587?tls=required`, `smtps://HOST`.
    ///
    /// # Errors
    /// [`OutboxError`] where the address cannot be one or the URL names no server.
    pub fn smtp(url: &str, from: &str) -> Result<Self, OutboxError> {
        Ok(Self {
            from: mailbox(from)?,
            way: Way::Smtp(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build()),
        })
    }

    /// Sends a letter to everybody it is for. Tells whom it has reached: an address that cannot be one, or
    /// that its server refuses for good, keeps nobody else from getting it, and is not tried again.
    ///
    /// # Errors
    /// When nobody was reached, or somebody could be by trying again; some may have got it then.
    pub async fn send(&self, letter: &Letter) -> Result<Vec<String>, OutboxError> {
        let mut reached = Vec::with_capacity(letter.to.len());
        let mut lost = OutboxError::Address("nobody".to_owned());
        let mut later = None;
        for (which, to) in letter.to.iter().enumerate() {
            match self.send_one(letter, which, to).await {
                Ok(()) => reached.push(to.clone()),
                Err(error) if error.is_for_good() => lost = error,
                Err(error) => later = Some(error),
            }
        }
        match later {
            Some(error) => Err(error),
            None if reached.is_empty() => Err(lost),
            None => Ok(reached),
        }
    }

    async fn send_one(&self, letter: &Letter, which: usize, to: &str) -> Result<(), OutboxError> {
        let message = self.message(letter, which, to)?;
        match &self.way {
            Way::Folder(folder) => write(folder, letter, which, message.formatted()).await,
            Way::Smtp(server) => Ok(server.send(message).await.map(drop)?),
        }
    }

    fn message(&self, letter: &Letter, which: usize, to: &str) -> Result<Message, OutboxError> {
        let host = self.from.email.domain();
        Message::builder()
            .message_id(Some(format!("<{}.{which}@{host}>", letter.name)))
            .date(letter.written_at.into())
            .from(self.from.clone())
            .to(mailbox(to)?)
            .subject(letter.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(OutboxError::Letter)
    }
}

impl OutboxError {
    /// Would it go wrong in the same way again?
    fn is_for_good(&self) -> bool {
        match self {
            Self::Address(_) | Self::Letter(_) => true,
            Self::Smtp(error) => error.is_permanent(),
            Self::Folder(..) => false,
        }
    }
}

fn mailbox(address: &str) -> Result<Mailbox, OutboxError> {
    address
        .parse()
        .map_err(|_| OutboxError::Address(address.to_owned()))
}

/// Writes a file whole or not at all. It is on the disk when this returns: the letter is noted as sent.
async fn write(
    folder: &Path,
    letter: &Letter,
    which: usize,
    bytes: Vec<u8>,
) -> Result<(), OutboxError> {
    let name = match which {
        0 => format!("{}.eml", letter.name),
        _ => format!("{}.{which}.eml", letter.name),
    };
    let failed = |error| OutboxError::Folder(folder.to_owned(), error);
    let (half, whole) = (folder.join(format!(".{name}.part")), folder.join(name));
    let into = folder.to_owned();
    let written = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&into)?;
        let mut file = std::fs::File::create(&half)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::rename(&half, &whole)?;
        std::fs::File::open(&into)?.sync_all()
    });
    written
        .await
        .map_err(std::io::Error::from)
        .and_then(|done| done)
        .map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_letter() -> Letter {
        Letter {
            name: "notice_7".to_owned(),
            to: vec!["ada@example.org".to_owned(), "bea@example.org".to_owned()],
            subject: "Zoë’s licence".to_owned(),
            body: "It ends on 2026-12-31.\n".to_owned(),
            written_at: "2026-11-21T09:00:00Z".parse().unwrap(),
        }
    }

    #[tokio::test]
    async fn a_letter_sent_twice_is_one_file_for_each_reader() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::folder(folder.path().join("out"), "dry@example.org").unwrap();
        outbox.send(&a_letter()).await.unwrap();
        outbox.send(&a_letter()).await.unwrap();
        let mut names: Vec<_> = std::fs::read_dir(folder.path().join("out"))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["notice_7.1.eml", "notice_7.eml"]);
        let text = std::fs::read_to_string(folder.path().join("out/notice_7.eml")).unwrap();
        for line in [
            "Message-ID: <notice_7.0@example.org>",
            "From: dry@example.org",
            "To: ada@example.org",
            "Date: Sat, 21 Nov 2026 09:00:00 +0000",
            "It ends on 2026-12-31.",
        ] {
            assert!(text.contains(line), "{line} is not in:\n{text}");
        }
        assert!(!text.contains("bea@example.org"));
    }

    #[tokio::test]
    async fn what_cannot_be_sent_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("file");
        std::fs::write(&in_the_way, "").unwrap();
        let outbox = Outbox::folder(&in_the_way, "dry@example.org").unwrap();
        let error = outbox.send(&a_letter()).await.unwrap_err();
        assert!(matches!(error, OutboxError::Folder(..)), "{error}");
        let nowhere = Letter {
            to: vec!["nobody".to_owned()],
            ..a_letter()
        };
        let error = outbox.send(&nowhere).await.unwrap_err();
        assert!(matches!(error, OutboxError::Address(_)), "{error}");
        let one_of_two = Letter {
            to: vec!["nobody".to_owned(), "bea@example.org".to_owned()],
            ..a_letter()
        };
        let good = Outbox::folder(folder.path().join("out"), "dry@example.org").unwrap();
        assert_eq!(good.send(&one_of_two).await.unwrap(), ["bea@example.org"]);
        assert!(Outbox::smtp("carrier-pigeon://coop", "dry@example.org").is_err());
        assert!(Outbox::folder("out", "not an address").is_err());
    }
}
