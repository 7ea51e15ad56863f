// The board's pieces. Texts come from users: textContent only. Streamlit's theme gives the colours, classes of our own the shapes.
const add = (to, tag, kind, text) => {
  const node = to.appendChild(document.createElement(tag))
  if (kind) node.className = kind
  if (text) node.textContent = text
  return node
}
const button = (to, kind, text, press) => {
  const node = add(to, "button", kind, text)
  node.type = "button"
  node.onclick = press
  return node
}
// A real address for a new tab; a plain click stays in the session.
const anchor = (to, kind, text, link, act) => {
  const node = add(to, "a", kind, text)
  node.href = link.href
  node.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    act.go(link.go)
  }
  return node
}

const drawFigure = (to, figure, act) => {
  const card = add(to, "section", `card figure ${figure.name}`)
  const label = figure.go && !(act.isBig && figure.block)
    ? anchor(card, "label", "", figure, act)
    : button(card, "label", "", () => act.show(figure.block))
  icon(label, figure.icon, figure.tone)
  add(label, "span", "", figure.label)
  label.dataset.focus = `figure_${figure.name}`
  const line = add(card, "p", "line")
  add(line, "b", "value", figure.value)
  if (!figure.progress) return add(card, "p", `context ${figure.tone}`, figure.context)
  const side = add(line, "span", "side")
  add(side, "b", "", figure.aside)
  add(side, "small", "", figure.context)
  const bar = add(card, "div", "progress")
  bar.setAttribute("role", "img")
  bar.setAttribute("aria-label", figure.progress.spoken)
  add(bar, "b").style.width = `${figure.progress.done}%`
  add(bar, "i").style.left = `${figure.progress.time}%`
}

const drawRow = (list, row, act) => {
  const item = add(list, "li", "row")
  if (row.when !== undefined) add(item, "span", "when", row.when)
  const title = row.id !== undefined ? button(item, "title", row.title, () => act.open(row.id))
    : anchor(item, "title", row.title, row, act)
  title.title = row.title
  if (row.aside) add(item, "span", "aside", row.aside)
  const note = add(item, "span", `note ${row.tone || TONES[row.status] || ""}`)
  if (row.status) icon(note, row.status)
  add(note, "span", "", row.note)
  return item
}

const drawBlock = (to, block, act, { isFirst, isWhole }) => {
  const part = add(to, "div", `block ${block.name}${isFirst ? "" : " second"}`)
  const head = add(part, "h2")
  if (isFirst) icon(head, block.status)
  add(head, "span", "name", block.title)
  add(head, "span", "count", block.count)
  if (!block.rows.length) return add(part, "p", "empty", block.empty)
  const list = add(part, "ul")
  const isCut = !isWhole && block.limit < block.rows.length
  const shown = isCut ? block.rows.slice(0, Math.max(block.limit - 1, 0)) : block.rows
  shown.forEach((row, at) => { drawRow(list, row, act).querySelector(".title").dataset.focus = `${block.name}_${at}` })
  if (isCut || (isWhole && block.limit < block.rows.length && !act.isBig)) {
    const text = isCut ? act.words.more.replace("{n}", block.rows.length - shown.length) : act.words.fewer
    button(add(list, "li", "row"), "more", text, () => act.show(block.name, !isCut)).dataset.focus = `more_${block.name}`
  }
}

const drawLegend = (to, legend) => {
  const list = add(to, "ul", "legend")
  for (const { status, word } of legend) {
    const item = add(list, "li")
    add(item, "i", `cell ${status}`)
    add(item, "span", "", word)
  }
}

// One stop for the tab key a row; arrows go from cell to cell.
const drawCells = (to, cells, act) => {
  const nodes = cells.map(({ id, status, hint }) => {
    const cell = button(to, `cell ${status}`, "", () => act.open(id))
    cell.title = hint
    cell.setAttribute("aria-label", hint)
    cell.dataset.focus = `cell_${id}`
    cell.tabIndex = -1
    return cell
  })
  if (nodes.length) nodes[0].tabIndex = 0
  to.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 1, ArrowDown: -1 }[event.key]
    const next = nodes[nodes.indexOf(event.target) + (step ?? 0)]
    if (!step || !next) return
    event.preventDefault()
    nodes.forEach((node) => { node.tabIndex = node === next ? 0 : -1 })
    next.focus()
  }
}

const drawAreas = (to, areas, act) => {
  const card = add(to, "section", "card areas")
  const head = add(card, "h2")
  icon(head, "areas")
  add(head, "span", "name", areas.title)
  if (areas.weak) add(head, "span", "weak orange", areas.weak)
  drawLegend(head, areas.legend)
  const most = Math.max(8, ...areas.rows.map((row) => row.cells.length))
  for (const row of areas.rows) {
    const line = add(card, "div", "line")
    anchor(line, "name", row.name, row, act)
    const cells = add(line, "div", "cells")
    cells.style.setProperty("--most", most)
    drawCells(cells, row.cells, act)
    const told = add(line, "span", "told")
    if (row.why) add(told, "span", "orange", row.why)
    add(told, "span", "count", row.count)
  }
}

const drawMonths = (to, months, act) => {
  const card = add(to, "section", "card months")
  const head = add(card, "h2")
  icon(head, "calendar", "gray")
  add(head, "span", "name", months.title)
  drawLegend(head, months.legend)
  const piles = add(card, "div", "piles")
  piles.style.setProperty("--most", Math.max(6, ...months.rows.map((row) => row.cells.length)))
  for (const row of months.rows) {
    const pile = add(piles, "div", row.is_current ? "pile current" : "pile")
    drawCells(add(pile, "div", "cells"), row.cells, act)
    add(pile, "span", "name", row.name)
  }
}

const drawFund = (to, fund, act) => {
  const card = add(to, "section", "card fund")
  const head = add(card, "h2")
  icon(head, "wallet")
  add(head, "span", "name", fund.title)
  if (fund.rows.length) add(head, "span", "count", fund.sum)
  else add(card, "p", "empty", fund.empty)
  for (const row of fund.rows) {
    const item = add(card, "div", `item ${row.tone}`)
    add(item, "span", "name", row.name)
    add(item, "span", "sums", row.sums)
    add(item, "b", "share", row.share)
    const bar = add(item, "div", "bar")
    add(bar, "i", "budget").style.width = `${row.budget}%`
    add(bar, "i", "spent").style.width = `${row.spent}%`
  }
  anchor(card, "more", fund.more.label, fund.more, act)
}
