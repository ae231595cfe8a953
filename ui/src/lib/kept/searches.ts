// Saved searches as the list screen shows them.
import type { SearchRequest } from '../../api/bindings';
import { listHref, type Filters } from '../../route';

/** The link to the list of a saved search. */
export function searchHref({ text, filters, sort }: SearchRequest): string {
  const chosen: Filters = {};
  for (const [facet, codes] of Object.entries(filters)) if (codes) chosen[facet] = [...codes];
  return listHref({ text, filters: chosen, sort });
}
