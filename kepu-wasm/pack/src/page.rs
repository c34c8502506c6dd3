//! The page of `www`: as a folder for a server, and as one file that opens from a disk.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::{Result, features, tools};

/// What the page needs beside its own files.
const PARTS: [&str; 3] = ["kepu.wasm", "kepu-files.wasm", "worker.js"];
/// What stands in `www` as it is served.
const PLAIN: [&str; 2] = ["index.html", "style.css"];

/// Builds both into `dist/www`.
pub(crate) fn build(house: &Path) -> Result<()> {
    let (www, dist) = (house.join("www"), house.join("dist"));
    let out = dist.join("www");
    fs::create_dir_all(&out)?;
    for name in PARTS {
        fs::copy(dist.join(name), out.join(name))?;
    }
    for name in PLAIN {
        fs::copy(www.join(name), out.join(name))?;
    }
    tools::bin(house, "tsc", &["--project", "www/tsconfig.json"])?;
    bundle(house, "main", "dist/www", &[])?;
    let files: Vec<&str> = PARTS.iter().chain(&PLAIN).copied().chain(["main.js"]).collect();
    let mut print = Sha256::new();
    for name in &files {
        print.update(fs::read(out.join(name))?);
    }
    let list = files.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",");
    let print: String = BASE64_STANDARD.encode(print.finalize()).chars().take(16).collect();
    bundle(house, "sw", "dist/www", &[&format!("--define:FILES=[\"./\",{list}]"), &format!("--define:PRINT=\"{print}\"")])?;
    single(house, &out)
}

fn bundle(house: &Path, name: &str, out: &str, more: &[&str]) -> Result<()> {
    let (entry, target) = (format!("www/{name}.ts"), format!("--target=chrome{}", features::oldest_chromium(features::FORM)));
    let out = format!("--outdir={out}");
    let all = [&*entry, &target, &out, "--bundle", "--format=esm", "--minify", "--log-level=warning", crate::NOTICES];
    tools::bin(house, "esbuild", &[&all[..], more].concat())
}

/// Everything in one HTML file; its policy allows just this script and this style.
fn single(house: &Path, out: &Path) -> Result<()> {
    fs::copy(house.join("dist/worker.js"), house.join("build/worker.txt"))?;
    bundle(house, "single", "build", &["--loader:.wasm=binary", "--loader:.txt=text"])?;
    let script = fs::read_to_string(house.join("build/single.js"))?.replace("</script", "<\\/script");
    let style = fs::read_to_string(house.join("www/style.css"))?;
    let page = fs::read_to_string(house.join("www/index.html"))?;
    let page = swap(&page, r#"<link rel="stylesheet" href="style.css">"#, &format!("<style>{style}</style>"))?;
    let page =
        swap(&page, r#"<script type="module" src="main.js"></script>"#, &format!(r#"<script type="module">{script}</script>"#))?;
    let page = swap(&page, "script-src 'self'", &format!("script-src '{}'", fingerprint(&script)))?;
    let page = swap(&page, "style-src 'self'", &format!("style-src '{}'", fingerprint(&style)))?;
    fs::write(out.join("kepu.html"), page)?;
    Ok(())
}

fn fingerprint(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// The page with one thing swapped for another; an error if it is not there once.
fn swap(page: &str, from: &str, to: &str) -> Result<String> {
    match page.split_once(from) {
        Some((before, behind)) if !behind.contains(from) => Ok([before, to, behind].concat()),
        _ => Err(format!("www/index.html should hold this once: {from}").into()),
    }
}
