/** What is typed into a generated model, in turn: each changes the text, and is then taken back. */
export const EDITS: readonly { readonly name: string; readonly from: string; readonly to: string }[] = [
  { name: 'title', from: 'title: agent number', to: 'title: Xagent number' },
  { name: 'kind', from: 'kind: tool\n', to: 'kind: plugin\n' },
  { name: 'end of a flow', from: 'kind: tool-call }', to: 'kind: query }' },
  { name: 'boundary', from: 'kind: network-zone, in: org', to: 'kind: sandbox, in: org' },
];
