//! The borders of the house.
