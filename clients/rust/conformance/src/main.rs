//! Runs the conformance table that all clients of Tako share (clients/conformance) through this one. It is started by
//! `make clients-test`, which starts the servers and sets the environment.

mod asking;
mod case;
mod check;
mod json;
mod judge;

use std::process::ExitCode;
use std::time::Duration;

use case::{Case, Failure};

/// Ends a case that never does. It is longer than any deadline of the table.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Failure> {
    let (mut passed, mut failed) = (0, 0);
    for case in case::load()? {
        match run(&case).await {
            Ok(()) => passed += 1,
            Err(failure) => {
                failed += 1;
                println!("failed {}: {failure}", case.id);
            }
        }
    }
    println!("rust: {passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run(case: &Case) -> Result<(), Failure> {
    let asked = tokio::time::timeout(PATIENCE, asking::ask(case)).await;
    judge::judge(case, asked.map_err(|_| format!("did not end within {PATIENCE:?}"))??)
}
