//! The GraphQL endpoint with its gate, health and metrics.
