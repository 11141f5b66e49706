import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueData } from '../catalogue/data.ts';
import { loadCatalogue } from '../catalogue/load.ts';
import type { PackBase } from '../catalogue/pack/extend.ts';
import { fontsIn } from '../fonts.ts';
import { UsageError } from './arguments.ts';
import type { Installation } from './surroundings.ts';

/** What lies beside the built program, whatever the working folder is; run from its source, what was built last. */
export function installationOf(program: string): Installation {
  const file = realpathSync(program);
  const own = path.dirname(file);
  const folder = existsSync(path.join(own, 'catalogue.json')) ? own : path.join(own, '../../dist');
  let catalogue: Catalogue | undefined;
  let packBase: PackBase | undefined;
  return {
    ...(file.endsWith('.cjs') && { program: file }),
    get version() {
      return (JSON.parse(readFileSync(path.join(folder, '../package.json'), 'utf8')) as { version: string }).version;
    },
    catalogue: () => (catalogue ??= loadCatalogue(readShipped<CatalogueData>(path.join(folder, 'catalogue.json')))),
    packBase: () => (packBase ??= readShipped<PackBase>(path.join(folder, 'sources.json'))),
    images: () => ({
      wasm: readFileSync(path.join(folder, 'resvg.wasm')),
      fonts: fontsIn(path.join(folder, 'fonts')),
    }),
  };
}

function readShipped<T>(file: string): T {
  if (!existsSync(file)) throw new UsageError(`There is no ${file}: build the program first (npm run build).`);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
