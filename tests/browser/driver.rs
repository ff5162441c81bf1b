//! A browser under remote control: chromedriver on a free port, and Chromium with a profile of its own.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use url::{ParseError, Url};

use crate::tools::is_there;

const ARGUMENTS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether a page may run its scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scripts {
    On,
    Off,
}

/// A browser, closed when it is dropped.
pub(crate) struct Browser {
    runtime: Runtime,
    client: Client,
    driver: Child,
    _profile: TempDir,
}

impl Browser {
    /// `None` where chromedriver is absent, and need not be there.
    pub(crate) fn start(scripts: Scripts) -> Option<Self> {
        if !is_there("chromedriver", Command::new("chromedriver").arg("--version")) {
            return None;
        }
        let port = free_port();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = command.spawn().expect("chromedriver starts");
        wait_for(port);
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime.block_on(connect(port, profile.path(), scripts));
        Some(Self { runtime, client, driver, _profile: profile })
    }

    pub(crate) fn open(&self, page: &Path) {
        let url = Url::from_file_path(page).expect("a whole path");
        self.runtime.block_on(self.client.goto(url.as_str())).expect("the page opens");
    }

    /// What a script returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.runtime.block_on(self.client.execute(script, Vec::new())).expect("the script runs")
    }

    /// What a script hands to its last argument, a function.
    pub(crate) fn run_async(&self, script: &str) -> Value {
        self.runtime
            .block_on(self.client.execute_async(script, Vec::new()))
            .expect("the script runs")
    }

    pub(crate) fn number(&self, script: &str) -> i64 {
        self.run(script).as_f64().map(|number| number.round() as i64).expect("a number")
    }

    pub(crate) fn text(&self, script: &str) -> String {
        self.run(script).as_str().expect("a text").to_owned()
    }

    pub(crate) fn click(&self, selector: &str) {
        self.runtime.block_on(async {
            let css = fantoccini::Locator::Css(selector);
            let element = self.client.find(css).await.expect("an element to click");
            element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
        });
    }

    /// Types where the focus is.
    pub(crate) fn type_keys(&self, keys: &str) {
        self.runtime.block_on(async {
            let element = self.client.active_element().await.expect("a focus");
            element.send_keys(keys).await.expect("keys");
        });
    }

    /// A command of the protocol for developers.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.issue(Extension { path: "goog/cdp/execute", body })
    }

    /// The messages of a log, which are then forgotten.
    pub(crate) fn log(&self, kind: &str) -> Vec<String> {
        let body = json!({ "type": kind });
        let log = self.issue(Extension { path: "se/log", body });
        let entries = log.as_array().expect("a list").iter();
        entries.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub(crate) fn be_wide(&self, width: u32, height: u32) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics);
    }

    pub(crate) fn prefer(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.devtools("Emulation.setEmulatedMedia", &json!({ "features": [feature] }));
    }

    fn issue(&self, command: Extension) -> Value {
        self.runtime.block_on(self.client.issue_cmd(command)).expect("chromedriver answers")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.runtime.block_on(self.client.clone().close());
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A command that chromedriver has beside the standard's.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

fn wait_for(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(begun.elapsed() < PATIENCE, "chromedriver does not listen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

async fn connect(port: u16, profile: &Path, scripts: Scripts) -> Client {
    let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let javascript = if scripts == Scripts::On { 1 } else { 2 };
    let capabilities = json!({
        "goog:chromeOptions": {
            "args": arguments,
            "prefs": { "profile.managed_default_content_settings.javascript": javascript },
        },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    });
    let Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("a browser starts")
}
