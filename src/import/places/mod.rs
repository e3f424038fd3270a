//! ZIP codes with their points: `zip,city,state,county,latitude,longitude,point_source`.
//!
//! [`mod@read`] reads the file, [`zones`] adds the zone of each place's clocks and [`outline`] checks
//! points against the outlines of their states.

pub mod outline;
pub mod read;
pub mod zones;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::{DateTime, Utc};
use serde::Serialize;

use self::outline::{Outlines, TOLERANCE_MILES};
use self::read::{PlaceFile, read};
use self::zones::Zones;
use super::ImportError;
use super::file::{PartKind, open_csv};
use super::report::{Remark, Remarks, rejects_too_much};
use super::seed::{STATE_OUTLINES, ZONE_EXCEPTIONS};
use crate::store::scope::Replaced;
use crate::store::{Store, bulk};

/// One place in this many may be gone from a new file, 5 %, before somebody has to say that it is meant.
/// A file that lacks more is likely cut short, or of one state.
const REMOVABLE: usize = 20;

/// What an import of places did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Was nothing written?
    pub dry_run: bool,
    /// Rows of the file.
    pub rows: u64,
    /// ZIPs not on file before.
    pub new: usize,
    /// ZIPs that changed.
    pub changed: usize,
    /// ZIPs that did not.
    pub unchanged: usize,
    /// ZIPs on file that the file lacks; they are gone.
    pub removed: usize,
    /// Rows not taken over.
    pub rejected: Remarks,
    /// Points far outside their state: kept, to be looked at.
    pub flagged: Remarks,
    /// Was it refused, because more rows were rejected than allowed, or because too many places would go?
    pub refused: bool,
    /// Was it refused because more than 5 % of the places on file would go?
    pub too_many_removed: bool,
}

impl Report {
    /// ZIPs on file before; 0 when the file was refused for its own rows.
    pub const fn on_file(&self) -> usize {
        self.changed + self.unchanged + self.removed
    }
}

/// How an import of places is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The share of rejected rows up to which the rest is taken over.
    pub max_rejected: f64,
    /// May more than 5 % of the places on file go?
    pub allow_removals: bool,
    /// Write nothing?
    pub dry_run: bool,
}

/// How long a place file is, once it is seen to be CSV.
pub fn bytes(path: &Path) -> Result<u64, ImportError> {
    let parts = open_csv(path, PartKind::Main)?;
    Ok(parts.iter().map(|part| part.bytes).sum())
}

/// Makes the places of a file all there are, in one transaction with one entry in the log.
///
/// A file that lacks more than 5 % of the places on file is refused unless `options` allow it: people
/// and searches find their points through them.
pub async fn run(
    store: &Store,
    at: DateTime<Utc>,
    path: &Path,
    options: Options,
    progress: Arc<AtomicU64>,
) -> Result<Report, ImportError> {
    let stopped = |error: String| ImportError::Stopped(error);
    // Says what the file is when it is no CSV.
    open_csv(path, PartKind::Main)?;
    let source = File::open(path).map_err(|source| ImportError::Open {
        path: path.to_owned(),
        source,
    })?;
    let name = path.display().to_string();
    let parsed = tokio::task::spawn_blocking(move || {
        let zones = Zones::read(ZONE_EXCEPTIONS).map_err(stopped)?;
        let outlines = Outlines::read(STATE_OUTLINES).map_err(stopped)?;
        let file = read(&name, source, &zones, progress)?;
        let flagged = outside(&name, &file, &outlines);
        Ok::<_, ImportError>((file, flagged))
    });
    let (file, flagged) = parsed.await.map_err(|error| stopped(error.to_string()))??;
    let mut report = Report {
        dry_run: options.dry_run,
        rows: file.rows,
        refused: rejects_too_much(file.rejected.count, file.rows, options.max_rejected),
        rejected: file.rejected,
        flagged,
        ..Report::default()
    };
    if !report.refused {
        let is_refused = |change: &Replaced| !options.allow_removals && removes_too_many(change);
        let is_wanted = |change: &Replaced| !options.dry_run && !is_refused(change);
        let replaced = bulk::replace_places_if(store, &file.places, at, is_wanted).await?;
        report.too_many_removed = is_refused(&replaced);
        report.refused = report.too_many_removed;
        report.new = replaced.added;
        report.changed = replaced.changed;
        report.unchanged = replaced.unchanged;
        report.removed = replaced.removed;
    }
    Ok(report)
}

/// Would more than 5 % of the places on file go?
const fn removes_too_many(change: &Replaced) -> bool {
    let on_file = change.changed + change.unchanged + change.removed;
    change.removed * REMOVABLE > on_file
}

/// Points that lie far outside the outline of their state.
fn outside(name: &str, file: &PlaceFile, outlines: &Outlines) -> Remarks {
    let mut flagged = Remarks::default();
    for (place, line) in file.places.iter().zip(&file.lines) {
        let Some(miles) = outlines.miles_outside(place.jurisdiction, place.point) else {
            continue;
        };
        if miles > TOLERANCE_MILES {
            flagged.add(Remark {
                file: name.to_owned(),
                line: *line,
                key: place.postal_code.to_string(),
                code: "OUTSIDE_STATE",
                reason: format!(
                    "the point lies {miles:.0} miles outside {}",
                    place.jurisdiction
                ),
            });
        }
    }
    flagged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_in_twenty_may_go() {
        for (removed, unchanged, changed, expected) in [
            (0, 0, 0, false),
            (5, 90, 5, false),
            (6, 90, 4, true),
            (1, 0, 0, true),
        ] {
            let change = Replaced {
                added: 1_000,
                removed,
                changed,
                unchanged,
            };
            assert_eq!(removes_too_many(&change), expected, "{change:?}");
        }
    }
}
