use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::Secret;
use crate::chance::Chance;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// The file cannot be read or made.
    #[error("cannot read or make the key file {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Others than its owner may read it.
    #[error(
        "others may read the key file {path}: `chmod 600` it, or make a new key if they may have"
    )]
    Open {
        /// The file.
        path: PathBuf,
    },
    /// It holds something else.
    #[error(
        "the key file {path} does not hold 64 hexadecimal digits: restore it from where it is kept"
    )]
    Malformed {
        /// The file.
        path: PathBuf,
    },
}

impl Secret {
    /// The key in a file, which is made with a new key and mode 0600 where there is none.
    ///
    /// # Errors
    /// A file that others may read is refused, and so is one that is empty or cut off: a new key in its
    /// place would make everything sealed with the old one unreadable.
    pub fn of_file(path: &Path, chance: &Chance) -> Result<Self, SecretFileError> {
        let at = |source| SecretFileError::File {
            path: path.to_owned(),
            source,
        };
        match make(path, chance) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made.map_err(at)?,
        }
        Self::read(path)
    }

    /// The key in a file that is there.
    ///
    /// # Errors
    /// As [`of_file`](Self::of_file), and where there is none.
    pub fn read(path: &Path) -> Result<Self, SecretFileError> {
        let at = |source| SecretFileError::File {
            path: path.to_owned(),
            source,
        };
        let mode = fs::metadata(path).map_err(at)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(SecretFileError::Open {
                path: path.to_owned(),
            });
        }
        let text = fs::read_to_string(path).map_err(at)?;
        let key = data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok());
        key.map(Self).ok_or_else(|| SecretFileError::Malformed {
            path: path.to_owned(),
        })
    }
}

/// Writes a new key where nothing stands, in one step: another process that starts at the same moment
/// finds either nothing or the whole key.
fn make(path: &Path, chance: &Chance) -> io::Result<()> {
    if path.try_exists()? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(
        ".{}",
        data_encoding::HEXLOWER.encode(&chance.bytes::<8>())
    ));
    let draft = path.with_file_name(name);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    let written = file
        .write_all(
            data_encoding::HEXLOWER
                .encode(&chance.bytes::<32>())
                .as_bytes(),
        )
        .and_then(|()| file.write_all(b"\n"))
        .and_then(|()| file.sync_all())
        // Unlike a rename, a link never replaces what another process has put there meanwhile.
        .and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drypoint.key");
        (folder, path)
    }

    #[test]
    fn the_first_start_makes_a_key_that_only_its_owner_reads_and_the_next_finds_it() {
        let (folder, path) = folder();
        let made = Secret::of_file(&path, &Chance::system()).unwrap();
        let bits = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(bits & 0o777, 0o600);
        let found = Secret::of_file(&path, &Chance::system()).unwrap();
        assert_eq!(made.fingerprint(), found.fingerprint());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let (_folder, path) = folder();
        Secret::of_file(&path, &Chance::system()).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = Secret::of_file(&path, &Chance::system());
        assert!(matches!(refused, Err(SecretFileError::Open { .. })));
    }

    #[test]
    fn a_file_without_a_whole_key_is_refused_and_left_as_it_is() {
        for text in ["", "abcd", &"g".repeat(64), &"a".repeat(66)] {
            let (_folder, path) = folder();
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            let refused = Secret::of_file(&path, &Chance::system());
            assert!(
                matches!(refused, Err(SecretFileError::Malformed { .. })),
                "{text:?}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
