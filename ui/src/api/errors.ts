// What the user reads and may do for every way a command can fail. The compiler wants each code here once.
import type { ApiError, ErrorCode } from './bindings';
import type { Messages } from '../i18n/zh-CN';

export type Severity = 'info' | 'warning' | 'fault';
/** What a screen offers beside the text. */
export type Action = 'retry' | 'overview' | 'restart';

export interface ErrorText {
  severity: Severity;
  text: (m: Messages, facts: { [key in string]: string }) => string;
  action?: Action;
}

export const errors: Record<ErrorCode, ErrorText> = {
  bad_request: { severity: 'warning', text: (m) => m.errors.badRequest, action: 'overview' },
  not_found: { severity: 'info', text: (m) => m.errors.notFound, action: 'overview' },
  catalog_missing: { severity: 'info', text: (m) => m.errors.catalogMissing, action: 'retry' },
  folder_in_use: { severity: 'warning', text: (m, facts) => m.errors.folderInUse(facts.path ?? ''), action: 'retry' },
  folder_read_only: { severity: 'warning', text: (m, facts) => m.errors.folderReadOnly(facts.path ?? '') },
  folder_missing: {
    severity: 'warning',
    text: (m, facts) => m.errors.folderMissing(facts.path ?? '', facts.pointer ?? ''),
    action: 'retry',
  },
  disk_full: { severity: 'warning', text: (m, facts) => m.errors.diskFull(facts.path ?? ''), action: 'retry' },
  too_new: { severity: 'warning', text: (m, facts) => m.errors.tooNew(facts.path ?? '') },
  damaged: { severity: 'fault', text: (m, facts) => m.errors.damaged(facts.path ?? ''), action: 'retry' },
  file_exists: { severity: 'warning', text: (m, facts) => m.errors.fileExists(facts.path ?? '') },
  file_unwritable: { severity: 'warning', text: (m, facts) => m.errors.fileUnwritable(facts.path ?? '') },
  no_font: { severity: 'warning', text: (m, facts) => m.errors.noFont(facts.package ?? '') },
  missing_glyph: {
    severity: 'warning',
    text: (m, facts) => m.errors.missingGlyph(facts.char ?? '', facts.code ?? '', facts.text ?? ''),
  },
  cancelled: { severity: 'info', text: (m) => m.errors.cancelled, action: 'retry' },
  internal: { severity: 'fault', text: (m) => m.errors.internal, action: 'retry' },
};

function isApiError(value: unknown): value is ApiError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    value.code in errors &&
    'facts' in value
  );
}

/** Whatever was thrown, as an error of the table. */
export function toApiError(thrown: unknown): ApiError {
  if (isApiError(thrown)) return thrown;
  return { code: 'internal', facts: {}, trace: thrown instanceof Error ? String(thrown) : JSON.stringify(thrown) };
}
