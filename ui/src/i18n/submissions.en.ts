// Submissions in English.
import type { submissions as zh } from './submissions.zh-CN';

type Facts = { [fact in string]?: string };

export const submissions: typeof zh = {
  title: 'Submissions',
  intro:
    'Hand your own records or needs to the publisher of a feed: a signed file, sent by mail or on a stick. Once the publisher’s receipt is imported, what came of it shows here.',
  state: {
    draft: 'Draft',
    exported: 'Exported',
    accepted: 'Accepted, to be published',
    published: 'Published',
    rejected: 'Rejected',
  },
  stateFilter: 'State',
  anyState: 'Any state',
  name: 'Record',
  when: 'Handed in',
  result: 'Result',
  changed: 'changed since',
  gone: 'no longer here',
  never: 'not handed in',
  select: (name: string) => `Select “${name}”`,
  selectAll: 'Select all',
  hand: (n: string) => `Hand in ${n} selected…`,
  handThis: 'Hand in…',
  handNone: 'Hand in selected…',
  receive: 'Import receipt…',
  rejectedFor: (reason: string) => `Rejected: ${reason}`,
  published: 'See it as published',
  drafts: (shown: string, all: string) => `${all} drafts; the ${shown} changed last are listed`,
  empty: 'Nothing to hand in yet',
  emptyNote: 'Write down a provider, solution or need of your own first, then hand it to the publisher of a feed here.',
  key: 'Fingerprint of your submission key',
  keyText:
    'Publishers know by it that a submission is yours; tell them on another way, by phone or in person. The key stays in your own data on this machine.',
  dialog: {
    title: 'Hand in to the publisher',
    leaving: (n: string) => `Of ${n} records exactly this goes into the file, and nothing else leaves:`,
    masked: 'Leave enterprise names, phone numbers and mailboxes out of needs',
    contact: 'Add the public contact of organisations',
    leftOut: (fields: string) => `Stays here: ${fields}`,
    parts: {
      contact: 'contact',
      buyer: 'enterprise name',
      links: 'links to records that are not handed in',
      columns: 'columns of the table that fill no field',
      imported: 'the file it came from',
    },
    nothing: 'Nothing would leave',
    write: 'Choose a place and save…',
  },
  written: (path: string) => `Submission written to ${path}`,
  received: (feed: string, accepted: string, rejected: string) =>
    `Receipt of ${feed} imported: ${accepted} accepted, ${rejected} rejected`,
  show: 'Show',
  refused: {
    consent: (f: Facts) =>
      `The need “${f.name ?? ''}” does not say that the enterprise agrees to its being shown. Tick that in the need first.`,
    no_receipt: () => 'This is no receipt (.atlasreceipt).',
    receipt_changed: () =>
      'The signature of the receipt does not fit: it was changed or damaged. Ask the publisher for it again.',
    receipt_foreign: () => 'This receipt answers a submission that is not yours.',
    receipt_unknown_feed: (f: Facts) =>
      `The feed ${f.feed ?? ''} was not added, so that its receipt cannot be checked. Add it under Data first.`,
    receipt_key: (f: Facts) =>
      `The receipt is not signed by a key of the feed ${f.feed ?? ''}. If it has new keys, sync first.`,
    receipt_replayed: () => 'This receipt, or a later one, was imported already.',
    too_large: (f: Facts) => `The file is too large: at most ${f.limit ?? ''} ${f.field ?? ''}.`,
    record: (f: Facts) => `Record ${f.record ?? ''} cannot be handed in: ${f.detail ?? ''}`,
    unreadable: () => 'The file cannot be read.',
  },
};
