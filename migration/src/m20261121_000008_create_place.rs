//! ZIP codes with their points, from which cities and states follow.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{double, text, text_null};

use crate::column::one_of;

const POINT_SOURCES: &[&str] = &["ZCTA", "GEONAMES", "PARENT_ZCTA"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("place")
                    .col(text("postal_code").primary_key())
                    .col(text_null("city"))
                    .col(text("jurisdiction"))
                    .col(text_null("county"))
                    .col(double("latitude"))
                    .col(double("longitude"))
                    .col(text("point_source"))
                    .col(text("zone"))
                    .check(one_of("point_source", POINT_SOURCES))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
