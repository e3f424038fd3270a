//! Which people's rows are read.

use sea_orm::sea_query::Expr;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

/// People, by NPI.
pub(super) enum Selection {
    /// From the first through the last. A page of a walk over everybody: two bound values.
    Between(i64, i64),
    /// Each by name.
    Of(Vec<i64>),
}

impl Selection {
    /// Does a column hold one of the NPIs?
    pub(super) fn covers(&self, column: impl ColumnTrait) -> Expr {
        match self {
            Self::Between(first, last) => column.between(*first, *last),
            Self::Of(npis) => column.is_in(npis.iter().copied()),
        }
    }

    /// The numbers of the rows that belong to the people, for tables one step further away.
    pub(super) fn ids<E: EntityTrait>(&self, id: E::Column, npi: E::Column) -> SelectStatement {
        E::find()
            .select_only()
            .column(id)
            .filter(self.covers(npi))
            .into_query()
    }
}
