// Handing own records to the publisher of a feed, and taking the publisher's answer in.
import type { ApiError, LeavingRecord } from './api/bindings';
import { call } from './api/call';
import { toApiError } from './api/errors';
import { host } from './api/seam';
import { i18n } from './i18n/index.svelte';
import { toasts } from './lib/toasts.svelte';

/** Whether a file is named as a publisher's answer. */
export const isReceipt = (path: string): boolean => /\.atlasreceipt$/i.test(path);

/** Why something about submissions was refused, in the words of the window; undefined when it is no such refusal. */
export function refusal(error: ApiError): string | undefined {
  const { reason } = error.facts;
  const { refused } = i18n.m.submissions;
  if (error.code !== 'bad_request' || reason === undefined || !Object.hasOwn(refused, reason)) return undefined;
  return refused[reason as keyof typeof refused](error.facts);
}

class Submitting {
  /** What is about to be handed in, until the user decides. */
  refs = $state.raw<readonly string[] | null>(null);
  masked = $state(true);
  contact = $state(false);
  /** Exactly what would leave. */
  leaving = $state.raw<LeavingRecord[] | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** Grows with every submission and answer: lists ask again. */
  revision = $state(0);

  /** Begins with own records. */
  async begin(refs: readonly string[]): Promise<void> {
    this.refs = refs;
    this.masked = true;
    this.contact = false;
    await this.preview();
  }

  /** Asks anew what would leave. */
  async preview(): Promise<void> {
    const { refs, masked, contact } = this;
    if (!refs) return;
    this.error = null;
    try {
      const leaving = await call('preview_submission', { refs: [...refs], masked, contact });
      if (this.refs === refs && this.masked === masked && this.contact === contact) this.leaving = leaving;
    } catch (thrown) {
      this.leaving = null;
      this.error = toApiError(thrown);
    }
  }

  /** Writes the file, where the user says. */
  async write(): Promise<void> {
    const { refs, masked, contact } = this;
    if (!refs) return;
    try {
      const written = await host().exportSubmission({ refs: [...refs], masked, contact });
      if (written === null) return;
      this.close();
      this.revision += 1;
      toasts.tell(i18n.m.submissions.written(written.path));
    } catch (thrown) {
      this.error = toApiError(thrown);
    }
  }

  /** Takes an answer in; without a path the user chooses the file. */
  async receive(path?: string): Promise<void> {
    try {
      const chosen = path ?? (await host().pickPath());
      if (chosen === null) return;
      const { feed, accepted, rejected } = await host().importReceipt(chosen);
      this.revision += 1;
      toasts.tell(i18n.m.submissions.received(feed, i18n.num(accepted), i18n.num(rejected)), {
        label: i18n.m.submissions.show,
        run: () => (location.hash = '#/submissions'),
      });
    } catch (thrown) {
      const error = toApiError(thrown);
      const text = refusal(error);
      if (text === undefined) toasts.fail(error);
      else toasts.tell(text);
    }
  }

  close(): void {
    this.refs = null;
    this.leaving = null;
    this.error = null;
  }
}

export const submitting = new Submitting();
