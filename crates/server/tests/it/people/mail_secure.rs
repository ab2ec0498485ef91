//! Mail on its way between two houses: with TLS, to a server that is who it says, or not at all.

use std::{path::Path, sync::Arc};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use serde_json::json;

use super::smtp::{Line, Mood, Smtp, header};
use crate::support::{SITE, binary::Server, fixture_content};

/// An address of this machine that is not taken for the machine itself: STARTTLS is needed there.
const ELSEWHERE: &str = "127.0.0.2";

/// A mail server's certificate and key; who trusts it reads it from the file.
fn identity(file: &Path) -> Arc<ServerConfig> {
    let names = ["localhost".to_owned(), ELSEWHERE.to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    std::fs::write(file, cert.pem()).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    Arc::new(config)
}

/// A site that trusts the certificates in `file` alone, and was sent a message for `relay`.
fn site(folder: &Path, relay: &str, file: &Path) -> Server {
    let site = SITE.replace("feedback = true, ", "feedback = true, contact = true, ");
    let mail = format!(
        "[mail]\nfrom = \"site@example.org\"\nto = \"equipe@example.org\"\nsmtp = \"{relay}\"\n"
    );
    let settings = folder.join("site.toml");
    std::fs::write(&settings, format!("{site}\n{mail}")).unwrap();
    let content = fixture_content();
    let arguments = [
        "--content",
        content.to_str().unwrap(),
        "--site",
        settings.to_str().unwrap(),
        "--smtp-user",
        "u",
        "--smtp-password",
        "p",
    ];
    let server = Server::start_with("SSL_CERT_FILE", file.to_str().unwrap(), arguments);
    let body =
        json!({ "subject": "Une question", "email": "ana@example.org", "message": "Bonjour" });
    let body = body.to_string();
    let request = format!(
        "POST /api/v1/contact HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(server.try_send(request.as_bytes()).unwrap().status, 201);
    server
}

#[test]
fn a_server_that_is_trusted_gets_mail_that_nobody_overhears() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trusted.pem");
    let config = identity(&file);
    let from_the_start = Smtp::on("127.0.0.1", Line::Tls(config.clone()), Mood::Good);
    let on_request = Smtp::on(ELSEWHERE, Line::StartTls(config), Mood::Good);
    for (smtp, relay, overheard) in [
        (&from_the_start, format!("smtps://localhost:{}", from_the_start.address.port()), vec![]),
        (&on_request, format!("smtp://{}", on_request.address), vec!["EHLO", "STARTTLS"]),
    ] {
        let server = site(folder.path(), &relay, &file);
        server.wait_for_log("a mail is sent");
        assert_eq!(smtp.mails().len(), 1, "{relay}");
        assert!(header(&smtp.mails()[0], "Reply-To").contains("ana@example.org"), "{relay}");
        assert_eq!(smtp.overheard(), overheard, "{relay}");
    }
}

#[test]
fn nothing_is_said_to_a_server_that_nobody_vouches_for_or_that_has_no_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let [trusted, other] = ["trusted.pem", "other.pem"].map(|it| folder.path().join(it));
    identity(&trusted);
    let config = identity(&other);
    let stranger = Smtp::on("127.0.0.1", Line::Tls(config.clone()), Mood::Good);
    let disguised = Smtp::on(ELSEWHERE, Line::StartTls(config), Mood::Good);
    let open = Smtp::on(ELSEWHERE, Line::Plain, Mood::Good);
    for (smtp, relay, overheard) in [
        (&stranger, format!("smtps://localhost:{}", stranger.address.port()), vec![]),
        (&disguised, format!("smtp://{}", disguised.address), vec!["EHLO", "STARTTLS"]),
        (&open, format!("smtp://{}", open.address), vec!["EHLO"]),
    ] {
        let server = site(folder.path(), &relay, &trusted);
        let log = server.wait_for_log("a mail could not be sent, and is tried again");
        assert!(!log.contains("ana@"), "{log}");
        assert!(smtp.mails().is_empty(), "{relay}");
        let mut heard = smtp.overheard();
        heard.retain(|it| it != "QUIT");
        assert_eq!(heard, overheard, "{relay}: neither a password nor a name");
    }
}
