import { createHash } from 'node:crypto';

/**
 * The colours of the pages, as plain values, because old phones do not know `light-dark()`. It contains no quotation marks, since the page
 * would escape them.
 */
export const HOME_STYLE = `
:root{color-scheme:light dark;--ink:#16232e;--soft:#51606c;--paper:#fbfaf7;--card:#fff;--line:#dcd9d1;--bridge:#0b5c6b;--on-bridge:#fff;--tint:#e6f1f2;font:400 1rem/1.5 system-ui,Segoe UI,Roboto,Noto Sans,Noto Sans Arabic,sans-serif}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf0;--soft:#a5b3bd;--paper:#11181e;--card:#1a242c;--line:#33414c;--bridge:#6fc7d6;--on-bridge:#06222a;--tint:#14323a}}
*,::before,::after{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink)}
.page{max-width:60rem;margin-inline:auto;padding:0 1rem 3rem}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:0 1rem;align-content:center;min-height:3.25rem;padding-block:.5rem;border-block-end:1px solid var(--line);margin-block-end:1.5rem}
header b{letter-spacing:-.01em}
header span,.soft{color:var(--soft)}
main,section{display:grid;gap:1rem;align-content:start}
main{gap:1.25rem}
h1,h2,p,ul{margin:0;text-wrap:pretty}
h1{max-width:34ch;font-size:1.75rem;line-height:1.2;letter-spacing:-.01em}
[dir=rtl] h1,[dir=rtl] b{letter-spacing:0}
h2{font-size:1.125rem;line-height:1.3}
p{max-width:60ch}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(19rem,100%),1fr));gap:1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem}
.note{border-inline-start:4px solid var(--bridge);border-start-end-radius:.5rem;border-end-end-radius:.5rem;background:var(--tint);padding:.75rem 1rem}
ul{list-style:none;padding:0}
a{color:var(--bridge);text-underline-offset:.15em}
li a{display:flex;align-items:center;min-height:2.75rem;padding-block:.375rem}
li+li{border-block-start:1px solid var(--line)}
:focus-visible{outline:3px solid var(--bridge);outline-offset:2px;border-radius:2px}
`.trim();

/** The page may load nothing. Its own style is allowed by its hash (CSP, level 2). */
export const HOME_POLICY = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-${createHash('sha256').update(HOME_STYLE).digest('base64')}'`;
