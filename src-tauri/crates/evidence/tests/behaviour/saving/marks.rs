//! What the system is told of files that others made.

use evidence::saving::SaveError;

use super::shim::{Act, Disk, Step, libc_codes};

fn marked(disk: &Disk) -> Vec<Step> {
    let trace = disk.trace().into_iter();
    trace.filter(|step| matches!(step, Step::Mark(_))).collect()
}

#[test]
fn a_file_from_elsewhere_is_marked_under_its_last_name_once_it_is_there_to_stay() {
    let disk = Disk::default().holding("a.pdf", b"older");
    let mut file = disk.destination().begin("a.pdf").unwrap().from_elsewhere();
    file.write(b"evidence").unwrap();
    let saved = file.finish_under_a_free_name(None).unwrap();
    let end = [Step::SyncFolder, Step::Mark(saved.name.clone())];
    assert!(disk.trace().ends_with(&end), "{:?}", disk.trace());
    assert_eq!(saved.name, "a (2).pdf");
}

#[test]
fn a_disk_without_marks_keeps_the_file() {
    let disk = Disk::failing(Act::Mark, libc_codes::EIO, 1);
    let mut file = disk.destination().begin("a.pdf").unwrap().from_elsewhere();
    file.write(b"evidence").unwrap();
    assert_eq!(file.finish(Some(8)).unwrap().size, 8);
    assert_eq!(disk.calls(Act::Mark), 1);
    assert_eq!(disk.content("a.pdf").unwrap(), b"evidence");
}

#[test]
fn a_file_that_is_not_saved_is_not_marked() {
    let disk = Disk::failing(Act::SyncFolder, libc_codes::EIO, 1);
    let mut file = disk.destination().begin("a.pdf").unwrap().from_elsewhere();
    file.write(b"evidence").unwrap();
    assert!(matches!(file.finish(None), Err(SaveError::Io(_))));
    assert_eq!(marked(&disk), []);
}

#[test]
fn what_the_desk_wrote_itself_carries_no_mark() {
    let disk = Disk::default();
    disk.destination().save("liste.csv", b"a;b").unwrap();
    assert_eq!(marked(&disk), []);
}
