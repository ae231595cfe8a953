// Proves that svelte-check really fails on a type error: some versions of the tool chain pass in silence.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = mkdtempSync(join(import.meta.dirname, '..', 'canary-'));
try {
  writeFileSync(
    join(folder, 'Canary.svelte'),
    '<script lang="ts">\n  const wrong: number = "text";\n</script>\n\n<p>{wrong}</p>\n',
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../tsconfig.json', include: ['*.svelte'], compilerOptions: { types: ['svelte'] } }),
  );
  const bin = join(import.meta.dirname, '..', 'node_modules', 'svelte-check', 'bin', 'svelte-check');
  const run = spawnSync(
    process.execPath,
    [bin, '--workspace', folder, '--tsconfig', join(folder, 'tsconfig.json'), '--output', 'machine'],
    { encoding: 'utf8' },
  );
  if (run.status === 0 || !run.stdout.includes("Type 'string' is not assignable to type 'number'")) {
    console.error('svelte-check passed a type error; its answer was:\n' + run.stdout + run.stderr);
    process.exitCode = 1;
  } else {
    console.log('canary: svelte-check fails on a type error, as it should');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
