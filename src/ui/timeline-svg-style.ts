/**
 * Colours by side: what the client waited for is violet, what ran after the response green; red is
 * for what went wrong. Each pair has a contrast of 4.5 or more to its ground.
 */
const light = `
.ground{fill:#fff;stroke:#d0d7de}.gap{fill:#fff}
text{fill:#1f2328}.inside{fill:#fff}.muted,.tick{fill:#59636e}.failed{fill:#c21c2c}.over{stroke:#fff}
.axis{stroke:#818b98}.grid{stroke:#eaeef2}.hatch{stroke:#818b98}
.waits{fill:#8250df;fill-opacity:.07}.out{stroke:#1f2328}
.travel{stroke:#1f2328}.handler,.client{fill:#1f2328}
.before{stroke:#7d3fd6}.after{stroke:#12803a}.outside{stroke:#59636e}
.mark.before{fill:#7d3fd6}.mark.after{fill:#12803a}.mark.outside{fill:#59636e}.begun{fill:#fff}
.cross,.stall{stroke:#c21c2c}.stall{fill:#c21c2c;fill-opacity:.2}
.hold,.held{stroke:#818b98}.then{stroke:#818b98}circle.then,rect.then{fill:#fff}
`

const dark = `
.ground{fill:#0d1117;stroke:#3d444d}.gap{fill:#0d1117}
text{fill:#f0f6fc}.inside{fill:#0d1117}.muted,.tick{fill:#9198a1}.failed{fill:#ff7b72}.over{stroke:#0d1117}
.axis{stroke:#656c76}.grid{stroke:#1c2128}.hatch{stroke:#656c76}
.waits{fill:#ab7df8;fill-opacity:.14}.out{stroke:#f0f6fc}
.travel{stroke:#f0f6fc}.handler,.client{fill:#f0f6fc}
.before{stroke:#be8fff}.after{stroke:#3fb950}.outside{stroke:#9198a1}
.mark.before{fill:#be8fff}.mark.after{fill:#3fb950}.mark.outside{fill:#9198a1}.begun{fill:#0d1117}
.cross,.stall{stroke:#ff7b72}.stall{fill:#ff7b72;fill-opacity:.25}
.hold,.held{stroke:#656c76}.then{stroke:#656c76}circle.then,rect.then{fill:#0d1117}
`

const shapes = `
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.title{font:600 15px system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}
.name,text.client{font-weight:700}.tick{text-anchor:middle;font-size:11px}
.inside{font-weight:700}.figure{text-anchor:middle;font-size:10.5px}.end{text-anchor:end}
.over{stroke-width:6px;stroke-linejoin:round;paint-order:stroke}
path,.hold,.held,.stall,.begun,.then{stroke-width:1.5}
.grid{stroke-width:1}.travel,.writing{stroke-width:1.5}.delay{stroke-width:2;stroke-dasharray:3 3}
.out,.cross{stroke-width:2}.cross{fill:none}.hold,.held{fill:url(#hatch);stroke-width:1}
path.then{stroke-dasharray:1 3;stroke-width:2}.mark{stroke:none}
`

export const timelineStyle = `${shapes}${light}@media (prefers-color-scheme:dark){${dark}}`
