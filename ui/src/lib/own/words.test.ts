import { expect, it } from 'vitest';
import { labelOf } from './words';

it('names each part of a contact, and of the consent to publish it', () => {
  const labels = [
    'contact.person',
    'contact.phone',
    'contact.email',
    'contact.consent.date',
    'contact.consent.source',
    // Of feeds, and of own records that came from elsewhere.
    'contact.url',
    'contact',
  ].map(labelOf);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels[1]).toBe('联系电话');
  expect(labels[3]).toBe('同意公开联系方式的日期');
  expect(labels[4]).toBe('同意公开联系方式的来源');
});
