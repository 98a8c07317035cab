//! `steps` (facts §F.4): which ran, what they read, what they answered.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::{Context, causes_of, times};
use crate::causes::{Cause, Place};
use crate::world::{Dossier, Status};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepKind {
    IdDocument,
    FakePhotoId,
    PhoneDetection,
    FaceComparison,
    HeadTurn,
    Mouth,
}

impl StepKind {
    /// The steps a dossier went through: those whose input was given.
    pub(crate) fn of(dossier: &Dossier) -> Vec<Self> {
        let has = |name: &str| dossier.document(name).is_some();
        let selfie = has("selfie_image") || has("selfie_image_upload");
        let identity = has("id_document_image");
        let mut steps = Vec::new();
        if identity {
            steps.extend([Self::FakePhotoId, Self::IdDocument, Self::PhoneDetection]);
        }
        if identity && selfie {
            steps.push(Self::FaceComparison);
        }
        if has("liveness_video$0") {
            steps.push(Self::HeadTurn);
        }
        if has("liveness_video$1") {
            steps.push(Self::Mouth);
        }
        steps
    }

    /// The step a cause wants, or else another one that ran.
    pub(crate) fn nearest(dossier: &Dossier, name: &str) -> Option<Self> {
        let ran = Self::of(dossier);
        ran.iter()
            .copied()
            .find(|step| step.name() == name)
            .or_else(|| ran.last().copied())
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::IdDocument => "id_document",
            Self::FakePhotoId => "fake_photo_id",
            Self::PhoneDetection => "phone_detection",
            Self::FaceComparison => "facecomparison",
            Self::HeadTurn => "liveness$0",
            Self::Mouth => "liveness$1",
        }
    }

    /// `enrollment_step.type` of a callback (facts §E.2).
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::IdDocument => "SDRIdentityDocumentStep",
            Self::FakePhotoId => "LeiaFakePhotoIdCardStep",
            Self::PhoneDetection => "LeiaPhoneDetection",
            Self::FaceComparison => "LeiaFaceCompareStep",
            Self::HeadTurn | Self::Mouth => "LeiaFaceChallengeStep",
        }
    }

    pub(super) fn result_key(self) -> &'static str {
        match self {
            Self::IdDocument => "id_document_result",
            // The word order of the real key (facts §F.4).
            Self::FakePhotoId => "fake_id_photo_result",
            Self::PhoneDetection => "phone_detection_result",
            Self::FaceComparison => "facecomparison_result",
            Self::HeadTurn => "liveness_result$0",
            Self::Mouth => "liveness_result$1",
        }
    }

    pub(crate) fn input_documents(self, dossier: &Dossier) -> Vec<&'static str> {
        match self {
            Self::IdDocument | Self::FakePhotoId | Self::PhoneDetection => {
                vec!["id_document_image"]
            }
            Self::FaceComparison if dossier.document("selfie_image").is_none() => {
                vec!["id_document_image", "selfie_image_upload"]
            }
            Self::FaceComparison => vec!["id_document_image", "selfie_image"],
            Self::HeadTurn => vec!["liveness_video$0"],
            Self::Mouth => vec!["liveness_video$1"],
        }
    }

    /// The causes that show in this step.
    pub(crate) fn failures(self, dossier: &Dossier) -> Vec<&'static Cause> {
        causes_of(dossier)
            .into_iter()
            .filter(|cause| match cause.place {
                Place::Step(name) => Self::nearest(dossier, name) == Some(self),
                _ => false,
            })
            .collect()
    }
}

impl Context<'_> {
    pub(super) fn steps(&self) -> Value {
        StepKind::of(self.dossier)
            .into_iter()
            .enumerate()
            .map(|(index, step)| (step.name().to_owned(), self.step(step, index)))
            .collect::<Map<_, _>>()
            .into()
    }

    fn step(&self, step: StepKind, index: usize) -> Value {
        let started = self.when() - TimeDelta::milliseconds(9_000 - 1_250 * index as i64);
        let finished = started + TimeDelta::milliseconds(740);
        let failures = if self.status == Status::Ok {
            Vec::new()
        } else {
            step.failures(self.dossier)
        };
        let mut files = Map::new();
        let mut statuses = Map::new();
        let mut hashes = Map::new();
        for name in step.input_documents(self.dossier) {
            let Some(document) = self.dossier.document(name) else {
                continue;
            };
            let mut urls = self.page_urls(document);
            let mut md5: Vec<&str> = document
                .pages
                .iter()
                .map(|page| page.md5.as_str())
                .collect();
            if step == StepKind::FaceComparison {
                urls.truncate(1);
                md5.truncate(1);
            }
            files.insert(name.to_owned(), json!(urls));
            hashes.insert(
                name.to_owned(),
                json!({ "algorithm": "md5", "hashes": md5 }),
            );
            let status = if failures.is_empty() {
                "VALID"
            } else {
                "INVALID"
            };
            statuses.insert(name.to_owned(), json!({ "status": status }));
        }
        let mut value = json!({
            "status": if failures.is_empty() { "OK" } else { "KO" },
            "creation_time": times::zoned(self.dossier.created),
            "starting_time": times::zoned(started),
            "finished_time": times::zoned(finished),
            "datas": {},
            "input_files": files,
            "input_files_statuses": statuses,
            "input_files_hashes": hashes,
            "results": { step.result_key(): [self.job(step, index, failures.is_empty())] },
        });
        if !failures.is_empty() {
            let codes = failures.iter();
            value["status_codes"] = codes
                .map(|cause| json!({ "code": cause.code, "message": cause.message }))
                .collect();
        }
        value
    }

    /// The wrapper around an AI answer, with the internals that real reports let through.
    fn job(&self, step: StepKind, index: usize, good: bool) -> Value {
        let document = format!("{}{:06x}", self.planted.job, 0xd0 + index);
        let at = self.when() - TimeDelta::milliseconds(8_800 - 1_250 * index as i64);
        let after = |milliseconds| times::zoned(at + TimeDelta::milliseconds(milliseconds));
        let (result, kind, parameters) = self.result(step, good, &document);
        json!({
            "id": format!("{}{:06x}", self.planted.job, 0xa0 + index),
            "submitter_id": "000000000000000000000001",
            "application_id": "000000000000000000000001",
            "creation_time": after(0),
            "starting_time": after(80),
            "start_processing_time": after(90),
            "finished_time": after(400),
            "job_type": "predict",
            "model_id": "000000000000000000000002",
            "model_owner_id": "000000000000000000000001",
            "document_ids": [document],
            "status": "PROCESSED",
            "http_code": 200,
            "result": result,
            "result_type": kind,
            "callback_url": self.planted.callback_url,
            "callback_headers": { "x-api-key": self.planted.api_key },
            "worker_arn": self.planted.worker_arn,
            "additional_params": parameters,
        })
    }

    fn result(&self, step: StepKind, good: bool, document: &str) -> (Value, &'static str, Value) {
        let person = &self.person;
        match step {
            StepKind::IdDocument if self.unreadable() => {
                (json!({ "extraction": {} }), "object", json!({}))
            }
            StepKind::IdDocument => {
                let extraction = json!({
                    "MRZ_surname": person.mrz_name(),
                    "MRZ_first_name": [person.mrz_first_name()],
                    "MRZ_nationality": "FRA",
                    "MRZ_birth_date": person.birth_date,
                    "MRZ_sex": person.gender,
                    "MRZ_issuing_country": "FRA",
                    "OCR_address": "12 RUE DES ESSAIS 99001 VILLE-EXEMPLE",
                    "OCR_birth_place": "VILLE-EXEMPLE",
                });
                (json!({ "extraction": extraction }), "object", json!({}))
            }
            // Raw model output is not a verdict: real OK steps say `is_fake: true` (facts §F.4).
            StepKind::FakePhotoId => {
                let face = json!({
                    "id": "0", "is_fake": true, "accuracy": 0.988, "orientation": 0,
                    "box": { "x": 190.5, "y": 255.5, "w": 249.0, "h": 324.0 },
                });
                let found = json!({
                    "fake_faces_found": u8::from(!good), "faces_found": 1, "faces_detail": [face],
                });
                (json!({ document: found }), "dict[object]", json!({}))
            }
            StepKind::PhoneDetection => {
                let seen = json!({
                    "box": { "top": 56, "left": 93, "bottom": 947, "right": 1475 },
                    "box_id": "0", "category": "book", "score": 0.89, "mask": { "polygons": [] },
                });
                (
                    json!({ document: { "box_list": [seen] } }),
                    "dict[object]",
                    json!({ "return_image_masks": false }),
                )
            }
            StepKind::FaceComparison => {
                let score = if good { 42.78 } else { 11.06 };
                let result = json!({
                    "images": {
                        "0": { "number_of_faces": 1, "reference_image": true, "orientation": 0 },
                        "1": { "number_of_faces": 1, "reference_image": false, "orientation": 0 },
                    },
                    "faces": {},
                    "matches": [{
                        "reference_face": "0_0", "matched_face": "1_0", "score": score,
                        "match": good, "default_match_score_threshold": 24.0,
                    }],
                });
                (result, "object", json!({ "return_face_images": false }))
            }
            StepKind::HeadTurn | StepKind::Mouth => {
                let challenge = if step == StepKind::HeadTurn {
                    "head_turn"
                } else {
                    "mouth"
                };
                let result = json!({
                    "challenge": challenge, "result": good,
                    "deep_fake": false, "deep_fake_score": 0.0087,
                });
                let parameters = json!({ "challenge": challenge, "min_deepfake_score": 0.6 });
                (result, "object", parameters)
            }
        }
    }
}
