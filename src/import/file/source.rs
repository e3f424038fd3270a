//! Files on disk: a CSV file, or a zip bundle with CSV files in it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::sniff::{ENOUGH, Looks, sniff};
use crate::import::ImportError;

/// Which file of the registry's bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// People and organisations.
    Main,
    /// Further practice locations.
    Locations,
    /// Other names.
    OtherNames,
}

/// One CSV file, by itself or inside an archive.
#[derive(Debug, Clone)]
pub struct CsvPart {
    /// What it is.
    pub kind: PartKind,
    /// Its name for people: of the file, or `ARCHIVE: MEMBER`.
    pub name: String,
    /// Its length when unpacked.
    pub bytes: u64,
    /// The day on which it was put into its archive; of a file by itself nobody knows.
    pub packed_on: Option<NaiveDate>,
    path: PathBuf,
    member: Option<usize>,
}

/// Finds the CSV files in what one is given: the parts of a bundle, or the one file, as a main file.
pub fn open_bundle(path: &Path) -> Result<Vec<CsvPart>, ImportError> {
    let mut file = open(path)?;
    match looks(path, &mut file)? {
        Looks::Zip => members(path, file),
        looks => csv_only(path, &file, looks, PartKind::Main).map(|part| vec![part]),
    }
}

/// A CSV file of a kind, or the file of that kind in a bundle.
pub fn open_csv(path: &Path, kind: PartKind) -> Result<Vec<CsvPart>, ImportError> {
    let mut file = open(path)?;
    match looks(path, &mut file)? {
        Looks::Zip => {
            let mut parts = members(path, file)?;
            parts.retain(|part| part.kind == kind);
            Ok(parts)
        }
        looks => csv_only(path, &file, looks, kind).map(|part| vec![part]),
    }
}

/// A CSV file, or the only one in an archive.
pub fn open_single(path: &Path) -> Result<CsvPart, ImportError> {
    let mut file = open(path)?;
    match looks(path, &mut file)? {
        Looks::Zip => only_member(path, file),
        looks => csv_only(path, &file, looks, PartKind::Main),
    }
}

fn only_member(path: &Path, file: File) -> Result<CsvPart, ImportError> {
    let name = path.display().to_string();
    let broken = |source| ImportError::Zip {
        file: name.clone(),
        source,
    };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let mut parts = Vec::new();
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(broken)?;
        let member_name = member.name().map_err(broken)?.into_owned();
        let is_csv = Path::new(&member_name)
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        if is_csv {
            parts.push(CsvPart {
                kind: PartKind::Main,
                name: format!("{name}: {member_name}"),
                bytes: member.size(),
                packed_on: packed_on(&member),
                path: path.to_owned(),
                member: Some(index),
            });
        }
        names.push(member_name);
    }
    match <[CsvPart; 1]>::try_from(parts) {
        Ok([part]) => Ok(part),
        Err(_) => Err(ImportError::NotOneCsv {
            file: name,
            holds: held(&names),
        }),
    }
}

fn packed_on<R: Read + ?Sized>(member: &ZipFile<'_, R>) -> Option<NaiveDate> {
    let at = member.last_modified()?;
    NaiveDate::from_ymd_opt(
        i32::from(at.year()),
        u32::from(at.month()),
        u32::from(at.day()),
    )
}

impl CsvPart {
    /// Hands the unpacked bytes to `read`.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&mut dyn Read) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        let file = open(&self.path)?;
        let Some(member) = self.member else {
            return read(&mut { file });
        };
        let broken = |source| ImportError::Zip {
            file: self.path.display().to_string(),
            source,
        };
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
        let mut member = archive.by_index(member).map_err(broken)?;
        read(&mut member).map_err(|error| match error {
            // Flipped bytes still unpack to something, and the checksum comes last.
            ImportError::Read { .. }
            | ImportError::RowTooLong { .. }
            | ImportError::Truncated { .. } => ImportError::DamagedZip {
                file: self.path.display().to_string(),
                source: Box::new(error),
            },
            other => other,
        })
    }
}

fn open(path: &Path) -> Result<File, ImportError> {
    let failed = |source| ImportError::Open {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    Ok(file)
}

fn looks(path: &Path, file: &mut File) -> Result<Looks, ImportError> {
    let mut start = Vec::with_capacity(ENOUGH);
    let failed = |source| ImportError::Read {
        file: path.display().to_string(),
        line: 0,
        source,
    };
    file.take(ENOUGH as u64)
        .read_to_end(&mut start)
        .map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(sniff(&start))
}

fn csv_only(
    path: &Path,
    file: &File,
    looks: Looks,
    kind: PartKind,
) -> Result<CsvPart, ImportError> {
    let name = path.display().to_string();
    match looks {
        Looks::Csv => Ok(CsvPart {
            kind,
            bytes: file.metadata().map_or(0, |metadata| metadata.len()),
            packed_on: None,
            path: path.to_owned(),
            name,
            member: None,
        }),
        Looks::Empty => Err(ImportError::Empty { file: name }),
        Looks::Zip => Err(ImportError::NotCsv {
            file: name,
            looks_like: "a zip archive",
        }),
        Looks::Other(looks_like) => Err(ImportError::NotCsv {
            file: name,
            looks_like,
        }),
    }
}

/// The parts of a bundle, the main file first. Header-only and other files are left out.
fn members(path: &Path, file: File) -> Result<Vec<CsvPart>, ImportError> {
    let name = path.display().to_string();
    let broken = |source| ImportError::Zip {
        file: name.clone(),
        source,
    };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let mut parts = Vec::new();
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(broken)?;
        let member_name = member.name().map_err(broken)?.into_owned();
        if let Some(kind) = kind_of(&member_name) {
            parts.push(CsvPart {
                kind,
                name: format!("{name}: {member_name}"),
                bytes: member.size(),
                packed_on: packed_on(&member),
                path: path.to_owned(),
                member: Some(index),
            });
        }
        names.push(member_name);
    }
    if parts.iter().all(|part| part.kind != PartKind::Main) {
        return Err(ImportError::NoMainFile {
            file: name,
            holds: held(&names),
        });
    }
    parts.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    Ok(parts)
}

fn kind_of(member: &str) -> Option<PartKind> {
    let name = member.rsplit('/').next()?.to_ascii_lowercase();
    let is_csv = Path::new(&name).extension().is_some_and(|end| end == "csv");
    if !is_csv || name.contains("fileheader") || name.starts_with('.') {
        return None;
    }
    [
        ("npidata_pfile", PartKind::Main),
        ("pl_pfile", PartKind::Locations),
        ("othername_pfile", PartKind::OtherNames),
    ]
    .into_iter()
    .find_map(|(start, kind)| name.starts_with(start).then_some(kind))
}

fn held(names: &[String]) -> String {
    const SHOWN: usize = 8;
    match names.len() {
        0 => "nothing".to_owned(),
        count if count > SHOWN => {
            format!("{} and {} more", names[..SHOWN].join(", "), count - SHOWN)
        }
        _ => names.join(", "),
    }
}

/// SHA-256 of files, one after the other, in hexadecimal.
pub fn sha256(paths: &[PathBuf]) -> Result<String, ImportError> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    for path in paths {
        let mut file = open(path)?;
        loop {
            let count = file.read(&mut buffer).map_err(|source| ImportError::Read {
                file: path.display().to_string(),
                line: 0,
                source,
            })?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
        }
    }
    Ok(HEXLOWER.encode(&hasher.finalize()))
}
