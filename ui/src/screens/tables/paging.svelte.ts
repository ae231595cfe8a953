// A page of checked rows, read again whenever rows were checked or the page turned.
import type { RowFate, TableRows } from '../../api/bindings';
import { Asking } from '../../lib/asking.svelte';
import { PAGE, tables } from '../../tables.svelte';

export class Paging {
  offset = $state(0);
  rows = new Asking<TableRows>();
  #fates: RowFate[];

  constructor(fates: RowFate[]) {
    this.#fates = fates;
  }

  read(): Promise<void> {
    return this.rows.ask(() => tables.rows(this.#fates, this.offset));
  }

  turn(by: number): void {
    this.offset = Math.max(0, this.offset + by * PAGE);
    void this.read();
  }
}
