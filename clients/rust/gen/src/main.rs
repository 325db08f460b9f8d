//! Writes `tako.v1.rs` and `contract.binpb` from a descriptor set of the contract.
//!
//!     tako-client-gen DESCRIPTORS OUT_DIR
//!
//! Run by `make gen`. A user of the crate needs neither this nor protoc: what it writes is committed.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use prost::Message;
use prost_types::FileDescriptorSet;

/// Rules and routes are the server's.
const NOT_OURS: [&str; 2] = ["buf/", "google/api/"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [descriptors, out] = arguments.as_slice() else {
        return Err("usage: tako-client-gen DESCRIPTORS OUT_DIR".into());
    };
    // prost drops the options that it does not know: what refers to rules and routes is gone with this.
    let mut contract = FileDescriptorSet::decode(fs::read(descriptors)?.as_slice())?;
    contract.file.retain(|file| is_ours(file.name()));
    for file in &mut contract.file {
        file.dependency.retain(|name| is_ours(name));
    }
    fs::create_dir_all(out)?;
    tonic_prost_build::configure()
        .build_server(false)
        // The client has a connection of its own: retries and deadlines are in it.
        .build_transport(false)
        // Only `google.rpc.Status` is used by the contract; tonic-types has it.
        .extern_path(".google.rpc", "::tonic_types")
        .emit_rerun_if_changed(false)
        .out_dir(Path::new(out))
        .compile_fds(contract.clone())?;

    for file in &mut contract.file {
        file.source_code_info = None;
    }
    fs::write(Path::new(out).join("contract.binpb"), contract.encode_to_vec())?;
    Ok(())
}

fn is_ours(file: &str) -> bool {
    !NOT_OURS.iter().any(|folder| file.starts_with(folder))
}
