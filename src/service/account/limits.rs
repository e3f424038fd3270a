//! How long what lasts, and how often may be guessed. docs/security.md tells the same.

use chrono::TimeDelta;

/// A first link may be redeemed for so long.
pub const ACTIVATION: TimeDelta = TimeDelta::hours(72);
/// A link for another password, which somebody asked for just now.
pub const RESET: TimeDelta = TimeDelta::hours(1);
/// A session that is not used ends.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session ends however much it is used.
pub const SESSION: TimeDelta = TimeDelta::hours(12);
/// The last use of a session or key is kept to within this.
pub const COARSE: TimeDelta = TimeDelta::minutes(1);
/// That a person asks for another password is noted at most once in this, for one account.
pub const RESET_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Attempts on one name before the first delay.
pub const FREE_PER_NAME: u32 = 5;
/// Attempts from one address before the first delay: an office shares one.
pub const FREE_PER_ADDRESS: u32 = 20;
/// The first delay; each further failure doubles it.
pub const FIRST_DELAY: TimeDelta = TimeDelta::seconds(1);
/// The longest delay: guessing stays hopeless, and nobody is locked out for good by a stranger.
pub const LONGEST_DELAY: TimeDelta = TimeDelta::minutes(15);
/// Failures are forgotten after this long without another.
pub const FORGOTTEN: TimeDelta = TimeDelta::hours(24);

/// One step of a second factor, in seconds (RFC 6238, section 4).
pub const TOTP_STEP: u64 = 30;
/// Steps before and after the present one whose codes are taken (RFC 6238, section 5.2).
pub const TOTP_SKEW: u16 = 1;
