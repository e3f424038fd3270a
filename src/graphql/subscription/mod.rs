//! What clients are told without asking again, over `/graphql/ws`: one subject a file.

mod case_queue;

use async_graphql::MergedSubscription;

pub use case_queue::CaseQueueChange;

/// What clients are told without asking again.
#[derive(MergedSubscription, Default)]
pub struct Subscription(case_queue::CaseQueueSubscription);
