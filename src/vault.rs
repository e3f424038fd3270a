//! Where the bytes of files lie: a folder, each file under the SHA-256 of what is in it.
//!
//! A file is written aside while it comes in, hashed on its way, and made durable; then it takes the
//! name of its digest, in one step and never over another. So whatever bears such a name is whole, and
//! what a crash leaves is at most a file that nobody refers to, which [`Vault::strays`] tells.
//!
//! Whether somebody may read or write here, and what the bytes are, is asked elsewhere.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::evidence::{Sha256, TextWatch};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{
    CopyMode, CopyOptions, Error, MultipartUpload, ObjectStore, ObjectStoreExt as _, PutPayload,
};
use sha2::Digest as _;

use crate::chance::Chance;

/// What is written at once.
const PIECE: usize = 256 * 1024;

/// How much of a file's beginning is kept for telling what it is.
const HEAD: usize = 1024;

/// Where files lie that are still coming in.
const INCOMING: &str = "incoming";

/// What stopped the vault. None of it is for the public: it names folders and files.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no folder.
    #[error("no folder for evidence is set: name one with DRYPOINT_EVIDENCE_DIR")]
    None,
    /// The folder cannot be made or opened.
    #[error("cannot use {folder} for evidence: name another with DRYPOINT_EVIDENCE_DIR")]
    CannotOpen {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file that should be there is not.
    #[error("the file {0} is not there")]
    Missing(Sha256),
    /// A file is not what its name says.
    #[error("the file {0} is not what was handed in")]
    Damaged(Sha256),
    /// The folder, or what stands in for it, failed.
    #[error("the evidence folder failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl VaultError {
    /// May the same work later, without anybody mending what is stored?
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::None | Self::CannotOpen { .. } | Self::Failed(_))
    }
}

impl From<Error> for VaultError {
    fn from(error: Error) -> Self {
        Self::Failed(Box::new(error))
    }
}

/// The folder of files. Clones share it.
#[derive(Debug, Clone)]
pub struct Vault {
    files: Arc<LocalFileSystem>,
    folder: PathBuf,
}

/// The bytes of a file that is whole and as it was handed in.
pub type Bytes = BoxStream<'static, Result<Vec<u8>, VaultError>>;

impl Vault {
    /// Opens a folder and makes it if there is none, for this user's eyes only.
    pub fn open(folder: &Path) -> Result<Self, VaultError> {
        let cannot = |source| VaultError::CannotOpen {
            folder: folder.to_owned(),
            source,
        };
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(cannot)?;
        let files = LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| cannot(io::Error::other(error)))?
            .with_fsync(true);
        Ok(Self {
            files: Arc::new(files),
            folder: folder.to_owned(),
        })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Begins to take a file in. Dropped before its end, nothing of it stays.
    pub async fn receive(&self, chance: &Chance) -> Result<Incoming, VaultError> {
        let name = data_encoding::HEXLOWER.encode(&chance.bytes::<16>());
        let name = Name::from(format!("{INCOMING}/{name}"));
        let upload = self.files.put_multipart(&name).await?;
        Ok(Incoming {
            vault: self.clone(),
            name,
            upload,
            piece: Vec::new(),
            head: Vec::new(),
            bytes: 0,
            digest: sha2::Sha256::new(),
            text: TextWatch::default(),
        })
    }

    /// Gives a file that has come in the name of its digest. Durable when this returns; where the same
    /// bytes lay already, they stay as they are.
    pub async fn keep(&self, received: &Received) -> Result<(), VaultError> {
        let name = name_of(&received.sha256);
        loop {
            let create = CopyOptions::new().with_mode(CopyMode::Create);
            match self.files.copy_opts(&received.name, &name, create).await {
                Ok(()) => return Ok(()),
                Err(Error::AlreadyExists { .. }) => {}
                Err(error) => return Err(error.into()),
            }
            match self.verify(&received.sha256, received.bytes).await {
                // It was destroyed between the two.
                Err(VaultError::Missing(_)) => {}
                done => return done,
            }
        }
    }

    /// Is a file there, with as many bytes?
    pub async fn has(&self, sha256: &Sha256, bytes: u64) -> Result<bool, VaultError> {
        match self.files.head(&name_of(sha256)).await {
            Ok(found) => Ok(found.size == bytes),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads a file through and tells whether it is there as it was handed in.
    pub async fn verify(&self, sha256: &Sha256, bytes: u64) -> Result<(), VaultError> {
        let mut digest = sha2::Sha256::new();
        let mut read = 0;
        let mut stream = self.stream(sha256).await?;
        while let Some(piece) = stream.try_next().await? {
            read += piece.len() as u64;
            digest.update(&piece);
        }
        if read == bytes && Sha256::new(digest.finalize().into()) == *sha256 {
            Ok(())
        } else {
            Err(VaultError::Damaged(*sha256))
        }
    }

    /// A file's bytes, once all of them have been found to be as they were handed in.
    pub async fn read(&self, sha256: &Sha256, bytes: u64) -> Result<Bytes, VaultError> {
        self.verify(sha256, bytes).await?;
        self.stream(sha256).await
    }

    /// Destroys a file. That it is gone already is fine.
    pub async fn destroy(&self, sha256: &Sha256) -> Result<(), VaultError> {
        match self.files.delete(&name_of(sha256)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// What lies in the folder and should not: files that are none of `kept`, and what broke off while
    /// it came in. An upload under way at this moment is among them.
    pub fn strays(&self, kept: &HashSet<Sha256>) -> io::Result<Vec<PathBuf>> {
        let mut strays = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let path = entry.path();
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                    continue;
                }
                let inside = path.strip_prefix(&self.folder).unwrap_or(&path);
                let is_kept = entry
                    .file_name()
                    .to_str()
                    .and_then(|name| name.parse::<Sha256>().ok())
                    .is_some_and(|sha256| {
                        kept.contains(&sha256) && inside == Path::new(name_of(&sha256).as_ref())
                    });
                if !is_kept {
                    strays.push(path);
                }
            }
        }
        strays.sort();
        Ok(strays)
    }

    async fn stream(&self, sha256: &Sha256) -> Result<Bytes, VaultError> {
        match self.files.get(&name_of(sha256)).await {
            Ok(found) => Ok(found
                .into_stream()
                .map_ok(|piece| piece.to_vec())
                .map_err(VaultError::from)
                .boxed()),
            Err(Error::NotFound { .. }) => Err(VaultError::Missing(*sha256)),
            Err(error) => Err(error.into()),
        }
    }
}

/// A file that is coming in.
pub struct Incoming {
    vault: Vault,
    name: Name,
    upload: Box<dyn MultipartUpload>,
    piece: Vec<u8>,
    head: Vec<u8>,
    bytes: u64,
    digest: sha2::Sha256,
    text: TextWatch,
}

impl Incoming {
    /// Takes the next bytes. At most [`PIECE`] of them are held in memory at a time, and what is given.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), VaultError> {
        self.bytes += bytes.len() as u64;
        self.digest.update(bytes);
        self.text.push(bytes);
        let missing = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.write_piece().await?;
        }
        Ok(())
    }

    /// How many bytes have come.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Ends the file and makes what came durable, under a name of its own.
    pub async fn finish(mut self) -> Result<Received, VaultError> {
        if !self.piece.is_empty() {
            self.write_piece().await?;
        }
        self.upload.complete().await?;
        Ok(Received {
            vault: self.vault,
            name: self.name,
            sha256: Sha256::new(self.digest.finalize().into()),
            bytes: self.bytes,
            is_text: self.text.is_text(),
            head: self.head,
        })
    }

    async fn write_piece(&mut self) -> Result<(), VaultError> {
        let piece = std::mem::take(&mut self.piece);
        Ok(self.upload.put_part(PutPayload::from(piece)).await?)
    }
}

/// A file that has come in whole. Dropped, it is gone, unless it was [kept](Vault::keep).
pub struct Received {
    vault: Vault,
    name: Name,
    /// Of its bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub bytes: u64,
    /// Its first bytes.
    pub head: Vec<u8>,
    /// Was all of it text?
    pub is_text: bool,
}

impl Drop for Received {
    fn drop(&mut self) {
        // One unlink. What it cannot remove is a stray, which `doctor` tells.
        let _ = std::fs::remove_file(self.vault.folder.join(self.name.as_ref()));
    }
}

/// Two digits of folder, so that none holds too many.
fn name_of(sha256: &Sha256) -> Name {
    let digits = sha256.to_string();
    Name::from(format!("{}/{digits}", &digits[..2]))
}
