// What the window needs of whatever it runs in. Two hosts fit: the shell (host.ts) and, for the browser and
// for tests, a fake one (host.fake.ts), which no production build contains.
import type {
  ApiError,
  AppStatus,
  Changes,
  Exported,
  ExportProgress,
  ExportRequest,
  ExportedSubmission,
  ImportRequest,
  ImportTableRequest,
  Kind,
  Mutations,
  OpenTableRequest,
  PreviewSubmissionRequest,
  Progress,
  Queries,
  ReceiptView,
  ReceivedNeed,
  SyncOutcome,
  SyncProgress,
  SyncReport,
  SyncRequest,
  TableCheck,
  TableFile,
  TableImported,
  TablePlan,
  TableProgress,
} from './bindings';

/** What the host does by itself: the daily check, and what is dragged onto the window. */
export type Happening =
  | { kind: 'checking'; progress: SyncProgress }
  | { kind: 'checked'; report: SyncReport }
  | { kind: 'check_failed'; error: ApiError }
  | { kind: 'hovering'; over: boolean }
  | { kind: 'dropped'; path: string };

export interface Host {
  query<K extends keyof Queries>(name: K, request: Queries[K][0]): Promise<Queries[K][1]>;
  mutate<K extends keyof Mutations>(name: K, request: Mutations[K][0]): Promise<Mutations[K][1]>;
  /** Opens the data folder; on the first run this imports the bundled catalog. Returns when all can be asked. */
  open(progress: (progress: Progress) => void): Promise<void>;
  /** Brings feeds up to date. Fails with `cancelled` when told to stop; nothing is changed then. */
  sync(request: SyncRequest, progress: (progress: SyncProgress) => void): Promise<SyncReport>;
  /** Imports a file. Fails with `cancelled` when told to stop; nothing is changed then. */
  importBundle(request: ImportRequest, progress: (progress: SyncProgress) => void): Promise<SyncOutcome>;
  /**
   * Lets the user choose a file, which is called `file` unless they say otherwise, and writes an export into it; null when
   * they think better of it. Fails with `cancelled` when told to stop; no file is written then.
   */
  exportFile(
    request: ExportRequest,
    file: string,
    progress: (progress: ExportProgress) => void,
  ): Promise<Exported | null>;
  /** Shows the file that was exported last in its folder. */
  showExport(): Promise<void>;
  /** Stops the sync, import or export that runs, if there is one. */
  cancel(): Promise<void>;
  /** Lets the user choose a file to import, a bundle or a spreadsheet; null when they think better of it. */
  pickPath(table?: boolean): Promise<string | null>;
  /** Lets the user choose a file, and writes needs with the work on them into it; null when they think better of it. */
  exportWork(refs: string[], masked: boolean): Promise<string | null>;
  /** What a work bundle would do. */
  inspectWork(path: string): Promise<ReceivedNeed[]>;
  /** Takes a work bundle in; undo takes it back. */
  importWork(path: string): Promise<Changes>;
  /** Reads a spreadsheet and keeps it open in the host. Fails with `cancelled` when told to stop. */
  openTable(request: OpenTableRequest, progress: (progress: TableProgress) => void): Promise<TableFile>;
  /** Checks all rows of a sheet; nothing is written. */
  checkTable(request: TablePlan, progress: (progress: TableProgress) => void): Promise<TableCheck>;
  /** Takes checked rows in; undo takes them back. */
  importTable(request: ImportTableRequest, progress: (progress: TableProgress) => void): Promise<TableImported>;
  /** Stops the job on a spreadsheet that runs. */
  cancelTable(): Promise<void>;
  /** Lets the user choose a file, and writes the checked rows back with what is wrong in them. */
  reportTable(table: number, language: string, name: string): Promise<string | null>;
  /** Lets the user choose a file, and writes the official template of a kind into it. */
  writeTemplate(kind: Kind, language: string, name: string): Promise<string | null>;
  /** Lets the user choose a file, and writes a submission into it; null when they think better of it. */
  exportSubmission(what: PreviewSubmissionRequest): Promise<ExportedSubmission | null>;
  /** Takes a publisher's answer in. */
  importReceipt(path: string): Promise<ReceiptView>;
  /** Lets the user choose a folder, and moves the data there; null when they think better of it. */
  moveFolder(): Promise<AppStatus | null>;
  /** Listens to what the host does by itself, from now on. */
  watch(heard: (happening: Happening) => void): Promise<void>;
  /** Opens an address in the user's own browser. */
  openExternal(url: string): Promise<void>;
  /** The language of the system as a BCP 47 tag. */
  systemLanguage(): Promise<string>;
  /** Tells the host that something was painted: the page, or the first rows of a list. */
  ready(rows: boolean): Promise<void>;
}

let current: Host | undefined;

/** The host chosen at start. */
export function host(): Host {
  if (!current) throw new Error('no host was chosen');
  return current;
}

/** Chooses the host; called once, before anything is drawn. */
export function useHost(chosen: Host): void {
  current = chosen;
}
