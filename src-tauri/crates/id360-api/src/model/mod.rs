//! What ID360 sends and receives, read leniently (facts §F, §J).

pub mod enrollment;
pub mod json;
mod recovery;
pub mod report;
pub mod status;
pub mod time;
