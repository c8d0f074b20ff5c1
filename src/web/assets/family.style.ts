/**
 * The look of families' pages. Old telephones show it well (Chrome 80, Safari 13): colours are plain values, first the light ones; only grids
 * have gaps, as flexible boxes got them later; sides that turn with the direction of writing are written in the forms that these browsers
 * know, else twice, with `[dir=rtl]`. `old-browsers.spec.ts` holds every rule against that.
 */
export const FAMILY_STYLE = `
:root{color-scheme:light dark;--ink:#16232e;--soft:#51606c;--paper:#fbfaf7;--card:#fff;--line:#dcd9d1;--bridge:#0b5c6b;--on-bridge:#fff;--tint:#e6f1f2;--stop:#a3231f;--stop-tint:#fdeae8;--wait:#7a5200;--wait-tint:#fdf1d7;--good:#1d6b3c;--good-tint:#e5f3ea;font:400 100%/1.5 system-ui,Segoe UI,Roboto,Noto Sans,Noto Sans Arabic,sans-serif}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf0;--soft:#a5b3bd;--paper:#11181e;--card:#1a242c;--line:#33414c;--bridge:#6fc7d6;--on-bridge:#06222a;--tint:#14323a;--stop:#ff9d94;--stop-tint:#40191a;--wait:#f0c067;--wait-tint:#3a2c0e;--good:#84d3a1;--good-tint:#14331f}}
*,::before,::after{box-sizing:border-box}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
body{margin:0;background:var(--paper);color:var(--ink);word-break:break-word;overflow-wrap:anywhere}
a{color:var(--bridge)}
:focus{outline:3px solid var(--bridge);outline-offset:2px}
:focus:not(:focus-visible){outline:0}
.page{max-width:34rem;margin:0 auto;padding:0 1rem 3rem}
.wide{max-width:60rem}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;min-height:3.25rem;border-bottom:1px solid var(--line);margin-bottom:1.25rem}
.top>a,.top>b{padding:.625rem 0;color:var(--ink);font-weight:700;text-decoration:none}
main,main form,.card,.note,.wrongs{display:grid;gap:1rem;align-content:flex-start;grid-template-columns:minmax(0,1fr)}
main{gap:1.25rem}
h1,h2,p,ul,ol,dl,dd,fieldset,legend{margin:0;padding:0;border:0;min-width:0}
h1{max-width:34ch;font-size:1.75rem;line-height:1.2}
h2{font-size:1.125rem;line-height:1.3}
p{max-width:60ch}
.soft{color:var(--soft);font-size:1rem}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(19rem,100%),1fr));gap:1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem}
.note,.wrongs{border:0 solid var(--bridge);border-inline-start-width:4px;background:var(--tint);padding:.75rem 1rem;border-radius:0 .5rem .5rem 0}
[dir=rtl] .note,[dir=rtl] .wrongs{border-radius:.5rem 0 0 .5rem}
.wrongs{border-color:var(--stop);background:var(--stop-tint)}
.wrongs a,.wrong{color:var(--stop)}
.wrong{display:block;font-weight:600}
.tag{display:inline-block;padding:0 .625rem;border-radius:1rem;background:var(--tint);color:var(--bridge);font-weight:600}
.tag.wait{background:var(--wait-tint);color:var(--wait)}
.tag.stop{background:var(--stop-tint);color:var(--stop)}
.tag.good{background:var(--good-tint);color:var(--good)}
.apart{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center}
.place{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem 1rem;align-items:center}
.rank{font-size:2.75rem;line-height:1;color:var(--bridge);word-break:normal;overflow-wrap:normal}
.button{display:flex;align-items:center;justify-content:center;width:100%;min-height:2.75rem;padding:.5rem 1rem;border:1px solid var(--bridge);border-radius:.5rem;background:var(--bridge);color:var(--on-bridge);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.quiet{background:transparent;color:var(--bridge)}
.danger{background:transparent;color:var(--stop);border-color:var(--stop)}
.plain{border-color:transparent;text-decoration:underline}
.phone{display:inline-flex;align-items:center;min-height:2.75rem;font-weight:600}
.links{list-style:none}
.links a{display:flex;align-items:center;min-height:2.75rem;padding:.375rem 0}
.links li+li{border-top:1px solid var(--line)}
.steps{list-style:none}
.steps li{position:relative;padding-bottom:1rem;padding-inline-start:1.75rem}
.steps li::before{content:'';position:absolute;top:.375rem;left:.25rem;width:.75rem;height:.75rem;border-radius:50%;border:2px solid var(--bridge);background:var(--card)}
.steps li::after{content:'';position:absolute;top:1.25rem;bottom:-.25rem;left:.5625rem;width:2px;background:var(--line)}
[dir=rtl] .steps li::before{left:auto;right:.25rem}
[dir=rtl] .steps li::after{left:auto;right:.5625rem}
.steps li:last-child{padding-bottom:0}
.steps li:last-child::after{display:none}
.way li::before{border-color:var(--line)}
.way .done::before{border-color:var(--bridge);background:var(--bridge)}
.way .done::after{background:var(--bridge)}
.way .now{font-weight:600}
.way .now::before{border-color:var(--bridge);box-shadow:0 0 0 4px var(--tint)}
.loan,.device{display:grid;gap:.75rem;grid-template-columns:minmax(0,1fr)}
.loan+.loan{border-top:1px solid var(--line);padding-top:1rem}
.points{width:100%;border-collapse:collapse}
.points td,.points th{padding:.5rem 0;border-top:1px solid var(--line);vertical-align:top;text-align:start}
.points td:last-child,.points th:last-child{padding-inline-start:1rem;text-align:end;font-weight:600;word-break:normal;overflow-wrap:normal}
.facts div{padding:.375rem 0}
.facts dt{color:var(--soft)}
summary{display:flex;align-items:center;min-height:2.75rem;color:var(--bridge);font-weight:600;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
main summary::before{content:'+';width:1.25rem;font-weight:700}
main [open]>summary::before{content:'–'}
.languages{margin-inline-start:auto;max-width:100%}
.languages[open]{width:100%}
.languages summary{justify-content:flex-end}
.languages summary::after{content:'';width:.5rem;height:.5rem;margin-inline-start:.5rem;margin-top:-.25rem;border:solid;border-width:0 2px 2px 0;transform:rotate(45deg)}
.languages[open] summary::after{margin-top:.25rem;transform:rotate(225deg)}
.languages div{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.5rem;padding-bottom:1rem}
legend{padding-bottom:.5rem}
label,.label{font-weight:600}
.field{display:grid;gap:.25rem;grid-template-columns:minmax(0,1fr)}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.75rem}
.beside{grid-template-columns:minmax(0,1fr) 5.5rem;align-items:center}
.beside .wrong{grid-column:1/-1}
input,textarea{font:inherit}
.field input,.field textarea{width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--soft);border-radius:.5rem;background:var(--card);color:var(--ink)}
.beside input{text-align:center}
[aria-invalid=true]{border-color:var(--stop);box-shadow:0 0 0 1px var(--stop)}
.choices{display:grid;gap:.5rem;grid-template-columns:minmax(0,1fr)}
.choice{display:grid;grid-template-columns:1.5rem minmax(0,1fr);gap:.75rem;align-items:center;min-height:3rem;padding:.5rem .75rem;border:1px solid var(--soft);border-radius:.5rem;background:var(--card);cursor:pointer}
.choice input{width:1.5rem;height:1.5rem;margin:0;accent-color:var(--bridge)}
.choice input:checked+span{color:var(--bridge)}
.more{display:block;font-weight:400}
.foot{display:grid;gap:.5rem;margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line)}
.foot nav{display:flex;flex-wrap:wrap}
.foot nav a{display:flex;align-items:center;min-height:2.75rem;margin-inline-end:1.5rem}
.answers{display:grid;gap:1rem}
.answers dd{white-space:pre-line}
.answers a{display:inline-flex;align-items:center;min-height:2.75rem}
.days{grid-template-columns:repeat(auto-fill,minmax(min(9.5rem,100%),1fr))}
.plan{display:block;word-break:normal;overflow-wrap:normal}
@media screen{.plan{--plan-ink:var(--ink);--plan-paper:var(--card);--plan-line:var(--line)}.plan header p{margin-top:.5rem;line-height:1.5}}
@media (min-width:40rem){.wide main .button{justify-self:start;width:auto;padding:.5rem 1.5rem}}
@media print{.screen,.top,.foot{display:none!important}.page{max-width:none;padding:0}body{background:#fff;color:#000}.card{border:0;padding:0}}
`.trim();

/** A bridge. Its one colour is seen on light and on dark tabs. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#2a95a8" stroke-width="2"><path d="M1 12h14M1 12V8c0-3 7-3 7 4 0-7 7-7 7-4v4"/></svg>`;
