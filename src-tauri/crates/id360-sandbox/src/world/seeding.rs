//! Dossiers that exist from the start, so that a desk has something to look at.

use chrono::{DateTime, TimeDelta, Utc};

use super::dossier::{Outcome, Status};
use super::people::Person;
use super::{Account, CreateRequest, World};
use crate::picture;
use crate::refusal::Refusal;

/// How one seeded dossier went.
struct Story {
    /// Minutes between its creation and the start of the sandbox.
    age: i64,
    ending: Ending,
    /// Documents: none, front only, both sides, both sides and selfie, the same and a proof.
    documents: u8,
}

enum Ending {
    New,
    Started,
    Discontinued,
    /// Left until the timer closed it.
    Expired,
    Concluded(Outcome, &'static [&'static str]),
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

const fn story(age: i64, ending: Ending, documents: u8) -> Story {
    Story {
        age,
        ending,
        documents,
    }
}

/// Told in this order, and over again, a little older, when more are wanted.
const STORIES: [Story; 20] = [
    story(25, Ending::New, 0),
    story(40, Ending::Started, 1),
    story(2 * HOUR, Ending::Concluded(Outcome::Ok, &[]), 3),
    story(
        3 * HOUR,
        Ending::Concluded(Outcome::Ko, &["VLD_ID_INVALID"]),
        3,
    ),
    story(20 * HOUR, Ending::Concluded(Outcome::Ok, &[]), 4),
    story(
        DAY,
        Ending::Concluded(Outcome::Ko, &["MDL_CHALLENGE_NOT_MET"]),
        3,
    ),
    story(
        2 * DAY,
        Ending::Concluded(Outcome::Ko, &["MDL_INPUT_INVALID"]),
        2,
    ),
    story(2 * DAY + 5 * HOUR, Ending::Discontinued, 0),
    story(
        3 * DAY,
        Ending::Concluded(
            Outcome::Ko,
            &[
                "VLD_ID_INVALID",
                "VLD_VALIDATION_KO",
                "SVC_RESPONSE_INVALID",
            ],
        ),
        3,
    ),
    story(
        4 * DAY,
        Ending::Concluded(Outcome::Failed, &["MDL_RESPONSE_INVALID"]),
        3,
    ),
    story(5 * DAY + 12 * HOUR, Ending::Concluded(Outcome::Ok, &[]), 3),
    story(
        6 * DAY + 20 * HOUR,
        Ending::Concluded(Outcome::Ko, &["VLD_DOCUMENT_INVALID"]),
        4,
    ),
    story(6 * DAY + 23 * HOUR, Ending::Concluded(Outcome::Ok, &[]), 2),
    story(3 * DAY + 2 * HOUR, Ending::Expired, 1),
    story(8 * DAY, Ending::Concluded(Outcome::Ok, &[]), 3),
    story(
        15 * DAY,
        Ending::Concluded(Outcome::Ko, &["EIM_RESPONSE_KO"]),
        0,
    ),
    story(30 * DAY, Ending::Concluded(Outcome::Ok, &[]), 3),
    story(
        58 * DAY,
        Ending::Concluded(Outcome::Ko, &["SEC_DATA_INJECTION"]),
        3,
    ),
    story(65 * DAY, Ending::Concluded(Outcome::Ok, &[]), 3),
    story(
        70 * DAY,
        Ending::Concluded(Outcome::Ko, &["VLD_ID_INVALID"]),
        2,
    ),
];

impl World {
    pub(crate) fn seed_dossiers(&mut self, count: usize, now: DateTime<Utc>) {
        // What the options say about the pace of things is for what happens from now on.
        let pace = std::mem::take(&mut self.switches.processing_seconds);
        for index in 0..count {
            let story = &STORIES[index % STORIES.len()];
            let round = (index / STORIES.len()) as i64;
            if let Err(refusal) = self.tell(index, story, now - minutes(story.age + round * 7)) {
                tracing::error!(%refusal, index, "a dossier could not be seeded");
            }
        }
        self.switches.processing_seconds = pace;
    }

    fn tell(&mut self, index: usize, story: &Story, created: DateTime<Utc>) -> Result<(), Refusal> {
        let number = index as u64;
        let person = Person::invented(&self.entropy, number);
        let process = self.processes[usize::from(index % 5 == 4)].uuid;
        let body = serde_json::json!({
            "browser_callback_url": "https://retour.entreprise-exemple.test/fin",
            "callback_endpoints": [],
            "client_reference": format!("DEMO-{:04}", index + 1),
            "last_name": person.last_name,
            "first_name": person.first_name,
            "phone_number": format!("+3369900{:04}", number % 10_000),
        });
        let request = CreateRequest::read(body.to_string().as_bytes())?;
        let account = if index % 3 == 2 {
            Account::User
        } else {
            Account::Application
        };
        let id = self.create(account, process, request, created)?;
        if matches!(story.ending, Ending::New) {
            return Ok(());
        }
        let api_key = self.dossier(id)?.api_key.clone();
        let begun = created + minutes(3);
        self.consent(&api_key, true, true, begun)?;
        self.draw(id, &person, number, story.documents, begun + minutes(2))?;
        match story.ending {
            Ending::New | Ending::Started | Ending::Expired => Ok(()),
            Ending::Discontinued => self.discontinue(id, begun + minutes(9)),
            Ending::Concluded(outcome, causes) => {
                let causes = causes.iter().map(|cause| (*cause).to_owned()).collect();
                self.finish(id, outcome, causes, begun + minutes(6))
            }
        }
    }

    fn draw(
        &mut self,
        id: i64,
        person: &Person,
        number: u64,
        documents: u8,
        at: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        debug_assert_ne!(self.dossier(id)?.status, Status::New);
        if documents >= 1 {
            self.upload(id, "recto", 0, picture::recto(person, number).into(), at)?;
        }
        if documents >= 2 {
            self.upload(id, "verso", 1, picture::verso(person, number).into(), at)?;
        }
        if documents >= 3 {
            self.upload(id, "selfie_image", 0, picture::selfie(number).into(), at)?;
        }
        if documents >= 4 {
            let proof = picture::verso(person, number + 40);
            self.upload(id, "proof_of_address_image", 0, proof.into(), at)?;
        }
        Ok(())
    }
}

fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}
