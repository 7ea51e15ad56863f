// --- groups and rows -----------------------------------------------------------------------------------------------------------

const fill = (words, n, d) => words.replace("{n}", n).replace("{d}", d)

// What did not change stays where it is, and so do the focus and the place.
function drawGroups(chart) {
  const { data } = chart, common = JSON.stringify([data.days, data.today, data.months, data.words, data.based])
  const focused = chart.list.getRootNode().activeElement
  const back = focused && chart.list.contains(focused) ? { id: focused.dataset.id, group: focused.dataset.group } : null
  const known = chart.groups
  chart.groups = new Map()
  chart.rows = new Map()
  let place = chart.list.firstChild
  for (const group of data.groups) {
    const open = isOpen(chart, group), { r: rows = [], ...own } = group
    rows.forEach(row => chart.rows.set(String(row.i), row))
    const sign = common + open + JSON.stringify(own)
    const old = known.get(group.k)
    const node = old?.sign === sign ? old : makeGroup(chart, group, open, sign)
    known.delete(group.k)
    if (open) syncRows(chart, node, old?.common === common ? old.rows : new Map(), rows)
    if (old && old !== node) old.node.replaceWith(node.node)
    if (place === old?.node) place = node.node
    if (place === node.node) place = place.nextSibling
    else chart.list.insertBefore(node.node, place)
    chart.groups.set(group.k, Object.assign(node, { common }))
  }
  known.forEach(gone => gone.node.remove())
  if (back) {
    const all = buttons(chart)
    const again = all.find(one => back.group !== undefined ? one.dataset.group === back.group : one.dataset.id === back.id)
    if (again && again !== chart.list.getRootNode().activeElement) again.focus({ preventScroll: true })
  }
  if (!chart.list.querySelector('button[tabindex="0"]')) chart.list.querySelector("button")?.setAttribute("tabindex", "0")
}

function makeGroup(chart, group, open, sign) {
  const { words } = chart.data
  const node = make("section", `group${open ? "" : " folded"}`), title = make("h2"), button = make("button", "heading")
  button.type = "button"
  button.tabIndex = -1
  button.dataset.group = group.k
  button.setAttribute("aria-expanded", String(open))
  const late = group.m.reduce((sum, month) => sum + month[3], 0)
  const told = [group.h, group.n && fill(words.share, group.n, group.d), late && fill(words.late, late)]
  button.setAttribute("aria-label", told.filter(Boolean).join(words.comma))
  const name = make("span", "title")
  name.append(make("span", "chevron"), make("span", "text", group.h))
  const side = make("span", "share")
  if (group.n) {
    side.append(bar([["done", group.d / group.n]]), make("b", "", String(group.d)), `/${group.n}`)
  }
  const track = make("span", "cells")
  if (!open) track.append(...group.m.map(month => makeCell(chart, month)))
  button.append(name, track, side)
  title.append(button)
  node.append(title)
  const made = { node, sign, rows: new Map() }
  if (open) {
    made.list = make("ul")
    made.list.setAttribute("role", "list")
    node.append(made.list)
  }
  return made
}

function bar(parts) {
  const whole = make("span", "bar")
  let from = 0
  for (const [look, share] of parts) {
    const part = make("i", look)
    part.style.left = `${from * 100}%`
    part.style.width = `${share * 100}%`
    from += share
    if (share) whole.append(part)
  }
  return whole
}

// One month of a folded group: how much of what was due then is done, and how much is late.
function makeCell(chart, [at, done, planned, late]) {
  const { data } = chart, [first, days] = data.months[at]
  const cell = put(make("span", isCurrent(data, data.months[at]) ? "cell current" : "cell"), data, first, days)
  const told = make("span", "count", first > data.today ? fill(data.words.coming, planned) : `${done}/${planned}`)
  if (late) told.append(" ", make("b", "", `!${late}`))
  cell.append(told, bar([["done", done / planned], ["late", late / planned]]))
  return cell
}

// Where days lie in the time in sight; the style sheet knows what to do with it.
function put(node, data, first, days) {
  node.style.setProperty("--x", (100 * first / data.days).toFixed(3))
  node.style.setProperty("--w", (100 * days / data.days).toFixed(3))
  return node
}

function syncRows(chart, group, old, rows) {
  const next = new Map()
  let place = group.list.firstChild
  rows.forEach((row, number) => {
    const key = row.i || `gone-${number}`, sign = JSON.stringify(row), was = old.get(key)
    const item = was?.sign === sign ? was.item : makeRow(chart, row)
    if (place === item) place = place.nextSibling
    else group.list.insertBefore(item, place)
    next.set(key, { sign, item })
  })
  while (place) {
    const after = place.nextSibling
    place.remove()
    place = after
  }
  group.rows = next
}

function makeRow(chart, row) {
  const { words, looks } = chart.data, [colour, symbol] = looks[row.s]
  const item = make("li"), button = make("button", `row ${colour} ${row.s}`)
  button.type = "button"
  button.tabIndex = -1
  button.dataset.id = row.i
  if (!row.i) button.setAttribute("aria-disabled", "true")
  button.setAttribute("aria-label", [row.t, row.x && words.added, row.p, row.w, row.o].filter(Boolean).join(words.comma))
  const name = make("span", "title"), track = make("span", "track"), status = make("span", "status")
  name.append(make("span", "text", row.t))
  if (row.x) name.append(make("span", "chip", words.added))
  row.b.forEach(([look, first, days, more], number) => {
    const mark = put(make("i", look), chart.data, first, days)
    mark.dataset.days = days
    if (look === "done" && more) {
      mark.classList.add("after")
      mark.style.setProperty("--in", `${(100 * (days - more) / days).toFixed(1)}%`)
    }
    if (typeof more === "string") mark.dataset.mark = number
    track.append(mark)
  })
  addShape(status, symbol, colour)
  status.append(make("span", "word", row.w))
  button.append(name, track, status, make("span", "owner", row.o))
  item.append(button)
  return item
}

// A bar shorter than it is high would be a splinter: it becomes a diamond.
function measure(chart) {
  if (!chart.data) return
  const track = chart.head.querySelector(".time")?.clientWidth
  if (!track) return
  const least = 14 * chart.data.days / track
  for (const mark of chart.list.querySelectorAll("i[data-days]")) mark.classList.toggle("short", Number(mark.dataset.days) < least)
  chart.root.style.setProperty("--day", `${track / chart.data.days}px`)
  placeNames(chart, track)
}
