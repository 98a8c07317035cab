use std::sync::Once;
use std::time::Duration;

use id360_sandbox::{Outcome, Sandbox, SandboxOptions, Switches};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

pub const DAY: u64 = 24 * 60 * 60;
pub const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0 not a picture, but it starts like one";

pub struct Desk {
    pub sandbox: Sandbox,
    pub http: Client,
}

pub fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

impl Desk {
    pub async fn open() -> Self {
        Self::with(SandboxOptions::default()).await
    }

    pub async fn switched(change: impl FnOnce(&mut Switches)) -> Self {
        let mut options = SandboxOptions::default();
        change(&mut options.switches);
        Self::with(options).await
    }

    pub async fn with(options: SandboxOptions) -> Self {
        Self {
            sandbox: Sandbox::start(options).await.unwrap(),
            http: client(),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/api/1.0.0/{path}", self.sandbox.base_url())
    }

    pub async fn login(&self, body: Value) -> Response {
        self.http
            .post(self.url("user/login/"))
            .json(&body)
            .send()
            .await
            .unwrap()
    }

    pub async fn application(&self) -> String {
        let known = self.sandbox.credentials().application;
        token(
            self.login(json!({ "username": known.username, "password": known.password }))
                .await,
        )
        .await
    }

    pub fn user_login(&self) -> Value {
        let known = self.sandbox.credentials().user;
        json!({ "username": known.username, "password": known.password, "token": known.otp })
    }

    pub async fn user(&self) -> String {
        token(self.login(self.user_login()).await).await
    }

    pub async fn get(&self, token: &str, path: &str) -> Response {
        self.call(Method::GET, token, path).await
    }

    pub async fn call(&self, method: Method, token: &str, path: &str) -> Response {
        let authorization = format!("Token {token}");
        self.http
            .request(method, self.url(path))
            .header("Authorization", authorization)
            .send()
            .await
            .unwrap()
    }

    pub async fn create_with(&self, token: &str, body: Value) -> Value {
        let path = format!("process/{}/enrollment/", self.sandbox.process_uuid());
        let response = self
            .http
            .post(self.url(&path))
            .header("Authorization", format!("Token {token}"))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    pub async fn create(&self, token: &str) -> Value {
        self.create_with(token, dossier_body()).await
    }

    /// A dossier with a recto, ended; its id.
    pub async fn ended(&self, token: &str, outcome: Outcome, causes: &[&str]) -> i64 {
        let id = self.create(token).await["id"].as_i64().unwrap();
        self.sandbox.upload(id, "recto", 0, JPEG).unwrap();
        self.sandbox.upload(id, "selfie", 0, JPEG).unwrap();
        self.sandbox.finish(id, outcome, causes).unwrap();
        id
    }

    pub async fn report(&self, token: &str, id: i64) -> Value {
        let response = self.get(token, &format!("enrollment/{id}/report/")).await;
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    pub fn days_pass(&self, days: u64) {
        self.sandbox.advance(Duration::from_secs(days * DAY));
    }
}

pub fn dossier_body() -> Value {
    json!({
        "browser_callback_url": "https://retour.entreprise-exemple.test/fin?dossier=12",
        "callback_endpoints": [],
        "client_reference": "REF-EXEMPLE-0001",
        "last_name": "Valmontel",
        "first_name": "Ondine",
        "custom_data": { "authenticators": { "phone_number": "+33699000042" } },
    })
}

async fn token(response: Response) -> String {
    assert_eq!(response.status(), 200);
    let body: Value = response.json().await.unwrap();
    body["token"].as_str().unwrap().to_owned()
}
