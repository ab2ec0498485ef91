//! Each rule with what it finds and what it leaves alone.

use guard::{Kind, look};

/// The findings' kinds and passages.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let found = look(text);
    let found: Vec<_> = found.iter().map(|it| (it.kind.name(), &text[it.range.clone()])).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[track_caller]
fn has(text: &str, kind: &str, rule: &str) {
    let found = look(text);
    assert!(
        found.iter().any(|it| it.kind.name() == kind && it.rule == rule),
        "{text:?}: {found:?}"
    );
}

#[track_caller]
fn none(text: &str) {
    assert_eq!(look(text), [], "{text:?}");
}

#[test]
fn a_number_beside_it_hides_nothing_that_asks_for_help() {
    let number = "06 39 98 00 17";
    for text in [
        format!("J’arrête mon traitement, appelez le {number}"),
        format!("J’arrête mon traitement. Mon numéro : {number}"),
        format!("{number} : rappelez-moi, j’arrête mon traitement"),
    ] {
        has(&text, "stops_treatment", "stops");
        has(&text, "phone", "phone");
    }
    has(&format!("Je veux mourir, appelez-moi au {number}"), "distress", "distress");
    check(&format!("Mon traitement marche, appelez le {number}"), &[("phone", number)]);
    let goes_on = format!("Le secrétariat est au {number}, je continue mon traitement");
    check(&goes_on, &[("phone", number)]);
}

#[test]
fn telephone_numbers() {
    for number in [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "+32 470 12 34 56",
        "+41 79 123 45 67",
        "+352 621 123 456",
        "O6 12 34 56 78",
        "O6 I2 34 5l 7O",
        "0 6 . 1 2 . 3 4 . 5 6 . 7 8",
        "063/21.47.09",
        "514 555-0148",
        "418.555.0147",
        "0611 zéro huit zéro huit 47",
        "06 douze puis 34 puis 56 puis soixante-dix-huit",
        "zéro quatre vingt-deux quarante, nonante-trois, dix-sept",
        "six, douze, quatre-vingt-dix-neuf, trente-huit, soixante et onze",
        "06\u{a0}12\u{202f}34\u{200b} 56 78",
    ] {
        check(&format!("Appelez le {number}, merci"), &[("phone", number)]);
    }
    for text in [
        "le 15, le 3114 ou le 112",
        "0 800 858 858",
        "0 805 23 23 23",
        "SOS Amitié 09 72 39 40 50",
        "le 01/02/2024 10 h",
        "CRP à 12,5 puis 06,2",
        "0123456789",
        "12 06 2024",
        "EAN 3400930000000",
        "DOI 10.1056/0612345678",
        "un deux trois quatre cinq six sept huit neuf dix",
        "2l d'eau, 06 l au plus",
    ] {
        none(text);
    }
    has("c'est le zéro six douze trente-quatre cinquante-six soixante-dix-huit", "phone", "phone");
    none("zéro six fois sur dix");
}

#[test]
fn mail_addresses() {
    check("à jean.dupont@exemple.fr.", &[("email", "jean.dupont@exemple.fr")]);
    check("jean @ exemple.fr", &[("email", "jean @ exemple.fr")]);
    check("jean @ exemple . fr, oui", &[("email", "jean @ exemple . fr")]);
    check("jean[@]exemple[.]fr", &[("email", "jean[@]exemple[.]fr")]);
    none("rendez-vous @ Lyon. Merci");
    has("jean point dupont arobase gmail point com", "email", "email_spelled");
    has("jean.dupont (at) gmail.com", "email", "email_spelled");
    none("merci @immunotheque, on se voit @ Lyon");
    none("le signe arobase");
}

#[test]
fn social_security_numbers() {
    check("1 85 07 75 123 456 78", &[("social_security", "1 85 07 75 123 456 78")]);
    check("n° 2850775123456 !", &[("social_security", "2850775123456")]);
    check("1 85 07 2A 123 456", &[("social_security", "1 85 07 2A 123 456")]);
    check("AVS 756.1234.5678.97", &[("social_security", "756.1234.5678.97")]);
    check("le 85.07.30-033.28", &[("social_security", "85.07.30-033.28")]);
    check("né 850730 033 28", &[("social_security", "850730 033 28")]);
    has("NISS : 850730-033-99", "social_security", "register_named");
    let spelled = "deux, soixante-six, onze, trente-quatre, cent soixante-douze, deux cent huit";
    check(spelled, &[("social_security", spelled)]);
    none("le 12/05/21 120 80");
    none("1 85 17 75 123 456 78");
    none("3850775123456");
}

#[test]
fn addresses() {
    check("J’habite au 12 bis, rue des Lilas.", &[("address", "habite au 12 bis, rue des Lilas")]);
    has("12 place de la République", "address", "address_street");
    has("je suis à 69003 Lyon", "address", "address_town");
    for text in [
        "rue de Lausanne 58, 1110 Morges",
        "17, ch. du Vallon",
        "8, Grande Rue",
        "Rang Saint-Achille, 2018, Château",
        "le n° 3 de la place Sainte-Opportune",
        "au lieu-dit La Croix Blanche",
        "quarante-six rue Cavenne",
    ] {
        has(text, "address", "address_street");
    }
    has("3 rue du 11 novembre, Saumur", "address", "address_day");
    has("13520 les Baux", "address", "address_town");
    none("le 12 novembre je suis allée rue de l'hôpital");
    none("10 rue ou 10 minutes de marche");
    none("la rue Pasteur à 20 minutes");
    none("une place de parking, 2 place de cinéma");
    none("12000 euros");
    none("dans la rue, 12 personnes");
}

#[test]
fn named_doctors() {
    check("le Dr Martin m’a vue", &[("named_doctor", "Dr Martin")]);
    has("Docteur J. de La Tour", "named_doctor", "doctor_title");
    has("mon rhumatologue, M. Lefèvre", "named_doctor", "doctor_profession");
    has("mon médecin s'appelle Dupont", "named_doctor", "doctor_profession");
    has("DR. MARTIN", "named_doctor", "doctor_title");
    has("la Dre P. m'a écoutée", "named_doctor", "doctor_title");
    has("merci à Solange, mon infirmière", "named_doctor", "doctor_profession");
    has("Elle s'appelle Anne Petit et c'est ma kiné", "named_doctor", "doctor_profession");
    for text in [
        "ma kiné sandrine est douce",
        "Marc l'infirmier",
        "Grâce à Marc, infirmier en hôpital de jour, j'ai moins peur.",
        "Philippe Durand, jeune neurologue à Nantes",
        "monsieur martin, cardiologue",
        "Sophie Martel à Lille, rhumato",
        "nos infirmières Hélène et Maud",
        "le radiologue, guillaume, a refait l'écho",
        "allergologue à Montpellier : madame soubeyran",
        "evitez kermorvan le rhumato",
    ] {
        has(text, "named_doctor", "doctor_profession");
    }
    for text in [
        "dr. s. aubert m'a suivie",
        "le docteur d'ormesson",
        "le dr el khoury",
        "le mail du Dr Wojciechowski",
        "je vais pas mentir, le doc garrec il est bon",
        "dr k. m'a vue cinq minutes",
        "Votre article cite le professeur Escoffier",
        "vu par le Pr Y. Chastagnier",
    ] {
        has(text, "named_doctor", "doctor_title");
    }
    for text in [
        "Hier à Paris, le neurologue était là",
        "le médecin de Doctolib",
        "mon rhumato, Humira, rien n'y fait",
        "bonjour marie, mon médecin m'a dit pareil",
        "ma fille Julie, infirmière, lit aussi",
        "le professeur principal de ma fille",
        "le docteur russe de la vidéo",
        "la station Docteur Roux",
        "pour mon mariage, la dermato m'a aidée",
        "le laboratoire a perdu mes tubes, il a fallu que l'infirmière repique ma petite",
        "la maladie de Crohn",
        "le docteur est passé",
        "Docteur en médecine",
        "le Dr House",
        "professeur de français",
        "mon rhumatologue à Lyon",
        "l'hôpital du Docteur Roux",
        "mon médecin. Martin est là",
        "le docteur X m'a reçue",
        "mon oncologue m'accompagne",
        "elle a dit à l'oncologue : « Gardez tout »",
        "la rue Docteur-Roux est fermée",
    ] {
        none(text);
    }
}

#[test]
fn stopped_treatments() {
    for text in [
        "j'ai arrêté mon traitement",
        "jai arreter le metotrexate",
        "je vais stopper la cortisone",
        "j'ai décidé d'arrêter mon traitemnt",
        "jarrete mon traitement",
        "g arrété la corti",
        "ma mère a arrêté sa chimio",
        "le méthotrexate, je l'ai arrêté",
        "j'ai baissé les doses de moi-même",
    ] {
        has(text, "stops_treatment", "stops");
    }
    has("je ne prends plus mes médicaments", "stops_treatment", "takes_no_more");
    none("je ne prends plus le bus");
    has("Jetez vos médicaments !", "stops_treatment", "tells_to_stop");
    for text in [
        "mon médecin a arrêté le traitement",
        "n'arrêtez jamais votre traitement seul",
        "j'ai arrêté de fumer",
        "Faut-il arrêter le traitement pendant la grossesse ?",
        "je n'ai jamais arrêté mon traitement",
        "l'arrêt de travail",
    ] {
        none(text);
    }
}

#[test]
fn distress() {
    for text in [
        "j'ai envie de mourir",
        "je veux en finir",
        "je pense à me suicider",
        "des idées noires",
        "je n'ai plus envie de vivre",
        "JE VEUX MOURIIR",
        "jveux plus vivre",
        "à quoi bon",
        "je suis un poids pour ma famille",
        "m'endormir et ne plus me réveiller",
        "je ne veux pas de pitié mais j'ai envie de mourir",
    ] {
        has(text, "distress", "distress");
    }
    for text in [
        "mort de rire",
        "envie d'en finir avec la fatigue",
        "la vie continue",
        "je ne veux pas mourir",
        "je n'en peux plus de cette pluie",
    ] {
        none(text);
    }
}

#[test]
fn text_of_any_kind() {
    check("😀 06\u{a0}12\u{202f}34 56 78 😀", &[("phone", "06\u{a0}12\u{202f}34 56 78")]);
    check("שלום 0612345678 שלום", &[("phone", "0612345678")]);
    let stopped = "j’ai arre\u{302}te\u{301} mon traitement";
    check(stopped, &[("stops_treatment", stopped)]);
    check("Dr\u{202f}Mar\u{200b}tin", &[("named_doctor", "Dr\u{202f}Mar\u{200b}tin")]);
    none("");
    none("\u{301}\u{200d}");
}

/// What else somebody writes about does not hide one sentence that says it.
#[test]
fn one_sentence_among_others_is_enough() {
    let text = "Merci. Mon numéro : 06 39 98 00 11. J'arrête mon traitement demain. À bientôt.";
    let kinds: Vec<Kind> = look(text).into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [Kind::Phone, Kind::StopsTreatment]);
    let text = "Le Dr Martin le sait. Écrivez-moi à zoe@example.org. Je veux mourir.";
    let kinds: Vec<Kind> = look(text).into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [Kind::NamedDoctor, Kind::Email, Kind::Distress]);
}

/// Who writes much, writes about much: that speaks against nothing.
#[test]
fn plain_words_are_found_in_the_midst_of_others() {
    for text in [
        "Merci. Appelez-moi au 06 39 98 00 17 ou écrivez à zoe@example.org, j'arrête mon traitement demain.",
        "J’arrête mon traitement demain, et je pars en vacances avec mes enfants et mon chien.",
        "Bonjour à toute l'équipe, ma sœur m'a envoyé votre page sur les CAR-T qui est très claire, \
         et comme mes analyses sont bonnes j'ai arrêté mon traitement lundi, et depuis je dors mieux.",
    ] {
        assert!(look(text).iter().any(|it| it.kind == Kind::StopsTreatment), "{text}");
    }
    for text in [
        "Merci pour ce site, les dessins sont très beaux, ma fille de huit ans les a compris tout de \
         suite, mais moi je veux mourir, et je ne sais pas à qui le dire, bonne soirée à tous.",
        "Je vous écris de la salle d'attente, il y a du monde et le café est froid, hier soir j'ai pensé \
         à en finir, mon mari ne le sait pas, et la perfusion est à onze heures.",
    ] {
        assert!(look(text).iter().any(|it| it.kind == Kind::Distress), "{text}");
    }
    none(
        "Bonjour à toute l'équipe, ma sœur m'a envoyé votre page sur les CAR-T, elle l'a lue deux fois, et \
         nous partons en vacances avec les enfants et le chien, merci encore et bonne journée à tous.",
    );
}

/// Whoever cuts a passage out of a text cuts between its characters.
#[test]
fn a_passage_begins_and_ends_between_characters() {
    for text in
        ["+\u{300}1 85 07 75 123 456", "+\u{200d}33 6 39 98 00 17", "+33\u{301} 6 39 98 00 17"]
    {
        for it in look(text) {
            assert!(text.get(it.range.clone()).is_some(), "{text:?}: {it:?}");
        }
        assert!(!look(text).is_empty(), "{text:?}");
    }
}
