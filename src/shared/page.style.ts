/**
 * The look of pages that stand alone and load nothing, such as the published scale: the colours and sizes of families' pages. Old browsers show
 * them too (plain colours first). Without quotation marks and `<`, because it is written into the page unchanged.
 */
export const PAGE_STYLE = `:root{color-scheme:light dark;--ink:#16232e;--soft:#51606c;--paper:#fbfaf7;--card:#fff;--line:#dcd9d1;--bridge:#0b5c6b;--on-bridge:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf0;--soft:#a5b3bd;--paper:#11181e;--card:#1a242c;--line:#33414c;--bridge:#6fc7d6;--on-bridge:#06222a}}
body{margin:0 auto;max-width:46rem;padding:1rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.25rem;line-height:1.3;margin:1.5rem 0 .5rem}a{color:var(--bridge)}
:focus-visible{outline:3px solid var(--bridge);outline-offset:2px}
form{display:grid;gap:.5rem;margin:1rem 0}label{font-weight:600}
input{box-sizing:border-box;display:block;width:100%;min-height:2.75rem;margin-top:.25rem;padding:.5rem .75rem;border:1px solid var(--soft);border-radius:.5rem;background:var(--card);color:var(--ink);font:inherit}
button{min-height:2.75rem;padding:.5rem 1.5rem;border:1px solid var(--bridge);border-radius:.5rem;background:var(--bridge);color:var(--on-bridge);font:inherit;font-weight:600;cursor:pointer;justify-self:start}
table{border-collapse:collapse;width:100%;background:var(--card)}td,th{border-bottom:1px solid var(--line);padding:.5rem;text-align:start;vertical-align:top}
dl{margin:0;padding:1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}dt{color:var(--soft)}dd{margin:0 0 .5rem}dd:last-child{margin:0}
article{border:1px solid var(--line);border-radius:.5rem;background:var(--card);margin:1rem 0;padding:1rem}article h2{margin:0}
nav a{display:inline-block;padding:.625rem 1rem .625rem 0}`;
