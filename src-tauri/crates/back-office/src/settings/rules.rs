//! What makes an environment or a process sound, whoever gives it: a person or the organisation.

use uuid::Uuid;

use super::bounds::WINDOW_DAYS;
use crate::{
    callback_values::check_headers,
    errors::DeskError,
    launch::{check_template, tidy_template},
    sessions::api_environment,
    views::{
        session::EnvironmentKind,
        settings::{DeadlinePolicy, EnvironmentSettings, ProcessSettings},
    },
};

/// As it can be kept. Of a built-in one the addresses never change.
pub(crate) fn checked_environment(
    mut environment: EnvironmentSettings,
    built_in: Option<&EnvironmentSettings>,
) -> Result<EnvironmentSettings, DeskError> {
    check_deadlines(&environment.deadlines)?;
    if let Some(known) = built_in {
        environment.kind = known.kind;
        environment.built_in = true;
        environment.name = None;
        environment.base_url.clone_from(&known.base_url);
        environment.ui_base_url.clone_from(&known.ui_base_url);
    } else {
        environment.built_in = false;
        environment.name = given(environment.name);
        if environment.name.is_none() {
            return Err(DeskError::invalid_field("name", "required"));
        }
        environment.base_url = trimmed(&environment.base_url);
        environment.ui_base_url = match trimmed(&environment.ui_base_url) {
            same if same.is_empty() => environment.base_url.clone(),
            own => own,
        };
        check_addresses(&environment)?;
    }
    environment.return_page = given(environment.return_page);
    environment.archived_report_path = given(environment.archived_report_path);
    environment.report_pdf_path = given(environment.report_pdf_path);
    environment.enrollment_status_path = given(environment.enrollment_status_path);
    check_return_page(&environment.return_page, environment.kind)?;
    check_path(
        "archived_report_path",
        &environment.archived_report_path,
        "{id}",
    )?;
    check_path("report_pdf_path", &environment.report_pdf_path, "{id}")?;
    check_path(
        "enrollment_status_path",
        &environment.enrollment_status_path,
        "{token}",
    )?;
    Ok(environment)
}

/// As it can be kept in an environment of that kind.
pub(crate) fn checked_process(
    mut process: ProcessSettings,
    kind: EnvironmentKind,
) -> Result<ProcessSettings, DeskError> {
    process.name = process.name.trim().to_owned();
    if process.name.is_empty() {
        return Err(DeskError::invalid_field("name", "required"));
    }
    process.process_uuid = process
        .process_uuid
        .trim()
        .parse::<Uuid>()
        .map_err(|_| DeskError::invalid_field("process_uuid", "uuid"))?
        .to_string();
    tidy_template(&mut process);
    check_template(&process.template)?;
    process.return_page = given(process.return_page);
    check_return_page(&process.return_page, kind)?;
    for endpoint in &mut process.callback_endpoints {
        // Copied with the blanks around it; ID360 is told the address as it is kept.
        endpoint.url = endpoint.url.trim().to_owned();
        let sound = url::Url::parse(&endpoint.url)
            .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
        if !sound {
            return Err(DeskError::invalid_field("callback_endpoints", "url"));
        }
    }
    check_headers(&process)?;
    if process.link_minutes == Some(0) {
        return Err(DeskError::invalid_field("link_minutes", "range"));
    }
    if let Some(deadlines) = &process.deadlines {
        check_deadlines(deadlines)?;
    }
    Ok(process)
}

/// The field that is wrong is named: the pages may be at another address than the API.
fn check_addresses(environment: &EnvironmentSettings) -> Result<(), DeskError> {
    let api_alone = EnvironmentSettings {
        ui_base_url: environment.base_url.clone(),
        ..environment.clone()
    };
    api_environment(&api_alone)?;
    api_environment(environment)
        .map(drop)
        .map_err(|refused| refused.with("field", "ui_base_url"))
}

fn trimmed(address: &str) -> String {
    address.trim().trim_end_matches('/').to_owned()
}

fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

pub(crate) fn check_deadlines(policy: &DeadlinePolicy) -> Result<(), DeskError> {
    let windows = [
        policy.documents_days,
        policy.report_application_days,
        policy.report_user_days,
    ];
    if windows.iter().all(|days| WINDOW_DAYS.contains(days)) {
        Ok(())
    } else {
        Err(DeskError::invalid_field("deadlines", "range"))
    }
}

/// A relative path with its placeholder, and nothing that could lead elsewhere.
fn check_path(field: &str, path: &Option<String>, placeholder: &str) -> Result<(), DeskError> {
    let Some(path) = path else { return Ok(()) };
    let plain = path.replacen(placeholder, "0", 1);
    let sound = path.contains(placeholder)
        && !path.starts_with('/')
        && !plain.contains("..")
        && !plain.contains("//")
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/_-.?=&".contains(&byte));
    if sound {
        Ok(())
    } else {
        Err(DeskError::invalid_field(field, "path"))
    }
}

fn check_return_page(page: &Option<String>, kind: EnvironmentKind) -> Result<(), DeskError> {
    let Some(page) = page else { return Ok(()) };
    let sound = url::Url::parse(page).is_ok_and(|url| {
        let scheme =
            url.scheme() == "https" || (kind == EnvironmentKind::Sandbox && url.scheme() == "http");
        scheme && url.has_host() && url.username().is_empty() && url.password().is_none()
    });
    if sound {
        Ok(())
    } else {
        Err(DeskError::invalid_field("return_page", "url"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_setting_cannot_lead_out_of_the_api() {
        let id = |path: &str| check_path("p", &Some(path.to_owned()), "{id}").is_ok();
        assert!(id("enrollment/{id}/proof_slip"));
        for path in [
            "/enrollment/{id}",
            "../{id}",
            "https://evil.example/{id}",
            "enrollment/{id}@evil",
            "enrollment/proof_slip",
            "a//{id}",
            "enrollment/{id}/{token}",
        ] {
            assert!(!id(path), "{path}");
        }
    }
}
