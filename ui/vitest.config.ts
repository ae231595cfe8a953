import { defineConfig } from 'vitest/config';

// Tests cover plain modules; what needs a component is tested in the real webview.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], environment: 'node' } });
