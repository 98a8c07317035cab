//! One desk has the register, however many are started at once (D-10).

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::Utc;
use dossiers::{EmbeddedRegister, OpenError, RegisterKey};
use secrecy::{ExposeSecret, SecretString};

const FOLDER: &str = "DOSSIERS_ONE_FOLDER";
const KEY: &str = "DOSSIERS_ONE_KEY";

#[test]
fn fifty_desks_started_at_once_leave_one_and_its_end_leaves_none() {
    if let (Ok(folder), Ok(key)) = (std::env::var(FOLDER), std::env::var(KEY)) {
        start(Path::new(&folder), &SecretString::from(key));
    }
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    for _ in 0..3 {
        let mut desks: Vec<Child> = (0..50).map(|_| launch(home.path(), &key)).collect();
        // The survivor says so and stays; each of the others says why and ends by itself.
        let told: Vec<String> = desks.iter_mut().map(first_word).collect();
        let survivors: Vec<usize> = (0..told.len())
            .filter(|desk| told[*desk] == "open")
            .collect();
        assert_eq!(survivors.len(), 1, "{told:?}");
        for (number, desk) in desks.iter_mut().enumerate() {
            if number != survivors[0] {
                assert_eq!(told[number], "in use");
                assert!(desk.wait().unwrap().success());
            }
        }
        let survivor = &mut desks[survivors[0]];
        assert!(survivor.try_wait().unwrap().is_none());
        survivor.kill().unwrap();
        survivor.wait().unwrap();
        let mut next = launch(home.path(), &key);
        assert_eq!(
            first_word(&mut next),
            "open",
            "a dead desk's lock was left behind"
        );
        next.kill().unwrap();
        next.wait().unwrap();
    }
}

fn launch(home: &Path, key: &RegisterKey) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture"])
        .arg("one_desk::fifty_desks_started_at_once_leave_one_and_its_end_leaves_none")
        .env(FOLDER, home)
        .env(KEY, key.to_secret().expose_secret())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn first_word(desk: &mut Child) -> String {
    BufReader::new(desk.stdout.take().unwrap())
        .lines()
        .find_map(|line| line.unwrap().strip_prefix("desk: ").map(str::to_owned))
        .unwrap_or_else(|| "nothing".into())
}

fn start(home: &Path, key: &SecretString) -> ! {
    let key = RegisterKey::from_secret(key).unwrap();
    let asked = Instant::now();
    let opened = EmbeddedRegister::open(&home.join("register"), &key, Utc::now());
    let took = asked.elapsed();
    match opened {
        Ok(register) => {
            println!("\ndesk: open");
            // Until it is killed: its standard input ends with the test.
            let _ = std::io::stdin().read_line(&mut String::new());
            drop(register);
        }
        Err(OpenError::InUse) if took <= Duration::from_secs(1) => println!("\ndesk: in use"),
        Err(OpenError::InUse) => println!("\ndesk: in use, said after {took:?}"),
        Err(error) => println!("\ndesk: {error}"),
    }
    std::process::exit(0)
}
