const addButton = (to, item, open, isWide) => {
  const button = add(to, "button", "", `item ${item.colour} ${item.status}`)
  button.type = "button"
  button.dataset.id = item.id
  button.setAttribute("aria-label", item.label)
  addShape(button, item.shape, item.colour)
  add(button, "b", item.title)
  if (isWide) button.title = [item.title, item.detail, item.word].filter(Boolean).join("\n")
  else add(button, "small", item.detail), add(button, "i", item.word, item.colour)
  button.onclick = () => open(item.id)
  return button
}

const addBands = (to, data, open, isWide) => {
  if (data.words.empty) add(to, "p", data.words.empty, "empty")
  if (data.monthLong.length) {
    const band = add(to, "section", "", "band")
    add(band, "h2", data.words.monthLong)
    const items = add(band, "div", "", "items")
    for (const item of data.monthLong) addButton(items, item, open, isWide)
  }
}

const addAllYear = (to, data, open, isWide) => {
  if (!data.allYear.length) return
  const band = add(to, "details", "", "band")
  add(band, "summary", data.words.allYear)
  const items = add(band, "div", "", "items")
  for (const item of data.allYear) addButton(items, item, open, isWide)
}

const dayClass = (day) => ["day", !day.inside && "outside", day.today && "today", day.past && "past", day.weekend && "weekend"].filter(Boolean).join(" ")

const addGrid = (to, data, open) => {
  const head = add(to, "div", "", "weekdays")
  head.setAttribute("aria-hidden", "true")
  data.weekdays.forEach((name, at) => add(head, "span", name, at > 4 ? "weekend" : ""))
  for (const week of data.weeks) {
    const row = add(to, "div", "", "week")
    const lanes = Math.max(0, ...week.bars.map((bar) => bar.lane + 1))
    week.days.forEach((day, at) => {
      const cell = add(row, "div", "", dayClass(day))
      cell.style.gridArea = `1 / ${at + 1} / ${lanes + 3} / ${at + 2}`
      const number = add(cell, "span", "", "number")
      const time = add(number, "time", day.number)
      time.setAttribute("aria-label", day.name)
      if (day.today) time.setAttribute("aria-current", "date")
      for (const [mark, kind] of day.marks) add(cell, "em", mark, kind).title = mark
    })
    for (const bar of week.bars) addButton(row, bar, open, true).style.gridArea = `${bar.lane + 2} / ${bar.first + 1} / auto / span ${bar.days}`
  }
}

const addAgenda = (to, data, open) => {
  for (const day of data.agenda) {
    const box = add(to, "section", "", dayClass(day))
    const head = add(box, "h2", day.name)
    for (const [mark, kind] of day.marks) add(head, "em", mark, kind)
    if (!day.items.length && day.today) add(box, "p", data.words.nothing, "empty")
    for (const item of day.items) addButton(box, item, open, false)
  }
}

export default function ({ parentElement, data: packed, setTriggerValue }) {
  const root = parentElement.querySelector(".calendar")
  const data = unpack(root, packed)
  if (!data) return
  const focused = root.getRootNode().activeElement
  const [at, within] = [focused?.dataset?.id, focused?.closest?.(".wide, .narrow")?.className]
  const hadFocus = root.contains(focused)
  const wasOpen = [...root.querySelectorAll("details")].some((band) => band.open)
  root.replaceChildren()
  root.tabIndex = -1
  root.setAttribute("role", "region")
  root.setAttribute("aria-label", data.name)
  const open = (id) => setTriggerValue("opened", id)
  for (const kind of ["wide", "narrow"]) {
    const part = add(root, "div", "", kind)
    addBands(part, data, open, kind === "wide")
    if (kind === "wide") addGrid(part, data, open)
    else addAgenda(part, data, open)
    addAllYear(part, data, open, kind === "wide")
    for (const band of part.querySelectorAll("details")) band.open = wasOpen
  }
  add(root, "p", data.words.hint, "hint")
  if (hadFocus) (at && root.querySelector(`.${within} [data-id="${at}"]`) || root).focus({ preventScroll: true })

  root.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = { PageUp: -1, PageDown: 1 }[event.key]
    const move = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
    if (step) setTriggerValue("stepped", step)
    else if (move) {
      const items = [...root.querySelectorAll("button.item")].filter((item) => item.offsetParent)
      items[items.indexOf(root.getRootNode().activeElement) + move]?.focus()
    } else return
    event.preventDefault()
  }
  let start = null
  root.ontouchstart = (event) => { start = event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null }
  root.ontouchend = (event) => {
    if (!start) return
    const [x, y] = [event.changedTouches[0].clientX - start[0], event.changedTouches[0].clientY - start[1]]
    if (Math.abs(x) > 80 && Math.abs(y) < 40) setTriggerValue("stepped", x < 0 ? 1 : -1)
  }
}
