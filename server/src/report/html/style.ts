/** The look of the HTML report: light and dark as the reader has it, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --dim: #59636e; --back: #ffffff; --panel: #f6f8fa; --line: #d1d9e0; --link: #0550ae;
  --critical: #a40e26; --high: #953800; --medium: #6f5200; --low: #4b535d; --good: #116329; --plan: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #9da7b3; --back: #0d1117; --panel: #161b22; --line: #3d444d; --link: #79b8ff;
  --critical: #ff9a9a; --high: #ffb07c; --medium: #e3c66a; --low: #b1bac4; --good: #7ee787; --plan: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1rem 1.5rem 4rem; font: 15px/1.5 system-ui, "Segoe UI", sans-serif; color: var(--text); background: var(--back); }
h1 { font-size: 1.8rem; line-height: 1.2; } h2 { font-size: 1.5rem; margin-top: 3rem; border-bottom: 2px solid var(--line); padding-bottom: .3rem; }
h3 { font-size: 1.2rem; margin-top: 2.2rem; } h4 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
a { color: var(--link); } code { font: .92em ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
p, li, dd, td, th { overflow-wrap: anywhere; unicode-bidi: plaintext; }
.dim, caption { color: var(--dim); }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--back); padding: .5rem; }
nav ol { columns: 18rem; padding-left: 1.2rem; } nav > ol { columns: auto; }
.scroll { overflow-x: auto; margin: .6rem 0 1.2rem; } .scroll:focus { outline: 2px solid var(--link); }
table { border-collapse: collapse; min-width: 40%; } caption { text-align: left; padding-bottom: .3rem; }
th, td { border: 1px solid var(--line); padding: .3rem .55rem; text-align: left; vertical-align: top; font-weight: normal; }
tbody th { min-width: 7rem; } thead th { background: var(--panel); font-weight: 600; overflow-wrap: normal; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.depth1 { padding-left: 1.6rem; } .depth2 { padding-left: 2.8rem; color: var(--dim); } .depth0 { font-weight: 600; }
.mark { display: inline-block; white-space: nowrap; border: 1px solid currentColor; border-radius: .9rem; padding: 0 .5rem; font-size: .86em; color: var(--dim); }
.critical { color: var(--critical); font-weight: 600; } .high { color: var(--high); font-weight: 600; } .medium { color: var(--medium); } .low { color: var(--low); }
.in-place, .satisfied { color: var(--good); } .planned, .partial, .accepted { color: var(--plan); } .absent, .open, .expired { color: var(--high); }
article { border: 1px solid var(--line); border-left: .35rem solid; border-radius: .3rem; padding: .2rem 1rem .6rem; margin: .8rem 0; }
article > h4 { margin: .5rem 0; } article h4, article dl { color: var(--text); font-weight: normal; } article h4 { font-weight: 600; }
dl { display: grid; grid-template-columns: 8rem 1fr; gap: .25rem .8rem; margin: 0; } dt { color: var(--dim); } dd { margin: 0; }
fieldset { border: 1px solid var(--line); border-radius: .3rem; display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; } [hidden] { display: none !important; }
input, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--dim); border-radius: .25rem; padding: .15rem .5rem; }
figure { margin: 1rem 0; } .stage { background: #ffffff; border: 1px solid var(--line); overflow: hidden; } .stage svg { display: block; width: 100%; height: auto; max-height: 85vh; }
.stage.moves { cursor: grab; touch-action: none; } figcaption { color: var(--dim); display: flex; gap: .5rem; align-items: center; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
@media print { :root { color-scheme: light; --text: #000; --dim: #444; --back: #fff; --panel: #f3f3f3; --line: #999; --link: #000;
  --critical: #8a0a1f; --high: #7d3000; --medium: #5c4400; --low: #444; --good: #0d4f21; --plan: #00408f; }
  body { max-width: none; padding: 0; font-size: 10pt; } .skip, .filter, .zoom { display: none !important; } a { text-decoration: none; }
  h2 { break-before: page; } h2, h3, h4, caption { break-after: avoid; } article, tr, figure { break-inside: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; } table { width: 100%; font-size: 8.5pt; } .stage { border: 0; } .stage svg { max-height: 24cm; } article[hidden] { display: block !important; } }
@page { margin: 16mm; }
`;
