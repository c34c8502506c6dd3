//! Builds the npm package `kepu` into `kepu-wasm/dist`: `cargo run -p kepu-pack`, from anywhere. `-- json FILE` shows a notice
//! that is TOML as the JSON that the package reads.
//!
//! Two modules are built of the one crate: the form's, and the late one that reads and writes spreadsheets. Each loses
//! the words of its panics, goes through wasm-bindgen (as a library, so that Cargo.lock pins it), then binaryen; the TypeScript
//! goes through esbuild and tsc.

mod features;
mod page;
mod panics;
mod tools;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// One WebAssembly of the package.
struct Module {
    /// Its folder in `build`, where TypeScript finds what wasm-bindgen wrote for it.
    name: &'static str,
    /// Its file in `dist`.
    file: &'static str,
    /// The features of the crate.
    crate_features: &'static str,
    /// The features of WebAssembly that it may use.
    allowed: &'static [features::Feature],
    /// How binaryen makes it small.
    passes: &'static [&'static str],
    /// More than this it never asks for, in bytes: what a record needs many times over; what a spreadsheet may unpack to, its
    /// cells and its copy.
    most_memory: u64,
}

const MODULES: [Module; 2] = [
    Module {
        name: "form",
        file: "kepu.wasm",
        crate_features: "",
        allowed: features::FORM,
        passes: features::SMALLEST,
        most_memory: 256 << 20,
    },
    Module {
        name: "files",
        file: "kepu-files.wasm",
        crate_features: "files",
        allowed: features::FILES,
        passes: features::SMALL,
        most_memory: 4 << 30,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => build(),
        ["json", file] => json(file),
        _ => Err("usage: cargo run -p kepu-pack [-- json FILE]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tools::complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn json(file: &str) -> Result<()> {
    let notice = kepu_core::Notice::from_toml(&fs::read_to_string(file)?)?;
    Ok(writeln!(std::io::stdout(), "{}", notice.to_json())?)
}

fn build() -> Result<()> {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    tools::node_modules(&house)?;
    let dist = house.join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    for module in &MODULES {
        module.build(&house, &dist)?;
    }
    typescript(&house)?;
    page::build(&house)?;
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(house.join("..").join(license), house.join(license))?;
    }
    Ok(())
}

impl Module {
    /// Builds the module; what was compiled before and is the same is optimised no second time.
    fn build(&self, house: &Path, dist: &Path) -> Result<()> {
        let compiled = features::declared(&panics::silenced(&fs::read(self.compile(house)?)?)?, self.allowed)?;
        let glue = house.join("build").join(self.name);
        let (known, optimised) = (glue.join("compiled.wasm"), glue.join("optimised.wasm"));
        if fs::read(&known).ok().as_ref() != Some(&compiled) || !optimised.exists() {
            if glue.exists() {
                fs::remove_dir_all(&glue)?;
            }
            let mut bindgen = Bindgen::new();
            bindgen.input_bytes("kepu", compiled.clone()).web(true)?;
            bindgen.omit_default_module_path(true).reset_state_function(true).typescript(true);
            bindgen.remove_producers_section(true).remove_name_section(true);
            bindgen.generate(&glue)?;
            features::optimise(house, self.passes, self.allowed, &glue.join("kepu_bg.wasm"), &optimised)?;
            fs::write(&known, &compiled)?;
        }
        fs::copy(&optimised, dist.join(self.file))?;
        Ok(())
    }

    fn compile(&self, house: &Path) -> Result<PathBuf> {
        let most_memory = format!("link-arg=--max-memory={}", self.most_memory);
        let arguments = ["rustc", "-q", "-p", "kepu-wasm", "--lib", "--target", TARGET, "--profile", "wasm"];
        let more = ["--features", self.crate_features, "--target-dir", "../target", "--", "-C", &most_memory];
        tools::run(house, "cargo", &[&arguments[..], &more[..]].concat())?;
        Ok(house.join("../target").join(TARGET).join("wasm/kepu_wasm.wasm"))
    }
}

const TARGET: &str = "wasm32-unknown-unknown";

/// Notices are put in as the text that the module reads.
pub(crate) const NOTICES: &str = "--loader:.tape=text";

/// What esbuild makes one file of each of, and for whom.
const ENTRIES: [(&str, &str); 4] = [("index", "browser"), ("worker", "browser"), ("node", "node"), ("worker-node", "node")];

fn typescript(house: &Path) -> Result<()> {
    tools::bin(house, "tsc", &["--project", "tsconfig.json"])?;
    for (entry, platform) in ENTRIES {
        let entry = format!("js/{entry}.ts");
        let target = format!(
            "--target={}",
            match platform {
                "node" => "node20".into(),
                _ => format!("chrome{}", features::oldest_chromium(features::FORM)),
            }
        );
        let platform = format!("--platform={platform}");
        let build = [&*entry, &platform, &target, "--bundle", "--splitting", "--format=esm", "--minify", "--sourcemap", NOTICES];
        tools::bin(house, "esbuild", &[&build[..], &["--outdir=dist", "--log-level=warning"]].concat())?;
    }
    Ok(())
}
