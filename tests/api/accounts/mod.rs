//! Who is asking, over a real port: passwords and links, throttling, second factors, sessions, keys.

mod browser;
mod command;
mod engines;
mod house;
mod keys;
mod links;
mod pages;
mod recovery;
mod roles;
mod second_factor;
mod secrets;
mod sessions;
mod sign_in;
