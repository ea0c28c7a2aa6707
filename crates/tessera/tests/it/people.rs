//! People of a real program: the demo's sign in with what its ready file says; whoever was locked out gets in again.

use crate::process::{Server, arg, printed, run};
use kernel::{PersonId, Timestamp};
use serde_json::{Value, json};
use testkit::{Browser, Person};

fn person(line: &Value) -> Person {
    let text = |field: &str| line[field].as_str().expect("text").to_owned();
    let (email, password, totp_secret) = (text("email"), text("password"), text("totp_secret"));
    Person { id: PersonId([0; 16]), email, password, totp_secret }
}

fn code(person: &Person) -> String {
    let step = vault::totp_step_at(Timestamp::now().0 / 1_000_000);
    vault::totp_code(&person.totp_secret, step).expect("a secret")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demos_people_sign_in_with_what_the_ready_file_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let proxy = ["--trusted-proxies", "127.0.0.1", "--allow-plain-http"];
    let args = [&["demo", "--data", arg(&data)][..], &proxy].concat();
    let server = Server::start(folder.path(), &args).await;
    let staff = server.ready["staff"].as_array().expect("staff").clone();
    let merchant = |n: usize| server.ready["merchants"][n]["id"].clone();
    let of = |line: &Value| {
        (line["role"].as_str().expect("a role").to_owned(), line["merchant"].clone())
    };
    let told: Vec<_> = staff.iter().map(of).collect();
    let first =
        ["owner", "operations", "finance", "service", "code_keeper", "auditor", "developer"];
    let wanted: Vec<_> = first
        .into_iter()
        .map(|role| (role.to_owned(), merchant(0)))
        .chain([("owner".to_owned(), merchant(1))])
        .chain(["system", "security", "audit"].map(|role| (role.to_owned(), Value::Null)))
        .collect();
    assert_eq!(told, wanted);
    for line in [&staff[0], &staff[7], &staff[8]] {
        let (person, mut browser) = (person(line), Browser::new(server.url()));
        let answer = browser.sign_in(&person, code(&person)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.json["roles"][0]["role"], line["role"], "{}", answer.text);
        let path = if line["merchant"].is_null() { "/v1/merchants" } else { "/v1/products" };
        let list = browser.get(path).await;
        let listed = list.json["data"].as_array().map(Vec::len);
        assert!(listed.is_some_and(|count| count > 1), "the demo's own: {}", list.text);
    }
    let shown = Browser::new(server.url()).get("/console/demo").await;
    assert_eq!(shown.json["people"].as_array().map(Vec::len), Some(11), "{}", shown.text);
    let mut clicked = Browser::new(server.url());
    for _ in 0..3 {
        let enter = json!({ "email": staff[3]["email"] });
        assert_eq!(clicked.post("/console/demo", &enter).await.status, 200);
    }
    assert_eq!(clicked.get("/v1/orders").await.status, 200);
    // One click is for this machine alone: not from elsewhere, nor by another's name that leads here.
    let mut far = Browser::new(server.url());
    far.from = Some("203.0.113.7".to_owned());
    let enter = json!({ "email": staff[0]["email"] });
    assert_eq!(far.post("/console/demo", &enter).await.status, 404);
    for path in ["/console/demo", "/console/demo/inbox"] {
        assert_eq!(far.get(path).await.status, 404, "{path}");
        for (host, status) in [("evil.example", 404), ("localhost", 200), ("LOCALHOST:1", 200)] {
            let asked = reqwest::Client::new().get(format!("{}{path}", server.url()));
            let answer = asked.header("host", host).send().await.expect("it answers");
            assert_eq!(answer.status(), status, "{path} by {host}");
        }
    }
    let merchant_id = merchant(0);
    server.stop().await;

    let database = server_url(&data);
    let recover = ["staff", "recover", "--database", &database, "--master-key-file"];
    let key = data.join("master.key");
    let nobody = run(&[&recover[..], &[arg(&key), "nobody@galaxy.example"]].concat());
    assert!(!nobody.status.success() && printed(&nobody).1.contains("nobody has the address"));
    let owner = staff[0]["email"].as_str().expect("an address");
    let made = run(&[&recover[..], &[arg(&key), owner]].concat());
    assert!(made.status.success(), "{:?}", printed(&made));
    assert!(printed(&made).0.contains("/console/link#"), "{:?}", printed(&made));
    let merchant = merchant_id.as_str().expect("an id");
    let forget = ["staff", "forget-networks", "--database", &database, "--master-key-file"];
    let forgotten = run(&[&forget[..], &[arg(&key), merchant]].concat());
    assert!(printed(&forgotten).0.starts_with("0 networks"), "{:?}", printed(&forgotten));
}

fn server_url(data: &std::path::Path) -> String {
    format!("sqlite://{}", data.join("tessera.db").display())
}
