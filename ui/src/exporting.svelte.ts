// Exporting: what was chosen, what the file would contain, how far the writing is, and how it ended.
import type {
  ApiError,
  Exported,
  ExportFormat,
  ExportLanguage,
  ExportPreview,
  ExportProgress,
  ExportWhat,
  PrivateField,
} from './api/bindings';
import { call } from './api/call';
import { toApiError } from './api/errors';
import { host } from './api/seam';
import { i18n } from './i18n/index.svelte';

export type Step =
  | { at: 'choosing' }
  | { at: 'writing'; progress: ExportProgress | null; stopping: boolean }
  | { at: 'done'; written: Exported }
  | { at: 'failed'; error: ApiError };

export const FORMATS: readonly ExportFormat[] = ['xlsx', 'csv', 'json', 'pdf', 'docx'];

class Exporting {
  /** What is exported; the dialog is open while there is something. */
  what = $state.raw<ExportWhat | null>(null);
  step = $state.raw<Step>({ at: 'choosing' });
  format = $state<ExportFormat>('xlsx');
  language = $state<ExportLanguage>('zh');
  /** CSV without a byte order mark. */
  plain = $state(false);
  phones = $state(false);
  without = $state.raw<readonly PrivateField[]>([]);
  preview = $state.raw<ExportPreview | null>(null);
  #newest = 0;

  open(what: ExportWhat, format: ExportFormat): void {
    this.what = what;
    this.format = format;
    this.language = i18n.language === 'en' ? 'en' : 'zh';
    this.without = [];
    this.phones = false;
    this.step = { at: 'choosing' };
    this.preview = null;
    void this.look();
  }

  #request(what: ExportWhat) {
    const { format, language, phones, plain } = this;
    return { what, format, language, phones, plain, without: [...this.without] };
  }

  /** Asks what the file would contain. */
  async look(): Promise<void> {
    const { what } = this;
    if (!what) return;
    const mine = ++this.#newest;
    try {
      const preview = await call('preview_export', this.#request(what));
      if (mine === this.#newest) this.preview = preview;
    } catch (thrown) {
      if (mine === this.#newest) this.step = { at: 'failed', error: toApiError(thrown) };
    }
  }

  leaveOut(field: PrivateField, out: boolean): void {
    this.without = out ? [...this.without, field] : this.without.filter((one) => one !== field);
  }

  async write(): Promise<void> {
    const { what, preview } = this;
    if (!what || !preview || this.step.at === 'writing') return;
    this.step = { at: 'writing', progress: null, stopping: false };
    const told = (progress: ExportProgress) => {
      if (this.step.at === 'writing') this.step = { ...this.step, progress };
    };
    try {
      const written = await host().exportFile(this.#request(what), preview.file, told);
      this.step = written ? { at: 'done', written } : { at: 'choosing' };
    } catch (thrown) {
      const error = toApiError(thrown);
      this.step = error.code === 'cancelled' ? { at: 'choosing' } : { at: 'failed', error };
    }
  }

  async stop(): Promise<void> {
    if (this.step.at !== 'writing') return;
    this.step = { ...this.step, stopping: true };
    await host().cancel();
  }

  again(): void {
    this.step = { at: 'choosing' };
    void this.look();
  }

  close(): void {
    if (this.step.at === 'writing') void this.stop();
    else this.what = null;
  }
}

export const exporting = new Exporting();
