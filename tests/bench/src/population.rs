//! Invented people, with names as varied as those of the French population: a few very common ones, and
//! a tail of hundreds of thousands that a handful of people bear each.

use std::collections::HashSet;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// Family names that many people bear. The most common one is borne by about one in 300 people.
const COMMON: &str = "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel \
Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller \
Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin \
Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer \
Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche \
Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier \
Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte López Jean Dupuy Guillot \
Hubert Berger Carpentier Sánchez Dupuis Moulin Louis Deschamps Huet Vasseur Pérez Boucher Fleury Royer Klein \
Jacquet Adam Paris Poirier Marty Aubry Guyot Carré Charles Renault Charpentier Ménard Maillard Baron Bertin \
Bailly Hervé Schneider Fernández Le-Gall Collet Léger Bouvier Julien Prévost Millet Perrot Daniel Cousin Germain \
Breton Besson Langlois Rémy Le-Roux Pelletier Lévêque Perrier Leblanc Barré Lebrun Marchal Weber Mallet Hamon \
Boulanger Jacob Monnier Michaud Rodríguez Guichard Gillet Étienne Grondin Poulain Tessier Chevallier Collin \
Chauvin Da-Silva Bouchet Gay Lemaître Bénard Maréchal Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier \
Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier Laporte N'Diaye Traoré Diallo Nguyen Tran Benali Haddad \
Ferreira Pereira D'Almeida O'Brien Kowalski Yılmaz Đặng";

const GIVEN: &str = "Marie Jean Pierre Michel André Philippe Jeanne Nathalie Isabelle Françoise Catherine Monique \
Sylvie Alain Jacques Bernard Daniel Patrick Christophe Nicolas Céline Sandrine Stéphanie Julie Aurélie Camille \
Léa Manon Chloé Emma Jade Louise Alice Inès Lina Léna Zoé Éléonore Anaïs Maëlys Noémie Océane Mathilde Pauline \
Sophie Claire Hélène Agnès Brigitte Chantal Véronique Valérie Laurence Virginie Delphine Émilie Élodie Laëtitia \
Thomas Lucas Hugo Louis Gabriel Raphaël Jules Adam Léo Arthur Nathan Ethan Paul Antoine Maxime Alexandre Julien \
Guillaume Sébastien Frédéric François Laurent Olivier Éric Thierry Pascal Didier Bruno Gilles Serge Gérard René \
Robert Marcel Roger Henri Georges Mohamed Karim Yasmine Fatima Ibrahim Aminata Mamadou Aïcha Sofia Nina Rose \
Anna Eva Ambre Mila Maël Noé Aaron Sacha Théo Clément Baptiste Quentin Romain Kévin Jérémy Florian Loïc Gaëtan \
Benoît Cédric Fabrice Hervé Joël Yann Gwenaëlle Solène Maëlle Tiphaine Capucine Apolline Ondine Bérénice Zéphyrine";

const STEMS: &str = "Bar Ber Bel Bou Bri Cha Che Cor Cou Dar Del Des Du Fau Fer Fon Gar Gau Gir God Gou Gran Gri \
Gué Hau Hou Jac Jou La Lan Lau Le Lo Lou Mai Mal Man Mar Mau Mé Mon Mou Na No Nou Pa Pas Pel Per Pin Plan Poi Pon \
Pou Pré Qué Ra Re Ri Ro Rou Sa Sal Sau Sé Sou Tal Te Thi Tou Tré Va Val Ver Vi Vau Vil Zan";

const MIDDLES: &str = "ba be bi bo bou ca cha che co da de di do du fa fi gna gue ja la le li lo lu ma me mi mo na ne \
ni no pa pe pi po ra re ri ro rou sa se si so ta te ti to tre va ve vi vo";

const ENDS: &str = "ain ais and ange ard aud ault aux ay é eau el elle elin er eret ert et eux ez ie ier ière in ine \
ion is lle lat let lin lon mand ment mont naud net nier non ois on ot oux rat ret rier rin rot roux sac san son \
tard teau tier tin ton vain val vel ville";

const DOMAINS: &str = "exemple.fr courriel.example poste.example laposte.example orange.example free.example \
wanadoo.example outil.example mairie.example entreprise.example banque.example";

/// How many different family names: about what the French civil registers hold for living people once
/// spellings that nobody else bears are left out.
const NAMES: usize = 300_000;

/// One invented person's dossier.
#[derive(Debug, Clone)]
pub struct Person {
    pub last_name: String,
    pub first_name: String,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub reference: Option<String>,
}

/// Gives people, the same ones for the same seed.
#[derive(Debug)]
pub struct Population {
    random: StdRng,
    names: Vec<String>,
    /// Running sums of the names' shares.
    shares: Vec<f64>,
    given: Vec<&'static str>,
    domains: Vec<&'static str>,
    number: u64,
}

impl Population {
    pub fn new(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let mut names: Vec<String> = COMMON
            .split_whitespace()
            .map(|name| name.replace('-', " "))
            .collect();
        let mut known: HashSet<String> = names.iter().cloned().collect();
        while names.len() < NAMES {
            let name = invent(&mut random);
            if known.insert(name.clone()) {
                names.push(name);
            }
        }
        let mut sum = 0.0;
        let shares = (0..names.len())
            .map(|rank| {
                // Zipf's law with a blunted head: the first name gets one in about 300.
                sum += 1.0 / (rank as f64 + 25.0);
                sum
            })
            .collect();
        Self {
            random,
            names,
            shares,
            given: GIVEN.split_whitespace().collect(),
            domains: DOMAINS.split_whitespace().collect(),
            number: 0,
        }
    }

    pub fn person(&mut self) -> Person {
        self.number += 1;
        let mut last_name = self.name();
        if self.random.random_ratio(1, 25) {
            last_name = format!("{last_name}-{}", self.name());
        }
        let mut first_name = self.given_name();
        if self.random.random_ratio(1, 9) {
            first_name = format!("{first_name}-{}", self.given_name());
        }
        let email = self.random.random_ratio(7, 10).then(|| {
            let bare = |text: &str| {
                text.to_lowercase()
                    .replace([' ', '\'', '’'], "")
                    .replace(['é', 'è', 'ê', 'ë'], "e")
            };
            let domain = self.domains[skewed(&mut self.random, self.domains.len())];
            format!("{}.{}@{domain}", bare(&first_name), bare(&last_name))
        });
        let phone_number = self.random.random_ratio(4, 5).then(|| {
            let kind = if self.random.random_ratio(3, 4) { 6 } else { 7 };
            format!("+33{kind}{:08}", self.random.random_range(0..100_000_000))
        });
        let number = self.number;
        let reference = match self.random.random_range(0..10) {
            0 => None,
            1..=4 => Some(format!("AG{:02}-2026-{number:07}", number % 60)),
            5..=7 => Some(format!("CLI-{number:08}")),
            _ => Some(format!("2026/{:02}/{number:06}", number % 12 + 1)),
        };
        Person {
            last_name: last_name.to_uppercase(),
            first_name,
            email,
            phone_number,
            reference,
        }
    }

    /// Something an officer would type: a name, a given name and a name, a reference, an end of a phone number; one
    /// in ten is nowhere in the register.
    pub fn typed(&mut self) -> String {
        let person = self.person();
        match self.random.random_range(0..10) {
            0 => format!("{}xq", invent(&mut self.random).to_lowercase()),
            1..=4 => person.last_name.to_lowercase(),
            5 | 6 => format!(
                "{} {}",
                person.first_name.to_lowercase(),
                person.last_name.to_lowercase()
            ),
            7 => person.first_name,
            8 => person.reference.unwrap_or(person.last_name).to_lowercase(),
            _ => person.phone_number.map_or(person.last_name, |number| {
                number[number.len() - 6..].to_owned()
            }),
        }
    }

    /// The generator itself, for what is not about names.
    pub fn random(&mut self) -> &mut StdRng {
        &mut self.random
    }

    fn name(&mut self) -> String {
        let total = self.shares.last().copied().unwrap_or_default();
        let at = self.random.random::<f64>() * total;
        let rank = self.shares.partition_point(|sum| *sum < at);
        self.names[rank.min(self.names.len() - 1)].clone()
    }

    fn given_name(&mut self) -> String {
        self.given[skewed(&mut self.random, self.given.len())].to_owned()
    }
}

/// The first ones more often than the last ones.
fn skewed(random: &mut StdRng, length: usize) -> usize {
    let at = random.random::<f64>();
    ((at * at * length as f64) as usize).min(length - 1)
}

fn pick<'a>(random: &mut impl rand::Rng, words: &'a str) -> &'a str {
    let words: Vec<&str> = words.split_whitespace().collect();
    words[random.random_range(0..words.len())]
}

fn invent(random: &mut StdRng) -> String {
    let mut name = match random.random_range(0..60) {
        0 => "Le ".to_owned(),
        1 => "De ".to_owned(),
        2 => "D'".to_owned(),
        3 => "Saint-".to_owned(),
        _ => String::new(),
    };
    name.push_str(pick(random, STEMS));
    for _ in 0..random.random_range(0..3) {
        name.push_str(pick(random, MIDDLES));
    }
    name.push_str(pick(random, ENDS));
    name
}
