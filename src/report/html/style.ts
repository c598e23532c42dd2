/** The style of the page: light or dark as the reader has it, and plain on paper. */
export const style = `:root{color-scheme:light dark;--ink:#1b2430;--dim:#536070;--paper:#f5f7fa;--card:#fff;--line:#d7dee7;--bad:#b3261e;--bad-bg:#fdeceb;--some:#8a5200;--some-bg:#fff3dd;--good:#136c3a;--good-bg:#e6f5ec;--none-bg:#eef1f5;--link:#0b57a4;--dns:#7a5cc9;--tcp:#1f7fb8;--tunnel:#a8660a;--tls:#1d8a66;--http:#566ea8}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--dim:#a3b0c0;--paper:#10151c;--card:#1a212b;--line:#313c4a;--bad:#ff9d94;--bad-bg:#3d1d1c;--some:#ffc66b;--some-bg:#3a2c12;--good:#7fd8a3;--good-bg:#17331f;--none-bg:#232c38;--link:#8cc4ff;--dns:#a990ee;--tcp:#5bb4e6;--tunnel:#e0a04a;--tls:#57c79f;--http:#93a9df}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem) 4rem;max-width:84rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK JP",sans-serif}
h1{font-size:clamp(1.5rem,3.4vw,2.2rem);line-height:1.2;margin:.5rem 0 1rem;letter-spacing:-.01em}
h2{font-size:1.3rem;margin:2.6rem 0 .8rem;scroll-margin-top:1rem}
h3{font-size:1.12rem;margin:0;line-height:1.35}
h4{font-size:.82rem;margin:1rem 0 .3rem;color:var(--dim);letter-spacing:.02em}
p{margin:.3rem 0}
ul,ol{margin:.2rem 0;padding-left:1.2rem}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
code,pre{font:.93em/1.5 ui-monospace,"SF Mono","Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.dim{color:var(--dim);font-size:.9em}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.4rem .8rem;z-index:2}
.n,.num{display:inline-block;min-width:1.6em;padding:0 .45em;border-radius:1em;background:var(--none-bg);color:var(--ink);font-size:.85em;text-align:center;font-weight:600;text-decoration:none}
h3 .num{background:var(--ink);color:var(--card)}
a.num{border:1px solid currentColor;color:var(--link);min-width:1.8em}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.7rem;list-style:none;padding:0;margin:1rem 0}
.tiles li{background:var(--card);border:1px solid var(--line);border-top:4px solid var(--c,var(--line));border-radius:8px;padding:.6rem .9rem;color:var(--dim)}
.tiles b{display:block;font-size:1.9rem;line-height:1.15;color:var(--c,var(--ink));font-variant-numeric:tabular-nums}
.tiles .zero{--c:var(--line)!important}.tiles .zero b{color:var(--dim)}
.unreachable{--c:var(--bad);--b:var(--bad-bg)}.degraded{--c:var(--some);--b:var(--some-bg)}.reachable{--c:var(--good);--b:var(--good-bg)}.untested{--c:var(--dim);--b:var(--none-bg)}
.early{background:var(--some-bg);color:var(--some);border:1px solid currentColor;border-radius:8px;padding:.6rem .9rem;font-weight:600}
.messages{list-style:none;padding:0;color:var(--dim)}.messages b{font-variant-numeric:tabular-nums;color:var(--ink);margin-right:.3em}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 2rem;margin:0}.facts dt{font-size:.8rem;color:var(--dim)}.facts dd{margin:0;overflow-wrap:anywhere}
.card{background:var(--card);border:1px solid var(--line);border-left:6px solid var(--c,var(--dim));border-radius:10px;padding:1rem 1.2rem;margin:0 0 1rem;scroll-margin-top:1rem}
.card:target{outline:3px solid var(--link);outline-offset:2px}
.critical{--c:var(--bad);--b:var(--bad-bg)}.warning{--c:var(--some);--b:var(--some-bg)}.informational{--c:var(--dim);--b:var(--none-bg)}
.tags{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:center;margin:.45rem 0 0;color:var(--dim)}
.tag,.v{background:var(--b);color:var(--c);border-radius:5px;padding:.06em .55em;font-weight:600;font-size:.87em}
.who{color:var(--ink);font-weight:600}.who::before{content:"→ "}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:0 2.2rem}
.hosts{columns:18rem auto;column-gap:2rem}.hosts li{break-inside:avoid}
details>summary{cursor:pointer}
.card>details{margin-top:1rem;border-top:1px solid var(--line);padding-top:.6rem}.card>details>summary{font-weight:600;color:var(--link)}
pre{white-space:pre-wrap;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem;margin:.6rem 0;font-size:.84em;max-height:34rem;overflow:auto}
.scroll{position:relative;overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
.matrix{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
.matrix th,.matrix td{padding:.45rem .7rem;text-align:left;border-top:1px solid var(--line);white-space:nowrap}
.matrix thead th{border-top:0;font-size:.82rem;color:var(--dim)}.matrix tbody th{font-weight:600;white-space:normal;min-width:11rem}
td.good{color:var(--good)}td.bad{background:var(--bad-bg);color:var(--bad);font-weight:600}td.some{background:var(--some-bg);color:var(--some);font-weight:600}td.none{color:var(--dim)}
.controls{display:flex;flex-wrap:wrap;gap:.7rem 1rem;align-items:end;margin:.8rem 0;position:sticky;top:0;background:var(--paper);padding:.6rem 0;border-bottom:1px solid var(--line);z-index:1}
.controls[hidden]{display:none}
.controls label{display:flex;flex-direction:column;font-size:.82rem;color:var(--dim)}.controls p{margin:0 0 .35rem;color:var(--dim);font-variant-numeric:tabular-nums}
input,select{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--dim);border-radius:6px;padding:.3rem .5rem;height:2.2rem;max-width:16rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;font-size:.87em}.legend svg{width:.8em;height:.8em}
rect.dns{fill:var(--dns)}rect.tcp{fill:var(--tcp)}rect.tunnel{fill:var(--tunnel)}rect.tls{fill:var(--tls)}rect.http{fill:var(--http)}rect.fail{fill:var(--bad)}
.targets{list-style:none;padding:0}
.many>li{content-visibility:auto;contain-intrinsic-size:auto 6.2rem}
.targets>li{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--c);border-radius:8px;padding:.5rem .9rem;margin:0 0 .45rem}
.targets>li[hidden]{display:none}
.targets p{margin:.1rem 0}.targets code span{color:var(--dim)}
.targets svg{display:block;width:100%;height:8px;margin:.4rem 0 .2rem;background:var(--none-bg);border-radius:3px}
.steps{display:flex;flex-wrap:wrap;gap:0 1.1rem;font-size:.87em;color:var(--dim);font-variant-numeric:tabular-nums}.steps b{color:var(--bad)}
.addresses{list-style:none;padding:0;font-size:.87em;display:flex;flex-wrap:wrap;gap:0 1.2rem}
.chains{list-style:none;padding:0}.chain{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem;margin:0 0 .6rem}
.chain ol{list-style:none;display:flex;flex-wrap:wrap;gap:.6rem 2.2rem;padding:0;margin:0 0 .5rem}
.chain ol li{position:relative;border:1px solid var(--line);border-radius:8px;padding:.45rem .7rem;min-width:9rem;max-width:20rem;display:flex;flex-direction:column;overflow-wrap:anywhere;background:var(--paper)}
.chain ol li+li::before{content:"→";position:absolute;left:-1.7rem;top:.5rem;color:var(--dim);font-size:1.1rem}
.chain .root{border:2px solid var(--good)}.chain .own{border:2px solid var(--some)}.chain .bad{border:2px solid var(--bad)}
.chain .yes{color:var(--good)}.chain .no{color:var(--dim)}
.checks{list-style:none;padding:0;columns:26rem auto;column-gap:2rem}.checks li{break-inside:avoid;border-top:1px solid var(--line);padding:.4rem 0}
.checks b{margin-right:.4em}.pass b{color:var(--good)}.warn b{color:var(--some)}.fail b{color:var(--bad)}.checks p{color:var(--dim);font-size:.92em}
footer{margin-top:3rem;color:var(--dim);font-size:.87em}
@media print{:root{--ink:#000;--dim:#444;--paper:#fff;--card:#fff;--line:#bbb;--bad:#a00;--some:#754600;--good:#0a5c2e;--link:#000}body{padding:0;max-width:none;font-size:10.5pt}.controls,.skip{display:none!important}.card,.targets>li,.chain,tr{break-inside:avoid}.many>li{content-visibility:visible}pre{max-height:none;overflow:visible}.scroll{overflow:visible}rect,.tag,.v,td{print-color-adjust:exact;-webkit-print-color-adjust:exact}details::details-content{content-visibility:visible;display:block}a{text-decoration:none}}`;
