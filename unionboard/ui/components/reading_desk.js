// The reading desk: source lines left, rows right. Texts come from users: textContent and value only, never innerHTML.
// What is picked, opened, selected or filtered lives here; what changes a row goes to Python as a step.
const desks = new WeakMap()

export default function ({ data: { json }, parentElement, setStateValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".desk")
  let desk = desks.get(root)
  if (!desk) {
    desk = open(root, data)
    desks.set(root, desk)
  }
  // A state and no trigger: it comes along with whatever is pressed next, so the last step is never behind a button.
  desk.send = steps => setStateValue("steps", steps)
  receive(desk, data)
  return () => desk.stop()
}

function open(root, data) {
  const desk = {
    root, data, line: null, row: null, edited: null, splitting: false, filter: null, order: "text",
    selected: new Set(), anchor: null, side: "rows", steps: [], n: data.step, jump: data.jump[1], drawing: false,
  }
  desk.tabs = make("div", "tabs")
  desk.bar = make("div", "bar")
  desk.source = pane("source", data.words.source)
  desk.rows = pane("rows", data.words.rows)
  const panes = make("div", "panes")
  panes.append(desk.source.side, desk.rows.side)
  root.replaceChildren(desk.tabs, desk.bar, panes)
  letDrop(desk)
  root.addEventListener("keydown", event => shortcut(desk, event))
  const fit = () => fitHeight(desk, panes)
  window.addEventListener("resize", fit)
  const watch = new ResizeObserver(fit)
  watch.observe(desk.bar)
  watch.observe(document.body)
  const settle = [100, 400, 1200].map(wait => setTimeout(fit, wait)) // the page around takes its size in steps
  desk.stop = () => { window.removeEventListener("resize", fit); watch.disconnect(); settle.forEach(clearTimeout); clearTimeout(desk.again) }
  return desk
}

function pane(name, label) {
  const side = make("section", `side ${name}`), head = make("div", "head"), list = make("div", "list")
  list.setAttribute("role", "list")
  list.setAttribute("aria-label", label)
  side.append(head, list)
  return { side, head, list }
}

// The panes reach down to the bar at the window's foot.
function fitHeight(desk, panes) {
  const top = panes.getBoundingClientRect().top + (desk.root.getRootNode().host?.closest("section")?.scrollTop ?? 0)
  const foot = document.querySelector('[data-testid="stBottom"]')?.offsetHeight ?? 112
  panes.style.height = `${Math.max(320, Math.floor(window.innerHeight - top - foot - 12))}px`
}

function receive(desk, data) {
  desk.data = data
  desk.signs = { lines: new Map(data.lines.map(line => [line.id, JSON.stringify(line)])), rows: new Map(data.rows.map(row => [row.id, JSON.stringify(row)])), all: String(data.step) }
  desk.steps = desk.steps.filter(step => step.n > data.step)
  desk.n = Math.max(desk.n, data.step)
  clearTimeout(desk.again)
  if (desk.steps.length) desk.again = setTimeout(() => desk.send(desk.steps), 500)
  const ids = new Set(data.rows.map(row => row.id))
  desk.selected.forEach(id => ids.has(id) || desk.selected.delete(id))
  if (desk.row && !ids.has(desk.row)) desk.row = desk.edited = null
  if (desk.filter && !data.chips.some(chip => chip.key === desk.filter)) desk.filter = null
  const added = desk.awaited && data.rows.find(row => row.id.startsWith(desk.awaited))
  if (added) {
    desk.awaited = null
    pickRow(desk, added.id, { edit: !added.title, field: "title" })
  } else {
    draw(desk)
    if (desk.edited && desk.order !== "text") reveal(desk) // it may have moved to another group
  }
  if (data.jump[1] !== desk.jump) {
    desk.jump = data.jump[1]
    desk.filter = null
    pickRow(desk, data.jump[0], { edit: true })
  }
}

// Changes for Python. Steps not yet confirmed go again with the next ones.
function step(desk, ...changes) {
  for (const change of changes) {
    desk.n += 1
    desk.steps.push({ n: desk.n, ...change })
  }
  desk.send([...desk.steps])
}

function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text) element.textContent = text
  return element
}

function button(className, text, act, title) {
  const element = make("button", className, text)
  element.type = "button"
  if (title) { element.title = title; element.setAttribute("aria-label", title) }
  element.onclick = event => { event.stopPropagation(); act() }
  return element
}

const fill = (words, n) => words.replace("{n}", n)

// Brings ``parent``'s children in line with ``items`` ({key, sign, make}); what did not change stays, and so does the focus.
function sync(parent, items) {
  const known = parent.ubNodes ?? new Map(), next = new Map()
  let place = parent.firstChild
  for (const { key, sign, make } of items) {
    const old = known.get(key)
    const node = old?.sign === sign ? old.node : make()
    if (old && old.node !== node) {
      const focus = focusIn(old.node)
      old.node.replaceWith(node)
      if (place === old.node) place = node
      if (focus) focusAgain(node, focus)
    }
    if (place === node) place = place.nextSibling
    else parent.insertBefore(node, place)
    next.set(key, { sign, node })
  }
  for (const [key, { node }] of known) if (!next.has(key)) node.remove()
  parent.ubNodes = next
}

function focusIn(node) {
  const active = node.getRootNode().activeElement
  if (!active || !node.contains(active)) return null
  const typed = active.dataset.first !== undefined && active.value !== active.dataset.first
  return { field: active.dataset.field, value: typed ? active.value : null, at: active.selectionStart, to: active.selectionEnd }
}

function focusAgain(node, { field, value, at, to }) {
  const target = field && node.querySelector(`[data-field="${field}"]`) || (node.tabIndex >= 0 ? node : null)
  if (!target) return
  if (value !== null && target.value !== undefined) target.value = value
  target.focus({ preventScroll: true })
  if (at != null && target.setSelectionRange && target.type !== "number") target.setSelectionRange(at, to)
}

// --- drawing ---------------------------------------------------------------------------------------------------------------

function draw(desk) {
  desk.drawing = true // fields that leave the page report a change of their own
  desk.root.dataset.side = desk.side
  desk.root.classList.toggle("bare", desk.data.choices.section.length < 2)
  drawBar(desk)
  drawLines(desk)
  drawRows(desk)
  desk.drawing = false
}

function drawBar(desk) {
  const { words, chips } = desk.data
  const tabs = [["rows", words.rows], ["source", words.source]].map(([side, text]) => ({
    key: `tab-${side}`, sign: `${desk.side === side}`,
    make: () => {
      const tab = button("tab", text, () => { desk.side = side; draw(desk); reveal(desk) })
      tab.setAttribute("aria-pressed", String(desk.side === side))
      return tab
    },
  }))
  sync(desk.tabs, tabs)
  sync(desk.bar, chips.map(chip => ({ key: chip.key, sign: `${chip.sign}${chip.words}${isOn(desk, chip.key)}`, make: () => makeChip(desk, chip) })))
}

const isOn = (desk, key) => key === "sections" ? desk.order === "section" : key !== "rows" && desk.filter === key

function makeChip(desk, chip) {
  const element = button(`chip ${chip.tone}`, "", () => useChip(desk, chip.key))
  if (chip.sign) element.append(make("span", "sign", chip.sign))
  element.append(chip.words)
  element.dataset.field = "chip"
  element.dataset.chip = chip.key
  element.setAttribute("aria-pressed", String(isOn(desk, chip.key)))
  return element
}

const isOfLines = desk => desk.filter === "unused" || desk.filter === "measures"

function useChip(desk, key) {
  if (key === "sections") desk.order = desk.order === "section" ? "text" : "section"
  else desk.filter = key === "rows" || desk.filter === key ? null : key
  desk.side = isOfLines(desk) ? "source" : "rows"
  if (key === "rows") desk.line = desk.row = desk.edited = null
  draw(desk)
  desk.rows.list.scrollTop = 0
  if (isOfLines(desk)) desk.source.list.scrollTop = 0
}

// --- picking ---------------------------------------------------------------------------------------------------------------

function pickLine(desk, id) {
  const same = desk.line === id && !desk.row
  desk.line = same ? null : id
  desk.row = desk.edited = null
  desk.splitting = false
  if (desk.line && !isOfLines(desk)) desk.filter = null
  draw(desk)
  reveal(desk)
}

function pickRow(desk, id, { edit = false, field = null } = {}) {
  const row = desk.data.rows.find(candidate => candidate.id === id)
  if (!row) return
  if (desk.edited !== id) desk.splitting = false
  desk.row = id
  desk.line = row.line || null
  desk.edited = edit ? id : null
  if (edit) desk.side = "rows"
  if (isOfLines(desk)) desk.filter = null
  draw(desk)
  reveal(desk)
  const byTouch = matchMedia("(pointer: coarse)").matches // there a field with the focus calls up the keyboard
  if (field && (!byTouch || !row.title)) nodeOf(desk.rows, id)?.querySelector(`[data-field="${field}"]`)?.focus({ preventScroll: true })
}

const nodeOf = (side, key) => side.list.ubNodes?.get(key)?.node

function reveal(desk) {
  if (desk.line) scrollTo(desk.source.list, nodeOf(desk.source, desk.line))
  const first = desk.row ?? desk.data.rows.find(row => desk.line && row.line === desk.line)?.id
  if (first) scrollTo(desk.rows.list, nodeOf(desk.rows, first))
}

function scrollTo(list, node) {
  if (!node) return
  const inset = 8 + [".columns", ".group"].reduce((sum, name) => sum + (list.querySelector(name)?.offsetHeight ?? 0), 0)
  const top = node.offsetTop, bottom = top + node.offsetHeight
  if (top >= list.scrollTop + inset && bottom <= list.scrollTop + list.clientHeight - 8) return
  const room = list.clientHeight - node.offsetHeight
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
  list.scrollTo({ top: room < 60 ? top - inset : top - Math.min(room / 3, 160), behavior: calm ? "auto" : "smooth" })
}

// --- keys ------------------------------------------------------------------------------------------------------------------

function shortcut(desk, event) {
  const inField = event.target.matches("input, textarea, select")
  const key = event.key.toLowerCase()
  if ((event.ctrlKey || event.metaKey) && !inField && (key === "z" || key === "y")) {
    event.preventDefault()
    const redo = key === "y" || event.shiftKey
    if (redo ? desk.data.canRedo : desk.data.canUndo) step(desk, { do: redo ? "redo" : "undo" })
  }
}

// Arrow keys walk a list and pick on the way.
function walk(desk, list, node, event, pick) {
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!down || event.target !== node) return false
  event.preventDefault()
  let next = node
  do next = down > 0 ? next.nextElementSibling : next.previousElementSibling
  while (next && next.tabIndex < 0)
  if (next) {
    pick(next.dataset.id)
    list.ubNodes.get(next.dataset.key)?.node.focus({ preventScroll: true })
  }
  return true
}
