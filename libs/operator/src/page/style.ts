/** The one stylesheet of the operator's pages, inline: they must show while everything else is in trouble. */
export const STYLE = `
:root{--paper:#faf8f2;--card:#fff;--ink:#1c2b27;--soft:#55655f;--line:#d9ddd3;--jade:#2f6353;--mist:#e6eee7;--amber:#7d4d08;--sand:#f7edd8;--seal:#9a2a1c;--rose:#f8e6e1;--serif:"Songti SC","STSong","Noto Serif CJK SC","Source Han Serif SC","SimSun",Georgia,serif}
@media(prefers-color-scheme:dark){:root{--paper:#141c1a;--card:#1b2623;--ink:#e7ece6;--soft:#a3b1aa;--line:#33423d;--jade:#8fc7b1;--mist:#22332d;--amber:#e6b566;--sand:#33291a;--seal:#f09a8a;--rose:#3a211d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
a{color:var(--jade);text-underline-offset:.2em}
.demo{background:var(--seal);color:#fff;text-align:center;padding:.4rem 1rem;font-size:.875rem;margin:0}
@media(prefers-color-scheme:dark){.demo{background:#8a2a1e}}
.plain-http{background:var(--sand);color:var(--amber);text-align:center;padding:.4rem 1rem;font-size:.875rem;margin:0}
.bar,main,footer{max-width:66rem;margin:0 auto;padding:0 1.15rem}
.bar{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.4rem 1.2rem;padding-top:1rem;font-size:.9375rem;color:var(--soft)}
.bar b{font-family:var(--serif);color:var(--jade);font-size:1.1rem;letter-spacing:.1em;margin-right:.5em}
.bar nav{display:flex;align-items:center;gap:1.2rem}
.bar form{margin:0}
.link{font:inherit;color:var(--jade);background:none;border:0;padding:.5rem 0;text-decoration:underline;text-underline-offset:.2em;cursor:pointer}
.status{margin:1.4rem 0;padding:1rem 1.25rem;border-radius:.6rem;background:var(--mist);border-left:.3rem solid var(--jade)}
.status h1{font:600 1.6rem/1.3 var(--serif);margin:0;color:var(--jade)}
.status p{margin:.25rem 0 0}
.status ul{margin:.5rem 0 0;padding:0;list-style:none}
.status li{margin:.2rem 0;padding-left:1.1rem;position:relative}
.status li:before{content:"";position:absolute;left:0;top:.72em;width:.5rem;height:1px;background:currentColor}
.status.look{background:var(--sand);border-color:var(--amber)}
.status.look h1{color:var(--amber)}
.status.bad{background:var(--rose);border-color:var(--seal)}
.status.bad h1{color:var(--seal)}
.figures{display:grid;grid-template-columns:repeat(3,1fr);gap:1rem;margin:0}
.figures div{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.15rem}
.figures dt{color:var(--soft);font-size:.9375rem}
.figures dd{margin:.1rem 0 0;font:600 2.5rem/1.15 var(--serif);font-variant-numeric:lining-nums tabular-nums}
.figures dd small{font:400 .9375rem/1.4 system-ui,sans-serif;color:var(--soft);display:block}
h2{font:600 1.25rem/1.3 var(--serif);margin:2.3rem 0 .6rem}
h2 small{font:400 .9375rem/1.3 system-ui,sans-serif;color:var(--soft);margin-left:.6rem}
table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--line);border-radius:.6rem;font-variant-numeric:tabular-nums}
th{font-weight:400;color:var(--soft);text-align:left;font-size:.9375rem}
th,td{padding:.6rem 1rem;border-top:1px solid var(--line);vertical-align:top}
thead th{border-top:0}
.n{text-align:right}
td small,td code{display:block;color:var(--soft);font-size:.875rem}
code{font-family:ui-monospace,Menlo,Consolas,monospace}
.word{display:inline-block;padding:.1rem .6rem;border-radius:1rem;background:var(--mist);color:var(--jade);white-space:nowrap}
.word.look{background:var(--sand);color:var(--amber)}
.word.bad{background:var(--rose);color:var(--seal);font-weight:600}
.none{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.15rem;color:var(--soft);margin:0}
td form{margin:0}
button.do{font:inherit;color:#fff;background:#2f6353;border:0;border-radius:.4rem;padding:.6rem 1.1rem;min-height:2.75rem;white-space:nowrap;cursor:pointer}
.sign{max-width:24rem;margin:3rem auto 0}
.sign h1{font:600 1.9rem/1.3 var(--serif);margin:0 0 .3rem}
.sign label{display:block;margin:1.1rem 0 .25rem}
.sign input{font:inherit;color:inherit;background:var(--card);width:100%;padding:.7rem .8rem;border:1px solid var(--soft);border-radius:.4rem}
.sign button.do{width:100%;margin-top:1.5rem}
.soft{color:var(--soft)}
footer{margin-top:2.5rem;padding-top:1rem;padding-bottom:2.5rem;color:var(--soft);font-size:.875rem}
a:focus-visible,button:focus-visible,input:focus-visible{outline:2px solid var(--jade);outline-offset:2px}
@media(max-width:46rem){
.figures{grid-template-columns:1fr 1fr;gap:.7rem}
.figures div:first-child{grid-column:1/-1}
.figures div{padding:.7rem .9rem}
.figures dd{font-size:1.9rem}
.figures div:first-child dd{font-size:2.5rem}
.figures dd small,.figures dt{font-size:.875rem}
table,tbody,tr,td{display:block}
thead{position:absolute;left:-9999px}
tr{padding:.5rem 0;border-top:1px solid var(--line)}
tbody tr:first-child{border-top:0}
td{border:0;padding:.25rem 1rem;display:flex;justify-content:space-between;gap:1rem;text-align:right}
td:before{content:attr(data-l);color:var(--soft);text-align:left;flex:none}
td:first-child{font-weight:600;text-align:left;display:block}
td:first-child:before{content:none}
td:first-child small{font-weight:400}
td:empty{display:none}
table.five tr{display:grid;grid-template-columns:repeat(5,1fr);padding:.6rem 1rem}
table.five td{display:flex;flex-direction:column;gap:0;padding:.25rem 0;text-align:left}
table.five td:first-child{grid-column:1/-1;display:block}
table.five td:before{font-size:.8125rem}
table.five .word{align-self:flex-start}
td.act{display:block}
td.act:before{content:none}
td.act button.do{width:100%;margin:.3rem 0}
}
`.replace(/\n/g, '');
