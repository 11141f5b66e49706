import type { Plugin } from 'esbuild';

export const NOT_SPOKEN: readonly string[];
export const slimLibraries: Plugin;
export const slimYaml: Plugin;
export function slimTypes(text: string): string;
