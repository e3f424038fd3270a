//! The folder of files.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use domain::evidence::Sha256;
use drypoint::chance::Chance;
use drypoint::vault::{Received, Vault, VaultError};
use futures_util::TryStreamExt as _;
use tempfile::TempDir;

/// FIPS 180-4's own example.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn a_vault() -> (Vault, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(&folder.path().join("evidence")).unwrap();
    (vault, folder)
}

async fn receive(vault: &Vault, pieces: &[&[u8]]) -> Received {
    let mut incoming = vault.receive(&Chance::system()).await.unwrap();
    for piece in pieces {
        incoming.write(piece).await.unwrap();
    }
    incoming.finish().await.unwrap()
}

async fn read(vault: &Vault, sha256: &Sha256, bytes: u64) -> Result<Vec<u8>, VaultError> {
    let pieces: Vec<Vec<u8>> = vault.read(sha256, bytes).await?.try_collect().await?;
    Ok(pieces.concat())
}

fn file(vault: &Vault, sha256: &Sha256) -> PathBuf {
    let digits = sha256.to_string();
    vault.folder().join(&digits[..2]).join(digits)
}

fn strays(vault: &Vault, kept: &[Sha256]) -> Vec<PathBuf> {
    vault
        .strays(&kept.iter().copied().collect::<HashSet<_>>())
        .unwrap()
}

#[tokio::test]
async fn a_file_lies_under_its_digest_and_is_read_as_it_came() {
    let (vault, _folder) = a_vault();
    let received = receive(&vault, &[b"a", b"", b"bc"]).await;
    assert_eq!(received.sha256.to_string(), ABC);
    assert_eq!((received.bytes, received.is_text), (3, true));
    assert_eq!(received.head, b"abc");
    let sha256 = received.sha256;
    assert!(
        !vault.has(&sha256, 3).await.unwrap(),
        "not before it is kept"
    );
    vault.keep(&received).await.unwrap();
    drop(received);
    assert!(vault.has(&sha256, 3).await.unwrap());
    assert!(!vault.has(&sha256, 4).await.unwrap());
    assert_eq!(read(&vault, &sha256, 3).await.unwrap(), b"abc");
    assert_eq!(strays(&vault, &[sha256]), Vec::<PathBuf>::new());
    let mode = fs::metadata(vault.folder()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn a_large_file_is_whole_whatever_pieces_it_comes_in() {
    let (vault, _folder) = a_vault();
    let bytes: Vec<u8> = (0..3_000_001_u32).map(|at| (at % 251) as u8).collect();
    let pieces: Vec<&[u8]> = bytes.chunks(70_001).collect();
    let received = receive(&vault, &pieces).await;
    assert_eq!((received.bytes, received.head.len()), (3_000_001, 1024));
    vault.keep(&received).await.unwrap();
    assert!(read(&vault, &received.sha256, 3_000_001).await.unwrap() == bytes);
}

#[tokio::test]
async fn the_same_bytes_lie_once_and_are_never_written_over() {
    let (vault, _folder) = a_vault();
    let first = receive(&vault, &[b"abc"]).await;
    vault.keep(&first).await.unwrap();
    let written = |sha256| {
        fs::metadata(file(&vault, sha256))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = written(&first.sha256);
    let second = receive(&vault, &[b"ab", b"c"]).await;
    vault.keep(&second).await.unwrap();
    assert_eq!(written(&first.sha256), before);
    fs::write(file(&vault, &first.sha256), "abd").unwrap();
    let third = receive(&vault, &[b"abc"]).await;
    let refused = vault.keep(&third).await;
    assert!(
        matches!(refused, Err(VaultError::Damaged(_))),
        "{refused:?}"
    );
    assert_eq!(fs::read(file(&vault, &first.sha256)).unwrap(), b"abd");
}

#[tokio::test]
async fn a_damaged_or_missing_file_is_not_read() {
    let (vault, _folder) = a_vault();
    let received = receive(&vault, &[b"abc"]).await;
    let sha256 = received.sha256;
    let missing = read(&vault, &sha256, 3).await;
    assert!(
        matches!(missing, Err(VaultError::Missing(_))),
        "{missing:?}"
    );
    vault.keep(&received).await.unwrap();
    for wrong in ["abd", "abcd", "ab", ""] {
        fs::write(file(&vault, &sha256), wrong).unwrap();
        let damaged = read(&vault, &sha256, 3).await;
        assert!(matches!(damaged, Err(VaultError::Damaged(_))), "{wrong}");
    }
}

#[tokio::test]
async fn what_is_dropped_or_destroyed_is_gone() {
    let (vault, _folder) = a_vault();
    let received = receive(&vault, &[b"abc"]).await;
    vault.keep(&received).await.unwrap();
    let sha256 = received.sha256;
    assert_eq!(strays(&vault, &[sha256]).len(), 1, "until it is dropped");
    drop(received);
    assert_eq!(strays(&vault, &[sha256]).len(), 0);
    assert_eq!(strays(&vault, &[]), [file(&vault, &sha256)]);
    vault.destroy(&sha256).await.unwrap();
    vault.destroy(&sha256).await.unwrap();
    assert_eq!(strays(&vault, &[]).len(), 0);
    assert!(!vault.has(&sha256, 3).await.unwrap());
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let occupied = folder.path().join("occupied");
    fs::write(&occupied, "a file").unwrap();
    let error = Vault::open(&occupied.join("evidence")).unwrap_err();
    assert!(error.to_string().contains("occupied/evidence"), "{error}");
}
