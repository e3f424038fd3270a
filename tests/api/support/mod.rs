//! What every test stands on.

pub(crate) mod database;
pub(crate) mod desk;
pub(crate) mod engine;
pub(crate) mod equipment;
pub(crate) mod evidence;
pub(crate) mod on_file;
pub(crate) mod people;
pub(crate) mod port;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod world;
