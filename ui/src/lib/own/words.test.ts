import { expect, it } from 'vitest';
import { labelOf } from './words';

it('names each part of a contact, and the date of consent', () => {
  const paths = ['contact.person', 'contact.phone', 'contact.email', 'contact.consent.date'];
  const labels = paths.map(labelOf);
  expect(new Set(labels).size).toBe(paths.length);
  expect(labels[1]).toBe('联系电话');
});
