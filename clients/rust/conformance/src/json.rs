//! Messages from and to proto3 JSON, by the descriptors of the contract. prost itself knows no JSON.

use std::sync::LazyLock;

use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor};
use serde_json::Value;

use crate::case::Failure;

/// The contract, and the details of errors. Made by `make gen`.
static CONTRACT: LazyLock<DescriptorPool> = LazyLock::new(|| {
    DescriptorPool::decode(include_bytes!("../contract.binpb").as_slice()).expect("the file is a descriptor set")
});

/// The request and the answer of a method, such as `tako.v1.BooksService/Search`.
pub fn messages_of(call: &str) -> Result<(MessageDescriptor, MessageDescriptor), Failure> {
    let (service, method) = call.split_once('/').ok_or_else(|| format!("{call:?} is not a method"))?;
    let service = CONTRACT.get_service_by_name(service).ok_or_else(|| format!("no service {service}"))?;
    let method = service.methods().find(|one| one.name() == method).ok_or_else(|| format!("no method {call}"))?;
    Ok((method.input(), method.output()))
}

/// A message by its name.
pub fn message(name: &str) -> Result<MessageDescriptor, Failure> {
    CONTRACT.get_message_by_name(name).ok_or_else(|| format!("no message {name}").into())
}

/// A request of the table.
pub fn read<M: Message + Default>(kind: MessageDescriptor, text: &Value) -> Result<M, Failure> {
    let message = DynamicMessage::deserialize(kind, text.clone())?;
    Ok(M::decode(message.encode_to_vec().as_slice())?)
}

/// The JSON of a message, from its bytes.
pub fn write(kind: MessageDescriptor, bytes: &[u8]) -> Result<Value, Failure> {
    Ok(serde_json::to_value(DynamicMessage::decode(kind, bytes)?)?)
}
