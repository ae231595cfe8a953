// What the user has selected in a list. There is one selection; another list begins a new one.
import { toApiError } from './api/errors';
import { toasts } from './lib/toasts.svelte';

/** Most records that are selected at once: as many as a list reaches. */
export const SELECTED = 10_000;

/** The rows of a list, as selecting sees them. */
export interface Order {
  /** The record of a row; nothing while it is on its way, or where there is no row. */
  at: (index: number) => string | undefined;
  /** All records of the list in their order, and at most as many as can be selected. */
  all: () => Promise<readonly string[]>;
}

type Held = Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Where a range begins, and what was selected beside it. */
interface Anchor {
  index: number;
  ref: string;
  beside: ReadonlySet<string>;
}

export class Selecting {
  #chosen = $state.raw<ReadonlySet<string>>(new Set());
  #list = '';
  #anchor: Anchor | undefined;
  #newest = 0;
  /** What is selected, in the order in which it was. */
  refs = $derived([...this.#chosen]);

  get size(): number {
    return this.#chosen.size;
  }

  has(ref: string): boolean {
    return this.#chosen.has(ref);
  }

  #set(chosen: ReadonlySet<string>): void {
    this.#newest += 1;
    this.#chosen = chosen;
  }

  /** Names the list that is shown. What was selected in another one is selected no more. */
  in(list: string): void {
    if (list === this.#list) return;
    this.#list = list;
    this.clear();
  }

  clear(): void {
    this.#anchor = undefined;
    if (this.size) this.#set(new Set());
  }

  /** Takes records out that are gone from the list. */
  drop(refs: readonly string[]): void {
    if (refs.some((ref) => this.has(ref))) this.#set(new Set(this.refs.filter((ref) => !refs.includes(ref))));
  }

  /** Selects a record, or takes it back; ranges begin here. */
  toggle(index: number, ref: string): void {
    const chosen = new Set(this.#chosen);
    if (!chosen.delete(ref)) chosen.add(ref);
    this.#set(chosen);
    this.#anchor = { index, ref, beside: chosen };
  }

  /** Selects from where the last choice was, or else from `from`, to a row. Whatever a longer range held is let go. */
  async extend(order: Order, to: number, from: number): Promise<void> {
    const start = order.at(from);
    const known = this.#anchor && order.at(this.#anchor.index) === this.#anchor.ref;
    const anchor = known ? this.#anchor : start && { index: from, ref: start, beside: this.#chosen };
    if (!anchor || to < 0) return;
    this.#anchor = anchor;
    const [first, last] = [Math.min(anchor.index, to), Math.max(anchor.index, to)];
    const here = Array.from({ length: last - first + 1 }, (_, n) => order.at(first + n));
    // Rows in between may never have been on the screen.
    if (here.includes(undefined)) await this.#take(order, (all) => [...anchor.beside, ...all.slice(first, last + 1)]);
    else this.#set(new Set([...anchor.beside, ...here.filter((ref) => ref !== undefined)]));
  }

  /** Selects the whole list, as far as it can be selected. */
  async all(order: Order): Promise<void> {
    this.#anchor = undefined;
    await this.#take(order, (all) => all);
  }

  async #take(order: Order, which: (all: readonly string[]) => readonly string[]): Promise<void> {
    const mine = ++this.#newest;
    try {
      const all = await order.all();
      if (mine === this.#newest) this.#set(new Set(which(all)));
    } catch (thrown) {
      toasts.fail(toApiError(thrown));
    }
  }

  /** What a key does to the selection where the focus is on a row, or on none (-1); whether it does anything. */
  key(event: Held & Pick<KeyboardEvent, 'key' | 'target'>, order: Order, index: number): boolean {
    const ref = order.at(index);
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey) return false;
    if (control && event.key.toLowerCase() === 'a') void this.all(order);
    else if (control) return false;
    else if (event.key === 'Escape' && this.size) this.clear();
    // A box that has the focus answers to the space bar itself.
    else if (event.key === ' ' && ref && !(event.target && 'checked' in event.target)) {
      if (event.shiftKey) void this.extend(order, index, index);
      else this.toggle(index, ref);
    } else return false;
    return true;
  }

  /** What a click on a row does to the selection; whether it does anything. */
  click(event: Held, order: Order, index: number): boolean {
    const ref = order.at(index);
    if (!ref || event.altKey || !(event.shiftKey || event.ctrlKey || event.metaKey)) return false;
    if (event.shiftKey) void this.extend(order, index, index);
    else this.toggle(index, ref);
    return true;
  }
}

export const selecting = new Selecting();
