// Items under their headings, with figures that can be asked "which?". Names come from users: textContent only.
const unfolded = new Set() // codes of items whose sources are shown; outlives a redraw

function add(parent, tag, className = "", text = "") {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== "") element.textContent = text
  parent.append(element)
  return element
}
const role = (node, name) => { node.setAttribute("role", name); return node } // CSS that makes cards of rows takes their meaning away

function addButton(parent, text, at, label, onclick) {
  const button = add(parent, "button", "", text)
  button.type = "button"
  button.dataset.at = at
  if (label) button.setAttribute("aria-label", label)
  button.onclick = (event) => { event.stopPropagation(); onclick() }
  return button
}

function addFigures(line, row, columns, ask) {
  for (const { key, name } of columns) {
    const { text = "", asks = false, bar = null, tone = "", name: own = name } = row.cells[key] ?? {}
    const cell = role(add(line, "td", `figure ${key}${text ? "" : " void"}${tone ? ` ${tone}` : ""}`), "cell")
    cell.dataset.name = own
    if (asks) addButton(cell, text, `${key} ${row.code} ${row.source}`, `${row.name} ${own} ${text}`, () => ask([key, row.code, row.source]))
    else add(cell, "span", "", text)
    if (bar) {
      const track = add(cell, "i", `bar ${tone}`)
      track.setAttribute("aria-hidden", "true")
      add(track, "b").style.width = `${bar.spent}%`
      add(track, "u").style.width = `${bar.approved}%`
    }
  }
}

function addName(line, row, words, isOpen, toggle) {
  const cell = role(add(line, "th", "name"), "rowheader")
  cell.scope = "row"
  if (row.sources?.length) {
    const button = addButton(cell, "", `item ${row.code}`, "", toggle)
    button.setAttribute("aria-expanded", isOpen)
    button.title = isOpen ? words.fold : words.unfold
    add(button, "i", "sign", isOpen ? "▾" : "▸").setAttribute("aria-hidden", "true")
    button.append(row.name)
  } else add(cell, "span", "", row.name)
  if (row.from) add(cell, "span", "from", row.from)
  if (row.mark) add(cell, "em", row.tone, row.mark)
  if (row.note) add(cell, "small", "", row.note)
}

export default function ({ parentElement, data: { json }, setTriggerValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".budget")
  const { columns, sides, words } = data
  const ask = (what) => setTriggerValue("asked", what)
  const draw = () => {
    const at = root.getRootNode().activeElement?.dataset?.at
    root.replaceChildren()
    const table = role(add(root, "table"), "table")
    add(table, "caption", "", words.caption)
    const head = role(add(role(add(table, "thead"), "rowgroup"), "tr"), "row")
    role(add(head, "th", "name", words.item), "columnheader").scope = "col"
    for (const { key, name, hint } of columns) {
      const cell = role(add(head, "th", `figure ${key}`, name), "columnheader")
      cell.scope = "col"
      if (hint) cell.title = hint
    }
    const addRow = (body, row, kind) => {
      const line = role(add(body, "tr", kind), "row")
      const isOpen = unfolded.has(row.code)
      const toggle = () => { unfolded.delete(row.code) || unfolded.add(row.code); draw() }
      addName(line, row, words, isOpen, toggle)
      addFigures(line, row, columns, ask)
      if (row.sources?.length && isOpen) for (const source of row.sources) addRow(body, source, "source")
    }
    for (const side of sides) {
      const top = role(add(table, "tbody", "side"), "rowgroup")
      addRow(top, side.total, "total")
      for (const group of side.groups) {
        const body = role(add(table, "tbody"), "rowgroup")
        if (group.total) addRow(body, group.total, "group")
        for (const row of group.rows) addRow(body, row, "item")
      }
    }
    if (at) [...root.querySelectorAll("button")].find(({ dataset }) => dataset.at === at)?.focus({ preventScroll: true })
  }
  draw()
}
