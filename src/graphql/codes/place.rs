use async_graphql::Enum;

/// How exactly a coordinate tells where something is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::place::CoordinatePrecision")]
pub enum CoordinatePrecision {
    /// The building.
    Rooftop,
    /// The street.
    Street,
    /// The middle of the ZIP code.
    ZipCentroid,
    /// The middle of the town.
    PlaceCentroid,
    /// Nobody said.
    Unknown,
}

/// What a place is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::place::PlaceKind")]
pub enum PlaceKind {
    /// A ZIP code.
    Zip,
    /// A city, at the middle of its ZIP codes.
    City,
    /// A state or territory, at the middle of its ZIP codes.
    State,
}
