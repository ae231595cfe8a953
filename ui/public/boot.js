// The look of the last visit, before anything is drawn. What really holds is read later, from the user's own data;
// this copy only spares the eyes a flash. Where it is missing or odd, the system decides.
try {
  const { theme, zoom, language } = JSON.parse(localStorage.getItem('look'));
  const root = document.documentElement;
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (zoom >= 80 && zoom <= 200) root.style.fontSize = `${(16 * zoom) / 100}px`;
  if (language === 'en' || language === 'zh-CN') root.lang = root.dataset.language = language;
} catch {
  // The first visit.
}
