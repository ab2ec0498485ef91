//! A browser of one's own.

use std::{
    ops::Deref,
    sync::OnceLock,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use thirtyfour::{By, Capabilities, Key, WebDriver, WebElement};

use super::{Folder, http, process::Process, tool};

/// How long a condition may take to come true. Generous: it is only reached by a failure.
const DEADLINE: Duration = Duration::from_secs(20);
/// Between two looks at a condition.
const LOOK: Duration = Duration::from_millis(25);

/// Chromium's own switches.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    // Nothing glides, so that what is to be pressed stays where it was found.
    "--force-prefers-reduced-motion",
    "--window-size=1280,900",
];

/// Whether pages may run scripts. The tests' own always run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

impl Scripts {
    pub const BOTH: [Scripts; 2] = [Scripts::On, Scripts::Off];
}

/// A session with a fresh profile, closed when dropped.
pub struct Browser {
    driver: WebDriver,
    scripts: Scripts,
}

impl Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

impl Drop for Browser {
    /// Also after a failed step, where nothing can be awaited.
    fn drop(&mut self) {
        let session = format!("/session/{}", self.driver.handle().session_id());
        http::delete(driver(), &session);
        // Already closed: the driver need not close it once more.
        let _ = self.driver.clone().leak();
    }
}

/// One driver for all tests of the run.
fn driver() -> &'static str {
    static DRIVER: OnceLock<(Process, String)> = OnceLock::new();
    let (_, address) = DRIVER.get_or_init(|| {
        let program = tool("CHROMEDRIVER");
        let (process, port) = Process::start(&program, &["--port=0"], Folder::new(), |line| {
            let port = line.strip_prefix("ChromeDriver was started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        (process, format!("http://127.0.0.1:{port}"))
    });
    address
}

impl Browser {
    pub async fn start(scripts: Scripts) -> Browser {
        Browser::start_with(scripts, &[]).await
    }

    /// With what is in `profile`, and stays there after it.
    pub async fn start_in(profile: &Folder) -> Browser {
        let folder = format!("--user-data-dir={}", profile.text());
        Browser::start_with(Scripts::On, &[&folder]).await
    }

    async fn start_with(scripts: Scripts, more: &[&str]) -> Browser {
        let preferences = match scripts {
            Scripts::On => json!({}),
            Scripts::Off => json!({ "profile.managed_default_content_settings.javascript": 2 }),
        };
        let args = [&FLAGS[..], more].concat();
        let chromium = json!({ "binary": tool("CHROME"), "args": args, "prefs": preferences });
        let mut wishes = Capabilities::new();
        wishes.set("goog:chromeOptions", chromium).unwrap();
        wishes.set("goog:loggingPrefs", json!({ "browser": "ALL" })).unwrap();
        let driver = WebDriver::new(driver(), wishes).await.unwrap();
        Browser { driver, scripts }
    }

    /// A browser at `address`, ready to be used.
    pub async fn at(address: &str, scripts: Scripts) -> Browser {
        let browser = Browser::start(scripts).await;
        browser.open(address).await;
        browser
    }

    /// Loads `address` and, with scripts, waits until it is [`ready`](Browser::ready).
    pub async fn open(&self, address: &str) {
        self.goto(address).await.unwrap();
        self.ready().await;
    }

    /// Waits until the app answers, where there is one, and all of the page is laid out.
    pub async fn ready(&self) {
        if self.scripts == Scripts::On {
            let ready = "(({ hydrated, settled }) => hydrated === '' && settled === '')";
            self.until(&format!("{ready}(document.documentElement.dataset)")).await;
        }
    }

    /// The value of a JavaScript expression.
    pub async fn eval(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression});"), Vec::new()).await
    }

    /// The value that `script`, the body of a function, returns.
    pub async fn run(&self, script: &str, args: Vec<Value>) -> Value {
        match self.execute(script, args).await {
            Ok(value) => value.json().clone(),
            Err(error) => panic!("{error}\nin {script}"),
        }
    }

    pub async fn truth(&self, expression: &str) -> bool {
        self.eval(&format!("Boolean({expression})")).await == Value::Bool(true)
    }

    pub async fn number(&self, expression: &str) -> f64 {
        let value = self.eval(expression).await;
        value.as_f64().unwrap_or_else(|| panic!("{expression} is {value}, no number"))
    }

    pub async fn text(&self, expression: &str) -> String {
        let value = self.eval(expression).await;
        value.as_str().unwrap_or_else(|| panic!("{expression} is {value}, no text")).to_owned()
    }

    /// Waits until a JavaScript expression is true.
    pub async fn until(&self, expression: &str) {
        let start = Instant::now();
        loop {
            // While a page is being replaced there is nobody to ask.
            let asked = self.execute(format!("return Boolean({expression});"), Vec::new()).await;
            if asked.as_ref().is_ok_and(|it| *it.json() == Value::Bool(true)) {
                return;
            }
            if DEADLINE < start.elapsed() {
                let address = self.eval("location.href").await;
                let state = asked.map(|it| it.json().clone());
                let shown = self.text("document.querySelector('main')?.innerText ?? ''").await;
                panic!(
                    "at {address} this never came true, but was {state:?}: {expression}\n\
                     the page says:\n{shown}"
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until there are as many windows.
    pub async fn until_windows(&self, count: usize) {
        let start = Instant::now();
        while self.windows().await.unwrap().len() != count {
            assert!(start.elapsed() < DEADLINE, "there are never {count} windows");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until an element's text, or the value of an expression, is `wanted`.
    pub async fn until_is(&self, expression: &str, wanted: &str) {
        self.until(&format!("({expression}) === {}", Value::from(wanted))).await;
    }

    pub async fn one(&self, css: &str) -> WebElement {
        match self.find(By::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("{css}: {error}"),
        }
    }

    /// Presses what `css` finds, with the mouse.
    pub async fn click(&self, css: &str) {
        // As a reader scrolls: well into sight, not under the bar at the edge of a phone.
        let scroll = "const it = document.querySelector(arguments[0]);
            if (!it) return;
            const { top, bottom } = it.getBoundingClientRect();
            if (top < 0 || innerHeight * 0.8 < bottom) it.scrollIntoView({ block: 'center' });";
        self.run(scroll, vec![json!(css)]).await;
        if let Err(error) = self.one(css).await.click().await {
            panic!("{css}: {error}");
        }
    }

    /// Presses and releases a key where the focus is.
    pub async fn key(&self, key: Key) {
        self.action_chain().send_keys(key).perform().await.unwrap();
    }

    /// Presses one key, once: what types a text tries again when the page goes away meanwhile.
    pub async fn press(&self, letter: &str) {
        for (kind, text) in [("keyDown", letter), ("keyUp", "")] {
            let event = json!({ "type": kind, "key": letter, "text": text });
            self.devtools("Input.dispatchKeyEvent", event).await;
        }
    }

    pub async fn type_text(&self, text: &str) {
        self.action_chain().send_keys(text).perform().await.unwrap();
    }

    /// Makes the window's inside so wide and high, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        // Not `mobile`: such a window widens with what overflows, and hides what is looked for.
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// `light` or `dark`, as the device asks for it.
    pub async fn prefer(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Runs `script` in every document from now on, before the page's own.
    pub async fn before_every_page(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        match self.cdp().send_raw(method, parameters).await {
            Ok(value) => value,
            Err(error) => panic!("{method}: {error}"),
        }
    }

    /// What the console said since it was last asked.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.get_log("browser").await.unwrap();
        entries.into_iter().map(|it| format!("{it:?}")).collect()
    }

    /// Leaves a mark that does not survive a reload.
    pub async fn mark(&self) {
        self.run("window.sameDocument = true;", Vec::new()).await;
    }

    /// Whether the document is still the one that was marked.
    pub async fn marked(&self) -> bool {
        self.truth("window.sameDocument").await
    }

    /// What can be read in the page's own part, with plain spaces.
    pub async fn words(&self) -> String {
        let text = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')";
        self.text(text).await
    }

    pub async fn path(&self) -> String {
        self.text("location.pathname").await
    }
}
