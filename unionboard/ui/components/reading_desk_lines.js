// --- the source ------------------------------------------------------------------------------------------------------------

function drawLines(desk) {
  const { words, lines } = desk.data
  const only = { unused: [words.unusedOnly, "out"], measures: [words.measuresOnly, "measure"] }[desk.filter]
  const shown = lines.filter(line => !only || line.tone === only[1])
  const all = () => step(desk, ...shown.map(line => ({ do: "take", line: line.id, what: "activity" })))
  sync(desk.source.head, only ? [
    { key: "name", sign: only[0], make: () => make("h2", "", only[0]) },
    { key: "all", sign: desk.filter, make: () => button("link", words.showAll, () => useChip(desk, desk.filter)) },
    ...(desk.filter === "measures" ? [{ key: "take", sign: desk.signs.all, make: () => button("take", words.takeAll, all) }] : []),
  ] : [
    { key: "name", sign: "", make: () => make("h2", "", words.source) },
    { key: "hint", sign: "", make: () => make("span", "hint", words.sourceHint) },
  ])
  sync(desk.source.list, shown.map(line => {
    const picked = desk.line === line.id, open = (picked && !desk.row) || Boolean(only)
    return { key: line.id, sign: `${desk.signs.lines.get(line.id)}${picked}${open}`, make: () => makeLine(desk, line, picked, open) }
  }))
}

function makeLine(desk, line, picked, open) {
  const { words, rows } = desk.data
  const node = make("div", `line ${line.tone}${line.strong ? " strong" : ""}${picked ? " picked" : ""}`)
  node.append(make("span", "number", String(line.id)), make("span", "text", line.text), make("span", "mark", line.mark))
  node.dataset.id = node.dataset.key = line.id
  node.setAttribute("role", "listitem")
  if (picked) node.setAttribute("aria-current", "true")
  node.tabIndex = 0
  node.onclick = () => { if (!String(node.getRootNode().getSelection?.() ?? "")) pickLine(desk, line.id) }
  node.onkeydown = event => {
    if (walk(desk, desk.source.list, node, event, id => { desk.row = desk.line = null; pickLine(desk, Number(id)) })) return
    if (event.target === node && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault()
      pickLine(desk, line.id)
    }
  }
  if (open) {
    const actions = make("div", line.takes.length ? "actions" : "actions narrow")
    for (const what of line.takes) {
      actions.append(button("take", what === "measure" ? words.takeMeasure : words.takeActivity, () => takeIn(desk, line, what)))
    }
    if (rows.some(row => row.line === line.id)) {
      actions.append(button("take narrow", words.seeRows, () => { desk.side = "rows"; draw(desk); reveal(desk) }))
    }
    if (actions.childElementCount) node.append(actions)
  }
  return node
}

function takeIn(desk, line, what) {
  step(desk, { do: "take", line: line.id, what })
  desk.line = line.id
  desk.row = desk.edited = null
  if (what === "activity" && !isOfLines(desk)) desk.awaited = `s${desk.n}-` // in a list of lines one goes on to the next line
}
