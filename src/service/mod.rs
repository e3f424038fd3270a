//! One use case a function; no SQL, HTTP or GraphQL here.
