//! ZIP codes with their points: `zip,city,state,county,latitude,longitude,point_source`.
//!
//! [`read`] reads the file, [`zones`] adds the zone of each place's clocks and [`outline`] checks
//! points against the outlines of their states.

pub mod outline;
pub mod read;
pub mod zones;
