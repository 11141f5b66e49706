/** Names of files, ids and titles that mean harm in one format or another. */
export const HOSTILE: readonly string[] = [
  'plain',
  '</testcase><testcase name="forged"/>',
  '"><x y="',
  "' & &amp; &#0; <![CDATA[ ]]> <!-- -->",
  '::error::forged',
  'a\n::set-output name=x::y',
  'a\r::stop-commands::z',
  'a,line=1,title=forged::forged',
  '%0A::warning::forged %25 %3A',
  '##[set-output name=x]y',
  '##vso[task.setvariable variable=x]y',
  '##VSO[task.complete result=Succeeded]',
  '\u001b[2J\u0007\u0000\u009b\u202e\u2066\u2028\ufeff',
  '\ud800 \ufffe \uffff \u{10ffff}',
  '__proto__',
  '商店 🚪 größe',
  '=1+1',
];

/** What logs obey wherever it stands: commands of Azure Pipelines and the old ones of GitHub. */
export const ORDER_IN_LOG = /##(?:\[|vso\[)/i;
