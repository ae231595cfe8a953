// Taking over needs from a colleague's file, wherever it came from: chosen, or dropped on the window.
import { app } from './app.svelte';
import type { ReceivedNeed } from './api/bindings';
import { toApiError } from './api/errors';
import { makePlain } from './api/plain';
import { host } from './api/seam';
import { i18n } from './i18n/index.svelte';
import { toasts } from './lib/toasts.svelte';

/** Whether a file is named as a work bundle. */
export const isWorkBundle = (path: string): boolean => /\.atlaswork$/i.test(path);

class Handing {
  /** What the file would do, until the user decides. */
  offered = $state.raw<{ path: string; needs: ReceivedNeed[] } | null>(null);

  /** Looks into a file; without a path the user chooses one. */
  async look(path?: string): Promise<void> {
    try {
      const chosen = path ?? (await host().pickPath());
      if (chosen === null) return;
      const needs = await host().inspectWork(chosen);
      makePlain(needs);
      this.offered = { path: chosen, needs };
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  async take(): Promise<void> {
    const path = this.offered?.path;
    if (path === undefined) return;
    this.offered = null;
    try {
      await app.take(await host().importWork(path));
      toasts.tell(i18n.m.work.handover.taken, { label: i18n.m.foot.undo, run: () => app.undo() });
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  close(): void {
    this.offered = null;
  }
}

export const handing = new Handing();
