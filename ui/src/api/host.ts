// The host of the product: Tauri. No other file may import it.
import { Channel, invoke } from '@tauri-apps/api/core';
import type {
  AppStatus,
  Changes,
  Exported,
  ExportProgress,
  ExportedSubmission,
  Mutations,
  Progress,
  Queries,
  ReceiptView,
  ReceivedNeed,
  SyncOutcome,
  SyncProgress,
  SyncReport,
  TableCheck,
  TableFile,
  TableImported,
  TableProgress,
} from './bindings';
import type { Happening, Host } from './seam';

function channel<T>(told: (message: T) => void): Channel<T> {
  const made = new Channel<T>();
  made.onmessage = told;
  return made;
}

export const tauri: Host = {
  query: (name, args) => invoke<Queries[typeof name][1]>('query', { name, args }),
  mutate: (name, args) => invoke<Mutations[typeof name][1]>('mutate', { name, args }),
  open: (report) => invoke('open', { progress: channel<Progress>(report) }),
  sync: (request, report) => invoke<SyncReport>('sync', { request, progress: channel<SyncProgress>(report) }),
  importBundle: (request, report) =>
    invoke<SyncOutcome>('import_bundle', { request, progress: channel<SyncProgress>(report) }),
  exportFile: (request, file, report) =>
    invoke<Exported | null>('export', { request, file, progress: channel<ExportProgress>(report) }),
  showExport: () => invoke('show_export'),
  cancel: () => invoke('cancel'),
  pickPath: (table = false) => invoke<string | null>('pick_path', { table }),
  exportWork: (refs, masked) => invoke<string | null>('export_work', { refs, masked }),
  inspectWork: (path) => invoke<ReceivedNeed[]>('inspect_work', { request: { path } }),
  importWork: (path) => invoke<Changes>('import_work', { request: { path } }),
  openTable: (request, report) =>
    invoke<TableFile>('open_table', { request, progress: channel<TableProgress>(report) }),
  checkTable: (request, report) =>
    invoke<TableCheck>('check_table', { request, progress: channel<TableProgress>(report) }),
  importTable: (request, report) =>
    invoke<TableImported>('import_table', { request, progress: channel<TableProgress>(report) }),
  cancelTable: () => invoke('cancel_table'),
  reportTable: (table, language, name) => invoke<string | null>('report_table', { table, language, name }),
  writeTemplate: (kind, language, name) => invoke<string | null>('write_template', { kind, language, name }),
  exportSubmission: (what) => invoke<ExportedSubmission | null>('export_submission', { what }),
  importReceipt: (path) => invoke<ReceiptView>('import_receipt', { request: { path } }),
  moveFolder: () => invoke<AppStatus | null>('move_folder'),
  watch: (heard) => invoke('watch', { happenings: channel<Happening>(heard) }),
  openExternal: (url) => invoke('open_url', { url }),
  systemLanguage: () => invoke<string>('system_language'),
  ready: (rows) => invoke('ready', { rows }),
};
