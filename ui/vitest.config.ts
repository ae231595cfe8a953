import { svelte } from '@sveltejs/vite-plugin-svelte';

// Tests cover modules, also those with runes; what needs a component is tested in the real webview. The plain object
// is on purpose: vitest brings types of an older Vite, which the plugin's do not fit.
export default {
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
};
