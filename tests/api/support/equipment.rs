//! What a node under test is given: the same chance and key each time, and passwords that cost nothing.

use drypoint::app::Equipment;
use drypoint::chance::Chance;
use drypoint::clock::Clock;
use drypoint::password::Cost;
use drypoint::secret::Secret;

pub(crate) fn equipment(clock: Clock) -> Equipment {
    Equipment {
        clock,
        chance: Chance::seeded(1),
        secret: Secret::of([7; 32]),
        password_cost: Cost::LEAST,
        vault: None,
    }
}
