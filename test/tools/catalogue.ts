import { buildCatalogue } from '../../server/catalogue/build.ts';
import type { Catalogue } from '../../server/src/catalogue/catalogue.ts';
import { loadCatalogue } from '../../server/src/catalogue/load.ts';

const built = await buildCatalogue().then(loadCatalogue, (error: Error) => error);

/** The built-in catalogue, read from its sources once per process. Throws with every problem of the sources. */
export function readCatalogue(): Catalogue {
  if (built instanceof Error) throw built;
  return built;
}
