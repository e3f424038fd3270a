//! Issuers by their names in time, and what follows when one is not to be trusted.

mod names;
mod records;
mod taint;
