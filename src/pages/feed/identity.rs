//! Ids of feeds and their entries: made of host and address alone, they outlive new titles and a move to another folder.

use crate::content::site_config::BaseUrl;
use crate::content::speech::Correction;

/// The id of what stands at `address`: a UUID of version 8 (RFC 9562) made of a BLAKE3 digest.
pub(super) fn of(base_url: &BaseUrl, address: &str) -> String {
    let digest = blake3::hash(format!("{}{address}", base_url.host()).as_bytes());
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// What tells the correction at `at` from all others of its speech: its day, and its place among those of the day.
/// Corrections of other days can be added and change nothing.
pub(super) fn of_correction(corrections: &[Correction], at: usize) -> String {
    let date = corrections[at].date;
    match corrections[..at].iter().filter(|other| other.date == date).count() {
        0 => format!("#correction-{date}"),
        earlier => format!("#correction-{date}-{}", earlier + 1),
    }
}
