//! What the build calls: cargo, npm, and the tools that npm brings.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::Result;

/// Says why there is no package.
pub(crate) fn complain(why: &str) {
    // Nobody is left to be told where this cannot be written.
    let _ = writeln!(std::io::stderr(), "kepu-pack: {why}");
}

/// Runs a program in the house; an error unless it succeeds.
pub(crate) fn run(house: &Path, program: &str, arguments: &[&str]) -> Result<()> {
    let status = Command::new(program).args(arguments).current_dir(house).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program} {} ended with {status}", arguments.join(" ")).into()),
        Err(error) => Err(format!("{program} cannot be run ({error}); {}", way_out(program)).into()),
    }
}

/// Runs a tool that npm brought.
pub(crate) fn bin(house: &Path, tool: &str, arguments: &[&str]) -> Result<()> {
    let script = house.join("node_modules/.bin").join(tool);
    run(house, &script.to_string_lossy(), arguments)
}

/// The pinned tools, brought by npm where they are not there or not the locked ones.
pub(crate) fn node_modules(house: &Path) -> Result<()> {
    let lock = std::fs::read(house.join("package-lock.json"))?;
    let stamp = house.join("node_modules/.kepu-lock");
    if std::fs::read(&stamp).is_ok_and(|had| had == lock) {
        return Ok(());
    }
    run(house, "npm", &["ci", "--no-progress", "--loglevel=error"])?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

fn way_out(program: &str) -> &'static str {
    match program {
        "npm" => "install Node 20 or newer, which brings npm: https://nodejs.org, or `apt-get install nodejs npm`",
        "cargo" => "install Rust with rustup",
        _ => "run `npm ci` in kepu-wasm",
    }
}
