import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { Severity } from '../../../../server/src/catalogue/rule.ts';
import { principleLabel, severityLabel, stateLabel } from './labels.ts';
import type { FindingNode, GroupNode, ModelNode, MoreNode, Node } from './tree.ts';

const ICONS: Readonly<Record<Severity, readonly [icon: string, color: string]>> = {
  critical: ['flame', 'problemsErrorIcon.foreground'],
  high: ['warning', 'problemsWarningIcon.foreground'],
  medium: ['info', 'problemsInfoIcon.foreground'],
  low: ['circle-small', 'descriptionForeground'],
};

/** How a line of the list looks. Texts from a model are plain text everywhere. */
export function itemOf(node: Node): TreeItem {
  switch (node.type) {
    case 'model':
      return modelItem(node);
    case 'group':
      return groupItem(node);
    case 'finding':
      return findingItem(node);
    case 'more':
      return moreItem(node);
  }
}

function modelItem({ id, model, rows }: ModelNode): TreeItem {
  const item = new TreeItem(model.title, TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.iconPath = new ThemeIcon('file');
  item.description = String(rows.length);
  item.tooltip = Uri.parse(model.uri).path;
  item.contextValue = 'model';
  item.accessibilityInformation = { label: l10n.t('Model {0}, {1} findings', model.title, rows.length) };
  return item;
}

function groupItem(node: GroupNode): TreeItem {
  const label = groupLabel(node);
  const open = node.grouping === 'severity' && (node.key === 'critical' || node.key === 'high');
  const item = new TreeItem(label, open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  item.iconPath = iconOf(node.worst);
  item.description = String(node.rows.length);
  item.contextValue = 'group';
  item.accessibilityInformation = { label: l10n.t('{0}, {1} findings, worst {2}', label, node.rows.length, severityLabel(node.worst)) };
  return item;
}

function groupLabel({ grouping, key, rows, worst }: GroupNode): string {
  switch (grouping) {
    case 'severity':
      return severityLabel(worst);
    case 'element':
      return rows[0]?.subjectTitle ?? key;
    case 'rule':
      return rows[0]?.about.title || key;
    case 'principle':
      return key === '' ? l10n.t('No principle') : principleLabel(key);
    case 'swimLane':
      return key === '' ? l10n.t('No swim lane') : key;
  }
}

function findingItem(node: FindingNode): TreeItem {
  const { row, parent } = node;
  // Short, and what the group does not say already; the tooltip has the whole sentence.
  const about = row.about.page ? row.about.title : row.message;
  const [label, detail] = parent.grouping === 'rule' ? [row.subjectTitle, row.message] : [about, row.subjectTitle];
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  const state = row.state === 'open' ? '' : stateLabel(row.state);
  item.id = node.id;
  item.iconPath = iconOf(row.severity);
  item.description = [state, parent.grouping === 'element' ? '' : detail].filter(Boolean).join(' · ');
  item.tooltip = tooltipOf(node);
  const todo = row.state === 'accepted' || row.state === 'not-applicable' ? 'settled' : 'todo';
  item.contextValue = `finding ${todo}${row.about.page ? ' rule' : ''}`;
  item.command = { command: 'threatwright.threats.reveal', title: l10n.t('Go to Finding'), arguments: [node, 'stay'] };
  item.accessibilityInformation = {
    label: [severityLabel(row.severity), stateLabel(row.state), row.message, row.subjectTitle].join(', '),
  };
  return item;
}

function tooltipOf({ row }: FindingNode): string {
  const { title, principles, pillar, swimLane } = row.about;
  const lines = [
    row.message,
    '',
    l10n.t('Severity: {0}, state: {1}', severityLabel(row.severity), stateLabel(row.state)),
    l10n.t('Subject: {0} ({1})', row.subjectTitle, row.subject),
    l10n.t('Rule: {0} ({1})', title, row.rule),
    ...(principles.length > 0 ? [l10n.t('Principles: {0}', principles.map(principleLabel).join(', '))] : []),
    ...(swimLane === '' ? [] : [l10n.t('Swim lane: {0}, pillar: {1}', swimLane, pillar)]),
  ];
  return lines.join('\n');
}

function moreItem(node: MoreNode): TreeItem {
  const item = new TreeItem(l10n.t('Show more ({0} left)', node.left), TreeItemCollapsibleState.None);
  item.id = node.id;
  item.iconPath = new ThemeIcon('ellipsis');
  item.contextValue = 'more';
  item.command = { command: 'threatwright.threats.more', title: l10n.t('Show More'), arguments: [node] };
  return item;
}

function iconOf(severity: Severity): ThemeIcon {
  const [icon, color] = ICONS[severity];
  return new ThemeIcon(icon, new ThemeColor(color));
}
