//! One table a file: columns and relations, no rules, no GraphQL.
