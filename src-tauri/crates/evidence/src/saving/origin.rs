//! What a system is told of a file that came from elsewhere. Never where from: links are secrets.

/// The stream `Zone.Identifier` of Windows: the internet.
#[cfg(any(windows, test))]
pub(super) fn zone_identifier() -> &'static str {
    "[ZoneTransfer]\r\nZoneId=3\r\n"
}

/// The attribute `com.apple.quarantine` of macOS: downloaded, when (seconds of Unix time), by what.
#[cfg(any(target_os = "macos", test))]
pub(super) fn quarantine(at: i64) -> String {
    format!("0081;{at:08x};ID360 Desk;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_is_told_the_internet_and_no_address() {
        let lines: Vec<_> = zone_identifier().split("\r\n").collect();
        assert_eq!(lines, ["[ZoneTransfer]", "ZoneId=3", ""]);
    }

    #[test]
    fn macos_is_told_a_download_its_time_and_this_program_alone() {
        assert_eq!(quarantine(1_780_000_000), "0081;6a18a500;ID360 Desk;");
    }
}
