use super::shim::Disk;

fn temporary(random: &str) -> String {
    format!(".REF-1042_recto.jpg.id360-{random}.part")
}

#[test]
fn the_leftovers_of_a_killed_save_are_removed_and_nothing_else() {
    let ours = temporary("0123456789abcdef");
    let others = [
        "REF-1042_recto.jpg",
        ".part",
        "film.mkv.part",
        ".film.mkv.part",
        ".bashrc",
        &temporary("0123456789ABCDEF"),
        &temporary("0123"),
        &temporary("0123456789abcdef0"),
        "REF-1042_recto.jpg.id360-0123456789abcdef.part",
        "..id360-0123456789abcdef.part",
    ];
    let disk = others
        .iter()
        .fold(Disk::default(), |disk, name| disk.holding(name, b"x"))
        .holding(&ours, b"half");
    assert_eq!(disk.destination().remove_leftovers().unwrap(), 1);
    let mut left = others.map(str::to_owned);
    left.sort();
    assert_eq!(disk.names(), left);
}
