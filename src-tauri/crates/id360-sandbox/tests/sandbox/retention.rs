use id360_sandbox::{Outcome, Status};

use crate::support::{DAY, Desk};

async fn statuses(desk: &Desk, id: i64) -> (u16, u16) {
    let path = format!("enrollment/{id}/report");
    let application = desk.application().await;
    let user = desk.user().await;
    (
        desk.get(&application, &path).await.status().as_u16(),
        desk.get(&user, &path).await.status().as_u16(),
    )
}

#[tokio::test]
async fn an_application_reads_a_report_for_seven_days_and_a_user_for_sixty() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ko, &["VLD_ID_INVALID"]).await;
    desk.days_pass(6);
    assert_eq!(statuses(&desk, id).await, (200, 200));
    desk.days_pass(1);
    assert_eq!(statuses(&desk, id).await, (404, 200));
    desk.days_pass(52);
    assert_eq!(statuses(&desk, id).await, (404, 200));
    desk.days_pass(2);
    assert_eq!(statuses(&desk, id).await, (404, 404));
}

#[tokio::test]
async fn after_a_week_a_user_reads_only_verdicts() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Failed, &[]).await;
    assert_eq!(statuses(&desk, id).await, (200, 200));
    desk.days_pass(7);
    assert_eq!(statuses(&desk, id).await, (404, 404));
}

#[tokio::test]
async fn documents_are_readable_for_seven_days_even_by_users() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let document = desk.sandbox.enrollment(id).unwrap().documents[0].document_id;
    let path = format!("document/{document}/file_contents/?page_number=0");
    desk.days_pass(6);
    let user = desk.user().await;
    assert_eq!(desk.get(&user, &path).await.status(), 200);
    desk.days_pass(1);
    let user = desk.user().await;
    assert_eq!(desk.get(&user, &path).await.status(), 404);
}

#[tokio::test]
async fn a_deleted_verdict_is_archived_for_users_only() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let path = format!("enrollment/{id}/report/archive");
    let user = desk.user().await;
    assert_eq!(
        desk.get(&user, &path).await.status(),
        404,
        "not archived yet"
    );
    desk.days_pass(61);
    assert_eq!(desk.sandbox.enrollment(id).unwrap().status, Status::Deleted);
    let user = desk.user().await;
    let archived = desk.get(&user, &path).await;
    assert_eq!(archived.status(), 200);
    let report: serde_json::Value = archived.json().await.unwrap();
    assert_eq!(report["status"], "OK");
    let application = desk.application().await;
    assert_eq!(desk.get(&application, &path).await.status(), 403);
}

#[tokio::test]
async fn canceled_and_failed_dossiers_are_never_archived() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let failed = desk.ended(&token, Outcome::Failed, &[]).await;
    let canceled = desk.ended(&token, Outcome::Canceled, &[]).await;
    desk.days_pass(61);
    let user = desk.user().await;
    for id in [failed, canceled] {
        assert_eq!(desk.sandbox.enrollment(id).unwrap().status, Status::Deleted);
        let path = format!("enrollment/{id}/report/archive");
        assert_eq!(desk.get(&user, &path).await.status(), 404);
    }
}

#[tokio::test]
async fn the_quarter_hour_job_cancels_what_was_left() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let untouched = desk.create(&token).await["id"].as_i64().unwrap();
    let left = desk.create(&token).await["id"].as_i64().unwrap();
    desk.sandbox
        .upload(left, "recto", 0, crate::support::JPEG)
        .unwrap();
    desk.sandbox
        .advance(std::time::Duration::from_secs(DAY - 60));
    assert_eq!(
        desk.sandbox.enrollment(left).unwrap().status,
        Status::Started
    );
    desk.sandbox
        .advance(std::time::Duration::from_secs(16 * 60));
    let view = desk.sandbox.enrollment(left).unwrap();
    assert_eq!(view.status, Status::Canceled);
    assert_eq!(view.finished_time.unwrap().timestamp() % 900, 0);
    assert_eq!(
        desk.sandbox.enrollment(untouched).unwrap().status,
        Status::New
    );
    desk.days_pass(7);
    assert_eq!(
        desk.sandbox.enrollment(untouched).unwrap().status,
        Status::Canceled
    );
}
