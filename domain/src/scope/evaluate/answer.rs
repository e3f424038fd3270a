use chrono::NaiveDate;

use crate::codes::codes;
use crate::time::{earlier_end, later_end};

codes! {
    /// What was found of a requirement.
    pub enum RequirementResult("requirement result") {
        /// Proved.
        Met = "MET",
        /// Proved to fall short.
        NotMet = "NOT_MET",
        /// Not proved.
        NotEvidenced = "NOT_EVIDENCED",
    }
}

/// What was found of a requirement, with the fact that decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Proved.
    Met {
        /// It holds at least through this day; `None` when nothing ends it.
        until: Option<NaiveDate>,
    },
    /// Proved to fall short.
    NotMet(Shortfall),
    /// Not proved.
    NotEvidenced(Lack),
}

/// How verified evidence falls short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// So many minutes are proved.
    Minutes(u32),
    /// So many sessions are proved.
    Sessions(u32),
    /// Licensed only since that day.
    LicensedSince(NaiveDate),
    /// The degree that is proved is of a lower level.
    LowerDegree,
    /// The training took longer than allowed.
    Took {
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
    },
    /// The register was asked on that day and has none.
    NotInRegister(NaiveDate),
    /// The other licence is not in force.
    OtherLicenseNotInForce,
}

/// Why a requirement is not proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// What is asked, or how much of it, was not found in any text.
    NotKnown,
    /// Nothing of that kind is verified.
    NothingVerified,
    /// Enough of it for limited practice: so many minutes.
    LimitedPractice(u32),
    /// The verified papers do not say how much of it they hold.
    NotStated,
    /// The verified papers do not say when it was done.
    NotDated,
    /// Courses of several issuers share days, whose hours count once.
    Overlapping,
    /// It cannot be judged before the hours are complete.
    HoursIncomplete,
    /// Some of it is verified, not all.
    Incomplete,
}

impl Answer {
    /// The result alone.
    pub const fn result(self) -> RequirementResult {
        match self {
            Self::Met { .. } => RequirementResult::Met,
            Self::NotMet(_) => RequirementResult::NotMet,
            Self::NotEvidenced(_) => RequirementResult::NotEvidenced,
        }
    }

    /// The last day through which a met requirement holds, where one is known.
    pub const fn until(self) -> Option<NaiveDate> {
        match self {
            Self::Met { until } => until,
            Self::NotMet(_) | Self::NotEvidenced(_) => None,
        }
    }

    /// Both are asked for: falling short outweighs not being proved.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Met { until: one }, Self::Met { until: two }) => Self::Met {
                until: earlier_end(one, two),
            },
            (Self::NotMet(_), _) => self,
            (_, Self::NotMet(_)) => other,
            (Self::NotEvidenced(_), _) => self,
            (_, Self::NotEvidenced(_)) => other,
        }
    }

    /// Either will do: it falls short only when both do.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Met { until: one }, Self::Met { until: two }) => Self::Met {
                until: later_end(one, two),
            },
            (_, Self::Met { .. }) | (Self::NotMet(_), Self::NotEvidenced(_)) => other,
            (Self::Met { .. } | Self::NotEvidenced(_), _) | (Self::NotMet(_), Self::NotMet(_)) => {
                self
            }
        }
    }
}
