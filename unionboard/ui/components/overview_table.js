// Unions by month, or figures with their sums. Names come from users: textContent only.
const add = (parent, tag, text = "", className = "") => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== "") element.textContent = text
  parent.append(element)
  return element
}
const role = (node, name) => { node.setAttribute("role", name); return node } // CSS that makes cards of rows takes their meaning away

function addCell(row, cell, column, open) {
  const isName = column.kind === "name"
  const place = role(add(row, isName ? "th" : "td", "", column.kind), isName ? "rowheader" : "cell")
  if (isName) place.scope = "row"
  else add(place, "span", column.name, "label").setAttribute("aria-hidden", "true")
  const inner = cell.open ? add(place, "button") : add(place, "div")
  inner.className = "cell"
  if (cell.open) {
    inner.type = "button"
    inner.dataset.at = cell.open
    inner.onclick = () => open(cell.open)
  }
  if (cell.label) { inner.setAttribute("aria-label", cell.label); inner.title = cell.label; if (!cell.open) inner.setAttribute("role", "img") }
  if (cell.share !== undefined && cell.share !== null) {
    inner.classList.add("shaded")
    inner.style.setProperty("--share", `${cell.share * 0.45}%`)
  }
  add(inner, "span", cell.text, cell.tone === "muted" && !cell.note ? "value muted" : "value")
  if (cell.note) add(inner, "small", cell.note, cell.tone || "")
  if (cell.bar !== undefined && cell.bar !== null) {
    const bar = add(inner, "span", "", cell.bar > 100 ? "bar over" : "bar")
    bar.setAttribute("aria-hidden", "true")
    add(bar, "i").style.width = `${Math.min(cell.bar, 100)}%`
  }
}

export default function ({ parentElement, data: packed, setTriggerValue }) {
  const root = parentElement.querySelector(".overview")
  const data = unpack(root, packed)
  if (!data) return
  const { caption, columns, rows } = data
  const at = root.getRootNode().activeElement?.dataset?.at
  const open = value => setTriggerValue("opened", value)
  root.replaceChildren()
  const table = role(add(root, "table"), "table")
  table.classList.toggle("map", columns.some(({ kind }) => kind === "month"))
  add(table, "caption", caption)
  const head = role(add(role(add(table, "thead"), "rowgroup"), "tr"), "row")
  for (const { name, kind } of columns) role(add(head, "th", name, kind), "columnheader").scope = "col"
  const body = role(add(table, "tbody"), "rowgroup")
  for (const { cells, heading, sum } of rows) {
    const row = role(add(body, "tr", "", heading ? "heading" : sum ? "sum" : ""), "row")
    if (heading) {
      const cell = role(add(row, "th", heading), "rowheader")
      cell.colSpan = columns.length
      continue
    }
    cells.forEach((cell, n) => addCell(row, cell, columns[n], open))
  }
  if (at) [...root.querySelectorAll("button")].find(({ dataset }) => dataset.at === at)?.focus({ preventScroll: true })
}
