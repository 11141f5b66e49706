/** Copies of a file that are shown beside it: what they say is not what the workspace has. */
const COPY = /^(git|gitlens|pr|review|vscode-bulkeditpreview|vscode-local-history|vscode-scm|conflictResolution):/;

/** Whether a document is a version of a file rather than the file. */
export function isCopy(uri: string): boolean {
  return COPY.test(uri);
}

/** The same for all spellings of one URI: clients differ in what they escape, and in how they write drives. */
export function keyOf(uri: string): string {
  let plain = uri;
  try {
    plain = decodeURIComponent(uri);
  } catch {
    // A name with a lone "%": it is taken as it is written.
  }
  return plain.replace(/^file:\/\/\/[A-Z]:/, (drive) => drive.toLowerCase());
}

/** Whether a file is in a folder or below it. Both are keys. */
export function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Where a relative path leads that is written in a file. */
export function resolveUri(from: string, path: string): string {
  const [, root = '', folders = ''] = /^([a-z][\w+.-]*:(?:\/\/[^/]*)?)(.*)\/[^/]*$/i.exec(from) ?? [];
  const names = folders.split('/');
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.' && name !== '') names.push(encodeURIComponent(name));
  }
  return root + names.join('/');
}

/** The name of a file, for people. */
export function nameOf(uri: string): string {
  return keyOf(uri).replace(/^.*\//, '');
}
