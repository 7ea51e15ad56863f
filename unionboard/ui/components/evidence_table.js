// Areas, their bars, and check-offs with a mark for each kind of paper. Titles come from users: textContent only.
const unfolded = new Set() // names of areas whose proven lines are shown; outlives a redraw

function add(parent, tag, className = "", text = "") {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== "") element.textContent = text
  parent.append(element)
  return element
}
const role = (node, name) => { node.setAttribute("role", name); return node } // CSS that makes cards of rows takes their meaning away

function addCounts(row, counts, kinds, isHead) {
  counts.forEach((count, at) => {
    const cell = role(add(row, "td", count ? "kind" : "kind none"), "cell")
    add(cell, "b", "", kinds[at])
    add(cell, "span", "", count ? (isHead || count > 1 ? String(count) : "✓") : isHead ? "–" : "")
  })
}

function addLine(body, line, words, isBare, open) {
  const row = role(add(body, "tr", isBare ? "line bare" : "line"), "row")
  const title = role(add(row, "td", "title"), "cell")
  const button = add(title, "button", "", line.title)
  button.type = "button"
  button.dataset.at = `line ${line.record}`
  add(title, "small", "", line.when)
  if (isBare) add(title, "em", "", words.missing)
  addCounts(row, line.counts, words.kinds, false)
  row.onclick = () => { if (!String(getSelection())) open(line) }
}

function addHead(body, area, words, toggle) {
  const head = role(add(body, "tr", area.share_pct === null ? "area empty" : "area"), "row")
  const cell = role(add(head, "th", "title"), "rowheader")
  cell.scope = "rowgroup"
  const name = area.proven.length ? add(cell, "button", "name") : add(cell, "span", "name")
  if (area.proven.length) {
    const isOpen = unfolded.has(area.name)
    const sign = add(name, "i", "sign", isOpen ? "▾" : "▸")
    sign.setAttribute("aria-hidden", "true")
    name.type = "button"
    name.dataset.at = `area ${area.name}`
    name.title = isOpen ? words.less : area.more
    name.setAttribute("aria-expanded", isOpen)
    head.onclick = () => { if (!String(getSelection())) toggle(area.name) }
  }
  name.append(area.name)
  add(cell, "span", "told", area.told)
  if (area.share_pct !== null) {
    const bar = add(cell, "span", "bar")
    bar.setAttribute("aria-hidden", "true")
    add(bar, "i").style.width = `${area.share_pct}%`
  }
  addCounts(head, area.counts, words.kinds, true)
}

export default function ({ parentElement, data: { json }, setTriggerValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".areas")
  const { areas, words } = data
  const open = (line) => setTriggerValue("opened", { activity: line.activity, record: line.record })
  const toggle = (name) => { unfolded.delete(name) || unfolded.add(name); draw() }
  const draw = () => {
    const at = root.getRootNode().activeElement?.dataset?.at
    root.replaceChildren()
    const table = role(add(root, "table"), "table")
    add(table, "caption", "", words.caption)
    const head = role(add(role(add(table, "thead"), "rowgroup"), "tr"), "row")
    for (const [column, name] of [words.activity, ...words.kinds].entries()) {
      role(add(head, "th", column ? "kind" : "title", name), "columnheader").scope = "col"
    }
    for (const area of areas) {
      const body = role(add(table, "tbody"), "rowgroup")
      addHead(body, area, words, toggle)
      for (const line of area.bare) addLine(body, line, words, true, open)
      if (area.left && (area.bare.length || unfolded.has(area.name))) {
        role(add(role(add(body, "tr", "line"), "row"), "td", "title left", area.left), "cell").colSpan = words.kinds.length + 1
      }
      if (unfolded.has(area.name)) for (const line of area.proven) addLine(body, line, words, false, open)
    }
    if (at) [...root.querySelectorAll("button")].find(({ dataset }) => dataset.at === at)?.focus({ preventScroll: true })
  }
  draw()
}
