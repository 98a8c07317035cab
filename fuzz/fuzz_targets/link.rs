//! Any address in the place of an enrollment link: what may be handed to a browser is a page of ID360, and nothing else.
#![no_main]

use id360_api::Environment;
use libfuzzer_sys::fuzz_target;

const HOSTS: [&str; 3] = [
    "id360docaposte.com",
    "www.id360docaposte.com",
    "preprod.id360docaposte.com",
];

fuzz_target!(|address: &str| {
    for environment in [Environment::production(), Environment::pre_production()] {
        if environment.admits_link(address) {
            assert!(is_page(address), "{address:?}");
        }
    }
    let _ = Environment::custom(address, address);
});

fn is_page(address: &str) -> bool {
    let behind_host = HOSTS
        .iter()
        .find_map(|host| address.strip_prefix("https://")?.strip_prefix(host));
    let path = behind_host.map(|rest| rest.strip_prefix(":443").unwrap_or(rest));
    let key = path.and_then(|path| path.strip_prefix("/static/process_ui/index.html#/enrollment/"));
    key.is_some_and(|key| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~.%?=".contains(&byte);
        !key.is_empty() && key.bytes().all(plain)
    })
}
