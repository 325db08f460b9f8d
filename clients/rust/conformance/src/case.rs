//! The rows of the table, as clients/conformance/cases.json has them.

use std::collections::HashMap;
use std::{env, fs};

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

pub type Failure = Box<dyn std::error::Error>;

#[derive(Deserialize)]
struct Table {
    version: u32,
    cases: Vec<Case>,
}

/// What is asked of which server, and what must come of it.
#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    pub kind: String,
    pub server: String,
    pub call: String,
    pub request: Value,
    pub options: Options,
    pub expect: Expect,
}

/// How it is asked.
#[derive(Deserialize)]
pub struct Options {
    pub timeout_ms: Option<u64>,
    pub cancel_after_ms: Option<u64>,
    pub api_key: Option<String>,
    pub admin_token: Option<String>,
    #[serde(default)]
    pub metadata: HashMap<String, String>,
}

/// One of the three.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Expect {
    Response(Vec<Check>),
    Events(Vec<Check>),
    Error(Failed),
}

/// What the client's error must tell.
#[derive(Deserialize)]
pub struct Failed {
    pub code: String,
    pub reason: Option<String>,
    pub domain: Option<String>,
    #[serde(default)]
    pub details: Vec<Detail>,
    pub retryable: Option<bool>,
}

/// One that must be among the details of the error.
#[derive(Deserialize)]
pub struct Detail {
    #[serde(rename = "type")]
    pub name: String,
    pub checks: Vec<Check>,
}

/// One test of what a path finds.
pub struct Check {
    pub path: String,
    pub test: String,
    pub want: Value,
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        let path = fields.remove("path");
        let mut tests = fields.into_iter();
        match (path, tests.next(), tests.next()) {
            (Some(Value::String(path)), Some((test, want)), None) => Ok(Self { path, test, want }),
            _ => Err(serde::de::Error::custom("a check has a path and one test")),
        }
    }
}

/// Reads the table.
pub fn load() -> Result<Vec<Case>, Failure> {
    let path = env::var("TAKO_TEST_CASES").map_err(|_| "TAKO_TEST_CASES is not set: see clients/conformance")?;
    let table: Table = serde_json::from_str(&fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?)?;
    if table.version != 1 || table.cases.is_empty() {
        return Err(format!("{path}: not a table of version 1 with cases in it").into());
    }
    Ok(table.cases)
}
