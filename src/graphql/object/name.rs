use async_graphql::{Description, Object};

/// A person's name as its source writes it.
#[derive(Description)]
pub struct PersonName(pub domain::name::PersonName);

#[Object(use_type_description)]
impl PersonName {
    /// All parts in their usual order, with single spaces.
    async fn full(&self) -> String {
        self.0.full()
    }

    /// Given name.
    async fn given(&self) -> Option<&str> {
        self.0.given.as_deref()
    }

    /// Middle name or names.
    async fn middle(&self) -> Option<&str> {
        self.0.middle.as_deref()
    }

    /// Family name.
    async fn family(&self) -> Option<&str> {
        self.0.family.as_deref()
    }

    /// "Jr.", "III".
    async fn suffix(&self) -> Option<&str> {
        self.0.suffix.as_deref()
    }
}
