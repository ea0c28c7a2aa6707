//! `tessera import codes` against the program itself: what a file says of a code reaches its buyer, and a file that leaves
//! something open is asked about, on a terminal and off it.

use crate::process::{Server, arg, printed, run, tessera};
use crate::program::folder;
use serde_json::json;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use testkit::Caller;

const FOUR: &str = "u1@example.com----Pw-1111----r1@example.net----JBSWY3DPEHPK3PXP\n\
                    u2@example.com----Pw-2222----r2@example.net----KRUGKIDROVUWG2ZA\n\
                    u3@example.com----Pw-3333----r3@example.net----MFRGGZDFMZTWQ2LK\n";

/// A demo with a new SKU, and the arguments of an import into it.
async fn demo(folder: &Path) -> (Server, Caller, String) {
    let data = folder.join("data");
    let server = Server::start(folder, &["demo", "--data", arg(&data)]).await;
    let shop = server.merchant(0);
    let sku = shop.sku(1990, json!({})).await;
    (server, shop, sku)
}

fn command<'a>(server: &'a Server, shop: &'a Caller, sku: &'a str) -> Vec<&'a str> {
    vec!["import", "codes", "--url", server.url(), "--key", &shop.key, "--sku", sku]
}

/// Each code of the file is sold with all that its line says, in this order.
async fn assert_all_is_sold(shop: &Caller, sku: &str) {
    shop.credit("buyer", 1_000_000).await;
    let bought = shop.order(sku, 3, "buyer").await;
    assert_eq!(bought.status, 201, "{}", bought.text);
    let mut lines = Vec::new();
    for delivery in bought.json["deliveries"].as_array().expect("codes") {
        let fields = delivery["code"]["fields"].as_array().expect("fields");
        let codes: Vec<&str> = fields.iter().filter_map(|field| field["code"].as_str()).collect();
        assert_eq!(codes, ["account", "password", "recovery_email", "totp"], "{}", bought.text);
        let values = fields.iter().filter_map(|field| field["value"].as_str());
        lines.push(values.collect::<Vec<_>>().join("----"));
    }
    lines.sort();
    assert_eq!(lines.join("\n") + "\n", FOUR);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_with_questions_is_told_off_a_terminal_and_its_columns_can_be_said() {
    let folder = folder();
    let (server, shop, sku) = demo(folder.path()).await;
    let file = folder.path().join("accounts.txt");
    fs::write(&file, FOUR).expect("a file of codes");
    let plain = [command(&server, &shop, &sku), vec![arg(&file)]].concat();
    let output = run(&plain);
    let (said, complaint) = printed(&output);
    assert!(!output.status.success(), "{said}");
    assert!(complaint.contains("the file has questions"), "{complaint}");
    for there in ["separator \"----\"", "? ", "/decisions'", "Authorization: Bearer $TESSERA_KEY"] {
        assert!(said.contains(there), "{there}: {said}");
    }
    assert!(!said.contains("Pw-1111") && !said.contains(&shop.key), "{said}");

    let columns = ["--columns", "account,password,recovery_email,totp", arg(&file)];
    let output = run(&[command(&server, &shop, &sku), columns.to_vec()].concat());
    let (said, complaint) = printed(&output);
    assert!(output.status.success(), "{said} {complaint}");
    assert!(said.contains("3 accepted, 0 duplicates, 0 errors"), "{said}");
    assert_all_is_sold(&shop, &sku).await;
    server.stop().await;
}

/// The program on a terminal of its own, which `script` makes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_terminal_it_asks_and_goes_on() {
    let folder = folder();
    let (server, shop, sku) = demo(folder.path()).await;
    let file = folder.path().join("accounts.txt");
    fs::write(&file, FOUR).expect("a file of codes");
    let args = [command(&server, &shop, &sku), vec![arg(&file)]].concat();
    let program = tessera(&args);
    let words = std::iter::once(program.get_program()).chain(program.get_args());
    let words: Vec<_> = words.map(|word| format!("'{}'", word.to_str().expect("UTF-8"))).collect();
    let mut script = Command::new("script");
    script.args(["-qec", &words.join(" "), "/dev/null"]).env("LC_ALL", "zh_CN.UTF-8");
    script.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut script = script.spawn().expect("script (of util-linux) runs");
    let typed = b"account,password,recovery_email,totp\n";
    script.stdin.as_mut().expect("its input").write_all(typed).expect("it reads");
    let output = script.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    for there in ["识别结果", "所有列的字段", "入库 3，重复 0，错误 0"] {
        assert!(said.contains(there), "{there}: {said}");
    }
    assert_all_is_sold(&shop, &sku).await;
    server.stop().await;
}
