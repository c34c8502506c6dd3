//! The notices that come with the software, and those that prove that nothing of Henan is in the code.

use std::fs;
use std::path::{Path, PathBuf};

use kepu_core::Notice;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn notices() -> [(&'static str, &'static str); 4] {
    [
        ("kepu-core/notices/henan-2023.toml", "tests/data/henan-2023.txt"),
        ("tests/data/notices/2017-env-society.toml", "tests/data/notices/2017-env-society.txt"),
        ("tests/data/notices/2025-shaanxi-normal.toml", "tests/data/notices/2025-shaanxi-normal.txt"),
        ("tests/data/notices/invented-2031.toml", "tests/data/notices/invented-2031.txt"),
    ]
}

fn loaded(path: &str) -> Notice {
    Notice::from_toml(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_generated_json_is_that_of_the_toml() {
    for id in Notice::ids() {
        let path = root().join(format!("kepu-core/notices/generated/{id}.json"));
        let notice = loaded(&format!("kepu-core/notices/{id}.toml"));
        if std::env::var_os("KEPU_RENEW").is_some() {
            fs::write(&path, notice.to_json()).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), notice.to_json(), "{id}.json is stale: run `tests/run renew`");
    }
}

#[test]
fn a_notice_out_and_in_again_is_the_same() {
    for (path, _) in notices() {
        let notice = loaded(path);
        assert!(Notice::from_json(notice.to_json()).unwrap() == notice, "{path}");
    }
}

#[test]
fn every_quote_stands_in_the_text_of_its_notice() {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (path, text) in notices() {
        let text = bare(&read(text));
        let mut quotes = 0;
        for line in read(path).lines() {
            for quoted in line.split("quote = \"").skip(1) {
                let quote = quoted.split('"').next().unwrap();
                assert!(text.contains(&bare(quote)), "{path}: {quote}");
                quotes += 1;
            }
        }
        assert!(quotes > 5, "{path}: only {quotes} quotes");
    }
}

#[test]
fn all_faults_of_a_notice_are_told_at_their_places() {
    let error =
        Notice::from_toml("format = 1\nid = \"x\"\nyear = 2030\nyaer = 1\n[[periods]]\nrole = \"widnow\"\nclause = \"一\"\n")
            .unwrap_err();
    let places: Vec<(u32, &str)> = error.faults().iter().map(|fault| (fault.line, fault.key.as_str())).collect();
    assert!(places.contains(&(4, "yaer")), "{places:?}");
    assert!(places.contains(&(6, "periods[0].role")), "{places:?}");
}
