//! The law from its two files: `scope_rules.csv` and `scope_requirements.csv`.

pub mod read;
