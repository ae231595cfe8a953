// What counts as an address that a browser may open: http and https, without credentials.

/** The address, when the text is one that a browser may open; other text stays text. */
export function webAddress(text: string): URL | null {
  if (!/^https?:\/\//i.test(text) || /\s/.test(text)) return null;
  try {
    const url = new URL(text);
    return url.username || url.password ? null : url;
  } catch {
    return null;
  }
}
