// A roadmap as plain text.
import type { Roadmap } from '../../api/bindings';
import { i18n } from '../../i18n/index.svelte';
import { points } from '../../lib/matching/words';
import { termName, termNames } from '../../lib/terms';

export function roadmapText(title: string, { steps, elsewhere, support }: Roadmap): string {
  const { common, matching: m } = i18n.m;
  const names = new Map(steps.map(({ scenario }) => [scenario.ref, i18n.pick(scenario.name)]));
  const part = (label: string, said: string) => (said ? [`   ${label}${common.colon}${said}`] : []);
  const phases = (['now', 'next', 'later'] as const).flatMap((phase) => [
    '',
    `${m.phases[phase]} (${m.phaseNotes[phase]})`,
    ...steps
      .filter((step) => step.phase === phase)
      .flatMap((step) => [
        `- ${i18n.pick(step.scenario.name)} ${points(step.scenario.score)}`,
        ...part(m.after, step.after.map((ref) => names.get(ref) ?? ref).join(common.separator)),
        ...part(m.prerequisites, termNames('typical_scenario', step.prerequisites)),
        ...part(m.stated, i18n.pick(step.stated)),
        ...part(m.sources, [...new Set(step.scenario.evidence.flatMap(({ sources }) => sources))].join(' ')),
      ]),
  ]);
  const left = elsewhere ? ['', m.roadmapElsewhere(i18n.num(elsewhere))] : [];
  const measures = support.map((one) => {
    const facts = [i18n.pick(one.amount), i18n.pick(one.eligible), one.deadline ? m.until(one.deadline) : ''];
    return `- ${termName('support_kind', one.kind)}${common.colon}${[i18n.pick(one.document.name), ...facts].filter(Boolean).join('; ')}`;
  });
  return [`${m.roadmapTitle}${common.colon}${title}`, ...phases, ...left, '', m.support, ...measures].join('\n');
}
