/** Commands of the palette that say to the diagram what its keys and menus say too; see `webview/src/actions.ts`. */
export const DIAGRAM_COMMANDS: Readonly<Record<string, { readonly do: string } & Readonly<Record<string, unknown>>>> = {
  'threatwright.diagram.find': { do: 'search' },
  'threatwright.diagram.fit': { do: 'fit' },
  'threatwright.diagram.nextFinding': { do: 'stepFinding', by: 1 },
  'threatwright.diagram.previousFinding': { do: 'stepFinding', by: -1 },
  'threatwright.diagram.reachFrom': { do: 'reachFrom' },
  'threatwright.diagram.reachTo': { do: 'reachTo' },
  'threatwright.diagram.focus': { do: 'focusSelection' },
  'threatwright.diagram.collapseAll': { do: 'collapseAll' },
  'threatwright.diagram.expandAll': { do: 'expandAll' },
  'threatwright.diagram.showAll': { do: 'clearAll' },
  'threatwright.diagram.relayout': { do: 'relayout' },
  'threatwright.diagram.export': { do: 'export' },
  'threatwright.diagram.copyText': { do: 'copyText' },
  'threatwright.diagram.copyDiagnostics': { do: 'diagnostics' },
};
