// A record's fields as facts to read, in the order in which they matter for its kind.
import type { Record as AtlasRecord, RecordView, Text } from '../../api/bindings';

export type Value =
  | { as: 'text'; text: Text | string }
  | { as: 'codes'; facet: string; codes: readonly string[] }
  | { as: 'words'; words: readonly string[] }
  | { as: 'texts'; texts: readonly Text[] }
  | { as: 'link'; address: string }
  | { as: 'date'; date: string };

export interface Fact {
  /** Field of the record; names the fact, its sources, and whether it was inferred. */
  field: string;
  value: Value;
}

type Maybe<T> = T | null | undefined;

const text = (field: string, value: Maybe<Text | string>): Fact[] =>
  value ? [{ field, value: { as: 'text', text: value } }] : [];
const date = (field: string, value: Maybe<string>): Fact[] =>
  value ? [{ field, value: { as: 'date', date: value } }] : [];
const link = (field: string, value: Maybe<string>): Fact[] =>
  value ? [{ field, value: { as: 'link', address: value } }] : [];
const words = (field: string, value: Maybe<readonly string[]>): Fact[] =>
  value?.length ? [{ field, value: { as: 'words', words: value } }] : [];
const texts = (field: string, value: Maybe<readonly Text[]>): Fact[] =>
  value?.length ? [{ field, value: { as: 'texts', texts: value } }] : [];
function codes(field: string, value: Maybe<readonly string[] | string>, facet = field): Fact[] {
  const list = typeof value === 'string' ? [value] : (value ?? []);
  return list.length ? [{ field, value: { as: 'codes', facet, codes: list } }] : [];
}

/** What only this kind has. */
function own(record: AtlasRecord): Fact[] {
  switch (record.kind) {
    case 'scenario':
      return [
        ...text('opened_by', record.opened_by),
        ...text('problem', record.problem),
        ...text('approach', record.approach),
        ...text('data_needed', record.data_needed),
        ...text('prerequisites', record.prerequisites),
        ...codes('maturity', record.maturity),
        ...date('valid_until', record.valid_until),
      ];
    case 'enterprise':
      return [...text('credit_code', record.credit_code), ...codes('tier', record.tier)];
    case 'provider':
      return [
        ...text('credit_code', record.credit_code),
        ...codes('tier', record.tier),
        ...text('founded', record.founded),
        ...words('products', record.products),
        ...words('offers', record.offers),
        ...words('qualifications', record.qualifications),
      ];
    case 'solution':
      return [
        ...text('provider', record.provider),
        ...codes('category', record.category, 'solution_category'),
        ...codes('delivery', record.delivery),
        ...text('delivery_text', record.delivery_text),
        ...text('capability', record.capability),
        ...text('prerequisites', record.prerequisites),
        ...text('price', record.price),
        ...codes('maturity', record.maturity),
      ];
    case 'case':
      return [
        ...text('enterprise', record.enterprise),
        ...text('provider', record.provider),
        ...text('problem', record.problem),
        ...text('approach', record.approach),
        ...codes('maturity', record.maturity),
      ];
    case 'base':
      return [
        ...text('host', record.host),
        ...words('partners', record.partners),
        ...texts('services', record.services),
        ...text('entry', record.entry),
      ];
    case 'dataset':
      return [
        ...text('holder', record.holder),
        ...text('data_kind', record.data_kind),
        ...text('size', record.size),
        ...text('licence', record.licence),
      ];
    case 'model':
      return [
        ...text('developer', record.developer),
        ...text('base_model', record.base_model),
        ...text('filing_no', record.filing_no),
        ...text('algorithm_name', record.algorithm_name),
        ...text('algorithm_filing_no', record.algorithm_filing_no),
      ];
    case 'document':
      return [
        ...text('doc_number', record.doc_number),
        ...codes('doc_kind', record.doc_kind),
        ...words('issuers', record.issuers),
        ...date('signed', record.signed),
        ...date('published', record.published),
        ...codes('validity', record.validity),
        ...text('replaced_by', record.replaced_by),
      ];
    case 'need':
      return [
        ...date('noticed', record.noticed),
        ...date('deadline', record.deadline),
        ...date('expires', record.expires),
        ...text('buyer', record.buyer),
        ...text('budget', record.budget?.text),
        ...codes('need_kind', record.need_kind),
        ...text('problem', record.problem),
        ...text('wanted', record.wanted),
        ...codes('data', record.data),
        ...text('data_text', record.data_text),
        ...codes('sensitivity', record.sensitivity),
        ...codes('deployment', record.deployment),
        ...codes('delivery', record.delivery),
        ...codes('partner', record.partner),
        ...codes('maturity', record.maturity),
        ...codes('goal', record.goal),
        ...date('start', record.start),
        ...date('finish', record.finish),
        ...codes('hard', record.hard),
        // What no source says is no refusal.
        ...codes('consent', record.consent ? 'yes' : null, 'boolean'),
        ...text('project_no', record.project_no),
      ];
    case 'list':
      return [
        ...text('doc_number', record.doc_number),
        ...words('issuers', record.issuers),
        ...text('announced', record.announced),
      ];
  }
}

/** All facts of a record but its name, summary, outcomes and links, which have places of their own. */
export function factsOf({ record, industry_group }: RecordView): Fact[] {
  const industries = record.industry ?? [];
  const groups = industry_group.filter((group) => !industries.includes(group));
  return [
    ...own(record),
    ...codes('industry', industries),
    ...(groups.length ? codes('industry_group', groups) : []),
    ...words('field', record.field),
    ...codes('stage', record.stage),
    ...codes('technique', record.technique),
    ...words('technique_text', record.technique_text),
    ...codes('typical_scenario', record.typical_scenario),
    ...codes('action', record.action),
    ...codes('region', record.region),
    ...text('city', record.city),
    ...codes('level', record.level),
    ...date('date', record.date),
    ...link('website', record.website),
  ];
}

/** What the row that an own record was imported from has in columns that no field says in full, by header. */
export function sheetColumns({ ref, record }: Pick<RecordView, 'ref' | 'record'>): [string, string][] {
  const columns = ref.startsWith('own/') && 'columns' in record ? record.columns : undefined;
  if (typeof columns !== 'object' || columns === null) return [];
  return Object.entries(columns).filter((one): one is [string, string] => typeof one[1] === 'string');
}

/** Keys of the sources that state a field. A derived field follows the one that it comes from. */
export function sourcesOf(record: AtlasRecord, field: string): string[] {
  const stated = field === 'industry_group' ? 'industry' : field;
  return record.sources.filter(({ fields }) => !fields?.length || fields.includes(stated)).map(({ key }) => key);
}

/** Who concluded a field that no source prints; undefined when a source prints it. */
export function inferredBy(record: AtlasRecord, field: string): string | undefined {
  const stated = field === 'industry_group' ? 'industry' : field;
  return record.inferred?.find((one) => one.field === stated)?.by;
}
