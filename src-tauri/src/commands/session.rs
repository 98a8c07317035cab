use back_office::{
    Desk,
    views::{
        session::{AccountKind, LockReason, SessionView, SignInForm},
        setup::AccountTest,
    },
};
use secrecy::SecretString;
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn get_session(desk: State<'_, Desk>) -> Answer<SessionView> {
    Ok(desk.session_once_started().await)
}

#[tauri::command]
pub async fn retry_register(desk: State<'_, Desk>) -> Answer<SessionView> {
    wire(desk.retry_register().await)
}

#[tauri::command]
pub async fn open_register_with_passphrase(
    desk: State<'_, Desk>,
    passphrase: String,
) -> Answer<SessionView> {
    wire(
        desk.open_register_with_passphrase(SecretString::from(passphrase))
            .await,
    )
}

#[tauri::command]
pub async fn sign_in(desk: State<'_, Desk>, form: SignInForm) -> Answer<SessionView> {
    wire(desk.sign_in(form).await)
}

#[tauri::command]
pub async fn test_account(desk: State<'_, Desk>, form: SignInForm) -> Answer<AccountTest> {
    wire(desk.test_account(form).await)
}

#[tauri::command]
pub async fn sign_in_to_sandbox(
    desk: State<'_, Desk>,
    account: AccountKind,
) -> Answer<SessionView> {
    wire(desk.sign_in_to_sandbox(account).await)
}

#[tauri::command]
pub async fn resume_session(desk: State<'_, Desk>, code: String) -> Answer<SessionView> {
    wire(desk.resume_session(SecretString::from(code)).await)
}

#[tauri::command]
pub async fn lock(desk: State<'_, Desk>) -> Answer<SessionView> {
    Ok(desk.lock(LockReason::Asked).await)
}

#[tauri::command]
pub async fn unlock(desk: State<'_, Desk>, passphrase: Option<String>) -> Answer<SessionView> {
    wire(desk.unlock(passphrase.map(SecretString::from)).await)
}

#[tauri::command]
pub fn note_input(desk: State<'_, Desk>) {
    desk.note_input();
}

#[tauri::command]
pub async fn reveal_names(desk: State<'_, Desk>, wanted: bool) -> Answer<SessionView> {
    wire(desk.reveal_names(wanted).await)
}

#[tauri::command]
pub async fn dismiss_opening(desk: State<'_, Desk>) -> Answer<SessionView> {
    Ok(desk.dismiss_opening())
}

#[tauri::command]
pub async fn work_as(desk: State<'_, Desk>, account: AccountKind) -> Answer<SessionView> {
    wire(desk.work_as(account).await)
}

#[tauri::command]
pub async fn close_account(desk: State<'_, Desk>, account: AccountKind) -> Answer<SessionView> {
    wire(desk.close_account(account).await)
}

#[tauri::command]
pub async fn sign_out(desk: State<'_, Desk>) -> Answer<SessionView> {
    wire(desk.sign_out().await)
}

#[tauri::command]
pub async fn forget_account(
    desk: State<'_, Desk>,
    environment_id: String,
    account: AccountKind,
) -> Answer<SessionView> {
    wire(desk.forget_account(&environment_id, account).await)
}
