//! LibreOffice and poppler: what a workbook looks like to somebody else. `KEPU_PICTURES` names a folder that keeps the
//! pictures.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const MISSING: &str = "is missing; tests/run installs it, or: apt-get install --no-install-recommends libreoffice-calc-nogui fonts-noto-cjk poppler-utils";

fn run(command: &mut Command) -> Output {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.output().unwrap_or_else(|_| panic!("{program} {MISSING}"));
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    done
}

/// A folder of a test's own, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workbooks").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Converts files of a folder, each beside itself.
pub fn convert(folder: &Path, to: &str, files: &[&str]) {
    let profile = format!("-env:UserInstallation=file://{}/office", env!("CARGO_TARGET_TMPDIR"));
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(folder);
    run(command.args(files.iter().map(|file| folder.join(file))));
    for file in files {
        assert!(folder.join(file).with_extension(to).exists(), "LibreOffice did not open {file}");
    }
}

/// The words that a page shows.
pub fn text(folder: &Path, name: &str) -> String {
    let done = run(Command::new("pdftotext").arg(folder.join(name).with_extension("pdf")).arg("-"));
    String::from_utf8(done.stdout).unwrap()
}

/// Keeps pictures of the pages for somebody to look at.
pub fn pictures(folder: &Path, names: &[&str]) {
    let Some(kept) = std::env::var_os("KEPU_PICTURES").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&kept).unwrap();
    for name in names {
        run(Command::new("pdftoppm")
            .args(["-r", "90", "-png"])
            .arg(folder.join(name).with_extension("pdf"))
            .arg(kept.join(name)));
    }
}
