import agentWithTools from '../../../../server/catalogue/templates/agent-with-tools.threatmodel.yaml';
import fineTuning from '../../../../server/catalogue/templates/fine-tuning.threatmodel.yaml';
import mcpServer from '../../../../server/catalogue/templates/mcp-server.threatmodel.yaml';
import multiAgent from '../../../../server/catalogue/templates/multi-agent.threatmodel.yaml';
import ragChat from '../../../../server/catalogue/templates/rag-chat.threatmodel.yaml';
import voiceAssistant from '../../../../server/catalogue/templates/voice-assistant.threatmodel.yaml';

/** A model to start from. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly text: string;
}

/** The ones that completion offers in an empty file, too. The first line of each says what it is: `# Title: description`. */
export const TEMPLATES: readonly Template[] = [
  template('rag-chat', ragChat),
  template('agent-with-tools', agentWithTools),
  template('mcp-server', mcpServer),
  template('multi-agent', multiAgent),
  template('fine-tuning', fineTuning),
  template('voice-assistant', voiceAssistant),
];

/** Only the version of the format. */
export const EMPTY = 'threatmodel: 1\n';

function template(id: string, content: string): Template {
  const end = content.indexOf('\n');
  const [title = id, description = ''] = content.slice(1, end).trim().split(': ');
  return { id, title, description, text: content.slice(end + 1) };
}
