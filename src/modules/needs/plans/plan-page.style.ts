import { createHash } from 'node:crypto';

/** There are so many marks; further learners share one and are told apart by their initials. */
export const MARKS = 8;

/**
 * The style of a plan, black on white. Each learner's mark is a pattern, and a border that also shows where backgrounds are not printed. A block's text grows with the block (container units), but the
 * block cannot grow with its text, so the table keeps the height that the page gives it. A line is as high as the letters of any ordinary font:
 * Noto needs 1.36 of its size, DejaVu 1.17. Old telephones know no container units; they show the list by day.
 */
const IN_BLACK = `
.plan,.plan *{box-sizing:border-box;margin:0;padding:0}
.plan{max-width:1200px;margin:auto;padding:16px;background:#fff;color:#000;font:16px/1.25 system-ui,sans-serif;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.plan header{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 20px;padding-bottom:6px}
.plan h1{font-size:26px}.plan h2{font-size:20px}
.plan ul{list-style:none}
.plan caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.plan table{width:100%;table-layout:fixed;border-spacing:0}
.plan .t{width:86px}
.plan th{font-size:20px;border-bottom:2px solid}
.plan tbody th{border:0;border-top:1px solid;font-size:18px;font-variant-numeric:tabular-nums}
.plan thead th:first-letter{text-transform:uppercase}
.plan small{display:block;font-size:.75em;font-weight:400}
.plan td{position:relative;height:64px;border-top:1px solid #999}
.plan .tall td{height:110px}
.plan .free th,.plan .free td{height:20px;font-size:12px}
.plan td div{position:absolute;top:1px;right:1px;bottom:1px;left:1px;overflow:hidden;container-type:size}
.plan td p{position:absolute;top:0;right:0;bottom:0;left:0;display:grid;grid-template:minmax(min-content,1fr) minmax(min-content,1fr)/11px auto 1fr;gap:0 6px;line-height:1.4;font-size:15px;font-size:min(21px,35cqh,8.5cqw)}
.plan td i{grid-row:1/3}
.plan td b,.plan .key b{font-family:serif}
.plan td b{grid-row:1/3;align-self:center;line-height:1.2;font-size:30px;font-size:min(40px,70cqh,18cqw)}
.plan td span{align-self:end;font-weight:700}
.plan td bdi{grid-column:3;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
@container (min-width:126px) and (min-height:115px){
.plan td p{display:flex;flex-flow:column;justify-content:center;align-items:center;gap:0;padding-inline-start:11px;text-align:center;font-size:min(24px,13cqw,14cqh)}
.plan td i{position:absolute;inset-block:0;inset-inline-start:0;width:11px}
.plan td b,.plan td span{align-self:auto}
.plan td b{font-size:min(64px,34cqh)}
}
@container (max-width:125px){
.plan td p{display:flex;flex-flow:wrap;align-content:center;align-items:baseline;padding-inline-start:11px;gap:0 4px;font-size:min(17px,17.5cqh,15.5cqw)}
.plan td i{position:absolute;inset-block:0;inset-inline-start:0;width:9px}
.plan td b{font-size:min(36px,34cqh,30cqw)}
.plan td bdi{width:100%}
}
@container (max-width:64px){
.plan td p{flex-flow:column;flex-wrap:nowrap;justify-content:safe center;align-items:center;padding:8px 0 0;gap:0;text-align:center;font-size:max(9px,min(14px,20cqw,11.4cqh))}
.plan td span{align-self:auto;font-size:.85em}
.plan td i{inset:0 0 auto;width:auto;height:8px}
.plan td b{font-size:min(28px,26cqh,46cqw)}
.plan td bdi{width:auto;-webkit-line-clamp:3}
}
@container (max-width:50px) and (min-height:72px){
.plan td p{display:grid;grid-template:auto 1fr/1fr 1fr;justify-items:center;font-size:min(14px,34cqw,10cqh)}
.plan td i{grid-area:auto}
.plan td b{grid-area:1/1/2/3;font-size:min(26px,22cqh,48cqw)}
.plan td span,.plan td bdi{display:block;grid-column:auto;font-size:1em;writing-mode:vertical-rl;white-space:nowrap;align-self:start;width:auto;max-height:100%;text-overflow:ellipsis}
}
.plan .r3 td{height:38px}.plan .r3 tbody th{font-size:15px}
.plan .r4 td{height:20px}.plan .r4 tbody th{font-size:9px}.plan .free small,.plan .r3 small,.plan .r4 small{display:inline}
.plan .key{padding-top:8px}
.plan .key ul{display:flex;flex-wrap:wrap;gap:6px 24px}
.plan .key li,.plan .day li{display:flex;align-items:center;gap:8px}
.plan .key i,.plan .day i{flex:none;width:34px;height:26px}
.plan .key b{font-size:22px}
.plan .key span{font-size:17px}
.plan .many ul{gap:3px 20px}.plan .many b{font-size:18px}.plan .many span{font-size:15px}.plan .many i{height:20px}
.plan .day{display:none}
.plan i{background:#000}
.plan .m1 i{background:repeating-linear-gradient(45deg,#000 0 1.5px,#fff 1.5px 5px)}
.plan .m2 i{background:radial-gradient(#000 40%,#fff 46%) 0 0/6px 6px}
.plan .m3 i{background:repeating-linear-gradient(#000 0 1.5px,#fff 1.5px 5px)}
.plan .m4 i{background:#fff}
.plan .m5 i{background:repeating-conic-gradient(#000 0 25%,#fff 0 50%) 0 0/8px 8px}
.plan .m6 i{background:repeating-linear-gradient(90deg,#000 0 1.5px,#fff 1.5px 5px)}
.plan .m7 i{background:repeating-linear-gradient(-45deg,#000 0 4px,#fff 4px 7px)}
.plan .m0 div,.plan .m0 i{border:3px solid}
.plan .m1 div,.plan .m1 i{border:3px dashed}
.plan .m2 div,.plan .m2 i{border:3px dotted}
.plan .m3 div,.plan .m3 i{border:4px double}
.plan .m4 div,.plan .m4 i{border:1px solid}
.plan .m5 div,.plan .m5 i{border:1px solid;border-inline-start-width:6px}
.plan .m6 div,.plan .m6 i{border:solid;border-width:4px 1px}
.plan .m7 div,.plan .m7 i{border:1px dashed}
.plan td i{border:0!important}
@media screen and (max-width:600px){
.plan .week{display:none}
.plan .day{display:block;padding-top:14px}
.plan .day h2{border-bottom:2px solid}
.plan .day h2:first-letter{text-transform:uppercase}
.plan .day li{display:block;position:relative;padding:6px 0;padding-inline-start:44px;border-bottom:1px solid #999}
.plan .day i{position:absolute;left:0}
[dir=rtl] .plan .day i{left:auto;right:0}
.plan .key li{display:grid;grid-template-columns:34px auto minmax(0,1fr);padding:4px 0}
}
@page{size:A4 landscape;margin:8mm}
@media print{
.plan{display:flex;flex-direction:column;width:281mm;max-width:none;height:193.5mm;padding:0;overflow:hidden}
.plan .week{flex:1;min-height:0}
.plan table{height:100%}
.plan td,.plan .r3 td,.plan .r4 td{height:auto}
.plan .tall td{height:108px}
.plan .free th,.plan .free td{height:20px}
.plan .key h2{display:none}
}
`.trim();

/** The style of a plan in a page that may set other colours for a screen. On paper, and where it sets none, they are black and white. */
export const PLAN_STYLE = IN_BLACK.replaceAll('#000', 'var(--plan-ink,#000)')
  .replaceAll('#fff', 'var(--plan-paper,#fff)')
  .replaceAll('#999', 'var(--plan-line,#999)');

/** The style of the page that has nothing but a plan. */
export const PLAN_PAGE_STYLE = `:root{color-scheme:light}body{margin:0;background:#fff}${IN_BLACK}`;

/** What the page may load: nothing. Its own style is allowed by its hash (CSP, level 2). The header and the page say the same. */
export const PLAN_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PLAN_PAGE_STYLE).digest('base64')}'`;
