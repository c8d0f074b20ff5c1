import { createHash } from 'node:crypto';

/** There are so many marks; further learners share one and are told apart by their initials. */
export const MARKS = 8;

/**
 * The style is black on white. Each learner's mark is a pattern, and a border that also shows where backgrounds are not printed. A block's
 * text grows with the block (container units), but the block cannot grow with its text, so the table keeps the height that the page gives it.
 * A line is as high as the letters of any ordinary font: Noto needs 1.36 of its size, DejaVu 1.17.
 */
export const PLAN_STYLE = `
*{box-sizing:border-box;margin:0;padding:0}
:root{color-scheme:light;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{background:#fff;color:#000;font:16px/1.25 system-ui,sans-serif}
main{max-width:1200px;margin:auto;padding:16px}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 20px;padding-bottom:6px}
h1{font-size:26px}h2{font-size:20px}
ul{list-style:none}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table{width:100%;table-layout:fixed;border-spacing:0}
.t{width:86px}
th{font-size:20px;border-bottom:2px solid}
tbody th{border:0;border-top:1px solid;font-size:18px;font-variant-numeric:tabular-nums}
thead th:first-letter{text-transform:uppercase}
small{display:block;font-size:.75em;font-weight:400}
td{position:relative;height:64px;border-top:1px solid #999}
.tall td{height:110px}
.free th,.free td{height:20px;font-size:12px}
.free small{display:inline}
td div{position:absolute;inset:1px;overflow:hidden;container-type:size}
td p{position:absolute;inset:0;display:grid;grid-template:minmax(min-content,1fr) minmax(min-content,1fr)/11px auto 1fr;gap:0 6px;line-height:1.4;font-size:15px;font-size:min(21px,35cqh,8.5cqw)}
td i{grid-row:1/3}
td b,.key b{font-family:serif}
td b{grid-row:1/3;align-self:center;line-height:1.2;font-size:30px;font-size:min(40px,70cqh,18cqw)}
td span{align-self:end;font-weight:700}
td bdi{grid-column:3;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
@container (min-width:126px) and (min-height:115px){
td p{display:flex;flex-flow:column;justify-content:center;align-items:center;gap:0;padding-inline-start:11px;text-align:center;font-size:min(24px,13cqw,14cqh)}
td i{position:absolute;inset-block:0;inset-inline-start:0;width:11px}
td b,td span{align-self:auto}
td b{font-size:min(64px,34cqh)}
}
@container (max-width:125px){
td p{display:flex;flex-flow:wrap;align-content:center;align-items:baseline;padding-inline-start:11px;gap:0 4px;font-size:min(17px,17.5cqh,15.5cqw)}
td i{position:absolute;inset-block:0;inset-inline-start:0;width:9px}
td b{font-size:min(36px,34cqh,30cqw)}
td bdi{width:100%}
}
@container (max-width:64px){
td p{flex-flow:column;flex-wrap:nowrap;justify-content:safe center;align-items:center;padding:8px 0 0;gap:0;text-align:center;font-size:max(9px,min(14px,20cqw,11.4cqh))}
td span{align-self:auto;font-size:.85em}
td i{inset:0 0 auto;width:auto;height:8px}
td b{font-size:min(28px,26cqh,46cqw)}
td bdi{width:auto;-webkit-line-clamp:3}
}
@container (max-width:50px) and (min-height:72px){
td p{display:grid;grid-template:auto 1fr/1fr 1fr;justify-items:center;font-size:min(14px,34cqw,10cqh)}
td i{grid-area:auto}
td b{grid-area:1/1/2/3;font-size:min(26px,22cqh,48cqw)}
td span,td bdi{display:block;grid-column:auto;font-size:1em;writing-mode:vertical-rl;white-space:nowrap;align-self:start;width:auto;max-height:100%;text-overflow:ellipsis}
}
.r3 td{height:38px}.r3 tbody th{font-size:15px}.r3 small{display:inline}
.r4 td{height:20px}.r4 tbody th{font-size:9px}.r4 small{display:inline}
.key{padding-top:8px}
.key ul{display:flex;flex-wrap:wrap;gap:6px 24px}
.key li,.day li{display:flex;align-items:center;gap:8px}
.key i,.day i{flex:none;width:34px;height:26px}
.key b{font-size:22px}
.key span{font-size:17px}
.many ul{gap:3px 20px}.many b{font-size:18px}.many span{font-size:15px}.many i{height:20px}
.day{display:none}
i{background:#000}
.m1 i{background:repeating-linear-gradient(45deg,#000 0 1.5px,#fff 1.5px 5px)}
.m2 i{background:radial-gradient(#000 40%,#fff 46%) 0 0/6px 6px}
.m3 i{background:repeating-linear-gradient(#000 0 1.5px,#fff 1.5px 5px)}
.m4 i{background:#fff}
.m5 i{background:repeating-conic-gradient(#000 0 25%,#fff 0 50%) 0 0/8px 8px}
.m6 i{background:repeating-linear-gradient(90deg,#000 0 1.5px,#fff 1.5px 5px)}
.m7 i{background:repeating-linear-gradient(-45deg,#000 0 4px,#fff 4px 7px)}
.m0 div,.m0 i{border:3px solid}
.m1 div,.m1 i{border:3px dashed}
.m2 div,.m2 i{border:3px dotted}
.m3 div,.m3 i{border:4px double}
.m4 div,.m4 i{border:1px solid}
.m5 div,.m5 i{border:1px solid;border-inline-start-width:6px}
.m6 div,.m6 i{border:solid;border-width:4px 1px}
.m7 div,.m7 i{border:1px dashed}
td i{border:0!important}
@media screen and (max-width:600px){
.week{display:none}
.day{display:block;padding-top:14px}
.day h2{border-bottom:2px solid}
.day h2:first-letter{text-transform:uppercase}
.day li{display:block;position:relative;padding-block:6px;padding-inline:44px 0;border-bottom:1px solid #999}
.day i{position:absolute;inset-inline-start:0}
.key li{padding:4px 0}
}
@page{size:A4 landscape;margin:8mm}
@media print{
main{display:flex;flex-direction:column;width:281mm;max-width:none;height:193.5mm;padding:0;overflow:hidden}
.week{flex:1;min-height:0}
table{height:100%}
td,.r3 td,.r4 td{height:auto}
.tall td{height:108px}
.free th,.free td{height:20px}
.key h2{display:none}
}
`.trim();

/** What the page may load: nothing. Its own style is allowed by its hash (CSP, level 2). The header and the page say the same. */
export const PLAN_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PLAN_STYLE).digest('base64')}'`;
