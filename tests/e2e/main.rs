//! The program as people use it: the real binary, in the real webview, on a display without a screen.
