import { expect, it } from 'vitest';
import { webAddress } from './address';

it('opens web addresses and nothing else', () => {
  expect(webAddress('https://www.miit.gov.cn/a?b=1#c')?.host).toBe('www.miit.gov.cn');
  for (const text of [
    'github.com/someone/repository docs/list.md',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'https://user:secret@example.com/',
    'https://example.com/ 第三方转载',
    'https://',
    '',
  ]) {
    expect(webAddress(text), text).toBeNull();
  }
});
