//! The one window, and the refusal to let its page go anywhere.

use std::error::Error;
use std::path::Path;

use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{App, Url, WebviewWindow, WebviewWindowBuilder};

use crate::graphics;

/// Label of the window in the configuration and in the capability.
pub(crate) const LABEL: &str = "main";

/// The menu of the webview offers reload and back, which mean nothing here. It stays where it helps: in
/// fields, and on selected text, which can be copied.
const NO_PAGE_MENU: &str = r"
document.addEventListener('contextmenu', (event) => {
  const field = event.target instanceof Element && event.target.closest('input, textarea');
  if (!field && String(getSelection()) === '') event.preventDefault();
});
";

/// For tests: notes what goes wrong in the page from its first moment on. A test that asks later would miss it.
const WITNESS: &str = r"
window.__witness = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.__witness.push(`policy ${event.effectiveDirective}: ${event.blockedURI}`));
window.addEventListener('error', (event) => window.__witness.push(`error: ${event.message}`));
window.addEventListener('unhandledrejection', (event) => window.__witness.push(`rejection: ${event.reason}`));
";

/// Builds the window from the configuration, still hidden.
pub(crate) fn create(app: &App, data_dir: &Path) -> Result<WebviewWindow, Box<dyn Error>> {
    let config = app.config();
    let window = config
        .app
        .windows
        .iter()
        .find(|window| window.label == LABEL);
    let window = window.ok_or("the configuration describes no main window")?;
    let dev = config.build.dev_url.clone().filter(|_| tauri::is_dev());
    let mut builder = WebviewWindowBuilder::from_config(app, window)?
        .data_directory(data_dir.join("webview"))
        .initialization_script(NO_PAGE_MENU)
        .on_navigation(move |url| {
            let own = is_own(url, dev.as_ref());
            if !own {
                log::warn!("refused to leave the product for {url}");
            }
            own
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    if graphics::automated() {
        builder = builder.initialization_script(WITNESS);
    }
    Ok(builder.build()?)
}

/// Whether an address is the product's own page: `tauri://localhost`, its spelling on Windows, or the
/// development server when there is one.
fn is_own(url: &Url, dev: Option<&Url>) -> bool {
    let host = url.host_str();
    match url.scheme() {
        "tauri" => host == Some("localhost"),
        "http" | "https" if cfg!(windows) && host == Some("tauri.localhost") => true,
        _ => dev.is_some_and(|dev| dev.origin() == url.origin()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn the_page_stays_in_the_product() {
        assert!(is_own(
            &url("tauri://localhost/index.html#/search?q=质检"),
            None
        ));
        for foreign in [
            "https://example.org/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "about:blank",
            "data:text/html,x",
        ] {
            assert!(!is_own(&url(foreign), None), "{foreign}");
        }
    }

    #[test]
    fn the_development_server_is_own_only_where_it_is_configured() {
        let dev = url("http://localhost:5173/");
        assert!(is_own(
            &url("http://localhost:5173/src/main.ts"),
            Some(&dev)
        ));
        assert!(!is_own(&url("http://localhost:5174/"), Some(&dev)));
        assert!(!is_own(&dev, None));
    }
}
