/** Looks like the public page: the same paper, ink and jade. Large type and one large button, for a thumb in a shed. */
export const TRUST_STYLE = `
:root{--paper:#faf8f2;--card:#fff;--ink:#1c2b27;--soft:#55655f;--line:#d9ddd3;--jade:#2f6353;--on:#fff;--mist:#e6eee7;--serif:"Songti SC","STSong","Noto Serif CJK SC","Source Han Serif SC","SimSun",Georgia,serif}
@media(prefers-color-scheme:dark){:root{--paper:#141c1a;--card:#1b2623;--ink:#e7ece6;--soft:#a3b1aa;--line:#33423d;--jade:#8fc7b1;--on:#10201a;--mist:#22332d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.65 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;overflow-wrap:break-word}
a{color:var(--jade);text-underline-offset:.2em}
header,main{max-width:42rem;margin:0 auto;padding:0 1.15rem}
header{display:flex;justify-content:space-between;padding-top:1rem;font-size:.875rem;color:var(--soft)}
header b{font-family:var(--serif);color:var(--jade);font-size:1rem;letter-spacing:.1em;margin-right:.3em}
main{padding-bottom:3rem}
h1{font:600 1.9rem/1.3 var(--serif);margin:1.6rem 0 .6rem}
h2{font:600 1.3rem/1.3 var(--serif);margin:2.2rem 0 .7rem}
p{margin:.5rem 0}
.soft{color:var(--soft);font-size:.9375rem}
.get{display:block;text-align:center;background:var(--jade);color:var(--on);text-decoration:none;font-size:1.25rem;font-weight:600;line-height:1.3;padding:.9rem 1rem;border-radius:.6rem;margin:1.2rem 0 .8rem}
.get small{display:block;font-weight:400;font-size:.8125rem;opacity:.85}
.check{background:var(--mist);border-left:.3rem solid var(--jade);border-radius:.6rem;padding:.9rem 1.15rem;margin:1.6rem 0}
.check h2{margin:0 0 .3rem;font-size:1.15rem}
.print{font:600 1rem/1.7 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.02em}
.print span{display:block;white-space:nowrap}
details{background:var(--card);border:1px solid var(--line);border-radius:.6rem;margin:0 0 .6rem;padding:0 1.15rem}
summary{cursor:pointer;padding:.8rem 0;font-weight:600}
details[open] summary{border-bottom:1px solid var(--line)}
ol{margin:.8rem 0;padding-left:1.4rem}
li{margin:.5rem 0}
li::marker{color:var(--jade);font-weight:600}
.go{font-size:1.125rem;font-weight:600}
figure{display:none;margin:1.4rem 0 0;gap:1.2rem;align-items:center;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem}
figure img{border-radius:.3rem;background:#fff}
figcaption code{font-size:.9375rem;color:var(--soft)}
@media(min-width:48rem){figure{display:flex}}
`.replace(/\n/g, '');
