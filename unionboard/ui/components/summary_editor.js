// The words of one part. Texts come from users: textContent and value only, never innerHTML.
const PAUSE_MS = 800
const CLOCKS_MS = 600_000 // how far two machines' clocks may be apart
const MEMORY = "unionboard-summary"
const GAP = /【待补充：[^】]*】|\[to be added: [^\]]*\]/g

function make(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  if (text) element.textContent = text
  return element
}

// A step the server has not confirmed, by place: it outlives a reload of the page, and the page itself.
function recall(place) {
  try { return JSON.parse(localStorage.getItem(`${MEMORY}/${place}`)) } catch { return null }
}

function remember(place, step) {
  try {
    if (step) localStorage.setItem(`${MEMORY}/${place}`, JSON.stringify(step))
    else localStorage.removeItem(`${MEMORY}/${place}`)
  } catch { /* no room there: the server keeps it at the next pause */ }
}

// Where marks stand in a text typed on since it was checked: those before and behind the change move along, the others go.
function moveMarks(marks, checked, text) {
  if (checked === text) return marks
  const most = Math.min(checked.length, text.length)
  let head = 0
  while (head < most && checked[head] === text[head]) head++
  let tail = 0
  while (tail < most - head && checked.at(-1 - tail) === text.at(-1 - tail)) tail++
  const shift = text.length - checked.length
  return marks.flatMap(mark => {
    if (mark.end < head) return [mark]
    if (mark.start > checked.length - tail) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }]
    return []
  })
}

function build(editor) {
  editor.area = make("textarea", "area")
  editor.below = make("div", "below")
  editor.below.setAttribute("aria-hidden", "true")
  editor.label = make("div", "label")
  const field = make("div", "field")
  field.append(editor.below, editor.area)
  editor.findings = make("ul", "findings")
  editor.findings.setAttribute("aria-live", "polite")
  editor.save = make("button", "save")
  editor.drop = make("button", "drop")
  editor.state = make("span", "state")
  const foot = make("div", "foot")
  foot.append(editor.save, editor.drop, editor.state)
  editor.root.replaceChildren(editor.label, field, editor.findings, foot)
  editor.area.onscroll = () => { editor.below.scrollTop = editor.area.scrollTop }
  editor.area.oninput = () => {
    note(editor, "typed")
    paint(editor)
    clearTimeout(editor.timer)
    editor.timer = setTimeout(() => send(editor), PAUSE_MS)
  }
  editor.area.onblur = event => leave(editor, Boolean(event.relatedTarget?.closest?.("a")))
  editor.area.onkeydown = event => {
    if (event.key !== "Enter" || event.isComposing || !(editor.data.short || event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    act(editor, "save")
  }
  editor.save.onclick = () => act(editor, "save")
  editor.save.onmousedown = editor.drop.onmousedown = event => event.preventDefault()  // the words are not left by that
  editor.drop.onclick = () => {
    act(editor, "drop")
    editor.area.value = editor.data.saved
    paint(editor)
  }
}

// n is 0 until the step is sent. What people type here stays in the area until they save, drop or turn to another place.
function note(editor, what) {
  const step = { do: what, version: editor.version, text: editor.area.value, at: Date.now(), n: 0 }
  editor.waiting[editor.place] = step
  editor.own = what === "drop" ? null : step.text
  editor.isKept = false
  remember(editor.place, step)
}

// A title or heading that is left is done; turning to another window is no leaving. Of a press on a link nothing is sent at once: the next
// page would be drawn without its blocks. It is sent when the link led nowhere, else when the part is shown again.
function leave(editor, isGoing) {
  const isLeft = editor.root.getRootNode().activeElement !== editor.area
  const isDone = editor.data.short && isLeft && editor.area.value !== editor.data.saved
  if (!isGoing) {
    if (isDone) act(editor, "save")
    else send(editor)
    return
  }
  if (isDone) note(editor, "save")
  clearTimeout(editor.timer)
  editor.timer = setTimeout(() => send(editor), 3 * PAUSE_MS)
}

function act(editor, what) {
  note(editor, what)
  send(editor)
  if (what === "save") editor.saving = editor.n
}

// Each step is complete, so the last one of a place is enough, and all that wait go together.
function send(editor) {
  clearTimeout(editor.timer)
  const steps = Object.entries(editor.waiting)
  if (!steps.some(([, step]) => step.n === 0)) return
  editor.n = Math.max(Date.now(), editor.n + 1)
  for (const [, step] of steps) step.n = editor.n
  editor.emit("steps", steps.map(([place, step]) => ({ place, ...step })))
}

function confirm(editor) {
  for (const [place, step] of Object.entries(editor.waiting)) {
    if (!step.n || step.n > editor.data.handled) continue
    delete editor.waiting[place]
    if (recall(place)?.at === step.at) remember(place, null)
  }
}

// What a page that is gone could not send any more, unless something was typed later elsewhere.
function adopt(editor) {
  const { place, typedAt } = editor.data
  const step = recall(place)
  if (!step || editor.waiting[place]) return
  if (step.at > typedAt - CLOCKS_MS) editor.waiting[place] = { ...step, n: 0, isFound: true }
  else remember(place, null)
}

// What was typed here goes before what the server has, confirmed or not, even if another browser saved other words meanwhile: they are
// laid beside these then. Without it the text changes when it changed there.
// The version stays that of the words the typing began with, unless it was our own save that changed it.
function load(editor) {
  const { data, area, waiting } = editor
  const isNew = editor.place !== data.place
  const isSaved = editor.saving && editor.saving <= data.handled
  if (isNew) adopt(editor)
  if (isNew || isSaved || editor.dropped !== data.dropped || editor.own === data.saved) editor.own = null
  if (editor.own !== null && editor.own === data.typed) editor.isKept = true
  else if (editor.own !== null && editor.isKept && !waiting[data.place]) note(editor, "typed")
  editor.dropped = data.dropped
  const own = waiting[data.place]
  if (own) {
    if (isNew) area.value = own.do === "drop" ? data.saved : own.text
    editor.own = own.do === "drop" ? null : own.text
    if (isSaved) own.version = data.typingVersion
    if (isNew || isSaved) editor.version = own.version
  } else {
    const text = data.typed ?? data.saved
    if (isNew || editor.shown !== text || editor.version !== data.typingVersion) area.value = text
    editor.shown = text
    editor.version = data.typingVersion
  }
  if (isNew || isSaved) editor.saving = null
  editor.place = data.place
}

function paint(editor) {
  const { data, area, below } = editor
  const text = area.value
  const marks = moveMarks(data.marks, data.typed ?? data.saved, text)
  const gaps = [...text.matchAll(GAP)].map(match => ({ start: match.index, end: match.index + match[0].length, tone: "gap" }))
  const pieces = []
  let at = 0
  for (const mark of [...marks, ...gaps].sort((one, other) => one.start - other.start)) {
    if (mark.start < at) continue
    pieces.push(text.slice(at, mark.start), make("mark", mark.tone, text.slice(mark.start, mark.end)))
    at = mark.end
  }
  below.replaceChildren(...pieces, `${text.slice(at)}\n`)
  area.style.height = "auto"
  area.style.height = `${Math.min(Math.max(area.scrollHeight + 2, data.short ? 0 : 128), 400)}px`
  below.scrollTop = area.scrollTop
  tell(editor, marks, text)
  const isTouched = text !== data.saved
  editor.root.classList.toggle("touched", isTouched)
  editor.save.hidden = !data.words.save || (data.short && !isTouched)
  editor.drop.hidden = !isTouched || !data.words.drop
  editor.state.textContent = !isTouched ? "" : editor.waiting[editor.place] ? data.words.typing : data.words.kept
}

function tell(editor, marks, text) {
  editor.findings.replaceChildren(...marks.map(mark => {
    const item = make("li", mark.tone)
    item.append(make("b", "", text.slice(mark.start, mark.end)), make("span", "", mark.told))
    if (mark.take) {
      const button = make("button", "take", mark.offer)
      button.onclick = () => take(editor, mark)
      item.append(button)
    }
    return item
  }))
}

// Typed as people would have: Ctrl+Z takes it back.
function take(editor, mark) {
  editor.area.focus()
  editor.area.setSelectionRange(mark.start, mark.end)
  if (!document.execCommand("insertText", false, mark.take)) {
    editor.area.setRangeText(mark.take, mark.start, mark.end, "end")
    editor.area.oninput()
  }
  send(editor)
}

// Sends again what was not confirmed in time: the answer may have been to something else, or the page was loaded anew.
function insist(editor) {
  const steps = Object.values(editor.waiting)
  clearTimeout(editor.timer)
  if (!steps.length) return
  const isSent = steps.every(step => step.n)
  const isFound = steps.some(step => step.isFound)
  editor.timer = setTimeout(() => {
    if (isSent) for (const step of steps) step.n = 0
    send(editor)
  }, isSent ? 3 * PAUSE_MS : isFound ? 0 : PAUSE_MS)
}

export default function ({ data: { json }, parentElement, setStateValue }) {
  const data = JSON.parse(json)
  const root = parentElement.querySelector(".editor")
  const editor = (root.ubEditor ??= { root, n: 0, waiting: {}, own: null })
  editor.emit = setStateValue
  editor.data = data
  if (!editor.area) build(editor)
  root.classList.toggle("short", data.short)
  editor.area.setAttribute("aria-label", data.words.text)
  editor.area.maxLength = data.most
  editor.label.textContent = data.short ? data.words.text : ""
  editor.save.replaceChildren(data.words.save, make("kbd", "", data.short ? "Enter" : "Ctrl+Enter"))
  editor.drop.textContent = data.words.drop
  confirm(editor)
  load(editor)
  paint(editor)
  insist(editor)
  editor.flush ??= () => { if (document.visibilityState === "hidden") send(editor) }
  document.addEventListener("visibilitychange", editor.flush)
  return () => {
    document.removeEventListener("visibilitychange", editor.flush)
    clearTimeout(editor.timer)
  }
}
