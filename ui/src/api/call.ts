// The only way from a screen to the product: typed by the generated command tables.
import type { AppStatus, Edit, Mutations, Nothing, Progress, Queries } from './bindings';
import { makePlain } from './plain';
import { host } from './seam';

/** Asks something. A query changes nothing. Texts of the answer hold nothing that would reorder or hide others. */
export async function call<K extends keyof Queries>(name: K, request: Queries[K][0]): Promise<Queries[K][1]> {
  const answer = await host().query(name, request);
  makePlain(answer);
  return answer;
}

/** Changes something. Its answer is as plain as that of a question: it may hold texts of feeds as well. */
export async function mutate<K extends keyof Mutations>(name: K, request: Mutations[K][0]): Promise<Mutations[K][1]> {
  const answer = await host().mutate(name, request);
  makePlain(answer);
  return answer;
}

/** The request of commands that take none. */
export const nothing: Nothing = {};

export type { AppStatus, Edit, Progress };
