import { describe, expect, it } from 'vitest';
import { fakeHost } from '../../api/host.fake';
import { i18n } from '../../i18n/index.svelte';
import { overdue, today } from './dates';
import { reportTable, reportText, type Report } from './report';
import { termsFor } from './terms';

const REF = 'own/need/00000000-0000-4000-8000-000000000001';

async function report(): Promise<Report> {
  const host = fakeHost();
  const view = await host.query('get_need', { ref: REF });
  const request = { need: view.form, target: 'solutions', limit: 10, preset: 'balanced', weights: {} } as const;
  return {
    view,
    target: 'solutions',
    answer: await host.query('match_need', { ...request, assume: [] }),
    day: '2026-11-25',
  };
}

describe('a report', () => {
  it('names the need, its must, the first hits with reasons and questions, the shortlist and the sources', async () => {
    const made = await report();
    const text = reportText(made);
    for (const part of [
      '面板产线',
      '必须：允许的部署方式',
      '预算 ≤ 200 万元',
      '待确认：',
      '可演示',
      'https://example.com/fixture/3',
    ])
      expect(text).toContain(part);
    expect(text).toContain(`1. ${made.answer.hits[0]?.name.zh ?? '?'}`);
  });

  it('says what no criterion judges, and why', async () => {
    const made = await report();
    const form = { ...made.view.form, start: { date: '2027-03-01', strength: 'hard' as const }, goal: 'g3' };
    const unjudged = [
      { field: 'start', strength: 'hard' as const },
      { field: 'goal', strength: 'soft' as const },
    ];
    const text = reportText({ ...made, view: { ...made.view, form }, answer: { ...made.answer, unjudged } });
    for (const part of [
      '可启动日期 2027-03-01',
      '目标水平',
      '不参与排序，请直接询问：必须：可启动日期：目录中没有记录',
    ])
      expect(text).toContain(part);
  });

  it('does not name an enterprise that is masked', async () => {
    const made = await report();
    expect(reportText(made)).not.toContain(made.view.form.enterprise);
    made.view.form.masked = false;
    expect(reportText(made)).toContain(made.view.form.enterprise);
  });

  it('says what is on the shortlist but gone', async () => {
    expect(reportText(await report())).toContain('已不在目录中');
  });

  it('is a table in which no text breaks a line or becomes a formula', async () => {
    const made = await report();
    const [listed] = made.view.shortlist;
    if (listed) listed.note = '=1+1\t两\n行';
    const lines = reportTable(made).split('\n');
    expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([7]));
    expect(lines.join('\n')).toContain("'=1+1 两 行");
  });

  it('speaks the language of the window', async () => {
    i18n.language = 'en';
    const text = reportText(await report());
    i18n.language = 'zh-CN';
    expect(text).toContain('Must: Deployment allowed');
  });
});

describe('a day', () => {
  it('is over when another has begun, and a month when it has ended', () => {
    expect([overdue('2026-11-24', '2026-11-25'), overdue('2026-11-25', '2026-11-25')]).toEqual([true, false]);
    expect([overdue('2026-11', '2026-11-25'), overdue('2026-10', '2026-11-25'), overdue(null)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(today(new Date(2026, 0, 5))).toBe('2026-01-05');
  });
});

describe('a term', () => {
  const terms = [
    { code: 'llm', zh: '大语言模型', en: 'Large language models', aliases: ['大模型'] },
    { code: 'vision', zh: '计算机视觉', en: 'Computer vision', aliases: ['机器视觉'] },
  ];
  const found = (text: string, chosen: string[] = []) => termsFor(terms, text, chosen, 'en').map(({ code }) => code);
  it('is found by name, other name and code, in either language', () => {
    expect([found('视觉'), found('大模型'), found('VISION'), found('lang')]).toEqual([
      ['vision'],
      ['llm'],
      ['vision'],
      ['llm'],
    ]);
  });
  it('is offered once and not again', () => expect(found('', ['llm'])).toEqual(['vision']));
});
