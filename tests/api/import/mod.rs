//! Files that come in: the command as a process, over files of made-up people and the real sample.

mod bundle;
mod claimed;
mod directory;
mod file;
mod leie;
mod lifecycle;
mod places;
mod refused;
mod roster;
mod sample;
mod scope;
mod seed;
mod smaller;
