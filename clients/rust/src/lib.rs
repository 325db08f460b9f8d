#![doc = include_str!("../README.md")]

mod address;
mod builder;
mod client;
mod deadline;
mod error;
mod pages;
mod reason;
mod retry;
mod transport;

pub use builder::ClientBuilder;
pub use client::Client;
pub use error::Error;
pub use pages::{Page, Paged};
pub use reason::Reason;
pub use tonic_health::pb::health_check_response::ServingStatus;
pub use transport::Transport;
// What the signatures here and in `v1` are made of, in the versions that fit.
pub use {prost_types, tonic, tonic_types};

/// The contract: every message, and a client for each service. Generated from `proto/tako/v1`.
// The texts are those of the contract, the style is the generator's.
#[allow(missing_docs, clippy::all, rustdoc::all)]
#[rustfmt::skip]
pub mod v1 {
    include!("generated/tako.v1.rs");
}

/// The version of this client.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
