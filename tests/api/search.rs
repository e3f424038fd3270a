//! Who is found near a place.
