// Changes of a portfolio plan. Each returns a new plan; the old one stays what it was, so that undo has something to go
// back to.
import type { PortfolioCount, PortfolioPair, PortfolioPlan } from '../../api/bindings';

const same = (a: PortfolioPair, b: PortfolioPair) => a.need === b.need && a.provider === b.provider;
const without = (pairs: readonly PortfolioPair[], pair: PortfolioPair) => pairs.filter((one) => !same(one, pair));

/** Settles a pair, or leaves it open again. What is settled is not forbidden. */
export function lock(plan: PortfolioPlan, pair: PortfolioPair, on: boolean): PortfolioPlan {
  const locks = without(plan.locks, pair);
  return { ...plan, locks: on ? [...locks, pair] : locks, forbids: on ? without(plan.forbids, pair) : plan.forbids };
}

/** Drops a pair whose provider is gone from what was settled and kept. */
export const drop = (plan: PortfolioPlan, pair: PortfolioPair): PortfolioPlan => ({
  ...plan,
  locks: without(plan.locks, pair),
  kept: without(plan.kept, pair),
});

/** Rules a pair out, or lets it be again. What is ruled out is not settled. */
export function forbid(plan: PortfolioPlan, pair: PortfolioPair, on: boolean): PortfolioPlan {
  const forbids = without(plan.forbids, pair);
  return { ...plan, forbids: on ? [...forbids, pair] : forbids, locks: on ? without(plan.locks, pair) : plan.locks };
}

/** Gives one need or provider its own number; null takes it back to the common one. */
export function count(counts: readonly PortfolioCount[], ref: string, value: number | null): PortfolioCount[] {
  const rest = counts.filter((one) => one.ref !== ref);
  return value === null ? rest : [...rest, { ref, count: value }];
}

/** Leaves a need out, or takes it in again. */
export const leaveOut = (plan: PortfolioPlan, ref: string, out: boolean): PortfolioPlan => ({
  ...plan,
  without: [...plan.without.filter((one) => one !== ref), ...(out ? [ref] : [])],
});

/** A number as typed into a small field; undefined for what is no whole number between 0 and 999. */
export const small = (text: string): number | undefined => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined);
