import { createHash } from 'node:crypto';

/** The one stylesheet, inline: a page is one request, and nothing on it comes from anywhere else. */
export const STYLE = `
:root{--paper:#faf8f2;--card:#fff;--ink:#1c2b27;--soft:#55655f;--line:#d9ddd3;--jade:#2f6353;--mist:#e6eee7;--amber:#7d4d08;--sand:#f7edd8;--seal:#9a2a1c;--rose:#f8e6e1;--serif:"Songti SC","STSong","Noto Serif CJK SC","Source Han Serif SC","SimSun",Georgia,serif}
@media(prefers-color-scheme:dark){:root{--paper:#141c1a;--card:#1b2623;--ink:#e7ece6;--soft:#a3b1aa;--line:#33423d;--jade:#8fc7b1;--mist:#22332d;--amber:#e6b566;--sand:#33291a;--seal:#f09a8a;--rose:#3a211d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.65 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;overflow-wrap:break-word}
a{color:var(--jade);text-underline-offset:.2em}
.demo{background:var(--seal);color:#fff;text-align:center;padding:.4rem 1rem;font-size:.875rem;margin:0}
.demo b{letter-spacing:.3em;margin-right:.3em}
@media(prefers-color-scheme:dark){.demo{background:#8a2a1e}}
.plain-http{background:var(--sand);color:var(--amber);text-align:center;padding:.4rem 1rem;font-size:.875rem;margin:0}
.bar,main,footer{max-width:42rem;margin:0 auto;padding:0 1.15rem}
.bar{display:flex;justify-content:space-between;gap:1rem;padding-top:1rem;font-size:.875rem;color:var(--soft)}
.bar b{font-family:var(--serif);color:var(--jade);font-size:1rem;letter-spacing:.1em;margin-right:.5em}
h1{font:600 3.1rem/1.15 var(--serif);margin:1.9rem 0 0;letter-spacing:.06em}
h1 small{display:inline-block;vertical-align:.55em;margin-left:.5rem;font:500 .9rem/1 system-ui,sans-serif;letter-spacing:0;color:var(--jade);border:1px solid;border-radius:1rem;padding:.3rem .65rem}
h1.word{font-size:1.9rem;letter-spacing:.02em;line-height:1.3}
.names{margin:.35rem 0 0;color:var(--soft)}
.names i{font-family:Georgia,"Times New Roman",serif}
.names span+span:before,.names span+i:before,.names i+span:before{content:"·";margin:0 .5em;font-style:normal}
.status{margin:1.4rem 0;padding:1rem 1.15rem;border-radius:.6rem;background:var(--mist);border-left:.3rem solid var(--jade)}
.status p{margin:.2rem 0 0}
.status strong{font:600 1.3rem/1.4 var(--serif);color:var(--jade)}
.warn{background:var(--sand);border-color:var(--amber)}
.warn strong{color:var(--amber)}
.bad{background:var(--rose);border-color:var(--seal)}
.bad strong{color:var(--seal)}
.plain{background:var(--card);border-color:var(--soft)}
.plain strong{color:var(--ink)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1.2rem;margin:1.2rem 0}
dt{color:var(--soft)}
dd{margin:0}
.code{font-family:ui-monospace,Menlo,Consolas,monospace;letter-spacing:.06em}
h2{font:600 1.35rem/1.3 var(--serif);margin:2.6rem 0 .9rem;padding-bottom:.45rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:0}
ol,ul{margin:0;padding:0;list-style:none}
.time li{position:relative;padding:0 0 1.3rem 1.5rem;border-left:2px solid var(--line);margin-left:.4rem}
.time li:last-child{border-color:transparent;padding-bottom:0}
.time li:before{content:"";position:absolute;left:-.47rem;top:.42rem;width:.8rem;height:.8rem;border-radius:50%;background:var(--paper);border:2px solid var(--jade)}
.time .key:before{background:var(--jade)}
.time .late:before{border-style:dashed}
time{white-space:nowrap;color:var(--soft);font-size:.875rem;font-variant-numeric:tabular-nums}
h3+p,.time p{margin:.1rem 0 0}
.time h3{display:inline-block;font-family:var(--serif);font-size:1.15rem;font-weight:600;margin-right:.6rem}
.time .when{margin:0;line-height:1.5}
@media(min-width:44rem){.time li{margin-left:11.2rem}.time .when{position:absolute;left:-11.2rem;width:9.8rem;top:.2rem;text-align:right}}
.mark{display:inline-block;font-size:.8rem;line-height:1;padding:.28rem .5rem;border-radius:.25rem;margin:0 .35rem 0 0;border:1px solid var(--line);color:var(--soft);white-space:nowrap;vertical-align:.1em}
.mark.other,.mark.reconciled,.mark.device{background:var(--mist);border-color:transparent;color:var(--jade)}
.mark.late,.mark.note{background:var(--sand);border-color:transparent;color:var(--amber)}
.soft{color:var(--soft);font-size:.9375rem}
.fix{border-left:2px solid var(--amber);padding-left:.7rem;margin:.5rem 0 0;font-size:.9375rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.15rem;margin:0 0 .8rem}
.card p{margin:.25rem 0 0}
.verdict{float:right;font-weight:600;color:var(--jade);margin-left:.8rem}
.verdict.fail{color:var(--seal)}
.verdict.undetermined{color:var(--amber)}
table{width:100%;border-collapse:collapse;font-size:.9375rem;margin-top:.7rem;font-variant-numeric:tabular-nums}
th{font-weight:400;color:var(--soft);text-align:left}
th,td{padding:.35rem .5rem .35rem 0;border-top:1px solid var(--line);vertical-align:top}
th:last-child,td:last-child{text-align:right;padding-right:0}
td.fail{color:var(--seal);font-weight:600}
.list li{padding-left:1.1rem;position:relative;margin:.5rem 0}
.list li:before{content:"";position:absolute;left:.1rem;top:.72em;width:.45rem;height:1px;background:var(--soft)}
details{margin-top:1.2rem;font-size:.9375rem;color:var(--soft)}
summary{cursor:pointer;color:var(--jade)}
details p{margin:.5rem 0 0}
footer{margin:3rem auto 0;padding-top:1rem;padding-bottom:2.5rem;color:var(--soft);font-size:.875rem;border-top:1px solid var(--line)}
footer p{margin:.2rem 0}
a:focus-visible,summary:focus-visible{outline:2px solid var(--jade);outline-offset:2px;border-radius:2px}
@media(max-width:24rem){h1{font-size:2.6rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media print{.bar a,details{display:none}body{background:#fff}}
`.replace(/\n/g, '');

/** Lets exactly this stylesheet through, and nothing else at all. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE, 'utf8').digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
