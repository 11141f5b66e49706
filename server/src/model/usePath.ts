import { isModelFile } from './modelFile.ts';

/** Why a path that a file says cannot be that of a model it uses. */
export interface PathFault {
  readonly message: string;
  readonly suggestions: readonly string[];
}

const LONGEST = 1000;
const WANTED = 'say where it is from the folder of this file, like ./platform.threatmodel.yaml';

/**
 * What is wrong with the path of a model as it is written; `undefined` when nothing is, and then it is relative, has only
 * forward slashes, and names a model. Where it leads is not known here: that is for who reads files to find out, and to refuse.
 */
export function pathFault(path: string): PathFault | undefined {
  if (path === '') return fault(`The path is empty: ${WANTED}`);
  if (path.length > LONGEST) return fault(`The path is longer than ${LONGEST} characters`);
  if (/[\p{Cc}\p{Cs}]/u.test(path)) return fault('The path has characters in it that no path has');
  if (/^[\\/]{2}/.test(path)) return fault(`A model on another computer is not read: ${WANTED}`);
  if (/^[A-Za-z]:(?![\\/]{2})/.test(path) || /^[\\/]/.test(path)) return fault(`The path is not relative: ${WANTED}`);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(path)) return fault(`An address is not read: ${WANTED}`);
  if (path.includes('\\')) return fault('The path has backslashes: write forward slashes', path.replaceAll('\\', '/'));
  if (/%[0-9a-f]{2}/i.test(path)) return fault('The path is encoded like a web address: write it plainly');
  if (!isModelFile(path)) return fault('Only models are read: the name of the file ends in .threatmodel.yaml');
  return undefined;
}

function fault(message: string, suggestion?: string): PathFault {
  return { message, suggestions: suggestion === undefined || pathFault(suggestion) ? [] : [suggestion] };
}
